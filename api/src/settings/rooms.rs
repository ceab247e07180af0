//! Rooms (SPEC §1).

use serde::{Deserialize, Serialize};
use syncwatch_protocol::limits;
use syncwatch_service::{Complaint, Validate, within};

/// Beyond this a room is an audience: what everybody hears of everybody else grows with its square.
const LARGEST: u16 = 5_000;

/// Sizes and lives of rooms.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoomLimits {
    /// People in a room, at most.
    pub max_participants: u16,
    /// Hours after which a room closes by itself.
    pub lifetime_hours: u64,
    /// Hours after which a guest's room closes when nobody is in it.
    pub empty_hours: u64,
}

impl Default for RoomLimits {
    fn default() -> Self {
        Self { max_participants: limits::MAX_PARTICIPANTS, lifetime_hours: 7 * 24, empty_hours: 24 }
    }
}

impl Validate for RoomLimits {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        within(complaints, "rooms.max_participants", self.max_participants, limits::MIN_PARTICIPANTS..=LARGEST);
        within(complaints, "rooms.lifetime_hours", self.lifetime_hours, 1..=24 * 365);
        within(complaints, "rooms.empty_hours", self.empty_hours, 1..=24 * 365);
    }
}
