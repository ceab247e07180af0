//! Looking for malware in what was uploaded (UPL-4).

use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, Validate, within};

use crate::scan::Address;

/// Looking for malware in what was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScanSettings {
    /// Where clamd listens: `unix:/run/clamav/clamd.ctl` or `tcp:host:port`. Empty to scan nothing.
    pub clamd: String,
    /// Bytes of the beginning of each file that are scanned; clamd's `StreamMaxLength` must be at least as much.
    pub max_bytes: u64,
    /// Tries before a file is left unscanned.
    pub tries: u32,
    /// Seconds between two tries.
    pub retry_seconds: u64,
    /// Seconds for which clamd may do nothing.
    pub idle_seconds: u64,
    /// What becomes of a file that could not be scanned.
    pub on_failure: OnScanFailure,
}

/// What becomes of a file that could not be scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnScanFailure {
    /// It is kept but not made ready; its owner can try again.
    Refuse,
    /// It is taken as it is.
    Accept,
}

impl ScanSettings {
    /// Where clamd listens, when files are to be scanned.
    pub(crate) fn address(&self) -> Option<Address> {
        Address::parse(&self.clamd)
    }
}

impl Default for ScanSettings {
    fn default() -> Self {
        Self {
            clamd: String::new(),
            max_bytes: 25 * 1024 * 1024,
            tries: 3,
            retry_seconds: 10,
            idle_seconds: 120,
            on_failure: OnScanFailure::Refuse,
        }
    }
}

impl Validate for ScanSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        if !self.clamd.is_empty() && self.address().is_none() {
            let allowed = "empty, unix: and the path of a socket, or tcp: and a host with its port".into();
            complaints.push(Complaint { key: "scan.clamd".into(), value: self.clamd.clone(), allowed });
        }
        within(complaints, "scan.max_bytes", self.max_bytes, 1..=4 << 30);
        within(complaints, "scan.tries", self.tries, 1..=10);
        within(complaints, "scan.retry_seconds", self.retry_seconds, 0..=600);
        within(complaints, "scan.idle_seconds", self.idle_seconds, 1..=3_600);
    }
}
