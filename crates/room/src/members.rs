//! The people of a room, by the time they came; found by id and by connection without a search.

use std::collections::HashMap;

use indexmap::IndexMap;
use syncwatch_protocol::{ParticipantId, ServerTime};

use crate::ConnectionId;
use crate::people::Member;

/// Everybody who has a place. A connection belongs to one person at most, and only to one who is here.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Members {
    by_id: IndexMap<ParticipantId, Member>,
    by_connection: HashMap<ConnectionId, ParticipantId>,
}

impl Members {
    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Member> + Clone {
        self.by_id.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Member> {
        self.by_id.values_mut()
    }

    pub(crate) fn get(&self, id: ParticipantId) -> Option<&Member> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: ParticipantId) -> Option<&mut Member> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn of_connection(&self, connection: ConnectionId) -> Option<ParticipantId> {
        self.by_connection.get(&connection).copied()
    }

    pub(crate) fn add(&mut self, member: Member) {
        self.by_id.insert(member.id, member);
    }

    /// Gives somebody who has a place one more connection.
    pub(crate) fn attach(&mut self, id: ParticipantId, connection: ConnectionId) {
        let member = self.by_id.get_mut(&id).expect("seated before");
        member.connections.push(connection);
        member.lost_at = None;
        member.shown_away = false;
        self.by_connection.insert(connection, id);
    }

    /// Takes a connection away; true when its person has none left.
    pub(crate) fn detach(&mut self, connection: ConnectionId, now: ServerTime) -> bool {
        let Some(id) = self.by_connection.remove(&connection) else { return false };
        let member = self.by_id.get_mut(&id).expect("connections belong to people who are here");
        member.connections.retain(|open| *open != connection);
        if !member.connections.is_empty() {
            return false;
        }
        member.lost_at = Some(now);
        member.player = None;
        member.out_of_step();
        true
    }

    /// Frees somebody's place.
    pub(crate) fn remove(&mut self, id: ParticipantId) {
        let Some(member) = self.by_id.shift_remove(&id) else { return };
        for connection in member.connections {
            self.by_connection.remove(&connection);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.by_id.clear();
        self.by_connection.clear();
    }
}

impl FromIterator<Member> for Members {
    fn from_iter<I: IntoIterator<Item = Member>>(members: I) -> Self {
        let by_id = members.into_iter().map(|member| (member.id, member)).collect();
        Self { by_id, by_connection: HashMap::new() }
    }
}
