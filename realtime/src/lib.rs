//! The realtime program: a WebSocket gateway and one actor per room.
//!
//! Everything that is decided is decided by the engine in `syncwatch-room`; here are the sockets, the timers and the
//! writing down. One task owns one room and others send it messages, so there is no lock around a room. Media, accounts and
//! the making of rooms belong to other programs, which are heard of through the store's announcements alone.
//!
//! Main types: [`Rooms`] (the rooms that this process serves) and [`router`] (their sockets). The one rule for callers: end
//! the process through [`syncwatch_service::Tasks`], so that people are told and rooms are stored.

mod actor;
mod admission;
mod backlog;
mod batch;
mod connection;
mod flood;
mod gateway;
mod link;
mod metrics;
mod outgoing;
mod persist;
mod pulse;
mod request;
mod rooms;
mod video_watch;
mod websocket;

pub use gateway::router;
pub use rooms::{Counts, RealtimeParts, Rooms};
