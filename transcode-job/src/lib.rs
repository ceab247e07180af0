//! Makes an uploaded film watchable: probes it, lets `syncwatch-media` plan, and runs FFmpeg as a confined child.
//!
//! It decides nothing about pictures; it starts processes, watches them, and publishes what they wrote in an order that
//! players can follow. [`transcode`] does one film from a local file into a folder; [`Worker`] takes films from the job
//! queue and keeps their rows up to date.
//!
//! The one rule for callers: an output folder belongs to one plan. A try goes on where the last one of the same plan ended;
//! another plan gets another folder, because addresses are cached for a year.

mod child;
mod error;
mod event;
mod files;
mod growing;
mod ladder;
mod making;
mod metrics;
mod output;
mod piece;
mod probe;
mod publish;
mod run;
mod settings;
mod sprites;
mod subtitles;
mod tools;
mod transcode;
mod verify;
mod worker;

pub use error::TranscodeError;
pub use event::{Event, Outcome, RenditionInfo};
pub use probe::probe;
pub use settings::TranscodeSettings;
pub use tools::{Capabilities, Tools, ToolsError};
pub use transcode::{Prepared, TranscodeJob, discard, transcode};
pub use worker::{Worker, WorkerParts, WorkerSettings};
