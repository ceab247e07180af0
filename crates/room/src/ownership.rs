//! Who the owner is: signs of life, silence, and handing over (OWN-1, OWN-2, WT-1).

use syncwatch_protocol::{OwnerChangeReason, ParticipantId, ServerMessage, ServerTime, SystemEvent};

use crate::output::AuditEvent;
use crate::people::LEFT_AFTER_MS;
use crate::{ConnectionId, Outbox, Output, Recipients, Room};

/// The owner is away after so long without a sign of life (OWN-1).
pub(crate) const SILENCE_MS: u64 = 15_000;

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
    /// A connection has shown that it lives. A socket's own pong counts: a browser throttles the timers of hidden tabs, and
    /// an owner who listens in another tab has not gone.
    pub(crate) fn seen(&mut self, now: ServerTime, connection: ConnectionId, out: &mut Outbox) {
        if self.person_of(connection) != Some(self.owner) {
            return;
        }
        let was_away = self.owner_is_known_away();
        self.owner_watch = OwnerWatch::Present { seen: now };
        if was_away {
            self.send_state(out);
        }
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
            self.owner_left(now, out);
        }
    }

    /// The owner left on purpose, or his place was given up: the next one by join order, at once (OWN-2).
    pub(crate) fn owner_left(&mut self, now: ServerTime, out: &mut Outbox) {
        if let Some(next) = self.successor() {
            self.hand_over(now, next, OwnerChangeReason::OwnerLeft, out);
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

    /// The reachable person who came first, other than the owner.
    fn successor(&self) -> Option<ParticipantId> {
        let others = self.members.iter().filter(|member| member.id != self.owner && member.is_online());
        others.min_by_key(|member| member.joined_at).map(|member| member.id)
    }
}
