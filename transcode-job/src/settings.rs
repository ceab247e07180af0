//! What the installation allows a transcode.

use std::num::NonZero;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use syncwatch_media::{LadderSettings, WatchdogLimits};

/// Limits and wishes of one transcode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TranscodeSettings {
    /// The qualities.
    pub ladder: LadderSettings,
    /// Address space of one FFmpeg, in MiB.
    pub memory_mib: u64,
    /// Percent of the machine's processors that encoders may keep busy. They also run at the lowest priority.
    pub cpu_percent: usize,
    /// The longest probe, in seconds.
    pub probe_seconds: u64,
    /// Between asking FFmpeg to stop and stopping it, in seconds.
    pub stop_seconds: u64,
    /// Other patience than that which follows from the film's length; for tests.
    #[serde(skip)]
    pub watchdog: Option<WatchdogLimits>,
}

impl Default for TranscodeSettings {
    fn default() -> Self {
        Self {
            ladder: LadderSettings::default(),
            memory_mib: 4096,
            cpu_percent: 80,
            probe_seconds: 30,
            stop_seconds: 10,
            watchdog: None,
        }
    }
}

impl TranscodeSettings {
    /// Threads of a decoder or encoder: one on a machine with two processors, where the decoder is busy beside it.
    pub(crate) fn threads(&self) -> usize {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        (processors * self.cpu_percent / 100).max(1)
    }

    pub(crate) fn stop_grace(&self) -> Duration {
        Duration::from_secs(self.stop_seconds)
    }
}
