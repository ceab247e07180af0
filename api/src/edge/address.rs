//! The client's address, as far as it can be believed.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::state::ApiState;

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The address of this machine itself.
    pub(crate) fn is_loopback(self) -> bool {
        self.0.to_canonical().is_loopback()
    }

    /// What limits count by: one IPv6 customer has a whole /64 to hide in.
    pub(crate) fn bucket(self) -> String {
        match self.0.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }

    /// The address that the nearest `trusted` proxies vouch for; each appends the one it was called from.
    fn find(peer: Option<IpAddr>, headers: &HeaderMap, trusted: usize) -> Self {
        let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let mut hops: Vec<IpAddr> =
            forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
        hops.push(peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
        Self(hops[(hops.len() - 1).saturating_sub(trusted)])
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.to_canonical().fmt(f)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress
where
    ApiState: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let trusted = ApiState::from_ref(state).settings.http.trusted_proxies;
        Ok(Self::find(peer, &parts.headers, trusted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(forwarded: &'static str, trusted: usize) -> String {
        let headers = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), forwarded.parse().unwrap())]);
        ClientAddress::find("10.0.0.9".parse().ok(), &headers, trusted).to_string()
    }

    // SEC-2
    #[test]
    fn a_client_cannot_choose_its_address_by_a_header() {
        assert_eq!(found("1.2.3.4", 0), "10.0.0.9");
        assert_eq!(found("6.6.6.6, 1.2.3.4", 1), "1.2.3.4");
        assert_eq!(found("6.6.6.6, 1.2.3.4, 10.0.0.1", 2), "1.2.3.4");
        assert_eq!(found("1.2.3.4", 5), "1.2.3.4");
    }

    // SEC-2
    #[test]
    fn one_ipv6_network_is_one_client_and_mapped_addresses_are_ipv4() {
        let bucket = |text: &str| ClientAddress(text.parse().unwrap()).bucket();
        assert_eq!(bucket("2001:db8:1:2:3:4:5:6"), bucket("2001:db8:1:2:ffff::1"));
        assert_ne!(bucket("2001:db8:1:2::1"), bucket("2001:db8:1:3::1"));
        assert_eq!(bucket("::ffff:1.2.3.4"), "1.2.3.4");
        assert!(ClientAddress("::ffff:127.0.0.1".parse().unwrap()).is_loopback());
    }
}
