//! How a transcode ends when it does not end well.

use std::io;
use std::time::Duration;

use syncwatch_media::{FailureReason, Rejection, retry_delay};
use syncwatch_protocol::Code;

use crate::tools::ToolsError;

/// Why there is no film.
#[derive(Debug, thiserror::Error)]
pub enum TranscodeError {
    /// The file is refused; another try would end the same.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The work did not succeed.
    #[error("{}: {detail}", reason.as_str())]
    Failed {
        /// What kind of failure.
        reason: FailureReason,
        /// For the log; may name paths, so it is not for people.
        detail: String,
    },
}

impl TranscodeError {
    pub(crate) fn failed(reason: FailureReason, detail: impl Into<String>) -> Self {
        Self::Failed { reason, detail: detail.into() }
    }

    /// Something that we promise each other is not so.
    pub(crate) fn internal(detail: impl Into<String>) -> Self {
        Self::failed(FailureReason::Internal, detail)
    }

    /// A disk that is full is the administrator's matter, whatever was being written.
    pub(crate) fn storage(doing: &str, error: &io::Error) -> Self {
        Self::failed(FailureReason::Storage, format!("{doing}: {error}"))
    }

    /// What people are told.
    pub fn code(&self) -> Code {
        match self {
            Self::Rejected(rejection) => rejection.code(),
            Self::Failed { reason, .. } => reason.code(),
        }
    }

    /// How long to wait before the next try after `attempt` (the first is 1); `None` when there is none.
    pub fn retry_delay(&self, attempt: u32) -> Option<Duration> {
        match self {
            Self::Rejected(_) => None,
            Self::Failed { reason, .. } => retry_delay(attempt, *reason),
        }
    }

    /// It was stopped on purpose.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Failed { reason: FailureReason::Cancelled, .. })
    }
}

impl From<ToolsError> for TranscodeError {
    fn from(error: ToolsError) -> Self {
        Self::failed(FailureReason::FfmpegMissing, error.to_string())
    }
}
