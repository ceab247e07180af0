//! The port, and what to say when it cannot be had.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

/// The address cannot be listened on. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Somebody else has it.
    #[error("port {} is in use; stop what uses it, or choose another one with --listen {}", address.port(), beside(*address))]
    InUse {
        /// The address with the port.
        address: SocketAddr,
    },
    /// Ports below 1024 need rights.
    #[error(
        "you may not listen on port {port}; choose one above 1023 with --listen, or give the program the right (setcap cap_net_bind_service=+ep)"
    )]
    NotAllowed {
        /// The port.
        port: u16,
    },
    /// The address belongs to another machine, or to a network that is not there now.
    #[error(
        "this machine has no address {ip}; name one that it has with --listen, or listen on all of them with --listen {}",
        all_of(*ip, *port)
    )]
    NotOurs {
        /// The address.
        ip: IpAddr,
        /// The port.
        port: u16,
    },
    /// Something else.
    #[error("cannot listen on {address}: {reason}; choose another address and port with --listen")]
    Other {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: io::Error,
    },
}

/// The same address with another port, which is likely to be free.
fn beside(address: SocketAddr) -> SocketAddr {
    let port = address.port();
    SocketAddr::new(address.ip(), port.checked_add(1).unwrap_or(port - 1))
}

fn all_of(ip: IpAddr, port: u16) -> SocketAddr {
    let all = if ip.is_ipv4() { IpAddr::from(Ipv4Addr::UNSPECIFIED) } else { Ipv6Addr::UNSPECIFIED.into() };
    SocketAddr::new(all, port)
}

/// Takes the address.
///
/// # Errors
/// Why it cannot be had, and what to do about it.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address).await.map_err(|reason| match reason.kind() {
        io::ErrorKind::AddrInUse => ListenError::InUse { address },
        io::ErrorKind::AddrNotAvailable => ListenError::NotOurs { ip: address.ip(), port: address.port() },
        io::ErrorKind::PermissionDenied => ListenError::NotAllowed { port: address.port() },
        _ => ListenError::Other { address, reason },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_is_named_with_what_to_do() {
        let taken = listen(([127, 0, 0, 1], 0).into()).await.expect("a free port");
        let address = taken.local_addr().expect("bound");
        let told = listen(address).await.expect_err("it is taken").to_string();
        assert!(told.contains(&format!("port {} is in use", address.port())) && told.contains("--listen"), "{told}");
    }

    #[test]
    fn the_port_to_take_instead_is_on_the_same_address_and_exists() {
        for (taken, instead) in [("0.0.0.0:8080", "0.0.0.0:8081"), ("[::1]:65535", "[::1]:65534")] {
            let told = ListenError::InUse { address: taken.parse().expect("an address") }.to_string();
            assert!(told.ends_with(&format!("--listen {instead}")), "{told}");
        }
    }

    #[tokio::test]
    async fn an_address_of_another_machine_is_told_with_what_to_do() {
        // Kept for documents: no machine has it.
        let told = listen(([192, 0, 2, 1], 8080).into()).await.expect_err("not ours").to_string();
        assert!(told.contains("no address 192.0.2.1") && told.ends_with("--listen 0.0.0.0:8080"), "{told}");
    }
}
