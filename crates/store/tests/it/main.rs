//! The store against real files: what is acknowledged is there after a restart, and nobody writes over anybody.

#![expect(clippy::unwrap_used, reason = "a test ends where something unexpected happens")]

mod accounts;
mod harness;
mod objects;
mod opening;
mod rooms;
mod transcodes;
mod videos;
