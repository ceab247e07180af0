//! The room engine: everything that a room decides, as a plain value.
//!
//! Inputs and the time go into [`Room::handle`]; what must happen comes out through [`Outbox`]. The engine owns no socket,
//! task, lock or clock, reads no database and draws no random number, so the same inputs at the same times always lead to the
//! same state and the same outputs. It deliberately does not know how people reach it or where its snapshot is kept.
//!
//! Main types: [`Room`], [`Input`], [`Output`], [`Snapshot`]. The one rule for callers: carry the outputs out in order, and
//! send what stands in [`Output::AfterStored`] only once every earlier [`Output::Save`] and [`Output::StoreChat`] is stored.

mod chat;
mod commands;
mod film;
mod input;
mod members;
mod moderation;
mod output;
mod ownership;
mod people;
mod permissions;
mod presence;
mod queue;
mod rate;
mod room;
mod settings;
mod snapshot;
mod timeline;
mod view;
mod waiting;

#[cfg(test)]
mod tests;

pub use input::{Action, ConnectionId, Input, Person, PlaybackRequest, QueueRequest, Request, Via};
pub use output::{AuditEvent, Missed, Outbox, Output, Recipients, Welcome};
pub use people::{AWAY_AFTER_MS, LEFT_AFTER_MS};
pub use room::{Identity, Room};
pub use snapshot::{Seat, Snapshot};
