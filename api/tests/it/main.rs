//! The API over real connections: what people may do, and that every refusal has its own code.

#![expect(clippy::unwrap_used, reason = "a test ends where something unexpected happens")]

mod accounts;
mod clamd;
mod clean_up;
mod early_answers;
mod edge;
mod harness;
mod health;
mod joining;
mod limits;
mod links;
mod media;
mod nginx;
mod openapi;
mod repair;
mod rooms;
mod scan;
mod sessions;
mod subtitles;
mod tus;
mod upload_limits;
mod upload_refusals;
mod uploads;
mod videos;
