//! Identifiers. Each is its own type, so a room's id cannot be handed to something that wants a person's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

/// The text was not an identifier of the expected shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct InvalidId(&'static str);

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
        #[serde(transparent)]
        #[ts(export, export_to = "protocol.ts", type = "string")]
        #[schema(value_type = String, format = "uuid")]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an existing UUID; new ones are version 7, so that they sort by time.
            pub const fn new(id: Uuid) -> Self { Self(id) }
            /// The UUID inside.
            pub const fn uuid(self) -> Uuid { self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text).map(Self).map_err(|_| InvalidId($what))
            }
        }
    };
}

uuid_id!(
    /// A room, for its whole life.
    RoomId, "room id");
uuid_id!(
    /// A person: an account's id, or a guest's. A guest who registers keeps it, and with it room, rights and videos.
    ParticipantId, "participant id");
uuid_id!(
    /// A video; the upload that made it has the same id.
    VideoId, "video id");

/// The eight characters people read to each other. Letters and digits that look alike are left out of the alphabet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[ts(export, export_to = "protocol.ts", type = "string")]
#[schema(value_type = String, example = "K7QW2MXD")]
pub struct RoomCode(String);

impl RoomCode {
    /// No 0/O, 1/I/L, 5/S, 8/B, U/V: 24 characters, so 24^8 ≈ 1.1 · 10^11 codes.
    pub const ALPHABET: &'static [u8; 24] = b"ACDEFGHJKMNPQRTWXYZ23467";
    /// Characters of a code (SPEC §1).
    pub const LENGTH: usize = 8;

    /// Makes a code from random bytes; `random` must come from a cryptographic source.
    ///
    /// Bytes at or above the largest multiple of the alphabet are skipped, so every code is equally likely.
    pub fn from_random(mut random: impl FnMut() -> u8) -> Self {
        let size = Self::ALPHABET.len() as u8;
        let fair = u8::MAX - (u8::MAX % size);
        let mut code = String::with_capacity(Self::LENGTH);
        while code.len() < Self::LENGTH {
            let byte = random();
            if byte < fair {
                code.push(char::from(Self::ALPHABET[usize::from(byte % size)]));
            }
        }
        Self(code)
    }

    /// The code as people see it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoomCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RoomCode {
    type Err = InvalidId;

    /// Accepts what people type: any case, spaces and dashes between the characters.
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let code: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
        let known = code.bytes().all(|byte| Self::ALPHABET.contains(&byte));
        if code.len() == Self::LENGTH && known { Ok(Self(code)) } else { Err(InvalidId("room code")) }
    }
}

impl TryFrom<String> for RoomCode {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<RoomCode> for String {
    fn from(code: RoomCode) -> Self {
        code.0
    }
}

/// Chosen by the client for each command; the same key again means the same command again (SYNC-4).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(export, export_to = "protocol.ts", type = "string")]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Longer keys are refused: they are kept for an hour in memory.
    pub const MAX_BYTES: usize = 64;

    /// The key as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for IdempotencyKey {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        let printable = text.bytes().all(|byte| byte.is_ascii_graphic());
        let fits = (1..=Self::MAX_BYTES).contains(&text.len());
        if printable && fits { Ok(Self(text)) } else { Err(InvalidId("idempotency key")) }
    }
}

impl From<IdempotencyKey> for String {
    fn from(key: IdempotencyKey) -> Self {
        key.0
    }
}

/// Where a message stands in its room's chat. Grows strictly, also across a restart, but not by one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(transparent)]
#[ts(export, export_to = "protocol.ts", type = "number")]
#[schema(value_type = u64)]
pub struct ChatPosition(pub u64);

#[cfg(test)]
mod tests {
    use super::*;

    // ROOM-2
    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!("k7qw-2mxd".parse::<RoomCode>().map(String::from), Ok("K7QW2MXD".into()));
        assert_eq!(" K7QW 2MXD".parse::<RoomCode>().map(String::from), Ok("K7QW2MXD".into()));
    }

    // ROOM-2
    #[test]
    fn a_code_of_the_wrong_length_or_alphabet_is_refused() {
        for wrong in ["", "K7QW2MX", "K7QW2MXDD", "K7QW2MX0", "K7QW2MXé", "../../etc"] {
            assert!(wrong.parse::<RoomCode>().is_err(), "{wrong:?} was accepted");
        }
    }

    // SPEC §1
    #[test]
    fn codes_skip_the_bytes_that_would_favour_some_characters() {
        let mut bytes = [255, 240, 0, 23, 24, 1, 2, 3, 4, 5].into_iter();
        let code = RoomCode::from_random(|| bytes.next().expect("ten bytes are enough"));
        assert_eq!(code.as_str(), "A7ACDEFG");
    }

    // SYNC-4
    #[test]
    fn an_idempotency_key_is_short_and_printable() {
        assert!(IdempotencyKey::try_from("a1".to_owned()).is_ok());
        for wrong in [String::new(), "with space".into(), "x".repeat(65), "tab\t".into()] {
            assert!(IdempotencyKey::try_from(wrong.clone()).is_err(), "{wrong:?} was accepted");
        }
    }
}
