//! Whatever a socket delivers is refused or understood, and what is understood survives being written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use syncwatch_protocol::ClientMessage;

fuzz_target!(|bytes: &[u8]| {
    let Ok(message) = serde_json::from_slice::<ClientMessage>(bytes) else { return };
    let text = serde_json::to_string(&message).expect("every message can be written");
    let again: ClientMessage = serde_json::from_str(&text).expect("what was written can be read");
    assert_eq!(message, again);
});
