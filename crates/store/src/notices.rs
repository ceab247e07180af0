//! What is announced between processes, and under which topic.

use serde::{Deserialize, Serialize};
use syncwatch_protocol::{ParticipantId, ParticipantKind, RoomId, VideoId};

/// Something happened to a room outside of its actor. Announced as JSON under [`room_topic`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RoomNotice {
    /// Its owner deleted it.
    Deleted {
        /// The owner.
        by: ParticipantId,
    },
    /// Its time was over.
    Expired,
    /// Somebody has another name now, as a guest has who registered.
    PersonRenamed {
        /// Who.
        id: ParticipantId,
        /// The new name.
        name: String,
        /// With an account from now on, or still without.
        #[serde(rename = "person_kind")]
        kind: ParticipantKind,
    },
}

/// Where [`RoomNotice`]s of a room are announced.
pub fn room_topic(id: RoomId) -> String {
    format!("room:{id}")
}

/// Where the `VideoEvent`s of a video are announced, as JSON.
pub fn video_topic(id: VideoId) -> String {
    format!("video:{id}")
}

/// Something about an unfinished film that players and whoever makes it tell each other. Announced as JSON under
/// [`making_topic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MakingNotice {
    /// Somebody wants to see a segment that is not there yet.
    Wished {
        /// Of which output.
        output: u32,
        /// Its number.
        segment: usize,
    },
    /// Something was added; whoever waits may look again.
    Grown,
}

/// Where [`MakingNotice`]s of a video are announced.
pub fn making_topic(id: VideoId) -> String {
    format!("making:{id}")
}

/// Announced without content when a transcode was enqueued.
pub const JOBS_TOPIC: &str = "jobs";

#[cfg(test)]
mod tests {
    use super::*;

    // ACC-6
    #[test]
    fn a_notice_survives_its_way_as_json() {
        let id = ParticipantId::new(uuid::Uuid::from_u128(7));
        let notice = RoomNotice::PersonRenamed { id, name: "ada".into(), kind: ParticipantKind::Account };
        let json = serde_json::to_string(&notice).unwrap();
        assert_eq!(serde_json::from_str::<RoomNotice>(&json).unwrap(), notice);
    }
}
