//! How the API is reached.

use serde::{Deserialize, Serialize};
use syncwatch_service::{Complaint, Validate, within};

/// How the API is reached.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// Proxies between the internet and this process. So many addresses at the end of `X-Forwarded-For` are believed.
    pub trusted_proxies: usize,
    /// People reach this installation by https, so cookies are marked `Secure`. A trusted proxy's
    /// `X-Forwarded-Proto` has the same effect.
    pub https: bool,
    /// Other sites whose pages may use the API, such as `https://films.example.org`.
    pub allowed_origins: Vec<String>,
}

impl Validate for HttpSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        within(complaints, "http.trusted_proxies", self.trusted_proxies, 0..=10);
        let is_origin = |origin: &String| {
            let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            rest.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', ' ']))
        };
        if let Some(wrong) = self.allowed_origins.iter().find(|origin| !is_origin(origin)) {
            let allowed = "scheme, host and port without a path, such as https://films.example.org".into();
            complaints.push(Complaint { key: "http.allowed_origins".into(), value: wrong.clone(), allowed });
        }
    }
}
