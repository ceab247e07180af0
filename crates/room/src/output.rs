//! What a room wants done.

use syncwatch_protocol::{
    ChatMessage, ChatPosition, CloseReason, Code, CommandKind, ParticipantId, RoomView, ServerMessage, SyncCommand,
};

use crate::ConnectionId;

/// The outputs of one or more inputs, in the order in which they must be carried out.
pub type Outbox = Vec<Output>;

/// One thing that must happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Let a connection in: `server:hello`, then what it missed.
    Welcome(Box<Welcome>),
    /// Do not let a connection in.
    Refuse {
        /// Whose.
        connection: ConnectionId,
        /// Why.
        code: Code,
    },
    /// Tell somebody something.
    Send {
        /// Whom.
        to: Recipients,
        /// What.
        event: ServerMessage,
    },
    /// Tell a connection something, but only when everything before this is stored.
    AfterStored {
        /// Whom.
        connection: ConnectionId,
        /// What.
        event: ServerMessage,
    },
    /// The room's snapshot has changed and must be stored.
    Save,
    /// A line of chat must be stored.
    StoreChat(ChatMessage),
    /// A connection is to be closed after telling it why.
    Close {
        /// Which.
        connection: ConnectionId,
        /// Why.
        reason: CloseReason,
        /// The owner's words.
        message: Option<String>,
    },
    /// For the audit log (SEC-5).
    Audit {
        /// Who did it.
        actor: Option<ParticipantId>,
        /// What.
        event: AuditEvent,
    },
    /// A client carried out a command so many milliseconds after it was accepted (SYNC-18).
    Executed {
        /// What kind of command.
        kind: CommandKind,
        /// How long.
        latency_ms: u64,
    },
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipients {
    /// One connection.
    One(ConnectionId),
    /// Every connection in the room.
    Everyone,
}

/// What a newcomer or a returning person gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Welcome {
    /// Whose connection.
    pub connection: ConnectionId,
    /// Who it is.
    pub participant: ParticipantId,
    /// The room.
    pub view: RoomView,
    /// What he missed, or how it began.
    pub missed: Missed,
}

/// What somebody has not seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Missed {
    /// He is new, or has been away too long: the last lines of the chat.
    History {
        /// The lines.
        messages: Vec<ChatMessage>,
        /// There are older ones.
        more: bool,
    },
    /// He was here before.
    Since {
        /// Commands, in order. Empty after a take-over: the view says it all.
        commands: Vec<SyncCommand>,
        /// Lines of the chat.
        messages: Vec<ChatMessage>,
        /// More lines were missed than these.
        gap: bool,
    },
}

/// What goes into the audit log.
#[derive(Debug, Clone, PartialEq)]
pub enum AuditEvent {
    /// Somebody came in.
    Joined,
    /// Somebody went.
    Left,
    /// Somebody was sent out.
    Kicked {
        /// Who.
        target: ParticipantId,
        /// For good.
        banned: bool,
    },
    /// Somebody may come back.
    Unbanned {
        /// Who.
        target: ParticipantId,
    },
    /// The settings changed.
    SettingsChanged,
    /// Control was given or taken.
    ControlChanged {
        /// Whose.
        target: ParticipantId,
        /// Given or taken.
        granted: bool,
    },
    /// The room has another owner.
    OwnershipTransferred {
        /// Who.
        target: ParticipantId,
    },
    /// The timeline was moved.
    Playback(CommandKind),
}

/// Where the newest line of chat stands.
pub(crate) fn newest(messages: &[ChatMessage]) -> ChatPosition {
    messages.last().map_or(ChatPosition::default(), |message| message.position)
}
