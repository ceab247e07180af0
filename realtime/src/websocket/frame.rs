//! Frames that the server sends.

use std::ops::Deref;

use bytes::Bytes;
use serde::Serialize;
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::protocol::frame::{CloseFrame, Frame as TheirFrame, FrameHeader};

/// The longest header of an unmasked frame.
const HEADER_MAX: usize = 10;

/// One frame with its header in front. Server frames are not masked, so one buffer serves every socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame(Bytes);

impl Frame {
    /// A message as JSON text.
    ///
    /// # Panics
    /// When `message` has keys that are no text; messages are plain values.
    pub(crate) fn json(message: &impl Serialize) -> Self {
        // Room for the header is left in front, so that the text is written once and moved never.
        let mut buffer = vec![0; HEADER_MAX];
        serde_json::to_writer(&mut buffer, message).expect("messages are plain values with text keys");
        let header = FrameHeader { opcode: OpCode::Data(Data::Text), ..FrameHeader::default() };
        let length = (buffer.len() - HEADER_MAX) as u64;
        let start = HEADER_MAX - header.len(length);
        header.format(length, &mut &mut buffer[start..HEADER_MAX]).expect("there is room for any header");
        Self(Bytes::from(buffer).slice(start..))
    }

    /// A question for a sign of life.
    pub(crate) fn ping() -> Self {
        Self::of(TheirFrame::ping(Bytes::new()))
    }

    /// The last frame, with its reason as a number.
    pub(crate) fn close(code: u16) -> Self {
        Self::of(TheirFrame::close(Some(CloseFrame { code: CloseCode::from(code), reason: "".into() })))
    }

    /// A frame that has its header in front already.
    pub(crate) fn written(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }

    /// The bytes that follow the first `written` ones.
    pub(crate) fn rest(&self, written: usize) -> Self {
        Self(self.0.slice(written..))
    }

    fn of(frame: TheirFrame) -> Self {
        let mut bytes = Vec::with_capacity(frame.len());
        frame.format(&mut bytes).expect("a vector takes everything");
        Self(bytes.into())
    }
}

impl Deref for Frame {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use tungstenite::protocol::frame::coding::Control;

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
    fn a_frame_of_any_length_begins_with_its_own_header() {
        for length in [0, 1, 123, 124, 200, 65_533, 65_534, 200_000] {
            let text = "x".repeat(length);
            assert_eq!(parsed(&Frame::json(&text)), (OpCode::Data(Data::Text), length + 2));
        }
        assert_eq!(parsed(&Frame::ping()), (OpCode::Control(Control::Ping), 0));
        assert_eq!(parsed(&Frame::close(4_008)), (OpCode::Control(Control::Close), 2));
    }
}
