//! The timeline: commands, their order, and what each does to the anchor (SYNC-2 to SYNC-5, SYNC-10).

use std::collections::VecDeque;

use syncwatch_protocol::{
    Code, CommandKind, IdempotencyKey, MediaTime, ParticipantId, PlaybackState, ServerMessage, ServerTime, Source,
    SyncCommand, SyncOutcome, SyncReply, SystemEvent, VideoId, VideoView, limits,
};

use crate::output::AuditEvent;
use crate::people::Member;
use crate::permissions::Right;
use crate::{Action, ConnectionId, Outbox, Output, PlaybackRequest, Recipients, Room};

/// Commands kept for those who missed some.
const LOG_LENGTH: usize = 128;
/// A repeated key is recognised for an hour (SYNC-4).
const KEY_KEPT_MS: u64 = 3_600_000;
/// Keys kept at most: an hour of the busiest allowed room, so that nobody's flood pushes out another's retry.
const KEYS_KEPT: usize = 4_096;
/// Commands one person may give in ten seconds: dragging the seek bar stays well below.
const COMMANDS_PER_TEN_SECONDS: usize = 40;
/// Scheduled ahead at least and at most so long (DESIGN §5); whoever needs more catches up and holds nobody.
const LEAD_MS: std::ops::RangeInclusive<f64> = 80.0..=400.0;
/// Added to the slowest ready member's one-way time: what its player takes to start. With 30 ms, half of the players on a
/// wifi-like network are late at every start; browsers take 20 to 80 ms (docs/sync.md).
const LEAD_MARGIN_MS: f64 = 80.0;

/// How far the room's film has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Phase {
    /// Nobody has entered yet.
    New,
    /// Nothing has been played yet.
    Waiting,
    /// It has been played.
    Started,
    /// It has come to its end.
    Ended,
}

/// The anchor and what led to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timeline {
    pub(crate) playback: PlaybackState,
    pub(crate) phase: Phase,
    pub(crate) log: VecDeque<SyncCommand>,
    pub(crate) answered: VecDeque<Answered>,
    /// The sequence number with which the present film was chosen.
    pub(crate) source_since: u64,
    /// The film was moving when another was chosen that could not be played yet.
    pub(crate) start_when_ready: bool,
}

/// A key, and the sequence number that its command led to.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Answered {
    pub(crate) key: IdempotencyKey,
    pub(crate) sequence: u64,
    pub(crate) at: ServerTime,
}

impl Timeline {
    pub(crate) fn new(now: ServerTime, epoch: u64) -> Self {
        Self {
            playback: PlaybackState::new(now, epoch),
            phase: Phase::New,
            log: VecDeque::new(),
            answered: VecDeque::new(),
            source_since: 0,
            start_when_ready: false,
        }
    }

    /// The commands after `sequence`; none when that was under another epoch or is further back than is kept.
    pub(crate) fn since(&self, epoch: u64, sequence: u64) -> Vec<SyncCommand> {
        let covered = self.log.front().is_some_and(|first| first.playback.sequence_number <= sequence + 1);
        if epoch != self.playback.epoch || !covered {
            return Vec::new();
        }
        self.log.iter().filter(|command| command.playback.sequence_number > sequence).cloned().collect()
    }

    fn answer_to(&self, key: &IdempotencyKey) -> Option<u64> {
        self.answered.iter().find(|answered| answered.key == *key).map(|answered| answered.sequence)
    }

    fn remember(&mut self, key: IdempotencyKey, at: ServerTime) {
        let old = |answered: &Answered| at.ms_since(answered.at) > KEY_KEPT_MS;
        while self.answered.len() >= KEYS_KEPT || self.answered.front().is_some_and(old) {
            self.answered.pop_front();
        }
        self.answered.push_back(Answered { key, sequence: self.playback.sequence_number, at });
    }
}

/// What a command would do: its kind, the new state, and the line in the chat.
type Change = (CommandKind, PlaybackState, SystemEvent);

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

    fn play(&mut self, now: ServerTime, from: Option<MediaTime>) -> Result<Option<Change>, Code> {
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

    /// Another film, at its beginning, moving or standing as before (ROOM-8).
    pub(crate) fn set_source(&mut self, now: ServerTime, video: Option<VideoView>, out: &mut Outbox) -> Change {
        let present = self.timeline.playback;
        let moving = present.is_playing || self.timeline.start_when_ready || self.hold.is_some();
        self.stop_waiting(out);
        let ready = video.as_ref().is_some_and(|video| video.playable);
        self.timeline.start_when_ready = moving && !ready && video.is_some();
        self.timeline.phase = if moving && ready { Phase::Started } else { Phase::Waiting };
        self.timeline.source_since = present.sequence_number + 1;
        let source = video.as_ref().map_or(Source::None, |video| Source::Video { video_id: video.id });
        let title = video.as_ref().map(|video| video.title.clone()).unwrap_or_default();
        self.video = video;
        self.members.iter_mut().for_each(Member::film_changed);
        self.queue.retain(|queued| Some(queued.video.id) != self.video.as_ref().map(|video| video.id));
        self.send_video(out);
        let anchor = anchored(present, self.effective_at(now), MediaTime::ZERO);
        let playback = PlaybackState { source, is_playing: moving && ready, ..anchor };
        (CommandKind::SetSource, playback, SystemEvent::SourceChanged { title })
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

    fn playable(&self) -> Result<(), Code> {
        match &self.video {
            None => Err(Code::NoSource),
            Some(video) if !video.playable => Err(Code::SourceNotReady),
            Some(_) => Ok(()),
        }
    }

    fn inside(&self, position: MediaTime) -> Result<(), Code> {
        let length = self.length().unwrap_or(MediaTime(u64::MAX));
        if position <= length { Ok(()) } else { Err(Code::PositionInvalid) }
    }

    pub(crate) fn length(&self) -> Option<MediaTime> {
        self.video.as_ref().and_then(|video| video.duration_ms)
    }

    /// When the moving film comes to its end.
    pub(crate) fn film_end(&self) -> Option<ServerTime> {
        self.timeline.playback.reaches(self.length()?)
    }

    pub(crate) fn end_film_if_due(&mut self, now: ServerTime, out: &mut Outbox) {
        let Some(length) = self.length() else { return };
        if self.film_end().is_none_or(|end| end > now) {
            return;
        }
        if self.advance_queue(now, out) {
            return;
        }
        self.timeline.phase = Phase::Ended;
        let playback = PlaybackState { is_playing: false, ..anchored(self.timeline.playback, now, length) };
        self.issue(now, CommandKind::Pause, playback, None, out);
        self.tell_of_room(now, SystemEvent::Ended, out);
    }

    /// Nobody watches any more: the film waits where the last one left it.
    pub(crate) fn pause_for_nobody(&mut self, now: ServerTime, out: &mut Outbox) {
        self.stop_waiting(out);
        let present = self.timeline.playback;
        if present.is_playing {
            let position = present.position_at(now).at_most(self.length());
            let playback = PlaybackState { is_playing: false, ..anchored(present, now, position) };
            self.issue(now, CommandKind::Pause, playback, None, out);
        }
    }

    pub(crate) fn video_changed(&mut self, now: ServerTime, video: VideoView, out: &mut Outbox) {
        self.queued_video_changed(&video, out);
        if self.video_id() != Some(video.id) || self.video.as_ref() == Some(&video) {
            return;
        }
        let became_playable = video.playable && !self.video.as_ref().is_some_and(|before| before.playable);
        self.video = Some(video);
        if became_playable {
            out.push(Output::Save);
        }
        self.send_video(out);
        if became_playable && self.timeline.start_when_ready {
            self.timeline.start_when_ready = false;
            if let Ok(Some((kind, playback, _))) = self.play(now, None) {
                self.issue(now, kind, playback, None, out);
                self.wait_for_first_load(now, out);
            }
        }
    }

    pub(crate) fn video_deleted(&mut self, now: ServerTime, id: VideoId, out: &mut Outbox) {
        let queued = self.queue.len();
        self.queue.retain(|queued| queued.video.id != id);
        if self.queue.len() != queued {
            out.push(Output::Save);
            self.send_state(out);
        }
        if self.video_id() == Some(id) && !self.advance_queue(now, out) {
            self.timeline.start_when_ready = false;
            let (kind, playback, line) = self.set_source(now, None, out);
            self.issue(now, kind, PlaybackState { is_playing: false, ..playback }, None, out);
            self.tell_of_room(now, line, out);
        }
    }

    pub(crate) fn send_video(&self, out: &mut Outbox) {
        let event = ServerMessage::Video { video: self.video.clone() };
        out.push(Output::Send { to: Recipients::Everyone, event });
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

/// The same state with its anchor elsewhere.
pub(crate) fn anchored(present: PlaybackState, at: ServerTime, position: MediaTime) -> PlaybackState {
    PlaybackState { anchor_server_time_ms: at, anchor_media_time_ms: position, ..present }
}
