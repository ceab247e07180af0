//! The configuration of the standalone program.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use syncwatch_api::ApiSettings;
use syncwatch_service::{Complaint, ConfigError, LogFormat, Validate, load};
use syncwatch_transcode_job::WorkerSettings;

use crate::Cli;

/// Everything that can be set. Each value has a default that is right on a laptop.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Folder for everything that is kept.
    pub data: PathBuf,
    /// A `tracing` filter, such as `info`.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Accounts, rooms, uploads and limits.
    pub api: ApiSettings,
    /// Making films ready to watch.
    pub transcode: WorkerSettings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from("./data"),
            log: "info".into(),
            log_format: LogFormat::Text,
            api: ApiSettings::default(),
            transcode: WorkerSettings::default(),
        }
    }
}

impl Validate for Config {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        if self.data.as_os_str().is_empty() {
            let (key, allowed) = ("data".to_owned(), "a folder".to_owned());
            complaints.push(Complaint { key, value: "empty".into(), allowed });
        }
        self.api.validate(complaints);
    }
}

impl Config {
    /// Defaults, over them the file, the environment, and the command line.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(cli: &Cli) -> Result<Self, ConfigError> {
        let mut config: Self = load(cli.config.as_deref())?;
        if let Some(listen) = cli.listen {
            config.listen = listen;
        }
        if let Some(data) = &cli.data {
            config.data.clone_from(data);
        }
        if let Some(log) = &cli.log {
            config.log.clone_from(log);
        }
        if cli.log_json {
            config.log_format = LogFormat::Json;
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // OPS-1
    #[test]
    fn the_command_line_goes_over_the_file_and_the_file_over_the_defaults() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("syncwatch.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:9000\"\nlog = \"warn\"\n").expect("written");
        let cli = Cli { config: Some(file), log: Some("debug".into()), ..Cli::default() };
        let config = Config::load(&cli).expect("valid");
        assert_eq!((config.listen.port(), config.log.as_str()), (9000, "debug"));
        assert_eq!(config.data, PathBuf::from("./data"));
    }
}
