//! Where settings come from, and what in them cannot be read.

use std::path::Path;

use figment::error::Kind;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::{Dict, Value};
use figment::{Error, Figment};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Complaint;

/// What the sources give over the defaults of `T`, without what cannot be read, and the complaints about that.
///
/// Reading ends at the first thing that is wrong. Each value is therefore tried alone over the defaults, and those that
/// can be read are put together.
pub(super) fn read<T>(file: Option<&Path>, command_line: &[(&str, &str)]) -> (T, Vec<Complaint>)
where
    T: Default + Serialize + DeserializeOwned,
{
    let defaults = Figment::from(Serialized::defaults(T::default()));
    let mut complaints = Vec::new();
    let mut good = defaults.clone();
    let mut given = Vec::new();
    leaves(String::new(), merged(file, command_line, &mut complaints).into(), &mut given);
    for (key, value) in given {
        let alone = Serialized::default(&key, value.clone());
        match defaults.clone().merge(&alone).extract::<T>() {
            Ok(_) => good = good.merge(alone),
            Err(error) => add_once(&mut complaints, complaint(&key, &value, error)),
        }
    }
    // Values that are good alone can be wrong together: seconds and nanoseconds that overflow.
    let config = good.extract().unwrap_or_else(|error| {
        let key = error.path.join(".");
        let value = good.find_value(&key).unwrap_or_else(|_| Value::from("several values"));
        add_once(&mut complaints, complaint(&key, &value, error));
        T::default()
    });
    (config, complaints)
}

/// The file, over it the environment, over it the command line. A file that cannot be read is a complaint of its own, and
/// the others are looked at all the same.
fn merged(file: Option<&Path>, command_line: &[(&str, &str)], complaints: &mut Vec<Complaint>) -> Dict {
    let mut sources = Figment::new();
    if let Some(path) = file {
        match toml(path) {
            Ok(values) => sources = sources.merge(Serialized::defaults(values)),
            Err(value) => {
                let (key, allowed) = (format!("the file {}", path.display()), "settings in TOML".to_owned());
                complaints.push(Complaint { key, value, allowed });
            }
        }
    }
    sources = sources.merge(Env::prefixed("SYNCWATCH_").split("__"));
    for (key, value) in command_line {
        sources = sources.merge(Serialized::default(key, *value));
    }
    sources.extract().expect("every source is a table of values")
}

fn toml(path: &Path) -> Result<Dict, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("not readable ({error})"))?;
    Figment::from(Toml::string(&text)).extract().map_err(|error| format!("no TOML ({})", in_one_line(&error.kind)))
}

/// The parser draws the line with an arrow under the fault; its first line says where that is and its last one what.
fn in_one_line(kind: &Kind) -> String {
    let text = kind.to_string();
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains('|')).map(str::trim).collect();
    lines.join(": ")
}

/// All values under `key` with their full keys. Lists are values, and so is a table without entries: its name may be wrong.
fn leaves(key: String, value: Value, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Dict(_, entries) if !entries.is_empty() => {
            for (name, value) in entries {
                leaves(if key.is_empty() { name } else { format!("{key}.{name}") }, value, found);
            }
        }
        // Nothing was set at all.
        Value::Dict(..) if key.is_empty() => {}
        value => found.push((key, value)),
    }
}

/// An unknown section would be told once for each of its keys.
fn add_once(complaints: &mut Vec<Complaint>, complaint: Complaint) {
    if !complaints.contains(&complaint) {
        complaints.push(complaint);
    }
}

fn complaint(key: &str, value: &Value, error: Error) -> Complaint {
    let path = error.path.join(".");
    let at = if path.is_empty() { key.to_owned() } else { path };
    let shown = serde_json::to_string(value).unwrap_or_else(|_| "something else".into());
    let (value, allowed) = match error.kind {
        Kind::UnknownField(_, known) => ("not a setting".into(), known.join(", ")),
        Kind::UnknownVariant(_, known) => (shown, known.join(", ")),
        Kind::InvalidType(actual, expected) | Kind::InvalidValue(actual, expected) if at != key => {
            (actual.to_string(), in_words(&expected))
        }
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) | Kind::InvalidLength(_, expected) => {
            (shown, in_words(&expected))
        }
        Kind::MissingField(name) => ("not complete".into(), format!("a table with {name}")),
        other => (shown, other.to_string()),
    };
    Complaint { key: at, value, allowed }
}

/// What serde calls the type of a setting, for people.
fn in_words(expected: &str) -> String {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number".into(),
        "f32" | "f64" => "a number".into(),
        "a boolean" => "true, false".into(),
        "a string" | "path string" => "a text in quotes".into(),
        "a sequence" => "a list".into(),
        other if other.starts_with("struct ") => "a section with settings of its own".into(),
        other => other.into(),
    }
}
