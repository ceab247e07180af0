//! Frames that the server sends.

use std::ops::Deref;

use bytes::Bytes;
use serde::Serialize;

const FINAL_TEXT: u8 = 0x81;
const FINAL_CLOSE: u8 = 0x88;
const FINAL_PING: u8 = 0x89;
const FINAL_PONG: u8 = 0x8a;
/// The longest header of an unmasked frame.
const HEADER_MAX: usize = 10;

/// One frame with its header in front. Server frames are not masked, so one buffer serves every socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame(Bytes);

impl Frame {
    /// A message as JSON text.
    ///
    /// # Panics
    /// When `message` has keys that are no text; messages are plain values.
    pub fn json(message: &impl Serialize) -> Self {
        // Room for the header is left in front, so that the text is written once and moved never.
        let mut buffer = vec![0; HEADER_MAX];
        serde_json::to_writer(&mut buffer, message).expect("messages are plain values with text keys");
        let (header, length) = header(FINAL_TEXT, buffer.len() - HEADER_MAX);
        let start = HEADER_MAX - length;
        buffer[start..HEADER_MAX].copy_from_slice(&header[..length]);
        Self(Bytes::from(buffer).slice(start..))
    }

    /// A question for a sign of life.
    pub const fn ping() -> Self {
        Self(Bytes::from_static(&[FINAL_PING, 0]))
    }

    /// The answer to a ping, with its payload.
    pub fn pong(payload: &[u8]) -> Self {
        Self::control(FINAL_PONG, payload)
    }

    /// The last frame, with its reason as a number.
    pub fn close(code: u16) -> Self {
        Self::control(FINAL_CLOSE, &code.to_be_bytes())
    }

    /// The bytes that follow the first `written` ones.
    pub(crate) fn rest(&self, written: usize) -> Self {
        Self(self.0.slice(written..))
    }

    fn control(kind: u8, payload: &[u8]) -> Self {
        let (header, length) = header(kind, payload.len());
        Self([&header[..length], payload].concat().into())
    }
}

impl Deref for Frame {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// The header of an unmasked frame, and how many of its bytes count.
fn header(first: u8, payload: usize) -> ([u8; HEADER_MAX], usize) {
    let mut header = [0; HEADER_MAX];
    header[0] = first;
    let length = match payload {
        0..=125 => {
            header[1] = payload as u8;
            2
        }
        126..=0xffff => {
            header[1] = 126;
            header[2..4].copy_from_slice(&(payload as u16).to_be_bytes());
            4
        }
        _ => {
            header[1] = 127;
            header[2..10].copy_from_slice(&(payload as u64).to_be_bytes());
            10
        }
    };
    (header, length)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
    use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

    use super::*;

    fn parsed(frame: &Frame) -> (OpCode, usize) {
        let mut cursor = Cursor::new(&frame[..]);
        let (header, length) = FrameHeader::parse(&mut cursor).expect("a frame").expect("a whole header");
        assert!(header.is_final && header.mask.is_none());
        assert_eq!(frame.len() as u64 - cursor.position(), length, "the header names the length");
        (header.opcode, length as usize)
    }

    // API-3
    #[test]
    fn frames_of_every_length_are_read_by_another_implementation() {
        for length in [0, 1, 123, 124, 200, 65_533, 65_534, 200_000] {
            let text = "x".repeat(length);
            assert_eq!(parsed(&Frame::json(&text)), (OpCode::Data(Data::Text), length + 2));
        }
        assert_eq!(parsed(&Frame::ping()), (OpCode::Control(Control::Ping), 0));
        assert_eq!(parsed(&Frame::pong(b"abc")), (OpCode::Control(Control::Pong), 3));
        assert_eq!(parsed(&Frame::close(4_008)), (OpCode::Control(Control::Close), 2));
    }
}
