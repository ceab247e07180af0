//! Chat: what people write, and what the room says about itself (CHAT-1).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ChatPosition, MediaTime, ParticipantId, ServerTime};

/// One line of a room's chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct ChatMessage {
    /// Its place; also its identity within the room.
    pub position: ChatPosition,
    /// When it was written.
    pub sent_at_ms: ServerTime,
    /// Who wrote it or did what it tells. Nobody for the room itself.
    pub author: Option<ParticipantId>,
    /// The author's name at that time; it stays when he leaves.
    pub author_name: String,
    /// The sender's own key, so that he recognises his line when it comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub client_id: Option<String>,
    /// What it says.
    pub body: ChatBody,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub enum ChatBody {
    /// Words of a person: plain text, never markup (CHAT-2).
    Text {
        /// The words.
        text: String,
    },
    /// Something that happened, for the reader's language to put into words.
    System {
        /// What.
        event: SystemEvent,
    },
}

/// What the room tells in its chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub enum SystemEvent {
    /// Somebody came in.
    Joined,
    /// Somebody went, or did not come back.
    Left,
    /// The film was started.
    Played {
        /// Where.
        position_ms: MediaTime,
    },
    /// The film was stopped.
    Paused {
        /// Where.
        position_ms: MediaTime,
    },
    /// The film was moved.
    Sought {
        /// To where.
        position_ms: MediaTime,
    },
    /// The speed was changed.
    RateChanged {
        /// The new speed.
        rate: f64,
    },
    /// Another film was chosen.
    SourceChanged {
        /// Its title.
        title: String,
    },
    /// The film came to its end.
    Ended,
    /// The film stood for somebody long enough, and went on.
    WentOnWithout {
        /// Their names.
        names: Vec<String>,
    },
    /// Somebody became owner.
    OwnerChanged,
    /// Somebody was sent out by the owner.
    Kicked {
        /// The owner's words.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reason: Option<String>,
        /// Whether he may come back.
        banned: bool,
    },
}
