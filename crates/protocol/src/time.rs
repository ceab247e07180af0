//! Three kinds of time, three types: the server's, the film's, and (in the browser) the player's own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Milliseconds of server time: UTC at the start of the process, counted on by its monotonic clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(transparent)]
#[ts(export, export_to = "protocol.ts", type = "number")]
#[schema(value_type = u64)]
pub struct ServerTime(pub u64);

impl ServerTime {
    /// This moment plus so many milliseconds.
    #[must_use]
    pub const fn plus_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; zero when `earlier` is not earlier.
    pub const fn ms_since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Milliseconds from the start of a film.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(transparent)]
#[ts(export, export_to = "protocol.ts", type = "number")]
#[schema(value_type = u64)]
pub struct MediaTime(pub u64);

impl MediaTime {
    /// The film's first moment.
    pub const ZERO: Self = Self(0);

    /// The later of nothing and this, at most the film's length.
    #[must_use]
    pub fn at_most(self, length: Option<Self>) -> Self {
        length.map_or(self, |length| self.min(length))
    }
}
