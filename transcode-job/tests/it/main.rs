//! Real films through real FFmpeg. Films are made on demand and kept in cargo's folder for test files.

#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its film has failed")]

mod deleting;
mod failures;
mod films;
mod hostile;
mod house;
mod kinds;
mod odd_films;
mod pictures;
mod pieces;
mod probing;
mod queue;
mod sprites;
mod studio;
mod timing;
mod tracks;
