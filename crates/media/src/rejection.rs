//! Why a file is refused before any work is done (UPL-2).

use serde::{Deserialize, Serialize};
use syncwatch_protocol::Code;

/// A film that we do not take. The variants are the product's codes; the text inside is for the log and the owner's
/// administrator, people see the translated sentence of the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", content = "detail", rename_all = "snake_case")]
pub enum Rejection {
    /// Not a container or codec we read.
    #[error("unsupported format: {0}")]
    UnsupportedFormat(String),
    /// The content is another type than the one declared.
    #[error("declared as {declared}, but it is {found}")]
    MimeMismatch {
        /// What the uploader said.
        declared: String,
        /// What the first bytes say.
        found: String,
    },
    /// More bytes than allowed.
    #[error("too large: {size_bytes} of {limit_bytes} bytes")]
    TooLarge {
        /// Its size.
        size_bytes: u64,
        /// What is allowed.
        limit_bytes: u64,
    },
    /// Longer than allowed.
    #[error("too long: {minutes} of {limit_minutes} minutes")]
    TooLong {
        /// Its length.
        minutes: u64,
        /// What is allowed.
        limit_minutes: u64,
    },
    /// Damaged or incomplete.
    #[error("unreadable: {0}")]
    Unreadable(String),
}

impl Rejection {
    /// What people are told.
    pub const fn code(&self) -> Code {
        match self {
            Self::UnsupportedFormat(_) => Code::UnsupportedFormat,
            Self::MimeMismatch { .. } => Code::MimeMismatch,
            Self::TooLarge { .. } => Code::TooLarge,
            Self::TooLong { .. } => Code::TooLong,
            Self::Unreadable(_) => Code::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // UPL-2
    #[test]
    fn a_rejection_is_written_with_the_word_of_its_code() {
        let rejections = [
            Rejection::UnsupportedFormat(String::new()),
            Rejection::MimeMismatch { declared: String::new(), found: String::new() },
            Rejection::TooLarge { size_bytes: 1, limit_bytes: 0 },
            Rejection::TooLong { minutes: 1, limit_minutes: 0 },
            Rejection::Unreadable(String::new()),
        ];
        for rejection in rejections {
            let written = serde_json::to_value(&rejection).unwrap();
            assert_eq!(written["code"], rejection.code().as_str());
        }
    }
}
