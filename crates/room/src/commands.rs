//! Commands: who may give one, in which order they count, and what each does to the anchor (SYNC-3 to SYNC-5, SYNC-10).

use syncwatch_protocol::{
    Code, CommandKind, IdempotencyKey, MediaTime, ParticipantId, PlaybackState, ServerMessage, ServerTime, SyncCommand,
    SyncOutcome, SyncReply, SystemEvent, limits,
};

use crate::output::AuditEvent;
use crate::permissions::Right;
use crate::timeline::{LOG_LENGTH, Phase, anchored};
use crate::{Action, ConnectionId, Outbox, Output, PlaybackRequest, Recipients, Room};

/// Commands one person may give in ten seconds: dragging the seek bar stays well below.
const COMMANDS_PER_TEN_SECONDS: usize = 40;
/// Scheduled ahead at least and at most so long (DESIGN §5); whoever needs more catches up and holds nobody.
const LEAD_MS: std::ops::RangeInclusive<f64> = 80.0..=400.0;
/// Added to the slowest ready member's one-way time: what its player takes to start. With 30 ms, half of the players on a
/// wifi-like network are late at every start; browsers take 20 to 80 ms (docs/sync.md).
const LEAD_MARGIN_MS: f64 = 80.0;

/// What a command would do: its kind, the new state, and the line in the chat.
pub(crate) type Change = (CommandKind, PlaybackState, SystemEvent);

impl Room {
    /// The newest command's number.
    pub const fn sequence(&self) -> u64 {
        self.timeline.playback.sequence_number
    }

    pub(crate) fn playback(
        &mut self,
        now: ServerTime,
        connection: ConnectionId,
        person: ParticipantId,
        request: PlaybackRequest,
        out: &mut Outbox,
    ) {
        let PlaybackRequest { key, expected, action } = request;
        if let Some(sequence) = self.timeline.answer_to(&key) {
            let event = self.reply(key, SyncOutcome::Duplicate, Some(sequence), None);
            return out.push(Output::AfterStored { connection, event });
        }
        let answer = self.allowed(now, person).and_then(|()| match self.outdated(expected) {
            Some(outcome) => Ok(outcome),
            None => self.apply(now, person, &key, action, out).map(|()| SyncOutcome::Applied),
        });
        match answer {
            Ok(SyncOutcome::Applied) => {
                self.timeline.remember(key.clone(), now);
                let event = self.reply(key, SyncOutcome::Applied, None, None);
                out.push(Output::AfterStored { connection, event });
            }
            Ok(outcome) => self.answer(connection, self.reply(key, outcome, None, None), out),
            Err(code) => self.answer(connection, self.reply(key, SyncOutcome::Refused, None, Some(code)), out),
        }
    }

    fn allowed(&mut self, now: ServerTime, person: ParticipantId) -> Result<(), Code> {
        self.may(person, Right::Control)?;
        let member = self.member_mut(person).expect("found by his connection");
        let admitted = member.command_rate.admits(now, COMMANDS_PER_TEN_SECONDS, 10_000);
        if admitted { Ok(()) } else { Err(Code::TooManyCommands) }
    }

    /// Why a command that expects this sequence number must not be applied (SYNC-5).
    fn outdated(&self, expected: Option<u64>) -> Option<SyncOutcome> {
        match expected {
            None => None,
            Some(expected) if expected == self.timeline.playback.sequence_number => None,
            Some(expected) if expected < self.timeline.source_since => Some(SyncOutcome::Stale),
            Some(_) => Some(SyncOutcome::Conflict),
        }
    }

    fn apply(
        &mut self,
        now: ServerTime,
        person: ParticipantId,
        key: &IdempotencyKey,
        action: Action,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        let change = match action {
            Action::SetSource(Some(video)) if video.has_failed() => return Err(Code::SourceFailed),
            Action::SetSource(video) => Some(self.set_source(now, video.map(|video| *video), out)),
            Action::Play(from) => self.play(now, from)?,
            Action::Pause => self.pause(now)?,
            Action::Seek(to) => Some(self.seek(now, to)?),
            Action::SetRate(rate) => self.set_rate(now, rate)?,
        };
        let Some((kind, playback, line)) = change else { return Ok(()) };
        self.before_command(kind, out);
        let stood = !self.timeline.playback.is_playing;
        self.issue(now, kind, playback, Some((person, key.clone())), out);
        self.tell(now, person, line, out);
        out.push(Output::Audit { actor: Some(person), event: AuditEvent::Playback(kind) });
        if stood || kind == CommandKind::SetSource {
            self.wait_for_first_load(now, out);
        }
        Ok(())
    }

    /// A person's word goes before the room's own plan to go on when everybody has data again.
    fn before_command(&mut self, kind: CommandKind, out: &mut Outbox) {
        match kind {
            CommandKind::Play => self.give_up_waiting(out),
            CommandKind::Pause => self.stop_waiting(out),
            CommandKind::SetSource | CommandKind::Seek | CommandKind::SetRate | CommandKind::StateSnapshot => {}
        }
    }

    pub(crate) fn play(&mut self, now: ServerTime, from: Option<MediaTime>) -> Result<Option<Change>, Code> {
        self.playable()?;
        let at = self.effective_at(now);
        let present = self.timeline.playback;
        if present.is_playing && from.is_none() {
            return Ok(None);
        }
        let rewound = (self.timeline.phase == Phase::Ended).then_some(MediaTime::ZERO);
        let position = from.or(rewound).unwrap_or_else(|| present.position_at(at));
        self.inside(position)?;
        self.timeline.phase = Phase::Started;
        let playback = PlaybackState { is_playing: true, ..anchored(present, at, position) };
        Ok(Some((CommandKind::Play, playback, SystemEvent::Played { position_ms: position })))
    }

    fn pause(&mut self, now: ServerTime) -> Result<Option<Change>, Code> {
        self.playable()?;
        self.timeline.start_when_ready = false;
        let present = self.timeline.playback;
        if !present.is_playing && self.hold.is_none() {
            return Ok(None);
        }
        let at = self.effective_at(now);
        let position = present.position_at(at).at_most(self.length());
        let playback = PlaybackState { is_playing: false, ..anchored(present, at, position) };
        Ok(Some((CommandKind::Pause, playback, SystemEvent::Paused { position_ms: position })))
    }

    fn seek(&mut self, now: ServerTime, to: MediaTime) -> Result<Change, Code> {
        self.playable()?;
        self.inside(to)?;
        let playback = anchored(self.timeline.playback, self.effective_at(now), to);
        if self.timeline.phase == Phase::Ended {
            self.timeline.phase = Phase::Started;
        }
        Ok((CommandKind::Seek, playback, SystemEvent::Sought { position_ms: to }))
    }

    fn set_rate(&mut self, now: ServerTime, rate: f64) -> Result<Option<Change>, Code> {
        if !limits::RATE_RANGE.contains(&rate) {
            return Err(Code::RateInvalid);
        }
        let present = self.timeline.playback;
        if present.playback_rate == rate {
            return Ok(None);
        }
        let at = self.effective_at(now);
        let anchor = anchored(present, at, present.position_at(at));
        let playback = PlaybackState { playback_rate: rate, ..anchor };
        Ok(Some((CommandKind::SetRate, playback, SystemEvent::RateChanged { rate })))
    }

    /// Puts a new state in force and tells everybody.
    pub(crate) fn issue(
        &mut self,
        now: ServerTime,
        kind: CommandKind,
        playback: PlaybackState,
        issuer: Option<(ParticipantId, IdempotencyKey)>,
        out: &mut Outbox,
    ) {
        let timeline = &mut self.timeline;
        let sequence_number = timeline.playback.sequence_number + 1;
        timeline.playback = PlaybackState { sequence_number, ..playback };
        let (issuer, idempotency_key) = issuer.unzip();
        let at_server_time_ms = timeline.playback.anchor_server_time_ms.max(now);
        let command = SyncCommand { kind, at_server_time_ms, issuer, idempotency_key, playback: timeline.playback };
        timeline.log.push_back(command.clone());
        if timeline.log.len() > LOG_LENGTH {
            timeline.log.pop_front();
        }
        out.push(Output::Save);
        let event = ServerMessage::Command { command, status: self.status() };
        out.push(Output::Send { to: Recipients::Everyone, event });
    }

    /// When everybody who is ready can have heard of a command given now (SYNC-10).
    pub(crate) fn effective_at(&self, now: ServerTime) -> ServerTime {
        let needs = |one_way: f64| one_way + LEAD_MARGIN_MS;
        let slowest = self.members.iter().filter_map(|member| member.ready_one_way_ms()).map(needs);
        let lead = slowest.filter(|lead| lead <= LEAD_MS.end()).fold(*LEAD_MS.start(), f64::max);
        now.plus_ms(lead.round() as u64)
    }

    pub(crate) fn catchup(&self, connection: ConnectionId, after: u64, out: &mut Outbox) {
        let commands = self.timeline.since(self.timeline.playback.epoch, after);
        self.answer(connection, ServerMessage::Catchup { commands }, out);
    }

    pub(crate) fn executed(&self, sequence: u64, executed_at: ServerTime, out: &mut Outbox) {
        let command = self.timeline.log.iter().find(|command| command.playback.sequence_number == sequence);
        if let Some(command) = command {
            // A client that says it was more than a minute late has slept; that is no latency of ours.
            let latency_ms = executed_at.ms_since(command.at_server_time_ms);
            if latency_ms < 60_000 {
                out.push(Output::Executed { kind: command.kind, latency_ms });
            }
        }
    }

    fn reply(
        &self,
        id: IdempotencyKey,
        outcome: SyncOutcome,
        sequence: Option<u64>,
        code: Option<Code>,
    ) -> ServerMessage {
        let behind = !matches!(outcome, SyncOutcome::Applied);
        ServerMessage::Reply(SyncReply {
            id,
            outcome,
            sequence_number: sequence.unwrap_or(self.timeline.playback.sequence_number),
            code,
            playback: behind.then_some(self.timeline.playback),
        })
    }

    fn answer(&self, connection: ConnectionId, event: ServerMessage, out: &mut Outbox) {
        out.push(Output::Send { to: Recipients::One(connection), event });
    }
}
