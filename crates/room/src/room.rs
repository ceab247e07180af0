//! The room itself: what it holds, and which part answers which input.

use std::collections::{BTreeSet, HashMap};

use syncwatch_protocol::{
    BannedPerson, CloseReason, Code, IdempotencyKey, OwnerChangeReason, ParticipantId, Role, RoomCode, RoomId,
    RoomSettings, RoomStatus, RoomView, ServerMessage, ServerTime, Source, VideoId, VideoView,
};

use crate::chat::ChatLog;
use crate::members::Members;
use crate::ownership::{Former, OwnerWatch};
use crate::queue::Queued;
use crate::rate::SlidingWindow;
use crate::timeline::{Phase, Timeline};
use crate::waiting::Hold;
use crate::{ConnectionId, Input, Outbox, Output, Recipients, Request, Seat, Via};

/// What never changes about a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its id.
    pub id: RoomId,
    /// Its code.
    pub code: RoomCode,
    /// When its time is over.
    pub expires_at: ServerTime,
    /// The most places that the installation lets an owner give it.
    pub places_cap: u16,
}

/// One room. Owns no socket, task, lock or clock: time arrives with each input, effects leave through the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    pub(crate) identity: Identity,
    pub(crate) settings: RoomSettings,
    pub(crate) owner: ParticipantId,
    pub(crate) owner_watch: OwnerWatch,
    pub(crate) delegate: Option<ParticipantId>,
    pub(crate) former: Option<Former>,
    pub(crate) timeline: Timeline,
    pub(crate) video: Option<VideoView>,
    pub(crate) queue: Vec<Queued>,
    pub(crate) hold: Option<Hold>,
    /// How often the others have waited for each person lately; it outlives his place.
    pub(crate) holds: HashMap<ParticipantId, SlidingWindow>,
    pub(crate) members: Members,
    pub(crate) selected: BTreeSet<ParticipantId>,
    pub(crate) bans: Vec<BannedPerson>,
    pub(crate) kicked: Vec<Seat>,
    pub(crate) chat: ChatLog,
    pub(crate) presence_due: Option<ServerTime>,
    pub(crate) saved_at: ServerTime,
    pub(crate) closed: bool,
}

/// A playing room is stored this often even when nobody does anything, so that a take-over knows when it was last alive.
pub(crate) const ALIVE_SAVE_MS: u64 = 10_000;

impl Room {
    /// A room in which nobody has been yet. `epoch` is from the store, which hands each one out once.
    pub fn new(identity: Identity, settings: RoomSettings, owner: ParticipantId, epoch: u64, now: ServerTime) -> Self {
        Self {
            identity,
            settings,
            owner,
            owner_watch: OwnerWatch::Present { seen: now },
            delegate: None,
            former: None,
            timeline: Timeline::new(now, epoch),
            video: None,
            queue: Vec::new(),
            hold: None,
            holds: HashMap::new(),
            members: Members::default(),
            selected: BTreeSet::new(),
            bans: Vec::new(),
            kicked: Vec::new(),
            chat: ChatLog::default(),
            presence_due: None,
            saved_at: now,
            closed: false,
        }
    }

    /// Applies one input. After it returns the room is consistent and `out` holds everything that must now happen, in order.
    pub fn handle(&mut self, now: ServerTime, input: Input, out: &mut Outbox) {
        if self.closed {
            return self.answer_closed(input, out);
        }
        match input {
            Input::Enter { connection, person, via, resume } => self.enter(now, connection, person, via, resume, out),
            Input::Drop { connection } => self.drop_connection(now, connection, out),
            Input::Alive { connection } => self.seen(now, connection, out),
            Input::Request { connection, request } => self.request(now, connection, request, out),
            Input::VideoChanged(video) => self.video_changed(now, *video, out),
            Input::VideoDeleted(id) => self.video_deleted(now, id, out),
            Input::Renamed(person) => self.renamed(person, out),
            Input::Delete => self.close(CloseReason::Deleted, out),
            Input::Expire => self.close(CloseReason::Expired, out),
            Input::Tick => self.tick(now, out),
        }
    }

    /// When `handle` wants to be called with [`Input::Tick`] at the latest.
    pub fn deadline(&self) -> Option<ServerTime> {
        let alive = self.timeline.playback.is_playing.then(|| self.saved_at.plus_ms(ALIVE_SAVE_MS));
        let expiry = Some(self.identity.expires_at);
        let people = [self.presence_due, self.people_deadline(), self.owner_deadline()];
        let film = [self.waiting_deadline(), self.film_end(), alive, expiry];
        if self.closed { None } else { people.into_iter().chain(film).flatten().min() }
    }

    /// The room as people in it see it.
    pub fn view(&self) -> RoomView {
        RoomView {
            id: self.identity.id,
            code: self.identity.code.clone(),
            status: self.status(),
            owner_id: self.owner,
            settings: self.settings.clone(),
            playback: self.timeline.playback,
            video: self.video.clone(),
            participants: self.participants(),
            queue: self.queue_view(),
            banned: self.bans.clone(),
            delegate_id: self.delegate,
            waiting: self.waiting(),
            places_cap: self.identity.places_cap,
        }
    }

    /// Where the room is in its life (ROOM-3).
    pub fn status(&self) -> RoomStatus {
        match (&self.owner_watch, self.timeline.phase) {
            _ if self.closed => RoomStatus::Closed,
            (OwnerWatch::Away { .. }, _) if self.settings.auto_handover => RoomStatus::AutoHandover,
            (OwnerWatch::Away { .. }, _) => RoomStatus::OwnerAway,
            (_, _) if self.timeline.playback.is_playing => RoomStatus::Playing,
            (_, Phase::New) => RoomStatus::Created,
            (_, Phase::Waiting) => RoomStatus::Waiting,
            (_, Phase::Started) => RoomStatus::Paused,
            (_, Phase::Ended) => RoomStatus::Ended,
        }
    }

    /// The video whose changes the room wants to hear of.
    pub fn video_id(&self) -> Option<VideoId> {
        self.video.as_ref().map(|video| video.id)
    }

    /// The same room, new and with its first film chosen already (ROOM-1).
    #[must_use]
    pub fn watching(mut self, video: VideoView) -> Self {
        self.timeline.playback.source = Source::Video { video_id: video.id };
        self.video = Some(video);
        self
    }

    /// Which room it is.
    pub fn id(&self) -> RoomId {
        self.identity.id
    }

    /// The connections of everybody who is in.
    pub fn connections(&self) -> impl Iterator<Item = ConnectionId> + '_ {
        self.members.iter().flat_map(|member| member.connections.iter().copied())
    }

    /// What a person is in the room, or would be as a guest.
    pub fn role_of(&self, person: ParticipantId) -> Role {
        self.role(person)
    }

    /// Everybody who has a place, reachable or not.
    pub fn people(&self) -> impl Iterator<Item = syncwatch_protocol::Participant> + '_ {
        self.members.iter().map(|member| self.participant(member))
    }

    /// Those who were sent out and have not come in anew; banned or not.
    pub fn kicked(&self) -> &[Seat] {
        &self.kicked
    }

    /// Those who may not come back.
    pub fn banned(&self) -> &[BannedPerson] {
        &self.bans
    }

    /// Whose room it is.
    pub fn owner(&self) -> ParticipantId {
        self.owner
    }

    /// What the owner set.
    pub fn settings(&self) -> &RoomSettings {
        &self.settings
    }

    /// Whether nobody has a place any more, so that the driver may let the room go.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether the room is over.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    fn request(&mut self, now: ServerTime, connection: ConnectionId, request: Request, out: &mut Outbox) {
        let Some(person) = self.person_of(connection) else {
            return refuse(connection, None, Code::NotInRoom, out);
        };
        self.seen(now, connection, out);
        let (id, done) = match request {
            Request::Playback(request) => return self.playback(now, connection, person, request, out),
            Request::Acknowledge { sequence, executed_at } => return self.executed(sequence, executed_at, out),
            Request::Catchup { after } => return self.catchup(connection, after, out),
            Request::Report(report) => return self.report(now, connection, person, &report, out),
            Request::Heartbeat => return self.heartbeat(connection, person, out),
            Request::Leave => return self.leave(now, connection, person, out),
            Request::Chat { key, text } => (key.clone(), self.write(now, connection, person, key, &text, out)),
            Request::Settings { id, patch } => (id, self.change_settings(now, person, patch, out)),
            Request::Select { id, participant, selected } => (id, self.select(person, participant, selected, out)),
            Request::Kick { id, participant, reason, ban } => {
                (id, self.kick(now, person, participant, reason, ban, out))
            }
            Request::Unban { id, participant } => (id, self.unban(person, participant, out)),
            Request::Transfer { id, participant } => (id, self.transfer(now, person, participant, out)),
            Request::Delegate { id, participant } => (id, self.name_delegate(person, participant, out)),
            Request::AnswerOwnership { id, accept } => (id, self.answer_offer(now, person, accept, out)),
            Request::Queue { id, request } => (id, self.change_queue(person, request, out)),
        };
        if let Err(code) = done {
            refuse(connection, Some(id), code, out);
        }
    }

    fn tick(&mut self, now: ServerTime, out: &mut Outbox) {
        if now >= self.identity.expires_at {
            return self.close(CloseReason::Expired, out);
        }
        self.people_tick(now, out);
        self.owner_tick(now, out);
        self.end_film_if_due(now, out);
        self.wait_or_go_on(now, out);
        self.presence_tick(now, out);
        if self.timeline.playback.is_playing && now.ms_since(self.saved_at) >= ALIVE_SAVE_MS {
            out.push(Output::Save);
        }
    }

    fn answer_closed(&self, input: Input, out: &mut Outbox) {
        match input {
            Input::Enter { connection, .. } => out.push(Output::Refuse { connection, code: Code::RoomClosed }),
            Input::Request { connection, .. } => refuse(connection, None, Code::RoomClosed, out),
            _ => {}
        }
    }

    fn close(&mut self, reason: CloseReason, out: &mut Outbox) {
        self.closed = true;
        out.push(Output::Save);
        for connection in self.members.iter().flat_map(|member| member.connections.iter()) {
            out.push(Output::Close { connection: *connection, reason, message: None });
        }
        self.members.clear();
    }

    /// Everything but timeline, people and film, for all.
    pub(crate) fn send_state(&self, out: &mut Outbox) {
        let event = ServerMessage::State {
            status: self.status(),
            owner_id: self.owner,
            settings: self.settings.clone(),
            queue: self.queue_view(),
            banned: self.bans.clone(),
            delegate_id: self.delegate,
        };
        out.push(Output::Send { to: Recipients::Everyone, event });
    }

    pub(crate) fn send_owner(&mut self, reason: OwnerChangeReason, out: &mut Outbox) {
        let event = ServerMessage::OwnerChanged { owner_id: self.owner, reason };
        out.push(Output::Send { to: Recipients::Everyone, event });
        self.send_presence(out);
        self.send_state(out);
    }

    /// Whether a person who was sent out comes back by the right way, and forgets it if so.
    pub(crate) fn admits_kicked(&mut self, person: ParticipantId, via: Via) -> Result<(), Code> {
        match via {
            Via::Session if self.kicked.iter().any(|seat| seat.id == person) => Err(Code::RoomKicked),
            Via::Session | Via::Join => {
                self.kicked.retain(|seat| seat.id != person);
                Ok(())
            }
        }
    }
}

/// Tells a connection why its request did not happen.
pub(crate) fn refuse(connection: ConnectionId, id: Option<IdempotencyKey>, code: Code, out: &mut Outbox) {
    let event = ServerMessage::Error { code, message: code.sentence().into(), request_id: id };
    out.push(Output::Send { to: Recipients::One(connection), event });
}
