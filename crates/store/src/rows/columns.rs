//! How our types stand in columns: ids and enumerations as their wire text, counts and times as BIGINT, the rest as JSON.

use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;

use super::database::Row;
use crate::StoreError;

/// Reading typed values out of a row.
pub(super) trait Columns {
    /// Text as it stands.
    fn text(&self, column: &'static str) -> Result<String, StoreError>;
    /// Text, if there is some.
    fn optional_text(&self, column: &'static str) -> Result<Option<String>, StoreError>;
    /// A count, size or time.
    fn count(&self, column: &'static str) -> Result<u64, StoreError>;
    /// A count, size or time, if there is one.
    fn optional_count(&self, column: &'static str) -> Result<Option<u64>, StoreError>;
    /// A fraction or duration, if there is one.
    fn optional_real(&self, column: &'static str) -> Result<Option<f64>, StoreError>;
    /// Yes or no.
    fn flag(&self, column: &'static str) -> Result<bool, StoreError>;

    /// An id, or anything else that is read from text.
    fn id<T: FromStr<Err: std::fmt::Display>>(&self, column: &'static str) -> Result<T, StoreError> {
        parse(column, &self.text(column)?)
    }

    /// An id, if there is one.
    fn optional_id<T: FromStr<Err: std::fmt::Display>>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        self.optional_text(column)?.map(|text| parse(column, &text)).transpose()
    }

    /// A variant of an enumeration.
    fn word<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        from_word(column, self.text(column)?)
    }

    /// A variant, if there is one.
    fn optional_word<T: DeserializeOwned>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        self.optional_text(column)?.map(|text| from_word(column, text)).transpose()
    }

    /// A value kept as JSON.
    fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|error| unreadable(column, error))
    }
}

impl Columns for Row {
    fn text(&self, column: &'static str) -> Result<String, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn optional_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn count(&self, column: &'static str) -> Result<u64, StoreError> {
        let value: i64 = self.try_get(column)?;
        u64::try_from(value).map_err(|error| unreadable(column, error))
    }

    fn optional_count(&self, column: &'static str) -> Result<Option<u64>, StoreError> {
        let value: Option<i64> = self.try_get(column)?;
        value.map(|value| u64::try_from(value).map_err(|error| unreadable(column, error))).transpose()
    }

    fn optional_real(&self, column: &'static str) -> Result<Option<f64>, StoreError> {
        Ok(self.try_get(column)?)
    }

    fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        Ok(self.try_get(column)?)
    }
}

/// A count for a BIGINT column. Nothing we count reaches 2^63; what does is cut off rather than turned negative.
pub(super) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A variant's wire name.
pub(super) fn word_of<T: Serialize>(variant: T) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("only enumerations without content are stored as words, not {other:?}"),
    }
}

/// A value as JSON text.
pub(super) fn json_of<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our own types have string keys only, so they always serialise")
}

fn from_word<T: DeserializeOwned>(column: &'static str, word: String) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|error| unreadable(column, error))
}

fn parse<T: FromStr<Err: std::fmt::Display>>(column: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|error| unreadable(column, error))
}

fn unreadable(column: &'static str, reason: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable { column, reason: reason.to_string() }
}
