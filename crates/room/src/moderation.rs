//! What an owner does about people: control, sending out, letting back, giving the room away (ROOM-4, ROOM-5).

use syncwatch_protocol::{
    BannedPerson, CloseReason, Code, OwnerChangeReason, ParticipantId, ServerTime, SystemEvent, limits,
};

use crate::output::AuditEvent;
use crate::permissions::Right;
use crate::{Outbox, Output, Room};

impl Room {
    pub(crate) fn select(
        &mut self,
        actor: ParticipantId,
        target: ParticipantId,
        selected: bool,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        self.may(actor, Right::Manage)?;
        self.member(target).ok_or(Code::PersonNotFound)?;
        let changed = if selected { self.selected.insert(target) } else { self.selected.remove(&target) };
        if changed {
            out.push(Output::Save);
            let event = AuditEvent::ControlChanged { target, granted: selected };
            out.push(Output::Audit { actor: Some(actor), event });
            self.send_presence(out);
        }
        Ok(())
    }

    pub(crate) fn kick(
        &mut self,
        now: ServerTime,
        actor: ParticipantId,
        target: ParticipantId,
        reason: Option<String>,
        ban: bool,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        self.may(actor, Right::Manage)?;
        self.may_be_sent_out(actor, target)?;
        let reason = clean_reason(reason)?;
        let name = self.name_of(target);
        let member = self.member(target).ok_or(Code::PersonNotFound)?;
        let (seat, connections) = (member.seat(), member.connections.clone());
        self.tell(now, target, SystemEvent::Kicked { reason: reason.clone(), banned: ban }, out);
        let why = if ban { CloseReason::Banned } else { CloseReason::Kicked };
        for connection in connections {
            out.push(Output::Close { connection, reason: why, message: reason.clone() });
        }
        self.members.remove(target);
        self.selected.remove(&target);
        self.delegate = self.delegate.filter(|delegate| *delegate != target);
        self.forget_former(target);
        self.kicked.push(seat);
        if ban {
            self.bans.push(BannedPerson { id: target, name, reason });
        }
        out.push(Output::Save);
        out.push(Output::Audit { actor: Some(actor), event: AuditEvent::Kicked { target, banned: ban } });
        self.send_presence(out);
        self.send_state(out);
        self.wait_or_go_on(now, out);
        Ok(())
    }

    pub(crate) fn unban(&mut self, actor: ParticipantId, target: ParticipantId, out: &mut Outbox) -> Result<(), Code> {
        self.may(actor, Right::Manage)?;
        let banned = self.bans.len();
        self.bans.retain(|ban| ban.id != target);
        if self.bans.len() == banned {
            return Err(Code::PersonNotFound);
        }
        out.push(Output::Save);
        out.push(Output::Audit { actor: Some(actor), event: AuditEvent::Unbanned { target } });
        self.send_state(out);
        Ok(())
    }

    pub(crate) fn transfer(
        &mut self,
        now: ServerTime,
        actor: ParticipantId,
        target: ParticipantId,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        self.may(actor, Right::Manage)?;
        self.member(target).ok_or(Code::PersonNotFound)?;
        if target == self.owner {
            return Err(Code::NotSelf);
        }
        self.hand_over(now, target, OwnerChangeReason::Transferred, out);
        Ok(())
    }

    /// Today only the owner sends people out, so the lock shows when he names himself; it will hold against hosts too.
    fn may_be_sent_out(&self, actor: ParticipantId, target: ParticipantId) -> Result<(), Code> {
        match target {
            _ if target == self.owner && self.settings.owner_lock => Err(Code::OwnerIsLocked),
            _ if target == actor => Err(Code::NotSelf),
            _ => Ok(()),
        }
    }
}

fn clean_reason(reason: Option<String>) -> Result<Option<String>, Code> {
    let Some(reason) = reason.filter(|reason| !reason.trim().is_empty()) else { return Ok(None) };
    limits::clean_name(&reason, limits::REASON_MAX_CHARS).map(Some).ok_or(Code::ReasonTooLong)
}
