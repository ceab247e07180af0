//! The timeline of a room (SPEC §4): one anchor on server time, and the commands that move it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Code, IdempotencyKey, MediaTime, ParticipantId, ServerTime, VideoId};

/// What a room watches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub enum Source {
    /// Nothing has been chosen.
    #[default]
    None,
    /// An uploaded film.
    Video {
        /// Which one.
        video_id: VideoId,
    },
}

/// Where the film is: *position `anchor_media_time_ms` at server time `anchor_server_time_ms`, at `playback_rate`* (SYNC-2).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct PlaybackState {
    /// What is watched.
    pub source: Source,
    /// Whether the film moves from the anchor on.
    pub is_playing: bool,
    /// Film seconds per second, 0.25 to 2.
    pub playback_rate: f64,
    /// The anchor's moment. In the future while a scheduled command waits for it.
    pub anchor_server_time_ms: ServerTime,
    /// The film's position at that moment.
    pub anchor_media_time_ms: MediaTime,
    /// Grows by one with each accepted command.
    pub sequence_number: u64,
    /// Grows each time a process takes the room over; order is by epoch, then sequence number.
    pub epoch: u64,
}

impl PlaybackState {
    /// A room before its first command.
    pub fn new(now: ServerTime, epoch: u64) -> Self {
        Self {
            source: Source::None,
            is_playing: false,
            playback_rate: 1.0,
            anchor_server_time_ms: now,
            anchor_media_time_ms: MediaTime::ZERO,
            sequence_number: 0,
            epoch,
        }
    }

    /// The film's position at `now`. Before the anchor it is the anchor's own: people wait there, ready.
    pub fn position_at(&self, now: ServerTime) -> MediaTime {
        if !self.is_playing {
            return self.anchor_media_time_ms;
        }
        let elapsed = now.ms_since(self.anchor_server_time_ms) as f64 * self.playback_rate;
        MediaTime(self.anchor_media_time_ms.0.saturating_add(elapsed.round() as u64))
    }

    /// When the film reaches `length`, if it moves.
    pub fn reaches(&self, length: MediaTime) -> Option<ServerTime> {
        let left = length.0.saturating_sub(self.anchor_media_time_ms.0) as f64 / self.playback_rate;
        self.is_playing.then(|| self.anchor_server_time_ms.plus_ms(left.ceil() as u64))
    }
}

/// What a command did (SYNC-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[ts(export, export_to = "protocol.ts")]
pub enum CommandKind {
    /// The film moves.
    Play,
    /// The film stands.
    Pause,
    /// The film stands or moves somewhere else.
    Seek,
    /// The film moves at another speed.
    SetRate,
    /// Another film.
    SetSource,
    /// The whole state anew, after a process took the room over.
    StateSnapshot,
}

/// One accepted command. It carries the state that it led to, so applying the newest one is always right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct SyncCommand {
    /// What happened.
    pub kind: CommandKind,
    /// Everybody executes it at this moment (SYNC-10).
    pub at_server_time_ms: ServerTime,
    /// Who did it; nobody when the room itself did, as at the film's end.
    pub issuer: Option<ParticipantId>,
    /// The issuer's key, so that he recognises his own command.
    pub idempotency_key: Option<IdempotencyKey>,
    /// The state from then on, with the command's sequence number and epoch.
    pub playback: PlaybackState,
}

/// How a command was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum SyncOutcome {
    /// It happened; the room's process could fall now and it would still have happened.
    Applied,
    /// It had happened already, under the same key (SYNC-4).
    Duplicate,
    /// It expected a state from before the present film was chosen, so it meant another film.
    Stale,
    /// It expected another sequence number than the current one (SYNC-5).
    Conflict,
    /// It may not or cannot be; `code` says why (SYNC-12).
    Refused,
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct SyncReply {
    /// The command's key.
    pub id: IdempotencyKey,
    /// What became of it.
    pub outcome: SyncOutcome,
    /// The sequence number it got, or the current one.
    #[ts(type = "number")]
    pub sequence_number: u64,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<Code>,
    /// The state to go on from, when the sender's was not the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub playback: Option<PlaybackState>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn playing(anchor_media: u64, rate: f64) -> PlaybackState {
        PlaybackState {
            is_playing: true,
            playback_rate: rate,
            anchor_media_time_ms: MediaTime(anchor_media),
            ..PlaybackState::new(ServerTime(10_000), 1)
        }
    }

    // SYNC-2
    #[test]
    fn the_position_follows_from_anchor_time_and_rate() {
        assert_eq!(playing(5_000, 1.0).position_at(ServerTime(12_000)), MediaTime(7_000));
        assert_eq!(playing(5_000, 1.5).position_at(ServerTime(12_000)), MediaTime(8_000));
        assert_eq!(PlaybackState::new(ServerTime(0), 1).position_at(ServerTime(9_000)), MediaTime::ZERO);
    }

    // SYNC-10
    #[test]
    fn before_a_scheduled_start_the_film_stands_at_its_anchor() {
        assert_eq!(playing(5_000, 1.0).position_at(ServerTime(9_900)), MediaTime(5_000));
    }

    // ROOM-3
    #[test]
    fn a_moving_film_reaches_its_end_at_a_known_time() {
        assert_eq!(playing(5_000, 2.0).reaches(MediaTime(9_000)), Some(ServerTime(12_000)));
        assert_eq!(PlaybackState::new(ServerTime(0), 1).reaches(MediaTime(9_000)), None);
    }

    #[derive(Deserialize)]
    struct Vectors {
        cases: Vec<Case>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Case {
        name: String,
        playback: Anchor,
        duration_ms: Option<MediaTime>,
        positions: Vec<Expected>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Anchor {
        is_playing: bool,
        playback_rate: f64,
        anchor_server_time_ms: ServerTime,
        anchor_media_time_ms: MediaTime,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Expected {
        at: ServerTime,
        media_time_ms: MediaTime,
    }

    // SYNC-2
    #[test]
    fn the_server_places_the_film_where_the_browsers_do() {
        let vectors: Vectors =
            serde_json::from_str(include_str!("../vectors/anchor.json")).expect("the shared vectors");
        for Case { name, playback: anchor, duration_ms, positions } in vectors.cases {
            let playback = PlaybackState {
                is_playing: anchor.is_playing,
                playback_rate: anchor.playback_rate,
                anchor_media_time_ms: anchor.anchor_media_time_ms,
                ..PlaybackState::new(anchor.anchor_server_time_ms, 1)
            };
            for Expected { at, media_time_ms } in positions {
                assert_eq!(playback.position_at(at).at_most(duration_ms), media_time_ms, "{name}, at {at:?}");
            }
        }
    }
}
