//! Who the owner is: signs of life, silence, handing over, and the offer to come back (OWN-1 to OWN-3, WT-1).

use serde::{Deserialize, Serialize};
use syncwatch_protocol::{Code, OwnerChangeReason, ParticipantId, ServerMessage, ServerTime, SystemEvent};

use crate::output::AuditEvent;
use crate::people::LEFT_AFTER_MS;
use crate::permissions::Right;
use crate::room::refuse;
use crate::{ConnectionId, Outbox, Output, Recipients, Room};

/// The owner is away after so long without a sign of life (OWN-1).
pub(crate) const SILENCE_MS: u64 = 15_000;

/// Who lost the room by his silence and comes back within this time is offered it back (OWN-3).
const RETURN_WITHIN_MS: u64 = 60_000;
/// How long he may think about it.
const OFFER_STANDS_MS: u64 = 60_000;

/// The owner before the present one took over from his silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Former {
    pub(crate) id: ParticipantId,
    replaced_at: ServerTime,
    offered_until: Option<ServerTime>,
}

/// Whether the owner is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnerWatch {
    /// He was, at this time at the latest.
    Present { seen: ServerTime },
    /// The room has a new process since then, and he has not come back to it yet.
    Awaited { since: ServerTime },
    /// He is silent, and nobody could take his place.
    Away { since: ServerTime },
}

impl Room {
    /// A connection has shown that it lives. Clock exchanges and a socket's own pong count: a browser throttles the timers of
    /// hidden tabs, and an owner who listens in another tab has not gone.
    pub(crate) fn seen(&mut self, now: ServerTime, connection: ConnectionId, out: &mut Outbox) {
        let Some(person) = self.person_of(connection) else { return };
        if person != self.owner {
            let returns = self.former.is_some_and(|former| former.id == person && former.offered_until.is_none());
            return if returns {
                self.offer_back(now, person, out)
            };
        }
        let was_away = self.owner_is_known_away();
        self.owner_watch = OwnerWatch::Present { seen: now };
        if was_away {
            self.send_state(out);
        }
    }

    /// Only the owner's heart matters to the room; whoever sends another's is told.
    pub(crate) fn heartbeat(&self, connection: ConnectionId, person: ParticipantId, out: &mut Outbox) {
        if person != self.owner {
            refuse(connection, None, Code::OnlyOwner, out);
        }
    }

    /// Offers the room to the former owner on each of his connections, again after a reload, until he has answered.
    pub(crate) fn offer_back(&mut self, now: ServerTime, person: ParticipantId, out: &mut Outbox) {
        let Some(former) = self.former.as_mut().filter(|former| former.id == person) else { return };
        let in_time = now.ms_since(former.replaced_at) <= RETURN_WITHIN_MS;
        let until = *former.offered_until.get_or_insert(now.plus_ms(if in_time { OFFER_STANDS_MS } else { 0 }));
        if until <= now {
            self.former = None;
            return;
        }
        let event = ServerMessage::OfferOwnership { until_ms: until };
        let connections = self.members.get(person).map(|member| member.connections.clone()).unwrap_or_default();
        out.extend(connections.into_iter().map(|to| Output::Send { to: Recipients::One(to), event: event.clone() }));
    }

    /// Somebody was sent out: the room is not his to come back to.
    pub(crate) fn forget_former(&mut self, person: ParticipantId) {
        self.former = self.former.filter(|former| former.id != person);
    }

    pub(crate) fn answer_offer(
        &mut self,
        now: ServerTime,
        person: ParticipantId,
        accept: bool,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        let open = |former: &Former| former.id == person && former.offered_until.is_some_and(|until| now < until);
        self.former.filter(open).ok_or(Code::NothingOffered)?;
        self.former = None;
        if accept {
            self.hand_over(now, person, OwnerChangeReason::Returned, out);
        }
        Ok(())
    }

    pub(crate) fn name_delegate(
        &mut self,
        actor: ParticipantId,
        delegate: Option<ParticipantId>,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        self.may(actor, Right::Manage)?;
        if delegate == Some(self.owner) {
            return Err(Code::NotSelf);
        }
        delegate.map_or(Ok(()), |id| self.member(id).map(drop).ok_or(Code::PersonNotFound))?;
        self.delegate = delegate;
        out.push(Output::Save);
        self.send_state(out);
        Ok(())
    }

    pub(crate) fn owner_deadline(&self) -> Option<ServerTime> {
        self.owner_silent_at().filter(|_| !self.members.is_empty())
    }

    pub(crate) fn owner_tick(&mut self, now: ServerTime, out: &mut Outbox) {
        if self.owner_deadline().is_none_or(|silent| now < silent) {
            return;
        }
        let successor = self.successor().filter(|_| self.settings.auto_handover);
        match successor {
            Some(next) => self.hand_over(now, next, OwnerChangeReason::AutoHandover, out),
            None => self.owner_is_away(now, out),
        }
    }

    /// Somebody came in while nobody led the room: he does from now on, as he would have had he been there at the time.
    pub(crate) fn lead_if_nobody_does(&mut self, now: ServerTime, out: &mut Outbox) {
        let owner_has_place = self.member(self.owner).is_some();
        if self.owner_is_known_away() && (self.settings.auto_handover || !owner_has_place) {
            self.owner_left(now, OwnerChangeReason::AutoHandover, out);
        }
    }

    /// The owner left on purpose, or his place was given up: the next one by join order, at once (OWN-2).
    pub(crate) fn owner_left(&mut self, now: ServerTime, reason: OwnerChangeReason, out: &mut Outbox) {
        if let Some(next) = self.successor() {
            self.hand_over(now, next, reason, out);
        }
    }

    pub(crate) fn hand_over(
        &mut self,
        now: ServerTime,
        next: ParticipantId,
        reason: OwnerChangeReason,
        out: &mut Outbox,
    ) {
        let former = self.owner;
        self.owner = next;
        self.owner_watch = OwnerWatch::Present { seen: now };
        self.delegate = self.delegate.filter(|delegate| *delegate != next);
        let by_silence = reason == OwnerChangeReason::AutoHandover;
        self.former = by_silence.then_some(Former { id: former, replaced_at: now, offered_until: None });
        out.push(Output::Save);
        out.push(Output::Audit { actor: Some(former), event: AuditEvent::OwnershipTransferred { target: next } });
        self.send_owner(reason, out);
        self.tell(now, next, SystemEvent::OwnerChanged, out);
    }

    /// When the owner counts as away. After a change of process he has as long as his place is kept: browsers space out
    /// their attempts to reconnect, and who happens to be back first must not become owner by that.
    fn owner_silent_at(&self) -> Option<ServerTime> {
        match self.owner_watch {
            OwnerWatch::Present { seen } => Some(seen.plus_ms(SILENCE_MS)),
            OwnerWatch::Awaited { since } => Some(since.plus_ms(LEFT_AFTER_MS)),
            OwnerWatch::Away { .. } => None,
        }
    }

    pub(crate) fn owner_is_known_away(&self) -> bool {
        matches!(self.owner_watch, OwnerWatch::Away { .. })
    }

    /// Nobody takes over: the film waits for the owner, and people are told.
    fn owner_is_away(&mut self, now: ServerTime, out: &mut Outbox) {
        self.owner_watch = OwnerWatch::Away { since: now };
        self.pause_for_nobody(now, out);
        let name = self.name_of(self.owner);
        let message = if name.is_empty() {
            "The owner is away. The film waits until someone who may control it comes back.".to_owned()
        } else {
            format!("{name}, who owns this room, is away. The film waits for {name}.")
        };
        out.push(Output::Send { to: Recipients::Everyone, event: ServerMessage::OwnerAway { message } });
        self.send_state(out);
    }

    /// The one whom the owner named, else the reachable person who came first.
    fn successor(&self) -> Option<ParticipantId> {
        let others = self.members.iter().filter(|member| member.id != self.owner && member.is_online());
        let named = others.clone().find(|member| Some(member.id) == self.delegate);
        named.or_else(|| others.min_by_key(|member| member.joined_at)).map(|member| member.id)
    }
}
