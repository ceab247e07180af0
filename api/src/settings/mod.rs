//! What an installation may set about the API: one file per section, defaults in code.

mod accounts;
mod http;
mod limits;
mod links;
mod media;
mod rooms;
mod scan;
mod uploads;

use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, Validate};

pub use accounts::AccountSettings;
pub use http::HttpSettings;
pub use limits::LimitSettings;
pub use links::LinkSettings;
pub use media::MediaSettings;
pub use rooms::RoomLimits;
pub use scan::{OnScanFailure, ScanSettings};
pub use uploads::UploadSettings;

/// All sections of the API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApiSettings {
    /// Accounts and their sessions.
    pub accounts: AccountSettings,
    /// How the API is reached.
    pub http: HttpSettings,
    /// How often strangers may ask.
    pub limits: LimitSettings,
    /// Films on other people's servers.
    pub links: LinkSettings,
    /// Delivery of films.
    pub media: MediaSettings,
    /// Rooms.
    pub rooms: RoomLimits,
    /// Looking for malware in what was uploaded.
    pub scan: ScanSettings,
    /// Uploads.
    pub uploads: UploadSettings,
}

impl Validate for ApiSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        self.accounts.validate(complaints);
        self.http.validate(complaints);
        self.limits.validate(complaints);
        self.links.validate(complaints);
        self.media.validate(complaints);
        self.rooms.validate(complaints);
        self.scan.validate(complaints);
        self.uploads.validate(complaints);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints_of(settings: &ApiSettings) -> Vec<String> {
        let mut complaints = Vec::new();
        settings.validate(&mut complaints);
        complaints.into_iter().map(|complaint| complaint.key).collect()
    }

    // OPS-1
    #[test]
    fn the_defaults_are_valid() {
        assert!(complaints_of(&ApiSettings::default()).is_empty());
    }

    // OPS-1
    #[test]
    fn every_section_complains_by_its_own_key() {
        let mut settings = ApiSettings::default();
        settings.accounts.bcrypt_cost = 3;
        settings.http.allowed_origins = vec!["example.org".into()];
        settings.limits.api_per_minute = 0;
        settings.links.look_seconds = 0;
        settings.media.link_hours = 0;
        settings.rooms.max_participants = 1;
        settings.scan.clamd = "localhost".into();
        settings.uploads.max_bytes = 0;
        let expected = [
            "accounts.bcrypt_cost",
            "http.allowed_origins",
            "limits.api_per_minute",
            "links.look_seconds",
            "media.link_hours",
            "rooms.max_participants",
            "scan.clamd",
            "uploads.max_bytes",
        ];
        assert_eq!(complaints_of(&settings), expected);
    }
}
