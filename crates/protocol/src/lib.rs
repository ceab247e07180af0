//! The wire contract: every value that crosses a process boundary, once, in Rust.
//!
//! TypeScript types are generated from here (`make generate`), so the web application never retypes them. The crate knows
//! no transport, no clock and no storage; it only says what the words are and which of them belong together.
//!
//! Main types: [`ClientMessage`] and [`ServerMessage`] (the WebSocket), [`PlaybackState`] and [`SyncCommand`] (the
//! timeline), [`RoomView`] and [`Participant`] (what people see), [`Code`] (every refusal and problem, with its sentence).
//!
//! The one rule for callers: parse at the edge. A [`RoomCode`] or an id that exists is valid.

mod chat;
mod client;
mod code;
mod ids;
pub mod limits;
mod playback;
mod room;
mod server;
mod time;
mod version;
mod video;

pub use chat::{ChatBody, ChatMessage, SystemEvent};
pub use client::{Capability, ClientMessage, Credential, PlayerReport, PlayerState, Resume, SettingsPatch};
pub use code::Code;
pub use ids::{ChatPosition, IdempotencyKey, InvalidId, ParticipantId, RoomCode, RoomId, VideoId};
pub use playback::{CommandKind, PlaybackState, Source, SyncCommand, SyncOutcome, SyncReply};
pub use room::{
    BannedPerson, OwnerChangeReason, Participant, ParticipantKind, PlaybackControl, Presence, Privacy, QueueItem, Role,
    RoomSettings, RoomStatus, RoomView, SyncState, Waiting, WaitingCause, WaitingPolicy,
};
pub use server::{CloseReason, ServerHello, ServerMessage};
pub use time::{MediaTime, ServerTime};
pub use version::{Compatibility, PROTOCOL_VERSION, ProtocolVersion};
pub use video::{
    LinkKind, LinkView, Rendition, SubtitleNote, SubtitleOrigin, SubtitleTrack, VideoEvent, VideoStatus, VideoView,
};
