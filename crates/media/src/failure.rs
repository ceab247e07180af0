//! Why a transcode failed, and whether it is worth another try (TRN-6).

use std::time::Duration;

use serde::{Deserialize, Serialize};
use syncwatch_protocol::Code;

/// Why a transcode failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// It made no progress, or took too long altogether.
    Timeout,
    /// It needed more memory than allowed.
    Oom,
    /// The film's contents cannot be decoded.
    FormatError,
    /// The disk is full or broken.
    Storage,
    /// Somebody did not want it any more, or the process is stopping.
    Cancelled,
    /// FFmpeg is not installed.
    FfmpegMissing,
    /// Anything else.
    Internal,
}

impl FailureReason {
    /// What people are told.
    pub const fn code(self) -> Code {
        match self {
            Self::Timeout => Code::Timeout,
            Self::Oom => Code::Oom,
            Self::FormatError => Code::FormatError,
            Self::Storage => Code::Storage,
            Self::Cancelled => Code::Cancelled,
            Self::FfmpegMissing => Code::FfmpegMissing,
            Self::Internal => Code::Internal,
        }
    }

    /// Its name in JSON, logs and metrics.
    pub const fn as_str(self) -> &'static str {
        self.code().as_str()
    }

    /// Another try could end better.
    pub const fn may_pass(self) -> bool {
        !matches!(self, Self::FormatError | Self::Cancelled | Self::FfmpegMissing)
    }
}

/// How long to wait after `attempt` (the first is 1) failed for `reason`; `None` when it is not tried again.
pub fn retry_delay(attempt: u32, reason: FailureReason) -> Option<Duration> {
    const DELAYS: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(30), Duration::from_secs(120)];
    if !reason.may_pass() {
        return None;
    }
    DELAYS.get(usize::try_from(attempt.checked_sub(1)?).ok()?).copied()
}

/// What FFmpeg's last words mean. `None` when they say nothing that we know.
pub fn classify(last_words: &str) -> Option<FailureReason> {
    const TABLE: [(&str, FailureReason); 10] = [
        ("No space left on device", FailureReason::Storage),
        ("File too large", FailureReason::Storage),
        ("Disk quota exceeded", FailureReason::Storage),
        ("Read-only file system", FailureReason::Storage),
        ("Input/output error", FailureReason::Storage),
        ("Cannot allocate memory", FailureReason::Oom),
        ("failed to map segment", FailureReason::Oom),
        ("malloc of size", FailureReason::Oom),
        ("Invalid data found when processing input", FailureReason::FormatError),
        ("Error while decoding", FailureReason::FormatError),
    ];
    TABLE.into_iter().find(|(words, _)| last_words.contains(words)).map(|(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    // TRN-6
    #[test]
    fn it_is_tried_again_three_times_after_growing_pauses() {
        let pauses: Vec<_> = (1..=4).map(|attempt| retry_delay(attempt, FailureReason::Timeout)).collect();
        assert_eq!(
            pauses,
            [5, 30, 120].map(|s| Some(Duration::from_secs(s))).into_iter().chain([None]).collect::<Vec<_>>()
        );
    }

    // TRN-6
    #[test]
    fn what_cannot_succeed_is_not_tried_again() {
        for reason in [FailureReason::FormatError, FailureReason::Cancelled, FailureReason::FfmpegMissing] {
            assert_eq!(retry_delay(1, reason), None, "{reason:?}");
        }
        assert_eq!(retry_delay(0, FailureReason::Timeout), None);
    }

    // TRN-6
    #[test]
    fn a_full_disk_is_told_from_a_damaged_film() {
        let full = "av_interleaved_write_frame(): No space left on device\nError while decoding stream";
        assert_eq!(classify(full), Some(FailureReason::Storage));
        assert_eq!(classify("x.mp4: Invalid data found when processing input"), Some(FailureReason::FormatError));
        assert_eq!(classify("all is well"), None);
    }
}
