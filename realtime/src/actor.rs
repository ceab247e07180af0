//! The driver of one room: takes what comes, lets the engine decide, carries it out. Boring on purpose.

mod audit;
mod ending;
mod fan_out;
mod take_over;
mod welcome;

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::mpsc;

use syncwatch_protocol::{ChatPosition, Code, Resume, RoomId, ServerMessage, ServerTime};
use syncwatch_room::{ConnectionId, Input, Outbox, Output, Person, Recipients, Request, Room, Via};
use syncwatch_store::notices::{RoomNotice, room_topic};
use syncwatch_store::{Announcement, Subscription};

use self::fan_out::turn_away;
use self::take_over::take_over;
use crate::metrics;
use crate::outgoing::{CloseCode, Frame, Outgoing, encode};
use crate::persist::{Landed, Persister};
use crate::request::Offered;
use crate::rooms::Rooms;
use crate::video_watch::VideoWatch;

/// Lines in one answer to `chat:history`.
const HISTORY_PAGE: u32 = 50;
/// Events taken before anything is written down or sent on; keeps a busy room from starving its own timers.
const TAKEN_AT_ONCE: usize = 128;

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
    videos: VideoWatch,
    notices: Subscription,
}

impl Actor {
    /// Takes the room over from the store and serves it; tells those who wait when that cannot be.
    pub(crate) async fn serve(rooms: Rooms, id: RoomId, mut events: mpsc::Receiver<Event>) {
        let notices = rooms.store().state.subscribe(&room_topic(id)).await;
        match take_over(&rooms, id).await {
            Ok((room, epoch)) => {
                metrics::room_opened();
                Self::new(rooms, room, epoch, notices).run(events).await;
                metrics::room_closed();
            }
            Err(refusal) => {
                rooms.abandon(id);
                events.close();
                while let Some(event) = events.recv().await {
                    if let Event::Enter { outgoing, .. } = event {
                        turn_away(&outgoing, refusal);
                    }
                }
            }
        }
    }

    fn new(rooms: Rooms, room: Room, epoch: u64, notices: Subscription) -> Self {
        let (persister, videos) = (Persister::new(rooms.store().clone()), VideoWatch::new(rooms.clone()));
        Self { rooms, room, epoch, out: Outbox::new(), sockets: HashMap::new(), persister, videos, notices }
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

    /// After each step: follow the room's films, and write down what must be.
    async fn settle(&mut self) {
        // A film that turns out to be deleted takes another one's place, which is then followed in its turn.
        for input in self.videos.follow(&self.room).await {
            self.input(input);
        }
        let now = self.rooms.clock().now();
        let at_once = self.persister.start(&mut self.room, self.epoch, now);
        self.deliver(at_once);
    }

    fn may_rest(&self) -> bool {
        self.sockets.is_empty() && self.room.is_empty() && self.persister.is_idle()
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
