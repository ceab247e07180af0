//! How much one connection may send.

use syncwatch_protocol::ServerTime;

/// A token bucket: bursts pass, floods do not.
#[derive(Debug)]
pub(crate) struct FloodGate {
    tokens: f64,
    filled_at: ServerTime,
}

/// Messages at once: a burst of clock exchanges, commands and reports after a wake.
const BURST: f64 = 200.0;
/// Messages a second in the long run: several times what a busy client sends.
const PER_SECOND: f64 = 50.0;

impl FloodGate {
    pub(crate) fn new(now: ServerTime) -> Self {
        Self { tokens: BURST, filled_at: now }
    }

    /// Whether one more message passes.
    pub(crate) fn admits(&mut self, now: ServerTime) -> bool {
        let refill = now.ms_since(self.filled_at) as f64 / 1_000.0 * PER_SECOND;
        self.tokens = (self.tokens + refill).min(BURST);
        self.filled_at = now;
        let admitted = self.tokens >= 1.0;
        if admitted {
            self.tokens -= 1.0;
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SEC-3
    #[test]
    fn a_burst_passes_a_flood_does_not_and_a_pause_helps() {
        let mut gate = FloodGate::new(ServerTime(0));
        let passed = (0..1_000).filter(|_| gate.admits(ServerTime(0))).count();
        assert_eq!(passed, 200);
        assert!(!gate.admits(ServerTime(10)));
        assert!(gate.admits(ServerTime(1_010)));
    }
}
