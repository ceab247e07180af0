//! Delivery of films (HLS-2, HLS-3, HLS-4).

use std::time::Duration;

use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, MediaLinks, TokenKeys, Validate, within};

/// Delivery of films.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MediaSettings {
    /// Hours for which an address is good: longer than a film with its pauses, as a player keeps its address to the end.
    pub link_hours: u64,
    /// Where players find films when that is not this program: the address of a CDN in front of it, such as
    /// `https://cdn.example.org`. Empty: here.
    pub base_url: String,
    /// A folder with a copy of `media` in the data folder, from which lost files of films are put back. Empty for none.
    pub backup_folder: String,
}

impl MediaSettings {
    /// For how long an address is good.
    pub const fn link_lifetime(&self) -> Duration {
        Duration::from_secs(self.link_hours * 3_600)
    }

    /// What makes and checks addresses.
    pub fn links(&self, keys: TokenKeys) -> MediaLinks {
        MediaLinks::new(keys, self.link_lifetime()).on(&self.base_url)
    }

    /// Scheme, host and port of `base_url`, where it is set.
    pub fn origin(&self) -> Option<&str> {
        let host = self.base_url.find("://")? + 3;
        let end = self.base_url[host..].find('/').map_or(self.base_url.len(), |slash| host + slash);
        Some(&self.base_url[..end])
    }

    /// Plain enough to stand in a header.
    fn base_url_is_one(&self) -> bool {
        let rest = self.base_url.strip_prefix("https://").or_else(|| self.base_url.strip_prefix("http://"));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]".contains(&byte);
        rest.is_some_and(|rest| {
            !rest.starts_with('/') && !rest.is_empty() && !rest.ends_with('/') && rest.bytes().all(plain)
        })
    }
}

impl Default for MediaSettings {
    fn default() -> Self {
        Self { link_hours: 6, base_url: String::new(), backup_folder: String::new() }
    }
}

impl Validate for MediaSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        within(complaints, "media.link_hours", self.link_hours, 1..=168);
        if !self.base_url.is_empty() && !self.base_url_is_one() {
            let allowed = "empty, or http:// or https://, a host and perhaps a path, without a slash at its end".into();
            complaints.push(Complaint { key: "media.base_url".into(), value: self.base_url.clone(), allowed });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // HLS-2, OPS-1
    #[test]
    fn another_host_is_given_as_an_address_that_can_stand_before_a_path_and_in_a_header() {
        let on = |base_url: &str| MediaSettings { base_url: base_url.into(), ..MediaSettings::default() };
        let complaints = |base_url| {
            let mut complaints = Vec::new();
            on(base_url).validate(&mut complaints);
            complaints.len()
        };
        for right in ["", "https://cdn.example.org", "http://[::1]:8080/films"] {
            assert_eq!(complaints(right), 0, "{right}");
        }
        for wrong in
            ["cdn.example.org", "https://", "https://cdn.example.org/", "https://a; script-src *", "ftp://a", "/films"]
        {
            assert_eq!(complaints(wrong), 1, "{wrong}");
        }
        assert_eq!(on("http://[::1]:8080/films/x").origin(), Some("http://[::1]:8080"));
        assert_eq!(on("").origin(), None);
    }
}
