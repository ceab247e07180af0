//! How often strangers may ask (API-4, SEC-2).

use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, Validate, within};

/// How often strangers may ask.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// Whether clients on this machine count. They are no strangers where one person runs the program for himself.
    pub count_loopback: bool,
    /// Requests to the API per address and minute.
    pub api_per_minute: u32,
    /// Log-ins, registrations and password changes per address and minute.
    pub auth_per_minute: u32,
    /// New rooms per account, or per address of a guest, and hour.
    pub rooms_per_hour: u32,
    /// Joins per address and minute.
    pub joins_per_minute: u32,
    /// New uploads per person and hour.
    pub uploads_per_hour: u32,
    /// Links looked at per person and minute: each is a few requests of ours to somebody else.
    pub links_per_minute: u32,
    /// Wrong room codes per address and hour before it is blocked for an hour.
    pub wrong_codes: u32,
    /// Wrong passwords per address and room before it is blocked there for half an hour.
    pub wrong_passwords: u32,
    /// Failed log-ins per account and quarter of an hour before it is closed for as long.
    pub failed_logins: u32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            count_loopback: false,
            api_per_minute: 100,
            auth_per_minute: 20,
            rooms_per_hour: 5,
            joins_per_minute: 10,
            uploads_per_hour: 3,
            links_per_minute: 10,
            wrong_codes: 5,
            wrong_passwords: 3,
            failed_logins: 10,
        }
    }
}

impl Validate for LimitSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        for (key, value) in [
            ("limits.api_per_minute", self.api_per_minute),
            ("limits.auth_per_minute", self.auth_per_minute),
            ("limits.rooms_per_hour", self.rooms_per_hour),
            ("limits.joins_per_minute", self.joins_per_minute),
            ("limits.uploads_per_hour", self.uploads_per_hour),
            ("limits.links_per_minute", self.links_per_minute),
            ("limits.wrong_codes", self.wrong_codes),
            ("limits.wrong_passwords", self.wrong_passwords),
            ("limits.failed_logins", self.failed_logins),
        ] {
            within(complaints, key, value, 1..=1_000_000);
        }
    }
}
