//! What every SyncWatch process does, whichever program it is: tell the time, read its configuration, sign and check
//! tokens, write logs and metrics, and stop gracefully.
//!
//! It knows no room, no request and no table. Main types: [`Clock`], [`TokenKeys`], [`Tasks`], [`Telemetry`].
//!
//! The one rule for callers: time, randomness and the environment are read here and handed on as values. Code elsewhere
//! that reads them itself cannot be tested, and the lint refuses it.

mod clock;
mod config;
mod media_links;
mod random;
mod tasks;
mod telemetry;
mod tokens;

pub use clock::Clock;
pub use config::{Complaint, ConfigError, Validate, load, validate_section, within};
pub use media_links::{MediaLink, MediaLinks};
pub use random::{new_id, random_bytes, random_u64};
pub use tasks::{STOP_DEADLINE, Tasks, stop_signal};
pub use telemetry::{LogFormat, Telemetry, is_log_filter};
pub use tokens::{AccessClaims, Claims, GuestClaims, JoinClaims, KeyError, SessionClaims, TokenError, TokenKeys};
