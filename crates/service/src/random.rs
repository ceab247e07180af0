//! Randomness and identifiers from the system's cryptographic source.

use uuid::{Timestamp, Uuid};

use syncwatch_protocol::ServerTime;

/// Fills an array with cryptographic randomness.
///
/// # Panics
/// When the system has no random source, in which case nothing that this process signs would be safe.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has a source of randomness");
    bytes
}

/// A random number, as a seed for what must be reproducible from it.
pub fn random_u64() -> u64 {
    u64::from_le_bytes(random_bytes())
}

/// A new UUID of version 7: it sorts by the time it was made.
pub fn new_id(now: ServerTime) -> Uuid {
    let timestamp = Timestamp::from_unix(uuid::NoContext, now.0 / 1_000, (now.0 % 1_000) as u32 * 1_000_000);
    Uuid::new_v7(timestamp)
}
