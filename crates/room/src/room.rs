//! The room itself: what it holds, and which part answers which input.

use std::collections::{BTreeSet, HashMap};

use syncwatch_protocol::{
    BannedPerson, CloseReason, Code, IdempotencyKey, ParticipantId, RoomCode, RoomId, RoomSettings, ServerMessage,
    ServerTime, Source, VideoView,
};

use crate::chat::ChatLog;
use crate::members::Members;
use crate::ownership::{Former, OwnerWatch};
use crate::queue::Queued;
use crate::rate::SlidingWindow;
use crate::timeline::Timeline;
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

    /// The same room, new and with its first film chosen already (ROOM-1).
    #[must_use]
    pub fn watching(mut self, video: VideoView) -> Self {
        self.timeline.playback.source = Source::Video { video_id: video.id };
        self.video = Some(video);
        self
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
