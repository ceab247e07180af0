//! What the server sends over a room's socket (API-3).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    BannedPerson, ChatMessage, ChatPosition, Code, IdempotencyKey, OwnerChangeReason, Participant, ParticipantId,
    QueueItem, RoomSettings, RoomStatus, RoomView, ServerTime, SyncCommand, SyncReply, VideoView, Waiting,
};

/// A message to a client. JSON text, told apart by `type`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub enum ServerMessage {
    /// The answer to `client:hello`, with the whole room.
    #[serde(rename = "server:hello")]
    Hello(Box<ServerHello>),
    /// The answer to `clock:ping`.
    #[serde(rename = "clock:pong")]
    ClockPong {
        /// The client's time, given back.
        c1: f64,
        /// Server time in milliseconds when the ping was read.
        s2: f64,
        /// Server time in milliseconds just before this was written.
        s3: f64,
    },
    /// An accepted command, for everybody.
    #[serde(rename = "sync:command")]
    Command {
        /// The command.
        command: SyncCommand,
        /// The room's status after it.
        status: RoomStatus,
    },
    /// The answer to the sender of a command, once it is stored.
    #[serde(rename = "sync:reply")]
    Reply(SyncReply),
    /// Commands that were missed, in order; empty when the snapshot in `server:hello` is all there is.
    #[serde(rename = "sync:catchup")]
    Catchup {
        /// The commands.
        commands: Vec<SyncCommand>,
    },
    /// The room changed otherwise: what stands here replaces what was there.
    #[serde(rename = "room:state")]
    State {
        /// The room's status.
        status: RoomStatus,
        /// Its owner.
        owner_id: ParticipantId,
        /// Its settings.
        settings: RoomSettings,
        /// Its queue.
        queue: Vec<QueueItem>,
        /// Those who may not come back.
        banned: Vec<BannedPerson>,
        /// Who becomes owner when the owner stays silent.
        delegate_id: Option<ParticipantId>,
    },
    /// Who is in the room, whole, after somebody came, went or changed.
    #[serde(rename = "room:participants")]
    Participants {
        /// All of them, by the time they came.
        participants: Vec<Participant>,
    },
    /// Who came, went or changed, in a room of many: the rest is as it was. Small rooms get `room:participants` instead.
    #[serde(rename = "room:presence")]
    Presence {
        /// Those who came or changed, as they are now.
        changed: Vec<Participant>,
        /// Those who are not in the room any more.
        left: Vec<ParticipantId>,
    },
    /// The film stands for somebody, or does no longer (BEY-4).
    #[serde(rename = "room:waiting")]
    Waiting {
        /// For whom and how long.
        waiting: Option<Waiting>,
    },
    /// The film changed: progress, playable, ready, failed; none when it is gone.
    #[serde(rename = "room:video")]
    Video {
        /// The film.
        video: Option<VideoView>,
    },
    /// There is a new owner.
    #[serde(rename = "room:owner_changed")]
    OwnerChanged {
        /// Who.
        owner_id: ParticipantId,
        /// Why.
        reason: OwnerChangeReason,
    },
    /// The owner is silent.
    #[serde(rename = "room:owner_away")]
    OwnerAway {
        /// What that means, for people.
        message: String,
    },
    /// You were the owner until you fell silent, and can be again (OWN-3).
    #[serde(rename = "room:offer_ownership")]
    OfferOwnership {
        /// The offer stands until then.
        until_ms: ServerTime,
    },
    /// A request was refused, or a message could not be read.
    #[serde(rename = "room:error")]
    Error {
        /// Why.
        code: Code,
        /// The same in words.
        message: String,
        /// The request it answers, if it could be read.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        request_id: Option<IdempotencyKey>,
    },
    /// You are out.
    #[serde(rename = "room:closed")]
    Closed {
        /// Why.
        reason: CloseReason,
        /// The owner's words.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        message: Option<String>,
    },
    /// A new line in the chat.
    #[serde(rename = "chat:message")]
    ChatMessage {
        /// The line.
        message: ChatMessage,
    },
    /// Your line is stored.
    #[serde(rename = "chat:accepted")]
    ChatAccepted {
        /// Your key.
        id: IdempotencyKey,
        /// Its place.
        position: ChatPosition,
    },
    /// Older lines, in order.
    #[serde(rename = "chat:history")]
    ChatHistory {
        /// The lines.
        messages: Vec<ChatMessage>,
        /// There are still older ones.
        more: bool,
    },
    /// Lines written while you were away, in order.
    #[serde(rename = "chat:catchup")]
    ChatCatchup {
        /// The lines.
        messages: Vec<ChatMessage>,
        /// There were more than are sent; ask for the history between.
        gap: bool,
    },
    /// The server stops; come back after so long.
    #[serde(rename = "server:shutdown")]
    Shutdown {
        /// Milliseconds.
        reconnect_in_ms: u32,
    },
}

/// The room at the moment of entering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct ServerHello {
    /// The protocol version that the server speaks.
    pub protocol_version: String,
    /// Server time when this was made.
    pub server_time_ms: ServerTime,
    /// The versions understand each other.
    pub compatible: bool,
    /// The client is too old to go on.
    pub upgrade_required: bool,
    /// What will stop working, in words.
    pub deprecations: Vec<String>,
    /// Who you are.
    pub participant_id: ParticipantId,
    /// To come back with, for a day.
    pub session_token: String,
    /// You had been away, and what you missed follows.
    pub resumed: bool,
    /// The room.
    pub room: RoomView,
}

/// Why somebody is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum CloseReason {
    /// The owner sent him out.
    Kicked,
    /// The owner sent him out for good.
    Banned,
    /// The owner deleted the room.
    Deleted,
    /// The room's time was over.
    Expired,
    /// He left.
    Left,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClientMessage, Credential};

    // API-3
    #[test]
    fn messages_carry_the_event_names_of_the_contract() {
        let ping = serde_json::to_value(ClientMessage::ClockPing { c1: 1.5 }).expect("serialises");
        assert_eq!(ping, serde_json::json!({ "type": "clock:ping", "c1": 1.5 }));
        let accepted =
            ServerMessage::ChatAccepted { id: "k1".to_owned().try_into().expect("a key"), position: ChatPosition(7) };
        let accepted = serde_json::to_value(accepted).expect("serialises");
        assert_eq!(accepted, serde_json::json!({ "type": "chat:accepted", "id": "k1", "position": 7 }));
    }

    // SYNC-1
    #[test]
    fn a_hello_reads_capabilities_that_this_version_does_not_know() {
        let text = r#"{"type":"client:hello","protocolVersion":"1.0.0","clientId":"t1","capabilities":["seek","smell"],
                       "credential":{"kind":"join","token":"x"}}"#;
        let ClientMessage::Hello { capabilities, credential, resume, .. } =
            serde_json::from_str(text).expect("a hello")
        else {
            panic!("not a hello")
        };
        assert_eq!(capabilities, [crate::Capability::Seek, crate::Capability::Unknown]);
        assert_eq!(credential, Credential::Join { token: "x".into() });
        assert_eq!(resume, None);
    }
}
