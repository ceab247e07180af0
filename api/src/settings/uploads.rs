//! Uploads (SPEC §1, UPL-1, UPL-3).

use serde::{Deserialize, Serialize};
use syncwatch_protocol::limits;
use syncwatch_service::{Complaint, Validate, within};

/// Sizes and times of uploads.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UploadSettings {
    /// Bytes of one upload, at most.
    pub max_bytes: u64,
    /// Bytes of all films of one person, at most.
    pub quota_bytes: u64,
    /// Hours after its last byte for which an unfinished upload is kept.
    pub expire_hours: u64,
    /// Seconds without a byte after which a connection is taken for dead.
    pub idle_seconds: u64,
    /// Megabits a second of all uploads of one person together; 0 for no limit.
    pub mbit_per_second: u64,
    /// Bytes that may come at once before the rate counts.
    pub burst_bytes: u64,
    /// Days for which a film is kept after a room last showed it; 0 to keep films for good.
    pub film_days: u64,
}

impl Default for UploadSettings {
    fn default() -> Self {
        Self {
            max_bytes: limits::UPLOAD_MAX_BYTES,
            quota_bytes: 20 * 1024 * 1024 * 1024,
            expire_hours: 24,
            idle_seconds: 60,
            mbit_per_second: 50,
            burst_bytes: 10_000_000,
            film_days: 0,
        }
    }
}

impl Validate for UploadSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        // Beyond 2^53 a browser's numbers are not exact.
        within(complaints, "uploads.max_bytes", self.max_bytes, 1..=1 << 53);
        within(complaints, "uploads.quota_bytes", self.quota_bytes, 1..=1 << 53);
        within(complaints, "uploads.expire_hours", self.expire_hours, 1..=24 * 30);
        within(complaints, "uploads.idle_seconds", self.idle_seconds, 1..=600);
        within(complaints, "uploads.mbit_per_second", self.mbit_per_second, 0..=1_000_000);
        within(complaints, "uploads.burst_bytes", self.burst_bytes, 0..=1 << 40);
        within(complaints, "uploads.film_days", self.film_days, 0..=3_650);
    }
}
