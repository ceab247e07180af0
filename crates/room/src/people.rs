//! Who is in the room: coming, going, and being away without having gone (ROOM-2, ROOM-10, DESIGN §4).

use syncwatch_protocol::{
    BannedPerson, CloseReason, Code, OwnerChangeReason, ParticipantId, ParticipantKind, PlayerReport, PlayerState,
    Resume, ServerTime, SyncState, SystemEvent,
};

use crate::output::AuditEvent;
use crate::rate::SlidingWindow;
use crate::timeline::Phase;
use crate::{ConnectionId, Missed, Outbox, Output, Person, Room, Seat, Via, Welcome};

/// A lost connection is shown after so long; most come back before.
pub const AWAY_AFTER_MS: u64 = 5_000;
/// The place of a lost connection is free after so long.
pub const LEFT_AFTER_MS: u64 = 60_000;
/// Colours that the web application has for people.
const COLOURS: u8 = 8;

/// One person with a place in the room, however many tabs he has open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) id: ParticipantId,
    pub(crate) name: String,
    pub(crate) kind: ParticipantKind,
    pub(crate) colour: u8,
    pub(crate) joined_at: ServerTime,
    pub(crate) connections: Vec<ConnectionId>,
    /// Since when no connection is left; none while there is one.
    pub(crate) lost_at: Option<ServerTime>,
    pub(crate) shown_away: bool,
    pub(crate) player: Option<PlayerReport>,
    /// He has followed the present film: a stall of his is one, and not the beginning.
    pub(crate) in_step: bool,
    pub(crate) stalled_since: Option<ServerTime>,
    /// That stall has lasted long enough, and whether to wait for him was judged.
    pub(crate) stall_judged: bool,
    /// The others have waited for him and went on; not again until he is back in step.
    pub(crate) passed_over: bool,
    pub(crate) chat_rate: SlidingWindow,
    pub(crate) command_rate: SlidingWindow,
}

impl Member {
    pub(crate) fn new(person: Person, colour: u8, now: ServerTime) -> Self {
        Self {
            id: person.id,
            name: person.name,
            kind: person.kind,
            colour,
            joined_at: now,
            connections: Vec::new(),
            lost_at: Some(now),
            shown_away: false,
            player: None,
            in_step: false,
            stalled_since: None,
            stall_judged: false,
            passed_over: false,
            chat_rate: SlidingWindow::default(),
            command_rate: SlidingWindow::default(),
        }
    }

    pub(crate) fn seat(&self) -> Seat {
        let Self { id, name, kind, colour, joined_at, .. } = self.clone();
        Seat { id, name, kind, colour, joined_at }
    }

    pub(crate) fn is_online(&self) -> bool {
        !self.connections.is_empty()
    }

    pub(crate) fn player_reported(&mut self, now: ServerTime, report: PlayerReport) {
        self.player = Some(report);
        self.in_step |= report.state == PlayerState::Playing;
        let stalled = self.in_step && report.state == PlayerState::Stalled;
        self.stalled_since = if stalled { self.stalled_since.or(Some(now)) } else { None };
        self.stall_judged &= stalled;
        self.passed_over &= self.sync() != SyncState::Synced;
    }

    /// One-way time that nineteen of twenty messages to him keep, if his player could follow a command at once; none for the
    /// others, whom nobody waits for.
    pub(crate) fn ready_one_way_ms(&self) -> Option<f64> {
        let player = self.player.filter(|_| self.is_online() && self.could_play())?;
        player.round_trip_p95_ms.or(player.round_trip_ms).map(|round_trip| round_trip / 2.0)
    }

    pub(crate) fn sync(&self) -> SyncState {
        match self.player {
            Some(PlayerReport { state: PlayerState::Stalled, .. }) => SyncState::Stalled,
            Some(PlayerReport { drift_ms: Some(drift), .. }) => SyncState::of_drift(drift),
            Some(_) | None => SyncState::Unknown,
        }
    }
}

impl Room {
    pub(crate) fn enter(
        &mut self,
        now: ServerTime,
        connection: ConnectionId,
        person: Person,
        via: Via,
        resume: Option<Resume>,
        out: &mut Outbox,
    ) {
        if let Err(code) = self.admit(&person, via) {
            return out.push(Output::Refuse { connection, code });
        }
        let id = person.id;
        let returning = self.member(id).is_some();
        if !returning {
            self.seat(now, person, out);
        }
        self.members.attach(id, connection);
        // The welcome goes out before anything that tells the others, so that the newcomer's picture starts with it.
        let missed = self.missed(resume.filter(|_| returning || via == Via::Session));
        let welcome = Welcome { connection, participant: id, view: self.view(), missed };
        let told_others = std::mem::take(out);
        out.push(Output::Welcome(Box::new(welcome)));
        out.extend(told_others);
        self.offer_back(now, id, out);
        self.seen(now, connection, out);
        self.lead_if_nobody_does(now, out);
        self.send_presence(out);
    }

    fn admit(&mut self, person: &Person, via: Via) -> Result<(), Code> {
        if self.bans.iter().any(|ban| ban.id == person.id) {
            return Err(Code::RoomBanned);
        }
        let taken = self.members.len() >= usize::from(self.settings.max_participants);
        if taken && self.member(person.id).is_none() {
            return Err(Code::RoomFull);
        }
        self.admits_kicked(person.id, via)
    }

    fn seat(&mut self, now: ServerTime, person: Person, out: &mut Outbox) {
        let id = person.id;
        let colour = self.free_colour();
        self.members.add(Member::new(person, colour, now));
        if self.timeline.phase == Phase::New {
            self.timeline.phase = Phase::Waiting;
        }
        out.push(Output::Save);
        out.push(Output::Audit { actor: Some(id), event: AuditEvent::Joined });
        self.tell_presence(now, id, SystemEvent::Joined, out);
    }

    fn free_colour(&self) -> u8 {
        let used = |colour: &u8| self.members.iter().any(|member| member.colour == *colour);
        (0..COLOURS).find(|colour| !used(colour)).unwrap_or(self.members.len() as u8 % COLOURS)
    }

    fn missed(&self, resume: Option<Resume>) -> Missed {
        let Some(resume) = resume else {
            let (messages, more) = self.chat.latest();
            return Missed::History { messages, more };
        };
        let commands = self.timeline.since(resume.epoch, resume.last_sequence);
        let (messages, gap) = self.chat.since(resume.last_chat.unwrap_or_default());
        Missed::Since { commands, messages, gap }
    }

    pub(crate) fn drop_connection(&mut self, now: ServerTime, connection: ConnectionId, out: &mut Outbox) {
        if self.members.detach(connection, now) {
            out.push(Output::Save);
        }
    }

    pub(crate) fn leave(&mut self, now: ServerTime, connection: ConnectionId, person: ParticipantId, out: &mut Outbox) {
        let member = self.member(person).expect("found by his connection");
        for other in member.connections.iter().filter(|other| **other != connection) {
            out.push(Output::Close { connection: *other, reason: CloseReason::Left, message: None });
        }
        out.push(Output::Close { connection, reason: CloseReason::Left, message: None });
        self.unseat(now, person, out);
        if person == self.owner {
            self.owner_left(now, OwnerChangeReason::OwnerLeft, out);
        }
    }

    /// Frees somebody's place. What he was allowed stays known for when he comes back.
    pub(crate) fn unseat(&mut self, now: ServerTime, person: ParticipantId, out: &mut Outbox) {
        self.tell_presence(now, person, SystemEvent::Left, out);
        self.members.remove(person);
        out.push(Output::Save);
        out.push(Output::Audit { actor: Some(person), event: AuditEvent::Left });
        self.send_presence(out);
        if self.members.is_empty() {
            self.pause_for_nobody(now, out);
        } else {
            self.wait_or_go_on(now, out);
        }
    }

    pub(crate) fn renamed(&mut self, person: Person, out: &mut Outbox) {
        let Some(member) = self.member_mut(person.id) else { return };
        member.name = person.name;
        member.kind = person.kind;
        out.push(Output::Save);
        self.send_presence(out);
    }

    pub(crate) fn people_tick(&mut self, now: ServerTime, out: &mut Outbox) {
        let gone = |member: &Member| member.lost_at.is_some_and(|lost| now.ms_since(lost) >= LEFT_AFTER_MS);
        let left: Vec<_> = self.members.iter().filter(|member| gone(member)).map(|member| member.id).collect();
        for person in left {
            self.unseat(now, person, out);
            if person == self.owner {
                self.owner_left(now, OwnerChangeReason::AutoHandover, out);
            }
        }
        let mut newly_away = false;
        for member in self.members.iter_mut() {
            let away = member.lost_at.is_some_and(|lost| now.ms_since(lost) >= AWAY_AFTER_MS);
            newly_away |= away && !member.shown_away;
            member.shown_away |= away;
        }
        if newly_away {
            self.send_presence(out);
        }
    }

    pub(crate) fn people_deadline(&self) -> Option<ServerTime> {
        let next = |member: &Member| {
            let wait = if member.shown_away { LEFT_AFTER_MS } else { AWAY_AFTER_MS };
            member.lost_at.map(|lost| lost.plus_ms(wait))
        };
        self.members.iter().filter_map(next).min()
    }

    pub(crate) fn member(&self, id: ParticipantId) -> Option<&Member> {
        self.members.get(id)
    }

    pub(crate) fn member_mut(&mut self, id: ParticipantId) -> Option<&mut Member> {
        self.members.get_mut(id)
    }

    pub(crate) fn person_of(&self, connection: ConnectionId) -> Option<ParticipantId> {
        self.members.of_connection(connection)
    }

    pub(crate) fn name_of(&self, id: ParticipantId) -> String {
        let member = self.member(id).map(|member| member.name.clone());
        let banned = |ban: &BannedPerson| (ban.id == id).then(|| ban.name.clone());
        member.or_else(|| self.bans.iter().find_map(banned)).unwrap_or_default()
    }
}
