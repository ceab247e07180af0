//! Watches a run without a clock of its own (TRN-5): first it warns, then it gives up.

use std::time::Duration;

use crate::Micros;

/// When to worry. All times count from the start of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchdogLimits {
    /// How often to look.
    pub check_every: Duration,
    /// No progress for so long is said aloud.
    pub warn_after: Duration,
    /// No progress for so long ends the run.
    pub stop_after: Duration,
    /// The longest run.
    pub longest: Duration,
}

impl WatchdogLimits {
    /// The limits for a film: an hour at least, and twice its length.
    pub fn for_film(duration: Micros) -> Self {
        Self {
            check_every: Duration::from_secs(10),
            warn_after: Duration::from_secs(60),
            stop_after: Duration::from_secs(120),
            longest: (duration.duration() * 2).max(Duration::from_secs(3_600)),
        }
    }
}

/// Follows one run.
#[derive(Debug, Clone)]
pub struct Watchdog {
    limits: WatchdogLimits,
    reached: Micros,
    moved_at: Duration,
    warned: bool,
}

/// What a look at the run showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It moves, or has not stood long enough to matter.
    Fine,
    /// It has stood for too long; said once for each standstill.
    Stalled {
        /// For how long.
        since: Duration,
    },
    /// It moves again after a warning.
    Recovered,
    /// It must be stopped.
    Stop(StopCause),
}

/// Why a run must be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopCause {
    /// It stood still.
    NoProgress,
    /// It took too long altogether.
    TooLong,
}

impl Watchdog {
    /// Starts with the run.
    pub fn new(limits: WatchdogLimits) -> Self {
        Self { limits, reached: Micros::ZERO, moved_at: Duration::ZERO, warned: false }
    }

    /// Takes note of a report. Only a film that has advanced counts: FFmpeg goes on reporting while it stands still.
    pub fn observe(&mut self, now: Duration, out_time: Micros) {
        if out_time > self.reached {
            self.reached = out_time;
            self.moved_at = now;
        }
    }

    /// Looks at the run; call it every [`WatchdogLimits::check_every`].
    pub fn check(&mut self, now: Duration) -> Health {
        let still = now.saturating_sub(self.moved_at);
        if now >= self.limits.longest {
            return Health::Stop(StopCause::TooLong);
        }
        if still >= self.limits.stop_after {
            return Health::Stop(StopCause::NoProgress);
        }
        if still >= self.limits.warn_after {
            let first = !std::mem::replace(&mut self.warned, true);
            return if first { Health::Stalled { since: still } } else { Health::Fine };
        }
        if std::mem::take(&mut self.warned) { Health::Recovered } else { Health::Fine }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn watchdog() -> Watchdog {
        Watchdog::new(WatchdogLimits::for_film(Micros::from_seconds(600.0)))
    }

    // TRN-5
    #[test]
    fn a_run_that_stands_still_is_warned_about_once_and_then_stopped() {
        let mut dog = watchdog();
        dog.observe(seconds(5), Micros(1));
        let looks: Vec<_> = (1..=13).map(|look| (look * 10, dog.check(seconds(look * 10)))).collect();
        let worried: Vec<_> = looks.into_iter().filter(|(_, health)| *health != Health::Fine).collect();
        assert_eq!(worried, [(70, Health::Stalled { since: seconds(65) }), (130, Health::Stop(StopCause::NoProgress))]);
    }

    // TRN-5
    #[test]
    fn a_run_that_moves_again_is_not_stopped() {
        let mut dog = watchdog();
        assert_eq!(dog.check(seconds(60)), Health::Stalled { since: seconds(60) });
        dog.observe(seconds(65), Micros(1));
        assert_eq!(dog.check(seconds(70)), Health::Recovered);
        assert_eq!(dog.check(seconds(80)), Health::Fine);
    }

    // TRN-5
    #[test]
    fn reports_without_progress_do_not_count() {
        let mut dog = watchdog();
        for second in 1..120 {
            dog.observe(seconds(second), Micros::ZERO);
        }
        assert_eq!(dog.check(seconds(120)), Health::Stop(StopCause::NoProgress));
    }

    // TRN-5
    #[test]
    fn the_longest_run_grows_with_the_film_and_is_an_hour_at_least() {
        assert_eq!(WatchdogLimits::for_film(Micros::from_seconds(60.0)).longest, seconds(3_600));
        assert_eq!(WatchdogLimits::for_film(Micros::from_seconds(10_800.0)).longest, seconds(21_600));
        let mut dog = watchdog();
        dog.observe(seconds(3_599), Micros(1));
        assert_eq!(dog.check(seconds(3_600)), Health::Stop(StopCause::TooLong));
    }

    proptest! {
        // TRN-5
        #[test]
        fn a_run_is_never_stopped_for_standing_still_without_a_warning_before(
            moves in proptest::collection::vec(0u64..3_000, 0..40)
        ) {
            let mut dog = watchdog();
            let mut warned = false;
            for look in (10..3_600).step_by(10) {
                if moves.iter().any(|at| (look - 10..look).contains(at)) {
                    dog.observe(seconds(look - 1), Micros(look as i64));
                }
                match dog.check(seconds(look)) {
                    Health::Stalled { .. } => warned = true,
                    Health::Recovered => warned = false,
                    Health::Stop(StopCause::NoProgress) => { prop_assert!(warned); break }
                    _ => {}
                }
            }
        }
    }
}
