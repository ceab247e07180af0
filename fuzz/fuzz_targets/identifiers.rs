//! Codes, ids, keys and versions as people and programs type them: parsing never panics, and what exists is valid.
#![no_main]

use libfuzzer_sys::fuzz_target;
use syncwatch_protocol::{IdempotencyKey, ProtocolVersion, RoomCode, RoomId};

fuzz_target!(|text: &str| {
    if let Ok(code) = text.parse::<RoomCode>() {
        assert_eq!(code.as_str().len(), RoomCode::LENGTH);
        assert_eq!(code.as_str().parse(), Ok(code));
    }
    if let Ok(id) = text.parse::<RoomId>() {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    if let Ok(key) = IdempotencyKey::try_from(text.to_owned()) {
        assert!((1..=IdempotencyKey::MAX_BYTES).contains(&key.as_str().len()));
    }
    if let Ok(version) = text.parse::<ProtocolVersion>() {
        assert_eq!(version.to_string().parse(), Ok(version));
    }
});
