//! What goes to everybody in one turn of a room: put together once, given to each socket in one call.

use syncwatch_protocol::ServerTime;

use crate::backlog::{Backlog, Kind};
use crate::websocket::Frame;

/// Frames for everybody, in the order of their lanes, and all their bytes in a row.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    frames: Vec<(Kind, Frame)>,
    bytes: Vec<u8>,
}

impl Batch {
    /// `frames` in the order in which they came; that order stays within a lane.
    pub(crate) fn of(mut frames: Vec<(Kind, Frame)>) -> Self {
        frames.sort_by_key(|(kind, _)| lane(*kind));
        let bytes = frames.iter().flat_map(|(_, frame)| frame.iter().copied()).collect();
        Self { frames, bytes }
    }

    pub(crate) fn frames(&self) -> &[(Kind, Frame)] {
        &self.frames
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Puts what comes after the first `taken` bytes into the backlog of a socket that was not behind until now.
    pub(crate) fn rest(&self, mut taken: usize, backlog: &mut Backlog, now: ServerTime) {
        for (kind, frame) in &self.frames {
            if taken >= frame.len() {
                taken -= frame.len();
            } else if taken > 0 {
                backlog.begin(*kind, frame.rest(taken));
                taken = 0;
            } else {
                // One turn of a room cannot be too much for somebody who was not behind: the next one will tell.
                let _too_much = backlog.push(now, *kind, frame);
            }
        }
    }
}

fn lane(kind: Kind) -> u8 {
    match kind {
        Kind::Clock | Kind::Welcome | Kind::Missed | Kind::Control | Kind::State | Kind::Film => 0,
        Kind::Line | Kind::Chat => 1,
        Kind::People | Kind::Presence => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: ServerTime = ServerTime(5);

    // DESIGN §4
    #[test]
    fn wherever_a_socket_stops_taking_it_gets_the_rest_in_order() {
        let frame = |text: &str| Frame::json(&text);
        let batch = Batch::of(vec![
            (Kind::Presence, frame("people")),
            (Kind::Line, frame("one")),
            (Kind::Control, frame("play")),
            (Kind::Line, frame("two")),
        ]);
        let expected =
            [frame("play"), frame("one"), frame("two"), frame("people")].map(|frame| frame.to_vec()).concat();
        assert_eq!(batch.bytes(), expected);
        for taken in 0..expected.len() {
            let mut backlog = Backlog::new(NOW);
            batch.rest(taken, &mut backlog, NOW);
            let (slices, count) = backlog.gather();
            let rest: Vec<u8> = slices[..count].iter().flat_map(|slice| slice.to_vec()).collect();
            assert_eq!(rest, expected[taken..], "after {taken} bytes");
        }
    }
}
