use std::io;

use proptest::prelude::*;
use tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tungstenite::protocol::frame::{Frame, FrameHeader};

use super::*;

const LIMIT: usize = limits::CLIENT_MESSAGE_MAX_BYTES;

/// A socket from which these bytes come, and nothing yet after them.
#[derive(Default)]
struct Socket {
    arrived: Vec<u8>,
    answered: Vec<u8>,
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.arrived.is_empty() {
            return Err(ErrorKind::WouldBlock.into());
        }
        let count = buffer.len().min(self.arrived.len());
        buffer[..count].copy_from_slice(&self.arrived[..count]);
        self.arrived.drain(..count);
        Ok(count)
    }
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.answered.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn frame(opcode: OpCode, payload: &[u8], last: bool) -> Vec<u8> {
    let header = FrameHeader { is_final: last, opcode, mask: Some([7, 77, 177, 250]), ..FrameHeader::default() };
    let mut bytes = Vec::new();
    Frame::from_payload(header, payload.to_vec().into()).format(&mut bytes).expect("written");
    bytes
}

fn text(words: &str) -> Vec<u8> {
    frame(OpCode::Data(Data::Text), words.as_bytes(), true)
}

fn read(bytes: &[u8]) -> Result<Vec<Incoming>, Broken> {
    let (mut reader, mut socket) = (Reader::new(&[]), Socket { arrived: bytes.to_vec(), ..Socket::default() });
    std::iter::from_fn(|| reader.next(&mut socket).transpose()).collect()
}

// API-3
#[test]
fn messages_in_several_frames_are_put_together_and_pings_between_them_answered() {
    let bytes = [
        frame(OpCode::Data(Data::Text), b"hel", false),
        frame(OpCode::Control(Control::Ping), b"p", true),
        frame(OpCode::Data(Data::Continue), b"lo", true),
        frame(OpCode::Control(Control::Pong), b"", true),
        frame(OpCode::Data(Data::Binary), &[1, 2], true),
    ];
    let (mut reader, mut socket) = (Reader::new(&bytes[0]), Socket::default());
    socket.arrived = bytes[1..].concat();
    let said: Vec<_> = std::iter::from_fn(|| reader.next(&mut socket).transpose()).collect();
    let expected = [Incoming::Alive, Incoming::Text("hello".into()), Incoming::Alive, Incoming::Binary];
    assert_eq!(said, expected.map(Ok));
    assert_eq!(socket.answered, [0x8a, 1, b'p']);
}

// SEC-3
#[test]
fn a_client_that_says_goodbye_or_goes_without_a_word_is_told_from_one_that_breaks_the_rules() {
    let goodbye = frame(OpCode::Control(Control::Close), &[3, 232], true);
    assert_eq!(Reader::new(&goodbye).next(&mut Socket::default()), Ok(Some(Incoming::Close)));
    let unmasked = vec![0x81, 1, b'x'];
    let nothing_to_go_on = frame(OpCode::Data(Data::Continue), b"x", true);
    for wrong in [unmasked, nothing_to_go_on] {
        assert_eq!(read(&wrong), Err(Broken::Protocol), "{wrong:x?}");
    }
    assert_eq!(read(&frame(OpCode::Data(Data::Text), &[0xff, 0xfe], true)), Err(Broken::NotText));
    assert_eq!(Reader::new(&[]).next(&mut io::Cursor::new(Vec::new())), Err(Broken::Gone));
}

// SEC-3
#[test]
fn a_message_over_the_limit_is_refused_by_its_header_whole_or_in_parts() {
    let longest = "x".repeat(LIMIT);
    assert_eq!(read(&text(&longest)), Ok(vec![Incoming::Text(longest.as_str().into())]));
    assert_eq!(read(&text(&"x".repeat(LIMIT + 1))[..8]), Err(Broken::TooBig), "before its payload is there");
    let part = frame(OpCode::Data(Data::Text), longest.as_bytes(), false);
    let next = frame(OpCode::Data(Data::Continue), b"x", true);
    assert_eq!(read(&[part, next].concat()), Err(Broken::TooBig));
    let huge = [&[0x81, 0xff], &[0xff; 8][..], &[0; 4]].concat();
    assert_eq!(read(&huge), Err(Broken::TooBig));
}

proptest! {
    // SEC-3
    #[test]
    fn no_bytes_at_all_upset_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _answer = read(&bytes);
    }
}
