//! Films on other people's servers (SRC-4, BEY-12).

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, Validate, within};

use crate::links::AllowedHosts;

/// Films on other people's servers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkSettings {
    /// Hosts whose films may be linked: `films.example.org`, `*.example.org` for all below it, or `*` for every public one.
    /// None by default: whoever watches a linked film tells its host his address.
    pub hosts: Vec<String>,
    /// Private networks that may be linked to all the same, such as `192.168.1.0/24`. Other private addresses are never asked,
    /// whatever name leads to them.
    pub private_networks: Vec<IpNet>,
    /// Seconds that the look at a link may take, all its requests together.
    pub look_seconds: u64,
}

impl Default for LinkSettings {
    fn default() -> Self {
        Self { hosts: Vec::new(), private_networks: Vec::new(), look_seconds: 15 }
    }
}

impl LinkSettings {
    /// What a page's policy must let through for these films (`media-src` and `connect-src`).
    pub fn content_sources(&self) -> Vec<String> {
        self.hosts.iter().map(|host| if host == "*" { "https:".to_owned() } else { host.clone() }).collect()
    }
}

impl Validate for LinkSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        for wrong in self.hosts.iter().filter(|host| !AllowedHosts::is_pattern(host)) {
            let allowed = "a host such as films.example.org or 192.168.1.5:8096, *.example.org, or *".to_owned();
            complaints.push(Complaint { key: "links.hosts".into(), value: format!("{wrong:?}"), allowed });
        }
        within(complaints, "links.look_seconds", self.look_seconds, 1..=120);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // OPS-1
    #[test]
    fn a_host_that_is_an_address_with_a_path_is_complained_about() {
        let hosts =
            ["films.example.org", "*.example.org", "*", "192.168.1.5:8096", "https://example.org", "a b", "*x", ""];
        let settings = LinkSettings { hosts: hosts.map(str::to_owned).to_vec(), ..LinkSettings::default() };
        let mut complaints = Vec::new();
        settings.validate(&mut complaints);
        let values: Vec<_> = complaints.into_iter().map(|complaint| complaint.value).collect();
        assert_eq!(values, [r#""https://example.org""#, r#""a b""#, r#""*x""#, r#""""#]);
    }

    // SEC-1
    #[test]
    fn the_page_may_load_from_allowed_hosts_and_no_others() {
        let settings = |hosts: &[&str]| LinkSettings {
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            ..LinkSettings::default()
        };
        assert_eq!(settings(&[]).content_sources(), Vec::<String>::new());
        assert_eq!(settings(&["*.example.org", "a.test:81"]).content_sources(), ["*.example.org", "a.test:81"]);
        assert_eq!(settings(&["*"]).content_sources(), ["https:"]);
    }
}
