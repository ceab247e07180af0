//! Configuration: defaults in code, a file, the environment; all complaints at once (OPS-1).

use std::fmt;
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

/// Reads `T`: its default, over it the TOML `file`, over it `SYNCWATCH_…` variables (`__` between section and key).
///
/// # Errors
/// All complaints together, or the first thing that could not be read.
pub fn load<T>(file: Option<&Path>) -> Result<T, ConfigError>
where
    T: Default + Serialize + DeserializeOwned + Validate,
{
    let mut figment = Figment::from(Serialized::defaults(T::default()));
    if let Some(file) = file {
        figment = figment.merge(Toml::file_exact(file));
    }
    let config: T = figment.merge(Env::prefixed("SYNCWATCH_").split("__")).extract().map_err(Box::new)?;
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
            if self.port < 1024 {
                let allowed = "1024 to 65535".into();
                complaints.push(Complaint { key: "port".into(), value: self.port.to_string(), allowed });
            }
            if self.name.is_empty() {
                let allowed = "a name".into();
                complaints.push(Complaint { key: "name".into(), value: "empty".into(), allowed });
            }
        }
    }

    fn from_file(text: &str) -> Result<Settings, ConfigError> {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(text.as_bytes()).expect("written");
        load(Some(file.path()))
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
