//! What surrounds every route: who asks from where, under which id, how often, and what every answer carries.

mod address;
mod around;
mod cors;
mod rate_limit;
mod security_headers;

pub(crate) use address::ClientAddress;
pub(crate) use around::around;
pub(crate) use cors::cors;
pub(crate) use rate_limit::{Rule, api_rate_limit};
pub(crate) use security_headers::security_headers;
