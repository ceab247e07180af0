//! Which addresses requests that a user asked for may go to (BEY-12).
//!
//! A name is resolved once, its addresses are judged, and exactly those are connected to: a name server that answers
//! differently the second time gains nothing.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Ranges of the special-purpose registries (RFC 6890) that are not the public internet.
const NOT_PUBLIC_V4: [(Ipv4Addr, u8); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Clouds answer questions about their machines, secrets included, at 169.254.169.254.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The part of IPv6 that is routed between networks, and what in it is not.
const PUBLIC_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
const NOT_PUBLIC_V6: [(Ipv6Addr, u8); 5] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    // 6to4: an IPv4 address, any, lies inside.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];
/// IPv4 addresses seen through a translator.
const NAT64: (Ipv6Addr, u8) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// What may be connected to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    exceptions: Vec<IpNet>,
}

/// A name leads only to addresses that must not be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forbidden;

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no public address")
    }
}

impl Error for Forbidden {}

impl Reach {
    /// The public internet and these networks.
    pub(crate) fn new(exceptions: Vec<IpNet>) -> Self {
        Self { exceptions }
    }

    /// Whether this address may be asked.
    pub(crate) fn includes(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.exceptions.iter().any(|network| network.contains(&address))
    }
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.clone();
        Box::pin(async move {
            // The port is put in by the client.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|address| reach.includes(address.ip())).collect();
            if allowed.is_empty() {
                return Err(Forbidden.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.into_iter().any(|network| holds_v4(network, address)),
        IpAddr::V6(address) if holds_v6(NAT64, address) => {
            let [.., a, b, c, d] = address.octets();
            is_public(IpAddr::V4(Ipv4Addr::new(a, b, c, d)))
        }
        IpAddr::V6(address) => {
            holds_v6(PUBLIC_V6, address) && !NOT_PUBLIC_V6.into_iter().any(|network| holds_v6(network, address))
        }
    }
}

fn holds_v4((network, length): (Ipv4Addr, u8), address: Ipv4Addr) -> bool {
    Ipv4Net::new_assert(network, length).contains(&address)
}

fn holds_v6((network, length): (Ipv6Addr, u8), address: Ipv6Addr) -> bool {
    Ipv6Net::new_assert(network, length).contains(&address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(reach: &Reach, address: &str) -> bool {
        reach.includes(address.parse().unwrap())
    }

    // BEY-12
    #[test]
    fn private_and_special_addresses_are_out_of_reach_however_they_are_written() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "192.0.2.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "fec0::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:0:1::1",
            "2001:db8::1",
            "100::1",
        ] {
            assert!(!reached(&Reach::default(), address), "{address}");
        }
    }

    // BEY-12
    #[test]
    fn public_addresses_are_within_reach() {
        for address in [
            "1.1.1.1",
            "172.32.0.1",
            "192.169.0.1",
            "100.128.0.1",
            "2606:4700:4700::1111",
            "2a00:1450:4001::1",
            "64:ff9b::808:808",
        ] {
            assert!(reached(&Reach::default(), address), "{address}");
        }
    }

    // BEY-12
    #[test]
    fn a_network_that_the_administrator_names_is_within_reach_and_its_neighbours_are_not() {
        let reach = Reach::new(vec!["192.168.1.0/24".parse().unwrap()]);
        assert!(reached(&reach, "192.168.1.7") && reached(&reach, "::ffff:192.168.1.7"));
        assert!(!reached(&reach, "192.168.2.7"));
    }
}
