//! Server time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use syncwatch_protocol::ServerTime;

/// The process's clock: UTC as it was at the start, counted on by the monotonic clock.
///
/// A correction of the machine's clock while the process runs would move every film, so it is ignored until a restart.
#[derive(Debug, Clone)]
pub struct Clock {
    started: Instant,
    started_utc_ms: f64,
    moved_ms: Option<Arc<AtomicU64>>,
}

impl Clock {
    /// The real clock.
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock for everybody else")]
    pub fn system() -> Self {
        let utc = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), started_utc_ms: utc.as_secs_f64() * 1_000.0, moved_ms: None }
    }

    /// The real clock, which a test may move forward; the returned function does that, by milliseconds.
    pub fn movable() -> (Self, impl Fn(u64) + Clone) {
        let moved = Arc::new(AtomicU64::new(0));
        let clock = Self { moved_ms: Some(moved.clone()), ..Self::system() };
        (clock, move |by_ms| {
            moved.fetch_add(by_ms, Ordering::SeqCst);
        })
    }

    /// Now, in whole milliseconds.
    pub fn now(&self) -> ServerTime {
        ServerTime(self.now_fine_ms() as u64)
    }

    /// Now, in milliseconds with their fraction; for clock exchanges, where a millisecond is much.
    pub fn now_fine_ms(&self) -> f64 {
        let moved = self.moved_ms.as_ref().map_or(0, |moved| moved.load(Ordering::SeqCst));
        self.started_utc_ms + self.started.elapsed().as_secs_f64() * 1_000.0 + moved as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_goes_back_and_can_be_moved_on_in_a_test() {
        let (clock, advance) = Clock::movable();
        let before = clock.now();
        advance(60_000);
        assert!(clock.now().ms_since(before) >= 60_000);
    }
}
