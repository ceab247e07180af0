//! The driver of one room: takes what comes, lets the engine decide, carries it out. Boring on purpose.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use tokio::sync::mpsc;

use syncwatch_protocol::{
    ChatPosition, Code, CommandKind, PROTOCOL_VERSION, ParticipantId, Resume, RoomId, ServerHello, ServerMessage,
    ServerTime, VideoView,
};
use syncwatch_room::{
    AuditEvent, ConnectionId, Identity, Input, Missed, Outbox, Output, Person, Recipients, Request, Room, Snapshot,
    Via, Welcome,
};
use syncwatch_service::{SessionClaims, new_id};
use syncwatch_store::notices::{RoomNotice, room_topic};
use syncwatch_store::{Announcement, AuditAction, AuditEntry, ClaimedRoom, RoomRow, Subscription};

use crate::metrics;
use crate::outgoing::{CloseCode, Frame, Outgoing, encode};
use crate::persist::{Landed, Persister};
use crate::request::Offered;
use crate::rooms::Rooms;
use crate::video_watch::VideoWatch;

/// A session's token is good for a day (contract of `client:hello`).
const SESSION_SECONDS: u64 = 86_400;
/// Lines in one answer to `chat:history`.
const HISTORY_PAGE: u32 = 50;
/// Events taken before anything is written down or sent on; keeps a busy room from starving its own timers.
const TAKEN_AT_ONCE: usize = 128;
/// Clients come back after so long when the process stops; the program restarts in about a second.
const RECONNECT_IN_MS: u32 = 1_000;

/// What reaches a room's actor.
#[derive(Debug)]
pub(crate) enum Event {
    /// A connection wants in.
    Enter { connection: ConnectionId, person: Person, via: Via, resume: Option<Resume>, outgoing: Outgoing },
    /// A connection is gone.
    Drop { connection: ConnectionId },
    /// A connection lives.
    Alive { connection: ConnectionId },
    /// Somebody wants something.
    Request { connection: ConnectionId, request: Request },
    /// Somebody offers a video to the room.
    Offered { connection: ConnectionId, offered: Offered },
    /// Somebody reads back.
    Older { connection: ConnectionId, before: ChatPosition },
}

/// Serves one room for as long as anybody has a place in it.
pub(crate) struct Actor {
    rooms: Rooms,
    room: Room,
    epoch: u64,
    out: Outbox,
    sockets: HashMap<ConnectionId, Outgoing>,
    persister: Persister,
    video: VideoWatch,
    notices: Subscription,
}

impl Actor {
    /// Takes the room over from the store and serves it; tells those who wait when that cannot be.
    pub(crate) async fn serve(rooms: Rooms, id: RoomId, mut events: mpsc::Receiver<Event>) {
        let notices = rooms.store().state.subscribe(&room_topic(id)).await;
        let now = rooms.clock().now();
        let refusal = match rooms.store().rows.claim_room(id, now.0).await {
            Ok(Some(claimed)) => match room_of(claimed, &rooms).await {
                Ok((room, epoch)) => {
                    metrics::room_opened();
                    Self::new(rooms, room, epoch, notices).run(events).await;
                    return metrics::room_closed();
                }
                Err(refusal) => refusal,
            },
            Ok(None) => Code::RoomNotFound,
            Err(failure) => {
                tracing::error!(room.id = %id, "room {id} could not be taken over: {failure}");
                Code::Unavailable
            }
        };
        rooms.abandon(id);
        events.close();
        while let Some(event) = events.recv().await {
            if let Event::Enter { outgoing, .. } = event {
                turn_away(&outgoing, refusal);
            }
        }
    }

    fn new(rooms: Rooms, room: Room, epoch: u64, notices: Subscription) -> Self {
        let (persister, video) = (Persister::new(rooms.store().clone()), VideoWatch::new(rooms.store().clone()));
        Self { rooms, room, epoch, out: Outbox::new(), sockets: HashMap::new(), persister, video, notices }
    }

    async fn run(mut self, mut events: mpsc::Receiver<Event>) {
        let stopping = self.rooms.tasks().cancelled();
        loop {
            self.settle().await;
            if self.may_rest() && self.rooms.release(self.room.id(), &events) {
                return;
            }
            tokio::select! {
                biased;
                () = stopping.cancelled() => return self.stop().await,
                landed = self.persister.landed() => match landed {
                    Landed::Stored(acknowledgements) => self.deliver(acknowledgements),
                    Landed::Later => {}
                    Landed::Fenced => return self.lost(),
                },
                Some(event) = events.recv() => self.take(event, &mut events),
                Some(notice) = self.notices.next() => self.hear(&notice),
                Some(input) = self.video.next() => self.input(input),
                () = until(&self.rooms, self.room.deadline()) => self.input(Input::Tick),
            }
        }
    }

    fn take(&mut self, first: Event, events: &mut mpsc::Receiver<Event>) {
        self.event(first);
        for _ in 1..TAKEN_AT_ONCE {
            let Ok(event) = events.try_recv() else { break };
            self.event(event);
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Enter { connection, person, via, resume, outgoing } => {
                self.sockets.insert(connection, outgoing);
                self.input(Input::Enter { connection, person, via, resume });
            }
            Event::Drop { connection } => {
                self.sockets.remove(&connection);
                self.input(Input::Drop { connection });
            }
            Event::Alive { connection } => self.input(Input::Alive { connection }),
            Event::Request { connection, request } => {
                measure(&request);
                self.input(Input::Request { connection, request });
            }
            Event::Offered { connection, offered } => self.offered(connection, offered),
            Event::Older { connection, before } => self.older(connection, before),
        }
    }

    /// A video may be offered by its owner, or by anybody once its owner is in the room with them.
    fn offered(&mut self, connection: ConnectionId, Offered { request, owner, id }: Offered) {
        let known = self.room.people().any(|person| person.id == owner);
        if known {
            return self.input(Input::Request { connection, request });
        }
        let code = Code::VideoNotFound;
        self.send(connection, &ServerMessage::Error { code, message: code.sentence().into(), request_id: Some(id) });
    }

    fn older(&self, connection: ConnectionId, before: ChatPosition) {
        let Some(outgoing) = self.sockets.get(&connection).cloned() else { return };
        let (store, room) = (self.rooms.store().clone(), self.room.id());
        self.rooms.tasks().spawn("chat history", async move {
            // One more than a page tells whether there are older ones still.
            match store.rows.messages_before(room, before, HISTORY_PAGE + 1).await {
                Ok(mut messages) => {
                    let more = messages.len() > HISTORY_PAGE as usize;
                    messages.drain(..usize::from(more));
                    let answer = ServerMessage::ChatHistory { messages, more };
                    let _gone = outgoing.send(Frame::Text(encode(&answer)));
                }
                Err(failure) => tracing::warn!(room.id = %room, "chat history could not be read: {failure}"),
            }
        });
    }

    fn hear(&mut self, notice: &Announcement) {
        let Announcement::Message(bytes) = notice else {
            return tracing::warn!(room.id = %self.room.id(), "notices of a room were missed");
        };
        match serde_json::from_slice(bytes) {
            Ok(RoomNotice::Deleted { .. }) => self.input(Input::Delete),
            Ok(RoomNotice::Expired) => self.input(Input::Expire),
            Ok(RoomNotice::PersonRenamed { id, name, kind }) => self.input(Input::Renamed(Person { id, name, kind })),
            Err(error) => tracing::error!(room.id = %self.room.id(), "notice cannot be read: {error}"),
        }
    }

    fn input(&mut self, input: Input) {
        let now = self.rooms.clock().now();
        self.room.handle(now, input, &mut self.out);
        for output in std::mem::take(&mut self.out) {
            self.carry_out(output);
        }
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Welcome(welcome) => self.welcome(*welcome),
            Output::Refuse { connection, code } => {
                if let Some(outgoing) = self.sockets.remove(&connection) {
                    turn_away(&outgoing, code);
                }
            }
            Output::Send { to: Recipients::One(connection), event } => self.send(connection, &event),
            Output::Send { to: Recipients::Everyone, event } => self.broadcast(&event),
            Output::AfterStored { connection, event } => self.persister.acknowledge(connection, encode(&event)),
            Output::Save => self.persister.save(),
            Output::StoreChat(message) => self.persister.add_message(message),
            Output::Close { connection, reason, message } => {
                self.send(connection, &ServerMessage::Closed { reason, message });
                self.close(connection, CloseCode::OutOfRoom);
            }
            Output::Audit { actor, event } => self.audit(actor, event),
            Output::Executed { kind, latency_ms } => metrics::command_executed(kind, latency_ms),
        }
    }

    fn welcome(&mut self, welcome: Welcome) {
        let Welcome { connection, participant, view, missed } = welcome;
        let Some(me) = view.participants.iter().find(|person| person.id == participant) else { return };
        let now = self.rooms.clock().now();
        let claims = SessionClaims { room: view.id, participant, name: me.name.clone(), kind: me.kind };
        let hello = ServerHello {
            protocol_version: PROTOCOL_VERSION.to_string(),
            server_time_ms: now,
            compatible: true,
            upgrade_required: false,
            deprecations: Vec::new(),
            participant_id: participant,
            session_token: self.rooms.keys().sign(&claims, SESSION_SECONDS, now),
            resumed: matches!(missed, Missed::Since { .. }),
            room: view,
        };
        self.send(connection, &ServerMessage::Hello(Box::new(hello)));
        match missed {
            Missed::History { messages, more } => {
                self.send(connection, &ServerMessage::ChatHistory { messages, more });
            }
            Missed::Since { commands, messages, gap } => {
                self.send(connection, &ServerMessage::Catchup { commands });
                self.send(connection, &ServerMessage::ChatCatchup { messages, gap });
            }
        }
    }

    fn send(&mut self, connection: ConnectionId, event: &ServerMessage) {
        self.put(connection, Frame::Text(encode(event)));
    }

    fn broadcast(&mut self, event: &ServerMessage) {
        let text = encode(event);
        let members: Vec<ConnectionId> = self.room.connections().collect();
        for connection in members {
            self.put(connection, Frame::Text(text.clone()));
        }
    }

    fn put(&mut self, connection: ConnectionId, frame: Frame) {
        let behind = self.sockets.get(&connection).is_some_and(|outgoing| outgoing.send(frame).is_err());
        if behind {
            // Dropping the queue closes the socket with 4008, and its task then tells us that it is gone.
            self.sockets.remove(&connection);
        }
    }

    fn close(&mut self, connection: ConnectionId, code: CloseCode) {
        self.put(connection, Frame::Close(code));
        self.sockets.remove(&connection);
    }

    fn deliver(&mut self, acknowledgements: Vec<(ConnectionId, Utf8Bytes)>) {
        for (connection, text) in acknowledgements {
            self.put(connection, Frame::Text(text));
        }
    }

    fn audit(&mut self, actor: Option<ParticipantId>, event: AuditEvent) {
        let now = self.rooms.clock().now();
        let (action, target) = match event {
            AuditEvent::Joined => (AuditAction::ParticipantJoined, actor),
            AuditEvent::Left => (AuditAction::ParticipantLeft, actor),
            AuditEvent::Kicked { target, banned: false } => (AuditAction::ParticipantKicked, Some(target)),
            AuditEvent::Kicked { target, banned: true } => (AuditAction::ParticipantBanned, Some(target)),
            AuditEvent::Unbanned { target } => (AuditAction::PermissionGranted, Some(target)),
            AuditEvent::ControlChanged { target, granted: true } => (AuditAction::PermissionGranted, Some(target)),
            AuditEvent::ControlChanged { target, granted: false } => (AuditAction::PermissionRevoked, Some(target)),
            AuditEvent::SettingsChanged => (AuditAction::RoomSettingsChanged, None),
            AuditEvent::OwnershipTransferred { target } => (AuditAction::OwnershipTransferred, Some(target)),
            AuditEvent::Playback(CommandKind::Play) => (AuditAction::PlaybackStarted, None),
            AuditEvent::Playback(CommandKind::Pause) => (AuditAction::PlaybackPaused, None),
            AuditEvent::Playback(CommandKind::SetSource) => (AuditAction::PlaybackVideoChanged, None),
            // Seeks and speeds are not among the deeds that SEC-5 names.
            AuditEvent::Playback(_) => return,
        };
        self.persister.add_audit(AuditEntry {
            id: new_id(now),
            at_ms: now.0,
            action,
            actor,
            address: None,
            target: target.map(|target| target.to_string()),
            metadata: serde_json::json!({ "room": self.room.id() }),
            success: true,
        });
    }

    /// After each step: follow the room's film, and write down what must be.
    async fn settle(&mut self) {
        if let Some(input) = self.video.follow(self.room.video_id()).await {
            self.input(input);
        }
        let now = self.rooms.clock().now();
        let at_once = self.persister.start(&mut self.room, self.epoch, now);
        self.deliver(at_once);
    }

    fn may_rest(&self) -> bool {
        self.sockets.is_empty() && self.room.is_empty() && self.persister.is_idle()
    }

    /// The process stops: people are told when to come back, and the room is stored (OBS-6).
    async fn stop(mut self) {
        self.broadcast(&ServerMessage::Shutdown { reconnect_in_ms: RECONNECT_IN_MS });
        self.persister.save();
        loop {
            self.settle().await;
            if self.persister.is_idle() {
                break;
            }
            match self.persister.landed().await {
                Landed::Stored(acknowledgements) => self.deliver(acknowledgements),
                Landed::Later => {}
                Landed::Fenced => break,
            }
        }
        let all: Vec<_> = self.sockets.keys().copied().collect();
        for connection in all {
            self.close(connection, CloseCode::GoingAway);
        }
    }

    /// Another process has taken the room over: what was not acknowledged here did not happen, and people go there.
    fn lost(mut self) {
        tracing::warn!(room.id = %self.room.id(), "room {} was taken over by another process", self.room.id());
        self.rooms.abandon(self.room.id());
        self.broadcast(&ServerMessage::Shutdown { reconnect_in_ms: 0 });
        let all: Vec<_> = self.sockets.keys().copied().collect();
        for connection in all {
            self.close(connection, CloseCode::GoingAway);
        }
    }
}

fn turn_away(outgoing: &Outgoing, code: Code) {
    let event = ServerMessage::Error { code, message: code.sentence().into(), request_id: None };
    let _gone = outgoing.send(Frame::Text(encode(&event)));
    let _gone = outgoing.send(Frame::Close(CloseCode::NotAdmitted));
}

fn measure(request: &Request) {
    if let Request::Report(report) = request
        && let Some(drift_ms) = report.drift_ms.filter(|drift| drift.is_finite())
    {
        metrics::drift_reported(drift_ms);
    }
}

/// The engine as the store remembers it, or why the room cannot be entered.
async fn room_of(claimed: ClaimedRoom, rooms: &Rooms) -> Result<(Room, u64), Code> {
    let now = rooms.clock().now();
    let ClaimedRoom { room: row, epoch, snapshot, messages, older, .. } = claimed;
    if row.closed_at_ms.is_some() {
        return Err(Code::RoomClosed);
    }
    let expires_at = ServerTime(row.expires_at_ms);
    if expires_at <= now {
        return Err(Code::RoomExpired);
    }
    let identity = Identity { id: row.id, code: row.code.clone(), expires_at };
    let Some(stored) = snapshot else {
        let film = first_film(rooms, &row).await;
        let room = Room::new(identity, row.settings, row.owner, epoch, now).with_chat(messages, older);
        return Ok((film.into_iter().fold(room, Room::watching), epoch));
    };
    let snapshot: Snapshot = serde_json::from_str(&stored.body).map_err(|error| {
        tracing::error!(room.id = %row.id, "snapshot of room {} cannot be read: {error}", row.id);
        Code::Internal
    })?;
    Ok((Room::restore(identity, snapshot, messages, older, epoch, now), epoch))
}

/// The film that a room was made with.
async fn first_film(rooms: &Rooms, row: &RoomRow) -> Option<VideoView> {
    match rooms.store().rows.video(row.source_video?).await {
        Ok(video) => video.map(|video| video.view(None)),
        Err(failure) => {
            tracing::warn!(room.id = %row.id, "first film could not be read: {failure}");
            None
        }
    }
}

async fn until(rooms: &Rooms, deadline: Option<ServerTime>) {
    match deadline {
        None => std::future::pending().await,
        Some(deadline) => {
            let left = deadline.ms_since(rooms.clock().now());
            tokio::time::sleep(Duration::from_millis(left)).await;
        }
    }
}
