//! Bytes from a socket: no panic, and however they are cut, the same messages come out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use syncwatch_realtime::websocket::{Broken, FrameReader, Incoming};

fn read(pieces: &[&[u8]]) -> (Vec<Incoming>, Option<Broken>) {
    let (mut reader, mut said) = (FrameReader::new(4_096), Vec::new());
    for piece in pieces {
        reader.push(piece);
        loop {
            match reader.take() {
                Ok(Some(incoming)) => said.push(incoming),
                Ok(None) => break,
                Err(broken) => return (said, Some(broken)),
            }
        }
    }
    (said, None)
}

fuzz_target!(|bytes: &[u8]| {
    let whole = read(&[bytes]);
    let (one, other) = bytes.split_at(bytes.len() / 3);
    assert_eq!(read(&[one, other]), whole);
});
