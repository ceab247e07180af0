//! The standalone program: API, realtime and transcoding in one process, on an embedded database and a directory.
//!
//! It has no behaviour of its own. It reads the configuration, starts the libraries of the other programs on one port, and
//! ends them in order. The one rule for callers of [`run`]: hand it a listener, so that a port in use is known at once.

mod cli;
mod config;
mod data_folder;
mod headers;
mod listen;
mod media_plan;
mod open_files;
mod ready;
mod run;
mod web_app;

pub use cli::{Cli, Command, MediaCommand, PlanArguments};
pub use config::Config;
pub use listen::{ListenError, listen};
pub use media_plan::media_plan;
pub use run::run;
