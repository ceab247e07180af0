//! Which hosts may be linked to.

/// The hosts of an installation's setting.
#[derive(Debug, Clone, Default)]
pub(crate) struct AllowedHosts {
    patterns: Vec<String>,
}

impl AllowedHosts {
    pub(crate) fn new(patterns: &[String]) -> Self {
        Self { patterns: patterns.iter().map(|pattern| pattern.to_ascii_lowercase()).collect() }
    }

    /// Whether a setting names hosts in the way that is understood here, and can stand in a page's policy as it is.
    pub(crate) fn is_pattern(text: &str) -> bool {
        let host = text.strip_prefix("*.").unwrap_or(text);
        let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let port_is_number = port.is_none_or(|port| port.parse::<u16>().is_ok());
        text == "*" || (!name.is_empty() && name.bytes().all(plain) && port_is_number)
    }

    /// Whether films of this host may be linked. A pattern without a port means the usual ones.
    pub(crate) fn allow(&self, host: &str, port: Option<u16>) -> bool {
        let host = host.to_ascii_lowercase();
        let with_port = port.map(|port| format!("{host}:{port}"));
        let address = with_port.as_deref().unwrap_or(&host);
        self.patterns.iter().any(|pattern| match pattern.strip_prefix('*') {
            Some("") => true,
            Some(below) => address.ends_with(below),
            None => address == pattern,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SRC-4
    #[test]
    fn a_host_is_allowed_by_its_name_or_as_one_below_a_domain() {
        let hosts = AllowedHosts::new(&["films.example.org".into(), "*.Example.com".into(), "nas.test:8096".into()]);
        for (host, port) in
            [("FILMS.example.org", None), ("a.example.com", None), ("b.a.example.com", None), ("nas.test", Some(8096))]
        {
            assert!(hosts.allow(host, port), "{host}");
        }
        for (host, port) in [
            ("example.org", None),
            ("example.com", None),
            ("evilexample.com", None),
            ("films.example.org.evil.test", None),
            ("films.example.org", Some(8080)),
            ("nas.test", None),
        ] {
            assert!(!hosts.allow(host, port), "{host}");
        }
        assert!(AllowedHosts::new(&["*".into()]).allow("any.test", Some(1)));
        assert!(!AllowedHosts::new(&[]).allow("any.test", None));
    }
}
