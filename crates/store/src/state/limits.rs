//! Rate limits: fixed windows that begin with the first hit.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What a hit led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateDecision {
    /// It is within the limit.
    pub allowed: bool,
    /// Hits that are left in this window.
    pub remaining: u32,
    /// When the window ends.
    pub reset_after: Duration,
}

/// Windows are looked through for ended ones each time their number has doubled, from this one on: a flood of keys
/// costs memory for one window at most.
const FIRST_SWEEP: usize = 1024;

#[derive(Debug)]
pub(super) struct Limits {
    windows: Mutex<Windows>,
}

#[derive(Debug)]
struct Windows {
    by_key: HashMap<String, Window>,
    sweep_at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    hits: u32,
    ends_at_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { windows: Mutex::new(Windows { by_key: HashMap::new(), sweep_at: FIRST_SWEEP }) }
    }
}

impl Limits {
    pub(super) fn hit(&self, key: &str, limit: u32, window: Duration, now_ms: u64) -> RateDecision {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.sweep(now_ms);
        let length_ms = u64::try_from(window.as_millis()).unwrap_or(u64::MAX);
        let fresh = Window { hits: 0, ends_at_ms: now_ms.saturating_add(length_ms) };
        let current = windows.by_key.entry(key.to_owned()).or_insert(fresh);
        if current.ends_at_ms <= now_ms {
            *current = fresh;
        }
        current.hits = current.hits.saturating_add(1);
        RateDecision {
            allowed: current.hits <= limit,
            remaining: limit.saturating_sub(current.hits),
            reset_after: Duration::from_millis(current.ends_at_ms.saturating_sub(now_ms)),
        }
    }
}

impl Windows {
    fn sweep(&mut self, now_ms: u64) {
        if self.by_key.len() >= self.sweep_at {
            self.by_key.retain(|_, window| window.ends_at_ms > now_ms);
            self.sweep_at = FIRST_SWEEP.max(self.by_key.len() * 2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    // API-4
    #[test]
    fn hits_are_allowed_up_to_the_limit_and_again_in_the_next_window() {
        let limits = Limits::default();
        let allowed: Vec<_> = (0..4).map(|at| limits.hit("ada", 3, MINUTE, at).allowed).collect();
        assert_eq!(allowed, [true, true, true, false]);
        assert!(limits.hit("ben", 3, MINUTE, 4).allowed, "another key has its own window");
        assert!(limits.hit("ada", 3, MINUTE, 60_000).allowed);
    }

    // API-4
    #[test]
    fn a_decision_says_what_is_left_and_when_the_window_ends() {
        let limits = Limits::default();
        limits.hit("ada", 3, MINUTE, 1_000);
        let second = limits.hit("ada", 3, MINUTE, 11_000);
        assert_eq!(second, RateDecision { allowed: true, remaining: 1, reset_after: Duration::from_secs(50) });
    }

    // SEC-3
    #[test]
    fn a_flood_of_keys_is_forgotten_when_its_window_has_ended() {
        let limits = Limits::default();
        for address in 0..10_000 {
            limits.hit(&format!("{address}"), 3, MINUTE, 0);
        }
        for address in 0..10_000 {
            limits.hit(&format!("later {address}"), 3, MINUTE, 60_000);
        }
        assert!(limits.windows.lock().unwrap().by_key.len() <= 20_000 - 10_000 + FIRST_SWEEP);
    }
}
