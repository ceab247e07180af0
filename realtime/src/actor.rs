//! The driver of one room: takes what comes, lets the engine decide, carries it out. Boring on purpose.

mod audit;
mod ending;
mod fan_out;
mod presence;
mod take_over;
mod welcome;

use std::time::Duration;

use tokio::sync::mpsc;

use syncwatch_protocol::{ChatPosition, Code, IdempotencyKey, Resume, RoomId, ServerMessage, ServerTime, SyncReply};
use syncwatch_room::{ConnectionId, Input, Outbox, Output, Person, Recipients, Request, Room, Via};
use syncwatch_store::notices::{RoomNotice, room_topic};
use syncwatch_store::{Announcement, Subscription};

use self::fan_out::{FanOut, turn_away};
use self::presence::PresenceLane;
use self::take_over::{TakenOver, take_over};
use crate::backlog::Kind;
use crate::metrics;
use crate::outgoing::{CloseCode, Outgoing};
use crate::persist::{Acknowledgement, Landed, Persister};
use crate::request::{Offered, Weight};
use crate::rooms::Rooms;
use crate::video_watch::VideoWatch;
use crate::websocket::Frame;

/// Lines in one answer to `chat:history`.
const HISTORY_PAGE: u32 = 50;
/// Events taken before anything is written down or sent on; keeps a busy room from starving its own timers.
const TAKEN_AT_ONCE: usize = 128;

/// What reaches a room's actor. Its parts are boxed: a mailbox sets memory aside for 32 events at a time, in each room.
#[derive(Debug)]
pub(crate) enum Event {
    /// A connection wants in.
    Enter(Box<Entrance>),
    /// A connection is gone.
    Drop { connection: ConnectionId },
    /// A connection lives.
    Alive { connection: ConnectionId },
    /// Somebody wants something.
    Request { connection: ConnectionId, request: Box<Request> },
    /// Somebody offers a video to the room.
    Offered { connection: ConnectionId, offered: Box<Offered> },
    /// Somebody reads back.
    Older { connection: ConnectionId, before: ChatPosition },
    /// A connection is free again that was too slow for everything.
    Lacking { connection: ConnectionId },
}

impl Event {
    /// Places of a mailbox of `all` that must stay free of such events, for those that matter more.
    pub(crate) fn kept_free(&self, all: usize) -> usize {
        match self {
            Self::Alive { .. } => all / 2,
            Self::Request { request, .. } if request.may_be_shed() => all / 2,
            Self::Request { request, .. } if matches!(**request, Request::Chat { .. }) => all / 8,
            Self::Older { .. } => all / 8,
            Self::Enter(_) | Self::Drop { .. } | Self::Lacking { .. } | Self::Request { .. } | Self::Offered { .. } => {
                0
            }
        }
    }
}

/// Somebody at the door.
#[derive(Debug)]
pub(crate) struct Entrance {
    pub(crate) connection: ConnectionId,
    pub(crate) person: Person,
    pub(crate) via: Via,
    pub(crate) resume: Option<Resume>,
    pub(crate) outgoing: Outgoing,
}

/// Serves one room for as long as anybody has a place in it.
pub(crate) struct Actor {
    rooms: Rooms,
    room: Room,
    epoch: u64,
    out: Outbox,
    fan_out: FanOut,
    presence: PresenceLane,
    persister: Persister,
    videos: VideoWatch,
    notices: Subscription,
}

impl Actor {
    /// Takes the room over from the store and serves it; tells those who wait when that cannot be.
    pub(crate) async fn serve(rooms: Rooms, id: RoomId, mut events: mpsc::Receiver<Event>) {
        let notices = rooms.store().state.subscribe(&room_topic(id)).await;
        match take_over(&rooms, id).await {
            Ok(taken_over) => {
                metrics::room_opened();
                Self::new(rooms, taken_over, notices).run(events).await;
                metrics::room_closed();
            }
            Err(refusal) => {
                rooms.abandon(id);
                events.close();
                while let Some(event) = events.recv().await {
                    if let Event::Enter(entrance) = event {
                        turn_away(rooms.clock().now(), &entrance.outgoing, refusal);
                    }
                }
            }
        }
    }

    fn new(rooms: Rooms, TakenOver { room, epoch, people }: TakenOver, notices: Subscription) -> Self {
        let (persister, videos) = (Persister::new(rooms.store().clone(), people), VideoWatch::new(rooms.clone()));
        let (fan_out, presence) = (FanOut::default(), PresenceLane::default());
        Self { rooms, room, epoch, out: Outbox::new(), fan_out, presence, persister, videos, notices }
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
                Some(input) = self.videos.next() => self.input(input),
                () = until(&self.rooms, self.presence.due()) => {}
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
            Event::Enter(entrance) => {
                let Entrance { connection, person, via, resume, outgoing } = *entrance;
                self.fan_out.add(connection, person.id, outgoing);
                self.input(Input::Enter { connection, person, via, resume });
            }
            Event::Drop { connection } => {
                self.fan_out.remove(connection);
                self.input(Input::Drop { connection });
            }
            Event::Alive { connection } => self.input(Input::Alive { connection }),
            Event::Request { connection, request } => self.request(connection, *request),
            Event::Offered { connection, offered } => self.offered(connection, *offered),
            Event::Older { connection, before } => self.older(connection, before),
            Event::Lacking { connection } => self.make_up(connection),
        }
    }

    /// Tells a member anew what was left out while he was slow. Older lines than the latest ones he can read back.
    fn make_up(&mut self, connection: ConnectionId) {
        let lines = || ServerMessage::ChatCatchup { messages: self.room.latest_lines().0, gap: true };
        let people = || ServerMessage::Participants { participants: self.room.people().collect() };
        let lacking = self.fan_out.link(connection).map(|link| link.lacking()).unwrap_or_default();
        let missing = [lacking.lines.then(lines), lacking.people.then(people)].into_iter().flatten();
        let missing = missing.map(|event| (Kind::of(&event), Frame::json(&event))).collect();
        self.fan_out.make_up(self.rooms.clock().now(), connection, lacking, missing);
    }

    fn request(&mut self, connection: ConnectionId, request: Request) {
        measure(&request);
        match request {
            // Nobody can have seen what has not happened. Such a client would wait for ever for what comes next.
            Request::Acknowledge { sequence, .. } | Request::Catchup { after: sequence }
                if sequence > self.room.sequence() =>
            {
                self.refuse(connection, Code::MalformedMessage, None);
            }
            request => self.input(Input::Request { connection, request }),
        }
    }

    fn refuse(&mut self, connection: ConnectionId, code: Code, request_id: Option<IdempotencyKey>) {
        self.send(connection, &ServerMessage::Error { code, message: code.sentence().into(), request_id });
    }

    /// A video may be offered by its owner, or by anybody once its owner is in the room with them.
    fn offered(&mut self, connection: ConnectionId, Offered { request, owner, id }: Offered) {
        let known = self.room.people().any(|person| person.id == owner);
        if known {
            return self.input(Input::Request { connection, request });
        }
        self.refuse(connection, Code::VideoNotFound, Some(id));
    }

    fn older(&self, connection: ConnectionId, before: ChatPosition) {
        let Some(link) = self.fan_out.link(connection).cloned() else { return };
        let (store, clock, room) = (self.rooms.store().clone(), self.rooms.clock().clone(), self.room.id());
        self.rooms.tasks().spawn("chat history", async move {
            // One more than a page tells whether there are older ones still.
            match store.rows.messages_before(room, before, HISTORY_PAGE + 1).await {
                Ok(mut messages) => {
                    let more = messages.len() > HISTORY_PAGE as usize;
                    messages.drain(..usize::from(more));
                    let answer = ServerMessage::ChatHistory { messages, more };
                    link.send(clock.now(), Kind::Chat, &Frame::json(&answer));
                }
                Err(failure) => {
                    tracing::warn!(room.id = %room, "chat history could not be read: {failure}");
                    let code = Code::Unavailable;
                    let error = ServerMessage::Error { code, message: code.sentence().into(), request_id: None };
                    link.send(clock.now(), Kind::Chat, &Frame::json(&error));
                }
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
                if let Some(outgoing) = self.fan_out.remove(connection) {
                    turn_away(self.rooms.clock().now(), &outgoing, code);
                }
            }
            Output::Send { to: Recipients::One(connection), event } => self.send(connection, &event),
            Output::Send { to: Recipients::Everyone, event } => self.broadcast(event),
            Output::AfterStored { connection, event } => {
                self.persister.acknowledge((connection, Kind::of(&event), Frame::json(&event)));
            }
            Output::Save => self.persister.save(),
            Output::StoreChat(message) => self.persister.add_message(message),
            Output::Close { connection, reason, message } => {
                self.send(connection, &ServerMessage::Closed { reason, message });
                self.fan_out.close(self.rooms.clock().now(), connection, CloseCode::OutOfRoom);
            }
            Output::Audit { actor, event } => self.audit(actor, event),
            Output::Executed { kind, latency_ms } => metrics::command_executed(kind, latency_ms),
        }
    }

    fn send(&mut self, connection: ConnectionId, event: &ServerMessage) {
        if let ServerMessage::Error { code, .. } | ServerMessage::Reply(SyncReply { code: Some(code), .. }) = event {
            metrics::message_refused(*code);
        }
        self.fan_out.tell_one(self.rooms.clock().now(), connection, Kind::of(event), &Frame::json(event));
    }

    fn broadcast(&mut self, event: ServerMessage) {
        match event {
            ServerMessage::Participants { participants } => {
                self.persister.people_changed();
                self.presence.changed(participants);
            }
            event => self.fan_out.tell_all(&event),
        }
    }

    fn deliver(&mut self, acknowledgements: Vec<Acknowledgement>) {
        let now = self.rooms.clock().now();
        for (connection, kind, frame) in acknowledgements {
            self.fan_out.tell_one(now, connection, kind, &frame);
        }
    }

    /// After each turn: follow the room's films, tell people, and write down what must be.
    async fn settle(&mut self) {
        // A film that turns out to be deleted takes another one's place, which is then followed in its turn.
        for input in self.videos.follow(&self.room).await {
            self.input(input);
        }
        self.fan_out.heed(self.room.heeded());
        // People are told before anything is written down: the snapshot of a large room takes as long as telling them.
        self.flush().await;
        let at_once = self.persister.start(&mut self.room, self.epoch, self.rooms.clock().now());
        if !at_once.is_empty() {
            self.deliver(at_once);
            self.flush().await;
        }
    }

    async fn flush(&mut self) {
        let now = self.rooms.clock().now();
        if let Some(list) = self.presence.take_due(now) {
            self.fan_out.tell_all(&list);
        }
        self.fan_out.flush(now).await;
    }

    fn may_rest(&self) -> bool {
        self.fan_out.is_empty() && self.room.is_empty() && self.persister.is_idle()
    }
}

fn measure(request: &Request) {
    if let Request::Report(report) = request
        && let Some(drift_ms) = report.drift_ms.filter(|drift| drift.is_finite())
    {
        metrics::drift_reported(drift_ms);
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
