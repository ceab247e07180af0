//! Delivery of films (HLS-3, HLS-4).

use std::time::Duration;

use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, Validate, within};

/// Delivery of films.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MediaSettings {
    /// Hours for which an address is good: longer than a film with its pauses, as a player keeps its address to the end.
    pub link_hours: u64,
    /// A folder with a copy of `media` in the data folder, from which lost files of films are put back. Empty for none.
    pub backup_folder: String,
}

impl MediaSettings {
    /// For how long an address is good.
    pub const fn link_lifetime(&self) -> Duration {
        Duration::from_secs(self.link_hours * 3_600)
    }
}

impl Default for MediaSettings {
    fn default() -> Self {
        Self { link_hours: 6, backup_folder: String::new() }
    }
}

impl Validate for MediaSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        within(complaints, "media.link_hours", self.link_hours, 1..=168);
    }
}
