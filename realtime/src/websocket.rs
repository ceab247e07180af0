//! What goes over a socket. The protocol itself (RFC 6455) is tungstenite's; ours is which bytes are copied and kept.
//!
//! A frame for many is encoded once and its bytes are shared; reading keeps one small buffer a connection. Compression is
//! never agreed on, because a context per member costs more than the bytes it saves.

mod frame;
mod handshake;
mod reader;

pub(crate) use frame::Frame;
pub(crate) use handshake::Handshake;
pub(crate) use reader::{Broken, Incoming, Reader};
