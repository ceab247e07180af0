//! The timeline as a value: the anchor, the commands that led to it, and the keys that were answered (SYNC-2 to SYNC-4).

use std::collections::VecDeque;

use syncwatch_protocol::{IdempotencyKey, MediaTime, PlaybackState, ServerTime, SyncCommand};

/// Commands kept for those who missed some.
pub(crate) const LOG_LENGTH: usize = 128;
/// A repeated key is recognised for an hour (SYNC-4).
const KEY_KEPT_MS: u64 = 3_600_000;
/// Keys kept at most: an hour of the busiest allowed room, so that nobody's flood pushes out another's retry.
const KEYS_KEPT: usize = 4_096;
/// How far the room's film has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Phase {
    /// Nobody has entered yet.
    New,
    /// Nothing has been played yet.
    Waiting,
    /// It has been played.
    Started,
    /// It has come to its end.
    Ended,
}

/// The anchor and what led to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timeline {
    pub(crate) playback: PlaybackState,
    pub(crate) phase: Phase,
    pub(crate) log: VecDeque<SyncCommand>,
    pub(crate) answered: VecDeque<Answered>,
    /// The sequence number with which the present film was chosen.
    pub(crate) source_since: u64,
    /// The film was moving when another was chosen that could not be played yet.
    pub(crate) start_when_ready: bool,
}

/// A key, and the sequence number that its command led to.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Answered {
    pub(crate) key: IdempotencyKey,
    pub(crate) sequence: u64,
    pub(crate) at: ServerTime,
}

impl Timeline {
    pub(crate) fn new(now: ServerTime, epoch: u64) -> Self {
        Self {
            playback: PlaybackState::new(now, epoch),
            phase: Phase::New,
            log: VecDeque::new(),
            answered: VecDeque::new(),
            source_since: 0,
            start_when_ready: false,
        }
    }

    /// The commands after `sequence`; none when that was under another epoch or is further back than is kept.
    pub(crate) fn since(&self, epoch: u64, sequence: u64) -> Vec<SyncCommand> {
        let covered = self.log.front().is_some_and(|first| first.playback.sequence_number <= sequence + 1);
        if epoch != self.playback.epoch || !covered {
            return Vec::new();
        }
        self.log.iter().filter(|command| command.playback.sequence_number > sequence).cloned().collect()
    }

    pub(crate) fn answer_to(&self, key: &IdempotencyKey) -> Option<u64> {
        self.answered.iter().find(|answered| answered.key == *key).map(|answered| answered.sequence)
    }

    pub(crate) fn remember(&mut self, key: IdempotencyKey, at: ServerTime) {
        let old = |answered: &Answered| at.ms_since(answered.at) > KEY_KEPT_MS;
        while self.answered.len() >= KEYS_KEPT || self.answered.front().is_some_and(old) {
            self.answered.pop_front();
        }
        self.answered.push_back(Answered { key, sequence: self.playback.sequence_number, at });
    }
}

/// The same state with its anchor elsewhere.
pub(crate) fn anchored(present: PlaybackState, at: ServerTime, position: MediaTime) -> PlaybackState {
    PlaybackState { anchor_server_time_ms: at, anchor_media_time_ms: position, ..present }
}
