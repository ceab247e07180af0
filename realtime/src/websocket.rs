//! WebSocket framing (RFC 6455) as plain values: bytes in, messages out. Knows no socket and no timer.
//!
//! Only what a server needs: frames of clients are masked, ours are not, and compression is never agreed on, because a
//! context per member costs more than the bytes it saves. Public for the fuzz target.

mod frame;
mod handshake;
mod reader;

pub use frame::Frame;
pub use handshake::{Handshake, accept_key};
pub use reader::{Broken, FrameReader, Incoming};
