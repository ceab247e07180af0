//! What people see of each other: who is there, how his picture follows, and telling it without drowning anybody (SYNC-13).

use std::collections::HashMap;

use syncwatch_protocol::{
    MediaTime, Participant, ParticipantId, PlayerReport, PlayerState, Presence, ServerMessage, ServerTime,
};

use crate::people::Member;
use crate::room::refuse;
use crate::{ConnectionId, Outbox, Output, Recipients, Room};
use syncwatch_protocol::Code;

/// Up to here everybody gets the whole list each time: it is small, and none can be missed.
const WHOLE_LIST_MAX: usize = 16;
/// Changes of drift alone go out at most this often.
const DRIFT_EVERY_MS: u64 = 1_000;
/// Changes of state go out this fast, together with what else changes meanwhile.
const STATE_WITHIN_MS: u64 = 100;
/// In a large room even comings and goings are gathered: two thousand people who return come in within seconds.
const GATHERED_MS: u64 = 250;
const DAY_MS: f64 = 86_400_000.0;

/// What was last told about each person, in a room too large for whole lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Told {
    people: HashMap<ParticipantId, Participant>,
    due: Option<ServerTime>,
}

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
        let large = self.is_large();
        let member = self.members.get_mut(person).expect("found by his connection");
        let before = (member.sync(), member.player.map(|player| player.state));
        member.player_reported(now, report);
        if before != (member.sync(), Some(report.state)) {
            self.presence_within(now, STATE_WITHIN_MS);
        } else if !large {
            self.presence_within(now, DRIFT_EVERY_MS);
        }
        self.wait_or_go_on(now, out);
    }

    /// Somebody came, went or changed: at once in a small room.
    pub(crate) fn presence_changed(&mut self, now: ServerTime, out: &mut Outbox) {
        if self.is_large() {
            self.presence_within(now, GATHERED_MS);
        } else {
            self.send_presence(out);
        }
    }

    pub(crate) fn presence_tick(&mut self, now: ServerTime, out: &mut Outbox) {
        if self.told.due.is_some_and(|due| due <= now) {
            self.send_presence(out);
        }
    }

    pub(crate) fn presence_deadline(&self) -> Option<ServerTime> {
        self.told.due
    }

    fn is_large(&self) -> bool {
        self.members.len() > WHOLE_LIST_MAX
    }

    fn presence_within(&mut self, now: ServerTime, ms: u64) {
        let due = now.plus_ms(ms);
        self.told.due = Some(self.told.due.map_or(due, |already| already.min(due)));
    }

    fn send_presence(&mut self, out: &mut Outbox) {
        self.told.due = None;
        let participants = self.participants();
        let event = if self.is_large() {
            let Some(changes) = self.told.changes(participants) else { return };
            changes
        } else {
            self.told.people.clear();
            ServerMessage::Participants { participants }
        };
        out.push(Output::Send { to: Recipients::Everyone, event });
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

impl Told {
    /// What has changed since it was last told, and remembers that it is told now.
    fn changes(&mut self, present: Vec<Participant>) -> Option<ServerMessage> {
        let mut before = std::mem::take(&mut self.people);
        let mut changed = Vec::new();
        for person in present {
            let same = before.remove(&person.id).is_some_and(|old| looks_alike(&old, &person));
            if !same {
                changed.push(person.clone());
            }
            self.people.insert(person.id, person);
        }
        let mut left: Vec<_> = before.into_keys().collect();
        left.sort_unstable();
        (!changed.is_empty() || !left.is_empty()).then_some(ServerMessage::Presence { changed, left })
    }
}

/// Whether nobody needs to hear of the difference. Drift, position and link move all the time; the state that follows from
/// them is what counts among many.
fn looks_alike(old: &Participant, new: &Participant) -> bool {
    let still =
        |person: &Participant| Participant { drift_ms: None, position_ms: None, round_trip_ms: None, ..person.clone() };
    still(old) == still(new)
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
