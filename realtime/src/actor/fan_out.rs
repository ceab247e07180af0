//! Bringing what the engine says to the sockets of those whom it concerns.

use axum::extract::ws::Utf8Bytes;

use syncwatch_protocol::{Code, ServerMessage};
use syncwatch_room::ConnectionId;

use super::Actor;
use crate::outgoing::{CloseCode, Frame, Outgoing, encode};

impl Actor {
    pub(super) fn send(&mut self, connection: ConnectionId, event: &ServerMessage) {
        self.put(connection, Frame::Text(encode(event)));
    }

    pub(super) fn broadcast(&mut self, event: &ServerMessage) {
        let text = encode(event);
        let members: Vec<ConnectionId> = self.room.connections().collect();
        for connection in members {
            self.put(connection, Frame::Text(text.clone()));
        }
    }

    pub(super) fn put(&mut self, connection: ConnectionId, frame: Frame) {
        let behind = self.sockets.get(&connection).is_some_and(|outgoing| outgoing.send(frame).is_err());
        if behind {
            // Dropping the queue closes the socket with 4008, and its task then tells us that it is gone.
            self.sockets.remove(&connection);
        }
    }

    pub(super) fn close(&mut self, connection: ConnectionId, code: CloseCode) {
        self.put(connection, Frame::Close(code));
        self.sockets.remove(&connection);
    }

    pub(super) fn deliver(&mut self, acknowledgements: Vec<(ConnectionId, Utf8Bytes)>) {
        for (connection, text) in acknowledgements {
            self.put(connection, Frame::Text(text));
        }
    }
}

/// Tells a connection why it is not let in.
pub(super) fn turn_away(outgoing: &Outgoing, code: Code) {
    let event = ServerMessage::Error { code, message: code.sentence().into(), request_id: None };
    let _gone = outgoing.send(Frame::Text(encode(&event)));
    let _gone = outgoing.send(Frame::Close(CloseCode::NotAdmitted));
}
