//! The REST side of SyncWatch: accounts, rooms as seen from outside, uploads, videos, delivery, health, and their
//! OpenAPI document.
//!
//! It decides nothing that happens inside a room: that is the realtime program's, told through `store::notices`. It
//! serves no page of the web application.
//!
//! Main types: [`ApiState`] is made from [`ApiParts`], [`router`] serves it, [`CleanUp`] keeps the store tidy.
//!
//! The one rule for callers: serve the router with `into_make_service_with_connect_info::<SocketAddr>()`. Limits count
//! by address, and without one everybody is the same stranger.

mod access;
mod accounts;
mod clean_up;
mod edge;
mod error;
mod input;
mod links;
mod media;
mod metrics;
mod openapi;
mod problem;
mod repair;
mod rooms;
mod routes;
mod scan;
mod settings;
mod state;
mod uploads;

pub use clean_up::{CleanUp, Cleaned};
pub use openapi::document;
pub use problem::{FieldProblem, Problem};
pub use routes::router;
pub use settings::{
    AccountSettings, ApiSettings, HttpSettings, LimitSettings, LinkSettings, MediaSettings, OnScanFailure, RoomLimits,
    ScanSettings, UploadSettings,
};
pub use state::{ApiParts, ApiState};
