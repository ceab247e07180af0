//! What the program says when it is ready: addresses that people can really open, and who can open them.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;

use crate::Config;

/// Bridges and ends of cables to containers and virtual machines on this machine: nobody else is on them.
const ONLY_INSIDE: [&str; 7] = ["docker", "br-", "veth", "virbr", "vnet", "cni", "podman"];

/// Files that Docker and Podman put into their containers.
const CONTAINER_MARKS: [&str; 2] = ["/.dockerenv", "/run/.containerenv"];

/// Says it on standard output, where scripts wait for the first line.
///
/// In one piece, and whoever has stopped listening after the first line is no reason to end.
pub(crate) fn announce(config: &Config, address: SocketAddr) {
    let place = Place {
        address,
        neighbours_see: addresses_of_this_machine(),
        behind_tls: config.api.http.trusted_proxies > 0 || config.api.http.https,
        in_container: CONTAINER_MARKS.iter().any(|mark| Path::new(mark).exists()),
    };
    let text = place.told(&config.data);
    let _nobody_reads = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Where the program can be reached.
struct Place {
    address: SocketAddr,
    /// The addresses of this machine in its networks.
    neighbours_see: Vec<IpAddr>,
    /// Something in front speaks https with people, and they know its address.
    behind_tls: bool,
    in_container: bool,
}

impl Place {
    fn told(&self, data: &Path) -> String {
        let here = if is_localhost(self.address.ip()) || self.address.ip().is_unspecified() {
            format!("http://localhost:{}", self.address.port())
        } else {
            format!("http://{}", self.address)
        };
        let mut text = format!("SyncWatch is ready: {here}  (data in {}, Ctrl-C stops)\n", data.display());
        if !self.behind_tls {
            self.tell_who_can_open_it(&mut text);
        }
        text
    }

    fn tell_who_can_open_it(&self, text: &mut String) {
        let port = self.address.port();
        let others = self.for_others();
        let told = if self.address.ip().is_loopback() {
            writeln!(
                text,
                "Only this machine can open it, and the links of its rooms. To let others in your network in, start it with \
                 --listen 0.0.0.0:{port}"
            )
        } else if others.is_empty() {
            writeln!(text, "This machine is in no network: at present nobody else can open it.")
        } else {
            writeln!(
                text,
                "For others: {}  (open it there yourself: a room's link carries the address that you came by)\n\
                 It speaks plain http: right for a network that you trust, not for the internet (see SECURITY.md).",
                others.join("  ")
            )
        };
        told.expect("a string takes everything");
        if self.in_container && self.address.ip().is_unspecified() {
            text.push_str("In a container others open the address of its host, at the port that is published there.\n");
        }
    }

    fn for_others(&self) -> Vec<String> {
        let ip = self.address.ip();
        let reached = |other: &&IpAddr| !ip.is_unspecified() || ip.is_ipv6() || other.is_ipv4();
        let listened = if ip.is_unspecified() { self.neighbours_see.clone() } else { vec![ip] };
        let url = |other: &IpAddr| format!("http://{}", SocketAddr::new(*other, self.address.port()));
        listened.iter().filter(reached).map(url).collect()
    }
}

/// `localhost` stands for these two; the other loopback addresses have no name.
fn is_localhost(ip: IpAddr) -> bool {
    ip == IpAddr::from([127, 0, 0, 1]) || ip == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
}

/// The addresses that other machines can use, those of IPv4 first. None when the system does not tell.
fn addresses_of_this_machine() -> Vec<IpAddr> {
    let Ok(interfaces) = getifaddrs() else { return Vec::new() };
    let mut found: Vec<IpAddr> = interfaces
        .filter(|interface| leads_outside(&interface.interface_name, interface.flags))
        .filter_map(|interface| {
            let address = interface.address?;
            let four = address.as_sockaddr_in().map(|four| IpAddr::V4(four.ip()));
            four.or_else(|| address.as_sockaddr_in6().map(|six| IpAddr::V6(six.ip())))
        })
        .filter(|ip| can_be_typed(*ip))
        .collect();
    found.sort();
    found.dedup();
    found
}

fn leads_outside(name: &str, flags: InterfaceFlags) -> bool {
    flags.contains(InterfaceFlags::IFF_UP | InterfaceFlags::IFF_RUNNING)
        && !flags.contains(InterfaceFlags::IFF_LOOPBACK)
        && !ONLY_INSIDE.iter().any(|prefix| name.starts_with(prefix))
}

/// Link-local addresses need the name of an interface (IPv6), or are what a machine gives itself without a network (IPv4).
fn can_be_typed(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(four) => !four.is_link_local(),
        IpAddr::V6(six) => !six.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(address: &str) -> Place {
        let neighbours_see = ["10.0.0.7", "192.168.1.20", "2001:db8::7"].map(|ip| ip.parse().expect("an address"));
        Place {
            address: address.parse().expect("an address"),
            neighbours_see: neighbours_see.into(),
            behind_tls: false,
            in_container: false,
        }
    }

    fn told(place: &Place) -> String {
        place.told(Path::new("./data"))
    }

    // ROOM-1, OPS-4
    #[test]
    fn on_loopback_it_says_that_nobody_else_gets_in_and_how_to_change_that() {
        let told = told(&place("127.0.0.1:8080"));
        assert!(told.starts_with("SyncWatch is ready: http://localhost:8080  (data in ./data"), "{told}");
        assert!(told.contains("Only this machine") && told.contains("--listen 0.0.0.0:8080"), "{told}");
        assert_eq!(told.lines().count(), 2, "{told}");
    }

    // ROOM-1, OPS-4
    #[test]
    fn on_all_interfaces_it_names_each_address_that_others_can_open_and_never_the_wildcard() {
        let four = told(&place("0.0.0.0:80"));
        assert!(four.starts_with("SyncWatch is ready: http://localhost:80 "), "{four}");
        assert!(four.contains("http://10.0.0.7:80  http://192.168.1.20:80 ") && !four.contains("2001"), "{four}");
        assert!(!four.contains("0.0.0.0") && four.contains("plain http"), "{four}");
        let both = told(&place("[::]:80"));
        assert!(both.contains("http://192.168.1.20:80") && both.contains("http://[2001:db8::7]:80"), "{both}");
    }

    // ROOM-1, OPS-4
    #[test]
    fn on_one_address_it_names_that_one_alone() {
        let told = told(&place("192.168.1.20:80"));
        assert!(
            told.starts_with("SyncWatch is ready: http://192.168.1.20:80 ") && !told.contains("10.0.0.7"),
            "{told}"
        );
        assert!(!told.contains("localhost"), "nothing listens there: {told}");
    }

    #[test]
    fn behind_a_proxy_with_tls_it_leaves_the_address_for_others_to_the_administrator() {
        for address in ["127.0.0.1:80", "0.0.0.0:80"] {
            let told = told(&Place { behind_tls: true, ..place(address) });
            assert_eq!(told.lines().count(), 1, "{told}");
        }
    }

    #[test]
    fn without_a_network_and_in_a_container_it_says_so() {
        let alone = told(&Place { neighbours_see: Vec::new(), ..place("0.0.0.0:80") });
        assert!(alone.contains("in no network"), "{alone}");
        let inside = told(&Place { in_container: true, ..place("0.0.0.0:80") });
        assert!(inside.contains("the address of its host"), "{inside}");
    }

    #[test]
    fn only_addresses_that_another_machine_can_use_are_named() {
        let up = InterfaceFlags::IFF_UP | InterfaceFlags::IFF_RUNNING;
        assert!(leads_outside("wlan0", up) && leads_outside("tailscale0", up));
        assert!(!leads_outside("lo", up | InterfaceFlags::IFF_LOOPBACK) && !leads_outside("docker0", up));
        assert!(!leads_outside("eth1", InterfaceFlags::IFF_UP), "no cable is in it");
        let typed = |ip: &str| can_be_typed(ip.parse().expect("an address"));
        assert!(typed("192.168.1.20") && typed("fd00::7") && !typed("169.254.3.4") && !typed("fe80::1"));
    }
}
