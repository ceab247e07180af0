//! Why a request was not done. Everything here knows codes and none of it knows HTTP; that is `problem`'s part.

use std::time::Duration;

use syncwatch_protocol::Code;
use syncwatch_store::StoreError;

/// A request that was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// The asker may not or cannot.
    #[error("{}", .0.as_str())]
    Refused(Code),
    /// The request could not be read; the text says what about it, without anything from inside.
    #[error("invalid request: {0}")]
    Invalid(String),
    /// The body is of another type than this one.
    #[error("the body is not {0}")]
    WrongType(&'static str),
    /// Fields of a form that are wrong.
    #[error("invalid fields")]
    Fields(Vec<WrongField>),
    /// Too often; it will be allowed again after some time.
    #[error("too many requests")]
    TooMany {
        /// Until then.
        retry_after: Duration,
    },
    /// Storing or reading failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One wrong field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrongField {
    /// Its name in JSON.
    pub(crate) field: &'static str,
    /// What is wrong.
    pub(crate) code: Code,
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self::Refused(code)
    }
}

impl ApiError {
    /// One wrong field.
    pub(crate) fn field(field: &'static str, code: Code) -> Self {
        Self::Fields(vec![WrongField { field, code }])
    }
}
