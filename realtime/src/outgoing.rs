//! What waits to be written to one socket.

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use tokio::sync::mpsc;

/// Messages that one socket may be behind. A member who lets more pile up is too slow to follow the room and is closed with
/// 4008; his place is kept for when he returns, and the others never wait for him.
const WAITING_AT_MOST: usize = 256;

/// One thing to write.
#[derive(Debug, Clone)]
pub(crate) enum Frame {
    /// A message, encoded once however many sockets it goes to.
    Text(Utf8Bytes),
    /// The last thing: why the socket is closed.
    Close(CloseCode),
}

/// Why a socket is closed, as the client reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CloseCode {
    /// The process stops (RFC 6455 §7.4.1).
    GoingAway,
    /// A message was larger than allowed (RFC 6455 §7.4.1).
    TooBig,
    /// The room sent this person away, or he left; `room:closed` said why.
    OutOfRoom,
    /// The hello or its token was not good; `room:error` said why.
    NotAdmitted,
    /// Too much that could not be read.
    TooManyErrors,
    /// Does not read fast enough.
    TooSlow,
}

impl CloseCode {
    pub(crate) const fn number(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::TooBig => 1009,
            Self::OutOfRoom => 4000,
            Self::NotAdmitted => 4001,
            Self::TooManyErrors => 4002,
            Self::TooSlow => 4008,
        }
    }
}

/// The writing end, held by the room's actor. When it is dropped without a close frame, the socket was too slow.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    frames: mpsc::Sender<Frame>,
}

/// The socket does not keep up, or is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Behind;

impl Outgoing {
    pub(crate) fn channel() -> (Self, mpsc::Receiver<Frame>) {
        let (frames, waiting) = mpsc::channel(WAITING_AT_MOST);
        (Self { frames }, waiting)
    }

    /// Puts a frame at the end of the queue; never waits.
    pub(crate) fn send(&self, frame: Frame) -> Result<(), Behind> {
        self.frames.try_send(frame).map_err(|_| Behind)
    }
}

/// The text of a message.
pub(crate) fn encode(message: &impl Serialize) -> Utf8Bytes {
    serde_json::to_string(message).expect("messages are plain values with text keys").into()
}
