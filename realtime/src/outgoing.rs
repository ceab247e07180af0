//! The writing end of a connection, as its room's actor holds it.

use std::sync::Arc;

use syncwatch_protocol::{Code, ServerTime};

use crate::link::Link;

/// Why a socket is closed, as the client reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CloseCode {
    /// The client went (RFC 6455 §7.4.1).
    Normal,
    /// The process stops or has too much to do; come back (RFC 6455 §7.4.1).
    GoingAway,
    /// What came is no WebSocket (RFC 6455 §7.4.1).
    Protocol,
    /// A message of text was none (RFC 6455 §7.4.1).
    NotText,
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
    /// How a connection ends that is not let in: for good, or to come back when there is less to do.
    pub(crate) const fn after(refusal: Code) -> Self {
        if matches!(refusal, Code::Unavailable) { Self::GoingAway } else { Self::NotAdmitted }
    }

    pub(crate) const fn number(self) -> u16 {
        match self {
            Self::Normal => 1000,
            Self::GoingAway => 1001,
            Self::Protocol => 1002,
            Self::NotText => 1007,
            Self::TooBig => 1009,
            Self::OutOfRoom => 4000,
            Self::NotAdmitted => 4001,
            Self::TooManyErrors => 4002,
            Self::TooSlow => 4008,
        }
    }
}

/// The link of one connection. Whoever drops it without a word ends the connection: nobody would serve it any more.
#[derive(Debug)]
pub(crate) struct Outgoing(Arc<Link>);

impl Outgoing {
    pub(crate) fn new(link: Arc<Link>) -> Self {
        Self(link)
    }

    pub(crate) fn link(&self) -> &Arc<Link> {
        &self.0
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        // Too early for any limit to matter, and nothing is judged by this time any more.
        self.0.close(ServerTime(0), CloseCode::GoingAway);
    }
}
