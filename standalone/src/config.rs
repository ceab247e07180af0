//! The configuration of the standalone program.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use syncwatch_api::ApiSettings;
use syncwatch_service::{Complaint, ConfigError, LogFormat, Validate, is_log_filter, load, validate_section};
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
        if !is_log_filter(&self.log) {
            let allowed = "off, error, warn, info, debug, trace, or a filter such as syncwatch_room=debug,info".into();
            complaints.push(Complaint { key: "log".into(), value: format!("{:?}", self.log), allowed });
        }
        validate_section(complaints, "api", &self.api);
        validate_section(complaints, "transcode", &self.transcode);
    }
}

impl Config {
    /// Defaults, over them the file, the environment, and the command line.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(cli: &Cli) -> Result<Self, ConfigError> {
        load(cli.config.as_deref(), |config: &mut Self| config.follow(cli))
    }

    fn follow(&mut self, cli: &Cli) {
        if let Some(listen) = cli.listen {
            self.listen = listen;
        }
        if let Some(data) = &cli.data {
            self.data.clone_from(data);
        }
        if let Some(log) = &cli.log {
            self.log.clone_from(log);
        }
        if cli.log_json {
            self.log_format = LogFormat::Json;
        }
    }

    /// Where the keys lie that sign tokens and addresses.
    pub fn key_file(&self) -> PathBuf {
        self.data.join("keys.json")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

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

    // OPS-1
    #[test]
    fn everything_wrong_in_every_section_and_on_the_command_line_is_told_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("syncwatch.toml");
        let text =
            "[api.rooms]\nmax_participants = 1\n[transcode]\nat_once = 0\n[transcode.transcode]\ncpu_percent = 900\n";
        std::fs::write(&file, text).expect("written");
        let cli = Cli { config: Some(file), log: Some("inof".into()), data: Some("".into()), ..Cli::default() };
        let told = Config::load(&cli).expect_err("five values are wrong").to_string();
        for complaint in [
            "data is empty, allowed is a folder",
            "log is \"inof\", allowed is off, error, warn",
            "api.rooms.max_participants is 1, allowed is 2 to 5000",
            "transcode.at_once is 0, allowed is 1 to 64",
            "transcode.transcode.cpu_percent is 900, allowed is 1 to 100",
        ] {
            assert!(told.contains(complaint), "{complaint:?} is missing in {told}");
        }
    }

    // OPS-1
    #[test]
    fn every_setting_is_listed_with_its_default() {
        let page = include_str!("../../docs/settings.md");
        let cells = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | `"));
        let listed: BTreeMap<String, Value> = cells
            .map(|(key, rest)| {
                let default = rest.split('`').next().expect("a default");
                (
                    key.to_owned(),
                    serde_json::from_str(default).unwrap_or_else(|_| panic!("{key}: {default} is no value")),
                )
            })
            .collect();
        let mut expected = BTreeMap::new();
        settings_in("", serde_json::to_value(Config::default()).expect("plain values"), &mut expected);
        assert_eq!(listed, expected, "docs/settings.md and the code know other settings or defaults");
    }

    fn settings_in(section: &str, value: Value, found: &mut BTreeMap<String, Value>) {
        let Value::Object(entries) = value else {
            found.insert(section.to_owned(), value);
            return;
        };
        for (name, value) in entries {
            let key = if section.is_empty() { name } else { format!("{section}.{name}") };
            settings_in(&key, value, found);
        }
    }
}
