//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

const AFTER: &str = "\
Everything is kept in the data folder: accounts, rooms, chat and films. Copy it while syncwatch is stopped and you have a
backup; delete it and you start anew.

Settings come from the defaults, then the file given with --config (TOML), then environment variables such as
SYNCWATCH_LISTEN or SYNCWATCH_API__UPLOADS__QUOTA_BYTES, then the options here. docs/settings.md lists all of them.

Behind a reverse proxy say how many there are: SYNCWATCH_API__HTTP__TRUSTED_PROXIES=1. Without it every visitor looks like
the proxy: limits count them all as one, or not at all where the proxy runs on this machine.

FFmpeg makes films ready to watch. Without it everything else works; install it with `apt install ffmpeg`.

Examples:
  syncwatch                                     on http://localhost:8080, data in ./data
  syncwatch --listen 0.0.0.0:80 --data /srv/sw  for everybody in the network
  syncwatch --log debug                         tells more
  syncwatch media plan film.mkv                 what would become of a film, and why";

/// Watch films together: everybody in a room sees the same frame at the same moment.
///
/// Starts the whole service in one process: the web application, accounts, rooms, uploads and transcoding. There is nothing
/// to set up. Open the address that it prints, start a room, and send its link to a friend. Ctrl-C stops it.
#[derive(Debug, Clone, Default, Parser)]
#[command(name = "syncwatch", version, after_help = AFTER, after_long_help = AFTER)]
pub struct Cli {
    /// Address and port to listen on: this machine alone, or 0.0.0.0:8080 for everybody in the network [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Folder for everything that is kept [default: ./data]
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<String>,
    /// File with settings (TOML)
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How much to log: off, error, warn, info, debug, trace, or a filter such as syncwatch_room=debug,info [default: info]
    #[arg(long, value_name = "LEVEL")]
    pub log: Option<String>,
    /// Log one JSON object a line instead of text
    #[arg(long)]
    pub log_json: bool,
    /// Replace the key in the data folder that signs tokens, and stop. Nobody is logged out, if a week lies between two
    /// rotations
    #[arg(long)]
    pub rotate_keys: bool,
    /// Something else than starting the service.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Something else than starting the service.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Look into films
    #[command(subcommand)]
    Media(MediaCommand),
}

/// Looking into films.
#[derive(Debug, Clone, Subcommand)]
pub enum MediaCommand {
    /// Say what is in a film, and what would be made of it and why. Makes nothing
    Plan(PlanArguments),
}

/// Which film, and how it is told.
#[derive(Debug, Clone, Args)]
pub struct PlanArguments {
    /// The film
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// As one JSON object with `report` and `plan`, or with `rejection`
    #[arg(long)]
    pub json: bool,
}

impl Cli {
    /// The settings that it gives, by their keys.
    pub(crate) fn settings(&self) -> Vec<(&'static str, &str)> {
        let given = [("listen", &self.listen), ("data", &self.data), ("log", &self.log)];
        let mut settings: Vec<_> =
            given.into_iter().filter_map(|(key, value)| Some((key, value.as_deref()?))).collect();
        if self.log_json {
            settings.push(("log_format", "json"));
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_tells_how_to_start_what_is_kept_where_and_what_is_needed() {
        use clap::CommandFactory;
        let help = Cli::command().render_long_help().to_string();
        for told in [
            "http://localhost:8080",
            "./data",
            "apt install ffmpeg",
            "Ctrl-C",
            "--listen",
            "Examples",
            "media plan",
            "--config",
            "SYNCWATCH_API__HTTP__TRUSTED_PROXIES",
            "docs/settings.md",
            "off, error, warn, info, debug, trace",
            "0.0.0.0:8080 for everybody in the network",
        ] {
            assert!(help.contains(told), "{told} is missing");
        }
    }
}
