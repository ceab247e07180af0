//! Bringing what the engine says to the sockets of those whom it concerns.
//!
//! What everybody gets is encoded once and gathers for the length of one turn; then each socket gets it in one call. What one
//! member gets goes behind whatever the others were told before it, so that everybody sees one order.

use std::collections::BTreeMap;
use std::mem::take;
use std::sync::Arc;

use tokio::task::yield_now;

use syncwatch_protocol::{Code, ParticipantId, ServerMessage, ServerTime};
use syncwatch_room::ConnectionId;

use crate::backlog::{Kind, Lacking};
use crate::batch::Batch;
use crate::link::Link;
use crate::metrics;
use crate::outgoing::{CloseCode, Outgoing};
use crate::websocket::Frame;

/// Sockets written to before others get the thread: a millisecond or two, so that a large room does not hold up the small
/// ones that share it.
const SOCKETS_AT_ONCE: usize = 256;

/// The sockets of one room.
#[derive(Debug, Default)]
pub(super) struct FanOut {
    /// In the order in which they came, which is how they lie in memory, ours and the kernel's: a broadcast touches them all.
    members: BTreeMap<ConnectionId, Member>,
    /// For everybody, since the last flush.
    gathered: Vec<(Kind, Frame)>,
    /// Who was told something of his own since then.
    addressed: Vec<ConnectionId>,
    /// Whose signs of life the room wants to hear of.
    heeded: Vec<ParticipantId>,
}

#[derive(Debug)]
struct Member {
    person: ParticipantId,
    outgoing: Outgoing,
    /// So much of `gathered` he does not need any more, or came too late for.
    seen: usize,
}

impl FanOut {
    pub(super) fn add(&mut self, connection: ConnectionId, person: ParticipantId, outgoing: Outgoing) {
        outgoing.link().heed(self.heeded.contains(&person));
        self.members.insert(connection, Member { person, outgoing, seen: self.gathered.len() });
    }

    /// Makes the connections of these people the ones whose signs of life are passed on.
    pub(super) fn heed(&mut self, people: impl Iterator<Item = ParticipantId> + Clone) {
        if !self.heeded.iter().copied().eq(people.clone()) {
            self.heeded = people.collect();
            self.members.values().for_each(|member| member.outgoing.link().heed(self.heeded.contains(&member.person)));
        }
    }

    pub(super) fn remove(&mut self, connection: ConnectionId) -> Option<Outgoing> {
        self.members.remove(&connection).map(|member| member.outgoing)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(super) fn link(&self, connection: ConnectionId) -> Option<&Arc<Link>> {
        self.members.get(&connection).map(|member| member.outgoing.link())
    }

    /// Tells everybody.
    pub(super) fn tell_all(&mut self, event: &ServerMessage) {
        self.gathered.push((Kind::of(event), Frame::json(event)));
    }

    /// Tells one.
    pub(super) fn tell_one(&mut self, now: ServerTime, connection: ConnectionId, kind: Kind, frame: &Frame) {
        if let Some(link) = self.in_order(now, connection) {
            link.queue(now, kind, frame);
            self.addressed.push(connection);
        }
    }

    /// Gives one what was left out while he was slow.
    pub(super) fn make_up(
        &mut self,
        now: ServerTime,
        connection: ConnectionId,
        made_up: Lacking,
        missing: Vec<(Kind, Frame)>,
    ) {
        if let Some(link) = self.in_order(now, connection) {
            link.make_up(now, made_up, missing);
            self.addressed.push(connection);
        }
    }

    /// Ends a connection after what it is owed.
    pub(super) fn close(&mut self, now: ServerTime, connection: ConnectionId, code: CloseCode) {
        if let Some(link) = self.in_order(now, connection) {
            link.close(now, code);
        }
        self.members.remove(&connection);
    }

    pub(super) fn close_all(&mut self, now: ServerTime, code: CloseCode) {
        let all: Vec<_> = self.members.keys().copied().collect();
        for connection in all {
            self.close(now, connection, code);
        }
    }

    /// Writes everything that has gathered.
    pub(super) async fn flush(&mut self, now: ServerTime) {
        let gathered = take(&mut self.gathered);
        for connection in take(&mut self.addressed) {
            if let Some(member) = self.members.get_mut(&connection) {
                member.catch_up(now, &gathered);
                member.outgoing.link().flush(now);
            }
        }
        if gathered.is_empty() {
            return;
        }
        let batch = Batch::of(gathered);
        metrics::messages_sent(batch.frames().len() * self.members.len());
        for (place, member) in self.members.values_mut().enumerate() {
            if take(&mut member.seen) == 0 {
                member.outgoing.link().broadcast(now, &batch);
            }
            if place % SOCKETS_AT_ONCE == SOCKETS_AT_ONCE - 1 {
                yield_now().await;
            }
        }
    }

    /// The link of one who is about to be told something of his own, after what everybody was told before.
    fn in_order(&mut self, now: ServerTime, connection: ConnectionId) -> Option<&Link> {
        let member = self.members.get_mut(&connection)?;
        member.catch_up(now, &self.gathered);
        Some(member.outgoing.link())
    }
}

impl Member {
    fn catch_up(&mut self, now: ServerTime, gathered: &[(Kind, Frame)]) {
        for (kind, frame) in &gathered[self.seen..] {
            self.outgoing.link().queue(now, *kind, frame);
        }
        self.seen = gathered.len();
    }
}

/// Tells a connection why it is not let in.
pub(super) fn turn_away(now: ServerTime, outgoing: &Outgoing, code: Code) {
    metrics::message_refused(code);
    let event = ServerMessage::Error { code, message: code.sentence().into(), request_id: None };
    outgoing.link().queue(now, Kind::Control, &Frame::json(&event));
    outgoing.link().close(now, CloseCode::after(code));
}
