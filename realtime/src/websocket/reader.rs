//! Messages that clients send.

use std::io::{ErrorKind, Read, Write};

use tungstenite::protocol::{Role, WebSocketConfig, WebSocketContext};
use tungstenite::{Error, Message, Utf8Bytes};

use syncwatch_protocol::limits;

/// What a connection keeps for reading, for as long as it lives. Clients send some hundred bytes a second.
const BUFFER_BYTES: usize = 1024;

/// Puts a client's bytes together to messages.
#[derive(Debug)]
pub(crate) struct Reader(WebSocketContext);

/// One thing that a client said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Incoming {
    /// A message of text.
    Text(Utf8Bytes),
    /// A message of bytes, which nobody here reads.
    Binary,
    /// It lives: a pong, or a ping, which is answered already.
    Alive,
    /// It goes.
    Close,
}

/// Why a client cannot be read any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It is gone.
    Gone,
    /// It does not keep to RFC 6455.
    Protocol,
    /// A message is larger than allowed.
    TooBig,
    /// A message of text is not UTF-8.
    NotText,
}

impl Reader {
    /// Begins with the bytes that came along with the request.
    pub(crate) fn new(read: &[u8]) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(BUFFER_BYTES)
            .write_buffer_size(0)
            .max_message_size(Some(limits::CLIENT_MESSAGE_MAX_BYTES))
            .max_frame_size(Some(limits::CLIENT_MESSAGE_MAX_BYTES));
        Self(WebSocketContext::from_partially_read(read.to_vec(), Role::Server, Some(config)))
    }

    /// The next message from `socket`, whose pings are answered on the way; none until there is more to read.
    ///
    /// # Errors
    /// When nothing can be read after this.
    pub(crate) fn next(&mut self, socket: &mut (impl Read + Write)) -> Result<Option<Incoming>, Broken> {
        match self.0.read(socket) {
            Ok(Message::Text(text)) => Ok(Some(Incoming::Text(text))),
            Ok(Message::Binary(_)) => Ok(Some(Incoming::Binary)),
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => Ok(Some(Incoming::Alive)),
            Ok(Message::Close(_)) => Ok(Some(Incoming::Close)),
            Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(why(&error)),
        }
    }
}

fn why(error: &Error) -> Broken {
    use tungstenite::error::ProtocolError::ResetWithoutClosingHandshake;
    match error {
        Error::Capacity(_) => Broken::TooBig,
        Error::Utf8(_) => Broken::NotText,
        Error::Protocol(ResetWithoutClosingHandshake) | Error::Io(_) | Error::ConnectionClosed => Broken::Gone,
        _ => Broken::Protocol,
    }
}

#[cfg(test)]
mod tests;
