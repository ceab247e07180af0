//! How an actor ends: with its process, or because another process has its room.

use syncwatch_protocol::ServerMessage;

use super::Actor;
use crate::outgoing::CloseCode;
use crate::persist::Landed;

/// Clients come back after so long when the process stops; the program restarts in about a second.
const RECONNECT_IN_MS: u32 = 1_000;

impl Actor {
    /// The process stops: people are told when to come back, and the room is stored (OBS-6).
    pub(super) async fn stop(mut self) {
        self.broadcast(ServerMessage::Shutdown { reconnect_in_ms: RECONNECT_IN_MS });
        self.persister.save();
        loop {
            self.settle().await;
            if self.persister.is_idle() {
                break;
            }
            match self.persister.landed().await {
                Landed::Stored(acknowledgements) => self.deliver(acknowledgements),
                Landed::Later => {}
                Landed::Fenced => break,
            }
        }
        self.fan_out.close_all(self.rooms.clock().now(), CloseCode::GoingAway);
    }

    /// Another process has taken the room over: what was not acknowledged here did not happen, and people go there.
    pub(super) fn lost(mut self) {
        tracing::warn!(room.id = %self.room.id(), "room {} was taken over by another process", self.room.id());
        self.rooms.abandon(self.room.id());
        self.broadcast(ServerMessage::Shutdown { reconnect_in_ms: 0 });
        self.fan_out.close_all(self.rooms.clock().now(), CloseCode::GoingAway);
    }
}
