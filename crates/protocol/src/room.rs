//! A room as its people see it (SPEC §3).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{MediaTime, ParticipantId, PlaybackState, RoomCode, RoomId, ServerTime, VideoId, VideoStatus, VideoView};

/// Where a room is in its life (ROOM-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum RoomStatus {
    /// Made, and nobody has entered.
    Created,
    /// People are there, and no film has been started.
    Waiting,
    /// The film moves.
    Playing,
    /// The film stands.
    Paused,
    /// The film came to its end.
    Ended,
    /// The owner is silent, and nobody takes his place.
    OwnerAway,
    /// The owner is silent, and somebody is about to take his place.
    AutoHandover,
    /// Deleted or expired; nobody comes in any more.
    Closed,
}

/// Who moves the film (ROOM-1, ROOM-4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum PlaybackControl {
    /// The owner alone.
    #[default]
    OwnerOnly,
    /// Everybody.
    All,
    /// The owner and those he named.
    Selected,
}

/// Named sets of privacy settings (TRUST-4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum Privacy {
    /// Guests and accounts, listed for all to see.
    Public,
    /// The owner's friends.
    FriendsOnly,
    /// Accounts with the link.
    Private,
    /// Anybody with the link.
    #[default]
    Anonymous,
}

impl Privacy {
    /// Whether people without an account may come in (ACC-6).
    pub const fn allows_guests(self) -> bool {
        matches!(self, Self::Public | Self::Anonymous)
    }
}

/// What the room does when somebody's picture stands for want of data (SYNC-11, BEY-4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum WaitingPolicy {
    /// The film goes on, and who stood catches up.
    #[default]
    GoOn,
    /// Everybody waits, for a bounded time.
    Wait,
    /// Everybody waits, for a bounded time, unless more than half could go on.
    Quorum,
}

/// Why the room waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum WaitingCause {
    /// A film was started that not everybody had loaded.
    FirstLoad,
    /// Somebody ran out of data.
    Rebuffer,
}

/// The film stands for somebody, and goes on by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct Waiting {
    /// Why.
    pub cause: WaitingCause,
    /// For whom.
    pub participants: Vec<ParticipantId>,
    /// Then it goes on without them.
    pub until_ms: ServerTime,
}

/// What the owner may change while the room is open (ROOM-6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct RoomSettings {
    /// The room's name.
    pub name: String,
    /// Places, 2 to 5 unless the installation raises it.
    pub max_participants: u16,
    /// Who moves the film.
    pub playback_control: PlaybackControl,
    /// Who comes in.
    pub privacy: Privacy,
    /// Whether people can write.
    pub chat: bool,
    /// Whether guests can write (CHAT-1).
    pub guest_chat: bool,
    /// Whether somebody takes over when the owner stays silent (OWN-2).
    pub auto_handover: bool,
    /// Whether the owner is safe from being sent out (ROOM-5).
    pub owner_lock: bool,
    /// Whether the film waits for those who are out of data.
    #[serde(default)]
    pub waiting: WaitingPolicy,
}

/// What a person is in a room (ROOM-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum Role {
    /// Decides about the room.
    Owner,
    /// Has an account.
    Participant,
    /// Came with a nickname.
    Guest,
}

/// How a person came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum ParticipantKind {
    /// With an account.
    Account,
    /// With a nickname alone.
    Guest,
}

/// Whether a person is reachable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum Presence {
    /// Connected.
    Online,
    /// The connection was lost; the place is kept for a minute.
    Away,
}

/// How exactly a person's picture follows the room (SYNC-13).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum SyncState {
    /// Nothing known: no film, or not started on that device.
    #[default]
    Unknown,
    /// Within 150 ms.
    Synced,
    /// Within 500 ms.
    Drifting,
    /// Further off.
    Desynced,
    /// Waits for data (SYNC-11).
    Stalled,
}

impl SyncState {
    /// The state that belongs to a difference (SYNC-13).
    pub fn of_drift(drift_ms: f64) -> Self {
        match drift_ms.abs() {
            drift if drift < 150.0 => Self::Synced,
            drift if drift < 500.0 => Self::Drifting,
            _ => Self::Desynced,
        }
    }
}

/// One person in a room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct Participant {
    /// Who.
    pub id: ParticipantId,
    /// Name or nickname.
    pub name: String,
    /// Owner, participant or guest.
    pub role: Role,
    /// With or without an account.
    pub kind: ParticipantKind,
    /// May move the film now.
    pub can_control: bool,
    /// Named by the owner for `selected` control.
    pub selected: bool,
    /// When he came, server time; the order of handover.
    pub joined_at_ms: ServerTime,
    /// Reachable or not.
    pub presence: Presence,
    /// How exactly his picture follows.
    pub sync: SyncState,
    /// His picture's distance from the room's position, positive when ahead.
    pub drift_ms: Option<f64>,
    /// His player's position.
    pub position_ms: Option<MediaTime>,
    /// Round trip between him and the server.
    pub round_trip_ms: Option<f64>,
    /// Which of eight colours is his, for the whole life of the room.
    pub colour: u8,
}

/// A film that waits for its turn (ROOM-7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct QueueItem {
    /// The film.
    pub video_id: VideoId,
    /// Its title.
    pub title: String,
    /// Where it is on its way.
    pub status: VideoStatus,
    /// It can be watched.
    pub playable: bool,
    /// Who added it.
    pub added_by: ParticipantId,
    /// His name.
    pub added_by_name: String,
}

/// Why there is a new owner (OWN-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum OwnerChangeReason {
    /// The owner gave the room to somebody.
    Transferred,
    /// The owner left.
    OwnerLeft,
    /// The owner stayed silent.
    AutoHandover,
    /// The former owner came back and took it.
    Returned,
}

/// Everything a person in the room needs to see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct RoomView {
    /// Its id.
    pub id: RoomId,
    /// Its code; the link is `/r/CODE`.
    pub code: RoomCode,
    /// Where it is in its life.
    pub status: RoomStatus,
    /// Who decides.
    pub owner_id: ParticipantId,
    /// What the owner set.
    pub settings: RoomSettings,
    /// Where the film is.
    pub playback: PlaybackState,
    /// The film itself.
    pub video: Option<VideoView>,
    /// Those who are in.
    pub participants: Vec<Participant>,
    /// What comes next.
    pub queue: Vec<QueueItem>,
    /// Names of those who may not come back, for the owner to lift.
    pub banned: Vec<BannedPerson>,
    /// Who becomes owner when the owner stays silent; nobody named: the first by join order.
    pub delegate_id: Option<ParticipantId>,
    /// For whom the film stands at the moment.
    pub waiting: Option<Waiting>,
    /// The most places that this service lets the owner give the room.
    pub places_cap: u16,
}

/// Somebody who may not come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct BannedPerson {
    /// Who.
    pub id: ParticipantId,
    /// His name at that time.
    pub name: String,
    /// The owner's words.
    pub reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    // SYNC-13
    #[test]
    fn the_sync_state_follows_the_published_thresholds() {
        assert_eq!(SyncState::of_drift(-149.9), SyncState::Synced);
        assert_eq!(SyncState::of_drift(150.0), SyncState::Drifting);
        assert_eq!(SyncState::of_drift(-499.9), SyncState::Drifting);
        assert_eq!(SyncState::of_drift(500.0), SyncState::Desynced);
    }
}
