//! Configuration: defaults in code, a file, the environment; all complaints at once (OPS-1).

use std::fmt;
use std::ops::RangeInclusive;
use std::path::Path;

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One thing wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The key, such as `uploads.max_bytes`.
    pub key: String,
    /// The value it has.
    pub value: String,
    /// What is allowed.
    pub allowed: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}, allowed is {}", self.key, self.value, self.allowed)
    }
}

/// A configuration section that can say what is wrong with it.
pub trait Validate {
    /// Adds a complaint for each wrong value.
    fn validate(&self, complaints: &mut Vec<Complaint>);
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value of the wrong type, an unknown key, or a file that is not TOML.
    #[error("cannot read the configuration: {0}")]
    Unreadable(#[from] Box<figment::Error>),
    /// Values that are readable and wrong.
    #[error("the configuration is not valid:{}", list(.0))]
    Invalid(Vec<Complaint>),
}

fn list(complaints: &[Complaint]) -> String {
    complaints.iter().map(|complaint| format!("\n  - {complaint}")).collect()
}

/// Adds a complaint unless a number lies in its range.
pub fn within<T: PartialOrd + fmt::Display>(
    complaints: &mut Vec<Complaint>,
    key: &str,
    value: T,
    range: RangeInclusive<T>,
) {
    if !range.contains(&value) {
        let allowed = format!("{} to {}", range.start(), range.end());
        complaints.push(Complaint { key: key.into(), value: value.to_string(), allowed });
    }
}

/// Adds the complaints of the section under `key`, so that each names its key as it stands in the file.
pub fn validate_section(complaints: &mut Vec<Complaint>, key: &str, section: &impl Validate) {
    let mut inner = Vec::new();
    section.validate(&mut inner);
    complaints
        .extend(inner.into_iter().map(|complaint| Complaint { key: format!("{key}.{}", complaint.key), ..complaint }));
}

/// Reads `T`: its default, over it the TOML `file`, over it `SYNCWATCH_…` variables (`__` between section and key), over
/// them what `command_line` changes. What comes of all of them is validated.
///
/// # Errors
/// All complaints together, or the first thing that could not be read.
pub fn load<T>(file: Option<&Path>, command_line: impl FnOnce(&mut T)) -> Result<T, ConfigError>
where
    T: Default + Serialize + DeserializeOwned + Validate,
{
    let mut figment = Figment::from(Serialized::defaults(T::default()));
    if let Some(file) = file {
        figment = figment.merge(Toml::file_exact(file));
    }
    let mut config: T = figment.merge(Env::prefixed("SYNCWATCH_").split("__")).extract().map_err(Box::new)?;
    command_line(&mut config);
    let mut complaints = Vec::new();
    config.validate(&mut complaints);
    if complaints.is_empty() { Ok(config) } else { Err(ConfigError::Invalid(complaints)) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        port: u16,
        name: String,
    }

    impl Default for Settings {
        fn default() -> Self {
            Self { port: 8080, name: "syncwatch".into() }
        }
    }

    impl Validate for Settings {
        fn validate(&self, complaints: &mut Vec<Complaint>) {
            within(complaints, "port", self.port, 1024..=65535);
            if self.name.is_empty() {
                let allowed = "a name".into();
                complaints.push(Complaint { key: "name".into(), value: "empty".into(), allowed });
            }
        }
    }

    fn from_file(text: &str) -> Result<Settings, ConfigError> {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(text.as_bytes()).expect("written");
        load(Some(file.path()), |_| {})
    }

    // OPS-1
    #[test]
    fn all_complaints_come_at_once_with_key_value_and_what_is_allowed() {
        let error = from_file("port = 1\nname = \"\"").expect_err("two values are wrong").to_string();
        assert!(error.contains("port is 1, allowed is 1024 to 65535"), "{error}");
        assert!(error.contains("name is empty, allowed is a name"), "{error}");
    }

    // OPS-1
    #[test]
    fn the_command_line_mends_and_spoils_as_the_file_does() {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(b"port = 1").expect("written");
        let loaded = |port| load(Some(file.path()), |settings: &mut Settings| settings.port = port);
        assert_eq!(loaded(9000).expect("mended").port, 9000);
        let error = loaded(2).expect_err("spoiled").to_string();
        assert!(error.contains("port is 2, allowed is 1024 to 65535"), "{error}");
    }

    // OPS-1
    #[test]
    fn a_complaint_names_its_key_from_the_top() {
        let mut complaints = Vec::new();
        validate_section(&mut complaints, "api", &Settings { port: 1, name: "x".into() });
        assert_eq!(complaints[0].key, "api.port");
    }

    // OPS-1
    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = from_file("prot = 8081").expect_err("the key is unknown").to_string();
        assert!(error.contains("prot"), "{error}");
    }

    // OPS-1
    #[test]
    fn what_the_file_leaves_out_has_its_default() {
        let settings = from_file("port = 9000").expect("a valid file");
        assert_eq!((settings.port, settings.name.as_str()), (9000, "syncwatch"));
    }
}
