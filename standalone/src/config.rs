//! The configuration of the standalone program.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::de::{Deserializer, Error, Visitor};
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
    #[serde(deserialize_with = "address_and_port")]
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
        load(cli.config.as_deref(), &cli.settings())
    }

    /// Where the keys lie that sign tokens and addresses.
    pub fn key_file(&self) -> PathBuf {
        self.data.join("keys.json")
    }
}

/// Says what is allowed, where the standard library says that the syntax is invalid.
fn address_and_port<'de, D: Deserializer<'de>>(from: D) -> Result<SocketAddr, D::Error> {
    struct AddressAndPort;

    impl Visitor<'_> for AddressAndPort {
        type Value = SocketAddr;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an address and a port in numbers, such as 127.0.0.1:8080 or 0.0.0.0:8080")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<SocketAddr, E> {
            text.parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
        }
    }

    from.deserialize_str(AddressAndPort)
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
    fn everything_wrong_in_every_section_and_on_the_command_line_is_told_at_once_and_each_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("syncwatch.toml");
        let text = "listen = 5\n[api.rooms]\nmax_participants = 1\n[api.uploads]\nmax_bytes = \"8 GB\"\nquota = 1\n\
                    [transcode]\nat_once = 0\n[transcode.transcode]\ncpu_percent = 900\n";
        std::fs::write(&file, text).expect("written");
        let (log, data, listen) = (Some("inof".into()), Some(String::new()), Some("localhost:8080".into()));
        let cli = Cli { config: Some(file), listen, log, data, ..Cli::default() };
        let told = Config::load(&cli).expect_err("eight values are wrong").to_string();
        for complaint in [
            "listen is \"localhost:8080\", allowed is an address and a port in numbers, such as 127.0.0.1:8080",
            "data is empty, allowed is a folder",
            "log is \"inof\", allowed is off, error, warn, info, debug, trace",
            "api.rooms.max_participants is 1, allowed is 2 to 5000",
            "api.uploads.max_bytes is \"8 GB\", allowed is a whole number",
            "api.uploads.quota is not a setting, allowed is max_bytes, quota_bytes",
            "transcode.at_once is 0, allowed is 1 to 64",
            "transcode.transcode.cpu_percent is 900, allowed is 1 to 100",
        ] {
            assert_eq!(told.matches(complaint).count(), 1, "{complaint:?} in {told}");
        }
        assert_eq!(told.lines().count(), 9, "a line for each under the first one: {told}");
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
