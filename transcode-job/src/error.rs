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

    /// A disk that is full is the administrator's matter, whatever was being written.
    pub(crate) fn storage(doing: &str, error: &io::Error) -> Self {
        Self::failed(FailureReason::Storage, format!("{doing}: {error}"))
    }

    /// What people are told.
    pub fn code(&self) -> Code {
        match self {
            Self::Rejected(rejection) => rejection_code(rejection),
            Self::Failed { reason, .. } => failure_code(*reason),
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

fn rejection_code(rejection: &Rejection) -> Code {
    match rejection {
        Rejection::UnsupportedFormat(_) => Code::UnsupportedFormat,
        Rejection::MimeMismatch { .. } => Code::MimeMismatch,
        Rejection::TooLarge { .. } => Code::TooLarge,
        Rejection::TooLong { .. } => Code::TooLong,
        Rejection::Unreadable(_) => Code::Unreadable,
    }
}

fn failure_code(reason: FailureReason) -> Code {
    match reason {
        FailureReason::Timeout => Code::Timeout,
        FailureReason::Oom => Code::Oom,
        FailureReason::FormatError => Code::FormatError,
        FailureReason::Storage => Code::Storage,
        FailureReason::Cancelled => Code::Cancelled,
        FailureReason::FfmpegMissing => Code::FfmpegMissing,
        FailureReason::Internal => Code::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // UPL-2, TRN-6
    #[test]
    fn the_engine_s_names_and_the_contract_s_codes_are_the_same_words() {
        let rejections = [
            Rejection::UnsupportedFormat(String::new()),
            Rejection::MimeMismatch { declared: String::new(), found: String::new() },
            Rejection::TooLarge { size_bytes: 1, limit_bytes: 0 },
            Rejection::TooLong { minutes: 1, limit_minutes: 0 },
            Rejection::Unreadable(String::new()),
        ];
        for rejection in rejections {
            assert_eq!(rejection.code(), TranscodeError::Rejected(rejection).code().as_str());
        }
        use FailureReason::{Cancelled, FfmpegMissing, FormatError, Internal, Oom, Storage, Timeout};
        for reason in [Timeout, Oom, FormatError, Storage, Cancelled, FfmpegMissing, Internal] {
            assert_eq!(reason.as_str(), TranscodeError::failed(reason, "").code().as_str());
        }
    }
}
