//! Letting a connection in: the whole room, then what it missed.

use syncwatch_protocol::{PROTOCOL_VERSION, ServerHello, ServerMessage};
use syncwatch_room::{Missed, Welcome};
use syncwatch_service::SessionClaims;

use super::Actor;

/// A session's token is good for a day (contract of `client:hello`).
const SESSION_SECONDS: u64 = 86_400;

impl Actor {
    pub(super) fn welcome(&mut self, welcome: Welcome) {
        let Welcome { connection, participant, view, missed } = welcome;
        let Some(me) = view.participants.iter().find(|person| person.id == participant) else { return };
        let now = self.rooms.clock().now();
        let claims = SessionClaims { room: view.id, participant, name: me.name.clone(), kind: me.kind };
        let hello = ServerHello {
            protocol_version: PROTOCOL_VERSION.to_string(),
            server_time_ms: now,
            compatible: true,
            upgrade_required: false,
            deprecations: Vec::new(),
            participant_id: participant,
            session_token: self.rooms.keys().sign(&claims, SESSION_SECONDS, now),
            resumed: matches!(missed, Missed::Since { .. }),
            room: view,
        };
        self.send(connection, &ServerMessage::Hello(Box::new(hello)));
        match missed {
            Missed::History { messages, more } => {
                self.send(connection, &ServerMessage::ChatHistory { messages, more });
            }
            Missed::Since { commands, messages, gap } => {
                self.send(connection, &ServerMessage::Catchup { commands });
                self.send(connection, &ServerMessage::ChatCatchup { messages, gap });
            }
        }
    }
}
