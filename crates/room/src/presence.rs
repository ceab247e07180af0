//! What people see of each other: who is there, and how his picture follows (SYNC-13).

use syncwatch_protocol::{
    Code, MediaTime, Participant, ParticipantId, PlayerReport, PlayerState, Presence, ServerMessage, ServerTime,
};

use crate::people::Member;
use crate::room::refuse;
use crate::{ConnectionId, Outbox, Output, Recipients, Room};

/// Changes of drift alone go out at most this often.
const DRIFT_EVERY_MS: u64 = 1_000;
/// Changes of state go out this fast, together with what else changes meanwhile.
const STATE_WITHIN_MS: u64 = 100;
const DAY_MS: f64 = 86_400_000.0;

impl Room {
    pub(crate) fn report(
        &mut self,
        now: ServerTime,
        connection: ConnectionId,
        person: ParticipantId,
        report: &PlayerReport,
        out: &mut Outbox,
    ) {
        let Some(report) = sane(report) else { return refuse(connection, None, Code::ReportInvalid, out) };
        let member = self.members.get_mut(person).expect("found by his connection");
        let before = (member.sync(), member.player.map(|player| player.state));
        member.player_reported(now, report);
        let changed = before != (member.sync(), Some(report.state));
        self.presence_within(now, if changed { STATE_WITHIN_MS } else { DRIFT_EVERY_MS });
        self.wait_or_go_on(now, out);
    }

    /// Somebody came, went or changed. How the list is told to many is the driver's business.
    pub(crate) fn send_presence(&mut self, out: &mut Outbox) {
        self.presence_due = None;
        let event = ServerMessage::Participants { participants: self.participants() };
        out.push(Output::Send { to: Recipients::Everyone, event });
    }

    pub(crate) fn presence_tick(&mut self, now: ServerTime, out: &mut Outbox) {
        if self.presence_due.is_some_and(|due| due <= now) {
            self.send_presence(out);
        }
    }

    fn presence_within(&mut self, now: ServerTime, ms: u64) {
        let due = now.plus_ms(ms);
        self.presence_due = Some(self.presence_due.map_or(due, |already| already.min(due)));
    }

    pub(crate) fn participants(&self) -> Vec<Participant> {
        self.members.iter().map(|member| self.participant(member)).collect()
    }

    pub(crate) fn participant(&self, member: &Member) -> Participant {
        Participant {
            id: member.id,
            name: member.name.clone(),
            role: self.role(member.id),
            kind: member.kind,
            can_control: self.can_control(member.id),
            selected: self.selected.contains(&member.id),
            joined_at_ms: member.joined_at,
            presence: if member.shown_away { Presence::Away } else { Presence::Online },
            sync: member.sync(),
            drift_ms: member.player.and_then(|player| player.drift_ms),
            position_ms: member.player.map(|player| player.position_ms),
            round_trip_ms: member.player.and_then(|player| player.round_trip_ms),
            colour: member.colour,
        }
    }
}

/// A report with numbers that can be true; a client's arithmetic may have gone wrong, or it may lie.
fn sane(report: &PlayerReport) -> Option<PlayerReport> {
    let plausible = |value: f64| value.is_finite() && value.abs() <= DAY_MS;
    let trip = |value: Option<f64>| value.is_none_or(|trip| plausible(trip) && trip >= 0.0);
    let true_to_life = plausible(report.buffered_ms)
        && report.position_ms <= MediaTime(DAY_MS as u64)
        && report.drift_ms.is_none_or(plausible)
        && trip(report.round_trip_ms)
        && trip(report.round_trip_p95_ms);
    true_to_life.then_some(*report)
}

impl Member {
    /// Whether his player could go on with the film at this moment.
    pub(crate) fn could_play(&self) -> bool {
        self.player.is_some_and(|player| matches!(player.state, PlayerState::Ready | PlayerState::Playing))
    }
}
