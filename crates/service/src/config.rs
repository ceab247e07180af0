//! Configuration: defaults in code, a file, the environment; all complaints at once (OPS-1).

mod sources;

use std::fmt;
use std::ops::RangeInclusive;
use std::path::Path;

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

/// The configuration cannot be used: everything that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not valid:{}", list(.0))]
pub struct ConfigError(pub Vec<Complaint>);

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
/// them what the `command_line` gives to keys. What comes of all of them is validated.
///
/// # Errors
/// All complaints together, each once. What one source gets wrong and a later one mends is no complaint.
pub fn load<T>(file: Option<&Path>, command_line: &[(&str, &str)]) -> Result<T, ConfigError>
where
    T: Default + Serialize + DeserializeOwned + Validate,
{
    let (config, mut complaints) = sources::read::<T>(file, command_line);
    config.validate(&mut complaints);
    if complaints.is_empty() { Ok(config) } else { Err(ConfigError(complaints)) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Serialize, Deserialize)]
    struct Ends {
        from: u8,
        to: u8,
    }

    /// Readable only while its ends are in order.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(try_from = "Ends")]
    struct Span {
        from: u8,
        to: u8,
    }

    impl TryFrom<Ends> for Span {
        type Error = &'static str;

        fn try_from(Ends { from, to }: Ends) -> Result<Self, Self::Error> {
            if from < to { Ok(Self { from, to }) } else { Err("the ends are not in order") }
        }
    }

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        port: u16,
        name: String,
        span: Span,
    }

    impl Default for Settings {
        fn default() -> Self {
            Self { port: 8080, name: "syncwatch".into(), span: Span { from: 3, to: 6 } }
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
        load(Some(file.path()), &[])
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
        file.write_all(b"name = 5").expect("written");
        let loaded = |name| load::<Settings>(Some(file.path()), &[("name", name)]);
        assert_eq!(loaded("mended").expect("mended").name, "mended");
        let error = loaded("").expect_err("spoiled").to_string();
        assert!(error.contains("name is empty, allowed is a name"), "{error}");
    }

    // OPS-1
    #[test]
    fn what_cannot_be_read_and_what_is_out_of_range_come_together_and_each_once() {
        let error =
            from_file("prot = 8081\nname = \"\"\nport = \"many\"\n[more]\na = 1\nb = 2").expect_err("all wrong");
        let told: Vec<String> = error.0.iter().map(ToString::to_string).collect();
        let expected = [
            "more is not a setting, allowed is port, name, span",
            "port is \"many\", allowed is a whole number",
            "prot is not a setting, allowed is port, name, span",
            "name is empty, allowed is a name",
        ];
        assert_eq!(told, expected);
    }

    // OPS-1
    #[test]
    fn a_file_that_is_missing_or_no_toml_is_told_beside_what_the_command_line_has_wrong() {
        let missing = load::<Settings>(Some(Path::new("/nowhere/settings.toml")), &[("name", "")]);
        let error = missing.expect_err("two things are wrong").to_string();
        assert!(error.contains("the file /nowhere/settings.toml is not readable (No such file"), "{error}");
        assert!(error.contains("name is empty"), "{error}");
        let error = from_file("port = 9000\nname = \n").expect_err("not TOML").to_string();
        assert!(error.contains("line 2") && error.lines().count() == 2, "{error}");
    }

    // OPS-1
    #[test]
    fn values_that_are_only_wrong_together_are_told() {
        let error = from_file("[span]\nfrom = 5\nto = 4").expect_err("only 5 to 6 and 3 to 4 would do").to_string();
        assert!(error.contains("span is {") && error.contains("not in order"), "{error}");
    }

    // OPS-1
    #[test]
    fn a_complaint_names_its_key_from_the_top() {
        let mut complaints = Vec::new();
        validate_section(&mut complaints, "api", &Settings { port: 1, ..Settings::default() });
        assert_eq!(complaints[0].key, "api.port");
    }

    // OPS-1
    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = from_file("prot = 8081").expect_err("the key is unknown").to_string();
        assert!(error.contains("prot is not a setting, allowed is port, name, span"), "{error}");
    }

    // OPS-1
    #[test]
    fn what_the_file_leaves_out_has_its_default() {
        let settings = from_file("port = 9000").expect("a valid file");
        assert_eq!((settings.port, settings.name.as_str()), (9000, "syncwatch"));
    }
}
