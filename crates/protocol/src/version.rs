//! The protocol's version rules (SYNC-1).

use std::fmt;
use std::str::FromStr;

/// The version that this build speaks.
pub const PROTOCOL_VERSION: ProtocolVersion = ProtocolVersion { major: 1, minor: 0, patch: 0 };

/// `major.minor.patch`; the same major understands each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProtocolVersion {
    /// Changes when old clients can no longer follow.
    pub major: u16,
    /// Changes when something is added.
    pub minor: u16,
    /// Changes when nothing on the wire does.
    pub patch: u16,
}

/// What a server says of a client's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compatibility {
    /// Same major.
    Compatible,
    /// One major apart: served, but told that it will not be for ever.
    Deprecated,
    /// More than one major apart: cannot be served.
    UpgradeRequired,
}

impl ProtocolVersion {
    /// Whether a client of version `client` can be served.
    pub fn accepts(self, client: Self) -> Compatibility {
        match self.major.abs_diff(client.major) {
            0 => Compatibility::Compatible,
            1 => Compatibility::Deprecated,
            _ => Compatibility::UpgradeRequired,
        }
    }
}

impl fmt::Display for ProtocolVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for ProtocolVersion {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.').map(|part| part.parse::<u16>().map_err(|_| ()));
        let mut next = || parts.next().unwrap_or(Err(()));
        let version = Self { major: next()?, minor: next()?, patch: next()? };
        if parts.next().is_some() { Err(()) } else { Ok(version) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SYNC-1
    #[test]
    fn the_same_major_is_compatible_and_two_majors_apart_must_upgrade() {
        let server: ProtocolVersion = "3.1.0".parse().expect("a version");
        let says = |client: &str| server.accepts(client.parse().expect("a version"));
        assert_eq!(says("3.0.9"), Compatibility::Compatible);
        assert_eq!(says("2.9.9"), Compatibility::Deprecated);
        assert_eq!(says("1.0.0"), Compatibility::UpgradeRequired);
        assert_eq!(says("5.0.0"), Compatibility::UpgradeRequired);
    }

    // SYNC-1
    #[test]
    fn what_is_not_three_numbers_is_not_a_version() {
        for wrong in ["", "1", "1.0", "1.0.0.0", "1.x.0", "-1.0.0", "99999.0.0"] {
            assert!(wrong.parse::<ProtocolVersion>().is_err(), "{wrong:?} was accepted");
        }
    }
}
