//! The port, and what to say when it cannot be had.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

/// The address cannot be listened on. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Somebody else has it.
    #[error("port {port} is in use; stop what uses it, or choose another one with --listen 127.0.0.1:{}", port + 1)]
    InUse {
        /// The port.
        port: u16,
    },
    /// Ports below 1024 need rights.
    #[error("you may not listen on port {port}; choose one above 1023 with --listen, or give the program the right")]
    NotAllowed {
        /// The port.
        port: u16,
    },
    /// Something else.
    #[error("cannot listen on {address}: {source}")]
    Other {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

/// Takes the address.
///
/// # Errors
/// Why it cannot be had, and what to do about it.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ListenError::InUse { port: address.port() },
        io::ErrorKind::PermissionDenied => ListenError::NotAllowed { port: address.port() },
        _ => ListenError::Other { address, source },
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
}
