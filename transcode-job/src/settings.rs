//! What the installation allows a transcode.

use std::num::NonZero;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use syncwatch_media::{LadderSettings, WatchdogLimits};
use syncwatch_service::{Complaint, Validate, within};

/// What x264 knows.
const PRESETS: [&str; 10] =
    ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo"];

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
    /// Runs of FFmpeg that make pieces of one film at once; 0 for a quarter of the machine's processors, one at least.
    pub pieces_at_once: usize,
    /// Seconds of film that one of them makes. A longer one wastes less at its ends; a shorter one is sooner lost and won.
    pub piece_seconds: u32,
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
            pieces_at_once: 0,
            piece_seconds: 60,
            probe_seconds: 30,
            stop_seconds: 10,
            watchdog: None,
        }
    }
}

impl TranscodeSettings {
    /// Threads of a decoder or encoder: one on a machine with two processors, where the decoder is busy beside it.
    pub(crate) fn threads(&self) -> usize {
        (processors() * self.cpu_percent / 100).max(1)
    }

    pub(crate) fn pieces_at_once(&self) -> usize {
        if self.pieces_at_once > 0 { self.pieces_at_once } else { (processors() / 4).max(1) }
    }

    /// Its share of all threads.
    pub(crate) fn threads_of_a_piece(&self) -> usize {
        (self.threads() / self.pieces_at_once()).max(1)
    }

    pub(crate) fn segments_of_a_piece(&self) -> usize {
        usize::try_from(self.piece_seconds / self.ladder.segment_seconds.max(1)).unwrap_or(1).max(1)
    }

    pub(crate) fn stop_grace(&self) -> Duration {
        Duration::from_secs(self.stop_seconds)
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

impl Validate for TranscodeSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        // Below, FFmpeg does not even load.
        within(complaints, "memory_mib", self.memory_mib, 256..=1_048_576);
        within(complaints, "cpu_percent", self.cpu_percent, 1..=100);
        within(complaints, "pieces_at_once", self.pieces_at_once, 0..=64);
        within(complaints, "piece_seconds", self.piece_seconds, 1..=3_600);
        within(complaints, "probe_seconds", self.probe_seconds, 1..=600);
        within(complaints, "stop_seconds", self.stop_seconds, 0..=60);
        validate_ladder(complaints, &self.ladder);
    }
}

fn validate_ladder(complaints: &mut Vec<Complaint>, ladder: &LadderSettings) {
    for (place, rung) in ladder.rungs.iter().enumerate() {
        let key = |name: &str| format!("ladder.rungs[{place}].{name}");
        within(complaints, &key("short_side"), rung.short_side, 64..=4_320);
        within(complaints, &key("video_kbps"), rung.video_kbps, 50..=200_000);
        within(complaints, &key("crf"), rung.crf, 0..=51);
    }
    let sides: Vec<u32> = ladder.rungs.iter().map(|rung| rung.short_side).collect();
    if sides.is_empty() || !sides.is_sorted_by(|better, worse| better > worse) {
        let (key, allowed) = ("ladder.rungs".into(), "one at least, and each smaller than the one before it".into());
        complaints.push(Complaint { key, value: format!("{sides:?}"), allowed });
    }
    within(complaints, "ladder.audio_kbps", ladder.audio_kbps, 8..=640);
    within(complaints, "ladder.segment_seconds", ladder.segment_seconds, 1..=30);
    within(complaints, "ladder.max_minutes", ladder.max_minutes, 1..=10_000);
    within(complaints, "ladder.copy_max_gop.secs", ladder.copy_max_gop.as_secs(), 0..=60);
    if !PRESETS.contains(&ladder.preset.as_str()) {
        let (key, allowed) = ("ladder.preset".into(), PRESETS.join(", "));
        complaints.push(Complaint { key, value: ladder.preset.clone(), allowed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints_of(settings: &TranscodeSettings) -> Vec<String> {
        let mut complaints = Vec::new();
        settings.validate(&mut complaints);
        complaints.into_iter().map(|complaint| complaint.key).collect()
    }

    // OPS-1
    #[test]
    fn the_defaults_are_valid_and_each_wrong_value_is_named() {
        assert!(complaints_of(&TranscodeSettings::default()).is_empty());
        let mut settings = TranscodeSettings { memory_mib: 1, cpu_percent: 0, ..TranscodeSettings::default() };
        settings.ladder.rungs.swap(0, 1);
        settings.ladder.rungs[2].crf = 52;
        settings.ladder.preset = "quick".to_owned();
        settings.ladder.segment_seconds = 0;
        let expected = [
            "memory_mib",
            "cpu_percent",
            "ladder.rungs[2].crf",
            "ladder.rungs",
            "ladder.segment_seconds",
            "ladder.preset",
        ];
        assert_eq!(complaints_of(&settings), expected);
    }

    // OPS-1
    #[test]
    fn a_ladder_without_rungs_makes_nothing_of_a_film_and_is_refused() {
        let mut settings = TranscodeSettings::default();
        settings.ladder.rungs.clear();
        assert_eq!(complaints_of(&settings), ["ladder.rungs"]);
    }
}
