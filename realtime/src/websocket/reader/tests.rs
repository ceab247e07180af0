use proptest::prelude::*;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame as TheirFrame, FrameHeader};

use super::*;

const LIMIT: usize = 1_000;

/// A client's frame as another implementation writes it.
fn frame(opcode: OpCode, payload: &[u8], last: bool) -> Vec<u8> {
    let header = FrameHeader { is_final: last, opcode, mask: Some([7, 77, 177, 250]), ..FrameHeader::default() };
    let frame = TheirFrame::from_payload(header, payload.to_vec().into());
    let mut bytes = Vec::new();
    frame.format(&mut bytes).expect("written");
    bytes
}

fn text(words: &str) -> Vec<u8> {
    frame(OpCode::Data(Data::Text), words.as_bytes(), true)
}

fn read(bytes: &[u8]) -> Result<Vec<Incoming>, Broken> {
    let mut reader = FrameReader::new(LIMIT);
    reader.push(bytes);
    std::iter::from_fn(|| reader.take().transpose()).collect()
}

// API-3
#[test]
fn messages_in_several_frames_are_put_together_around_the_control_frames_between_them() {
    let bytes = [
        frame(OpCode::Data(Data::Text), b"hel", false),
        frame(OpCode::Control(Control::Ping), b"p", true),
        frame(OpCode::Data(Data::Continue), b"lo", true),
        frame(OpCode::Control(Control::Pong), b"", true),
        frame(OpCode::Data(Data::Binary), &[1, 2], true),
        frame(OpCode::Control(Control::Close), &[3, 232], true),
    ];
    let said = [
        Incoming::Ping(b"p".to_vec()),
        Incoming::Text("hello".into()),
        Incoming::Pong,
        Incoming::Binary,
        Incoming::Close,
    ];
    assert_eq!(read(&bytes.concat()), Ok(said.to_vec()));
}

// SEC-3
#[test]
fn what_breaks_the_protocol_is_told_apart() {
    let unmasked = vec![0x81, 1, b'x'];
    let reserved = [&[0xc1], &text("x")[1..]].concat();
    let unknown = [&[0x83], &text("x")[1..]].concat();
    let long_ping = frame(OpCode::Control(Control::Ping), &[0; 126], true);
    let ping_in_parts = frame(OpCode::Control(Control::Ping), b"", false);
    let nothing_to_go_on = frame(OpCode::Data(Data::Continue), b"x", true);
    let twice_begun = [frame(OpCode::Data(Data::Text), b"x", false), text("y")].concat();
    for wrong in [unmasked, reserved, unknown, long_ping, ping_in_parts, nothing_to_go_on, twice_begun] {
        assert_eq!(read(&wrong), Err(Broken::Protocol), "{wrong:x?}");
    }
    assert_eq!(read(&frame(OpCode::Data(Data::Text), &[0xff, 0xfe], true)), Err(Broken::NotText));
}

// SEC-3
#[test]
fn a_message_over_the_limit_is_refused_by_its_header_whole_or_in_parts() {
    assert_eq!(read(&text(&"x".repeat(LIMIT))), Ok(vec![Incoming::Text("x".repeat(LIMIT))]));
    assert_eq!(read(&text(&"x".repeat(LIMIT + 1))[..8]), Err(Broken::TooBig), "before its payload is there");
    let part = frame(OpCode::Data(Data::Text), &[b'x'; 600], false);
    let next = frame(OpCode::Data(Data::Continue), &[b'x'; 600], true);
    assert_eq!(read(&[part, next].concat()), Err(Broken::TooBig));
    let huge = [&[0x81, 0xff], &[0xff; 8][..], &[0; 4]].concat();
    assert_eq!(read(&huge), Err(Broken::TooBig));
}

// SEC-3
#[test]
fn a_reader_between_messages_holds_no_memory() {
    let mut reader = FrameReader::new(LIMIT);
    let bytes = [text("one"), text("two")].concat();
    reader.push(&bytes[..bytes.len() - 1]);
    while reader.take().expect("well formed").is_some() {}
    assert_eq!(reader.unread.len(), text("two").len() - 1);
    reader.push(&bytes[bytes.len() - 1..]);
    while reader.take().expect("well formed").is_some() {}
    assert_eq!((reader.unread.capacity(), reader.begun), (0, None));
}

proptest! {
    // API-3
    #[test]
    fn messages_survive_any_cut_of_their_bytes(
        words in prop::collection::vec(".{0,100}", 1..8),
        cuts in prop::collection::vec(1..40_usize, 1..60),
    ) {
        let bytes: Vec<u8> = words.iter().flat_map(|words| text(words)).collect();
        let (mut reader, mut said, mut rest) = (FrameReader::new(LIMIT), Vec::new(), &bytes[..]);
        for cut in cuts.into_iter().chain([usize::MAX]) {
            let (now, later) = rest.split_at(cut.min(rest.len()));
            rest = later;
            reader.push(now);
            while let Some(Incoming::Text(words)) = reader.take().expect("well formed") {
                said.push(words);
            }
        }
        prop_assert_eq!(said, words);
    }

    // SEC-3
    #[test]
    fn no_bytes_at_all_upset_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _answer = read(&bytes);
    }
}
