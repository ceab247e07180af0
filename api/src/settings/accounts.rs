//! Accounts and their sessions (ACC-2, ACC-3).

use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, Validate, within};

/// Accounts and their sessions.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountSettings {
    /// Work for one password, as a power of two; 12 takes about a quarter of a second.
    pub bcrypt_cost: u32,
    /// Life of an access token in seconds.
    pub access_token_seconds: u64,
    /// Life of a refresh token in days.
    pub refresh_token_days: u64,
    /// Seconds for which a spent refresh token may be spent again, for tabs that wake together.
    pub refresh_grace_seconds: u64,
}

impl Default for AccountSettings {
    fn default() -> Self {
        Self { bcrypt_cost: 12, access_token_seconds: 900, refresh_token_days: 7, refresh_grace_seconds: 10 }
    }
}

impl Validate for AccountSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        // Below 4 and above 31 bcrypt itself refuses; above 16 a log-in takes longer than people wait.
        within(complaints, "accounts.bcrypt_cost", self.bcrypt_cost, 4..=16);
        within(complaints, "accounts.access_token_seconds", self.access_token_seconds, 60..=86_400);
        within(complaints, "accounts.refresh_token_days", self.refresh_token_days, 1..=365);
        within(complaints, "accounts.refresh_grace_seconds", self.refresh_grace_seconds, 0..=60);
    }
}
