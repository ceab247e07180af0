//! So many in so long, for one person.

use std::collections::VecDeque;

use syncwatch_protocol::ServerTime;

/// Remembers when things happened and says whether one more may.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SlidingWindow {
    moments: VecDeque<ServerTime>,
}

impl SlidingWindow {
    /// Counts one more if fewer than `limit` happened within `window_ms` before `now`.
    pub(crate) fn admits(&mut self, now: ServerTime, limit: usize, window_ms: u64) -> bool {
        while self.moments.front().is_some_and(|first| now.ms_since(*first) >= window_ms) {
            self.moments.pop_front();
        }
        let admitted = self.moments.len() < limit;
        if admitted {
            self.moments.push_back(now);
        }
        admitted
    }
}
