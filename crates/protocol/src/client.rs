//! What a browser sends over a room's socket (API-3).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    ChatPosition, IdempotencyKey, MediaTime, ParticipantId, PlaybackControl, Privacy, ServerTime, Source, VideoId,
};

/// A message from a client. JSON text, one object a message, told apart by `type`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub enum ClientMessage {
    /// The first message of every connection.
    #[serde(rename = "client:hello")]
    Hello {
        /// The protocol version that the client speaks.
        protocol_version: String,
        /// One per tab, kept over its reconnects.
        client_id: String,
        /// What the client can do.
        capabilities: Vec<Capability>,
        /// Why it may come in.
        credential: Credential,
        /// What it has seen already, when it comes back.
        #[serde(default)]
        #[ts(optional)]
        resume: Option<Resume>,
    },
    /// One clock exchange; answered next to the socket, before anything else (SYNC-8).
    #[serde(rename = "clock:ping")]
    ClockPing {
        /// The client's own monotonic time, given back as it is.
        c1: f64,
    },
    /// Move the film.
    #[serde(rename = "sync:play")]
    Play {
        /// The command's idempotency key.
        id: IdempotencyKey,
        /// Start here instead of where the room is.
        #[serde(default)]
        #[ts(optional)]
        media_time_ms: Option<MediaTime>,
        /// Refuse if the room has another sequence number.
        #[serde(default)]
        #[ts(optional, type = "number")]
        expected_sequence: Option<u64>,
    },
    /// Stop the film.
    #[serde(rename = "sync:pause")]
    Pause {
        /// The command's idempotency key.
        id: IdempotencyKey,
        /// Refuse if the room has another sequence number.
        #[serde(default)]
        #[ts(optional, type = "number")]
        expected_sequence: Option<u64>,
    },
    /// Go elsewhere in the film.
    #[serde(rename = "sync:seek")]
    Seek {
        /// The command's idempotency key.
        id: IdempotencyKey,
        /// Where to.
        media_time_ms: MediaTime,
        /// Refuse if the room has another sequence number.
        #[serde(default)]
        #[ts(optional, type = "number")]
        expected_sequence: Option<u64>,
    },
    /// Change the speed for everybody.
    #[serde(rename = "sync:rate")]
    SetRate {
        /// The command's idempotency key.
        id: IdempotencyKey,
        /// The new speed, 0.25 to 2.
        rate: f64,
        /// Refuse if the room has another sequence number.
        #[serde(default)]
        #[ts(optional, type = "number")]
        expected_sequence: Option<u64>,
    },
    /// Watch something else (ROOM-8).
    #[serde(rename = "sync:source")]
    SetSource {
        /// The command's idempotency key.
        id: IdempotencyKey,
        /// What.
        source: Source,
        /// Refuse if the room has another sequence number.
        #[serde(default)]
        #[ts(optional, type = "number")]
        expected_sequence: Option<u64>,
    },
    /// A command was carried out (SYNC-18).
    #[serde(rename = "sync:ack")]
    Ack {
        /// Which.
        #[ts(type = "number")]
        sequence_number: u64,
        /// When, in server time as the client knows it.
        executed_at_ms: ServerTime,
    },
    /// Ask for commands that did not arrive (SYNC-6).
    #[serde(rename = "sync:catchup")]
    Catchup {
        /// The last one that did.
        #[ts(type = "number")]
        after_sequence: u64,
    },
    /// How the player stands; about once a second, and when it changes.
    #[serde(rename = "sync:report")]
    Report(PlayerReport),
    /// The owner is still there (OWN-1).
    #[serde(rename = "owner:heartbeat")]
    Heartbeat {
        /// Who is there; only one's own life is believed.
        #[serde(default)]
        #[ts(optional)]
        participant: Option<ParticipantId>,
    },
    /// Write a message.
    #[serde(rename = "chat:send")]
    ChatSend {
        /// The sender's own key, 1 to 64 characters; the same again is the same message.
        id: IdempotencyKey,
        /// Plain text.
        text: String,
    },
    /// Ask for older messages.
    #[serde(rename = "chat:history")]
    ChatHistory {
        /// Those before this one.
        before: ChatPosition,
    },
    /// Change the room (owner).
    #[serde(rename = "room:settings")]
    Settings {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// What changes.
        patch: SettingsPatch,
    },
    /// Give or take playback control by name, for `selected` (owner).
    #[serde(rename = "room:select")]
    Select {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// Who.
        participant: ParticipantId,
        /// Given or taken.
        selected: bool,
    },
    /// Send somebody out (owner).
    #[serde(rename = "room:kick")]
    Kick {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// Who.
        participant: ParticipantId,
        /// What he is told.
        #[serde(default)]
        #[ts(optional)]
        reason: Option<String>,
        /// Never to come back.
        #[serde(default)]
        ban: bool,
    },
    /// Let somebody come back (owner).
    #[serde(rename = "room:unban")]
    Unban {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// Who.
        participant: ParticipantId,
    },
    /// Give the room to somebody (owner).
    #[serde(rename = "room:transfer")]
    Transfer {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// The new owner.
        participant: ParticipantId,
    },
    /// Go for good; the place is free at once.
    #[serde(rename = "room:leave")]
    Leave {},
    /// Put a film into the queue (ROOM-7).
    #[serde(rename = "queue:add")]
    QueueAdd {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// Which.
        video_id: VideoId,
    },
    /// Take a film out of the queue.
    #[serde(rename = "queue:remove")]
    QueueRemove {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// Which.
        video_id: VideoId,
    },
    /// Move a film within the queue.
    #[serde(rename = "queue:move")]
    QueueMove {
        /// Names this request in a `room:error`.
        id: IdempotencyKey,
        /// Which.
        video_id: VideoId,
        /// Its new place, from 0.
        to: u32,
    },
}

/// What a client can do (SYNC-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum Capability {
    /// Go anywhere in a film.
    Seek,
    /// Change the speed finely.
    RateChange,
    /// Talk and listen.
    Voice,
    /// One that this server does not know.
    #[serde(other)]
    Unknown,
}

/// Why a client may come in (SEC-8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum Credential {
    /// From `POST /rooms/:code/join`, good for a minute.
    Join {
        /// The token.
        token: String,
    },
    /// From the last `server:hello`, to come back with.
    Session {
        /// The token.
        token: String,
    },
}

/// What a returning client has seen (SYNC-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct Resume {
    /// The epoch of the last applied command.
    #[ts(type = "number")]
    pub epoch: u64,
    /// The last applied command.
    #[ts(type = "number")]
    pub last_sequence: u64,
    /// The last message shown.
    pub last_chat: Option<ChatPosition>,
}

/// How a player stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct PlayerReport {
    /// What it does.
    pub state: PlayerState,
    /// Where it is.
    pub position_ms: MediaTime,
    /// Distance from the room's position, positive when ahead; unknown while nothing plays.
    pub drift_ms: Option<f64>,
    /// Film ahead of the position that is already there.
    pub buffered_ms: f64,
    /// Round trip to the server.
    pub round_trip_ms: Option<f64>,
}

/// What a player does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum PlayerState {
    /// Has no film.
    Idle,
    /// Fetches the beginning, or the place it was sent to.
    Loading,
    /// Could play at once.
    Ready,
    /// Plays.
    Playing,
    /// Wants to play and has no data.
    Stalled,
    /// The browser waits for a touch before it plays.
    Blocked,
}

/// What changes in a room's settings; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[ts(export, export_to = "protocol.ts", optional_fields)]
pub struct SettingsPatch {
    /// The room's name.
    pub name: Option<String>,
    /// Places.
    pub max_participants: Option<u16>,
    /// Who moves the film.
    pub playback_control: Option<PlaybackControl>,
    /// Who comes in.
    pub privacy: Option<Privacy>,
    /// Whether people can write.
    pub chat: Option<bool>,
    /// Whether guests can write.
    pub guest_chat: Option<bool>,
    /// Whether somebody takes over when the owner stays silent.
    pub auto_handover: Option<bool>,
    /// Whether the owner is safe from being sent out.
    pub owner_lock: Option<bool>,
}
