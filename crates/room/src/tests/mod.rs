//! Behaviour of whole rooms. `TestRoom` hides the set-up; each test states only what differs.

mod chat;
mod lifecycle;
mod moderation;
mod ownership;
mod people;
mod playback;
mod properties;
mod queue;
mod waiting;

use std::collections::HashMap;

use syncwatch_protocol::{
    ChatBody, Code, IdempotencyKey, MediaTime, Participant, ParticipantId, ParticipantKind, PlaybackControl,
    PlaybackState, PlayerReport, PlayerState, Privacy, RoomId, RoomSettings, ServerMessage, ServerTime, SyncOutcome,
    SyncReply, VideoId, VideoStatus, VideoView, WaitingPolicy,
};
use uuid::Uuid;

use crate::{Action, ConnectionId, Identity, Input, Output, Person, PlaybackRequest, Recipients, Request, Room, Via};

const START: ServerTime = ServerTime(1_800_000_000_000);

/// A room with its time, its people by name, and what it last said.
#[derive(Clone)]
struct TestRoom {
    room: Room,
    now: ServerTime,
    out: Vec<Output>,
    connections: HashMap<String, ConnectionId>,
    next: u64,
}

impl TestRoom {
    /// A room of Ada's for five, in which everybody controls; nobody has entered.
    fn empty() -> Self {
        let code = "K7QW2MXD".parse().expect("a code");
        let id = RoomId::new(Uuid::from_u128(1));
        let identity = Identity { id, code, expires_at: START.plus_ms(86_400_000), places_cap: 5 };
        let room = Room::new(identity, settings(), id_of("ada"), 1, START);
        Self { room, now: START, out: Vec::new(), connections: HashMap::new(), next: 1 }
    }

    fn with<const N: usize>(people: [&str; N]) -> Self {
        let mut test = Self::empty();
        for person in people {
            test.join(person);
        }
        test
    }

    /// Ada and the others watch a film of ten minutes, which has played for a minute.
    fn playing<const N: usize>(people: [&str; N]) -> Self {
        let mut test = Self::with(people);
        test.command("ada", Action::SetSource(Some(Box::new(film(1)))));
        test.command("ada", Action::Play(None));
        test.pass(60_000);
        test
    }

    fn settings(mut self, change: impl FnOnce(&mut RoomSettings)) -> Self {
        change(&mut self.room.settings);
        self
    }

    fn join(&mut self, name: &str) -> &mut Self {
        self.enter(name, Via::Join)
    }

    fn enter(&mut self, name: &str, via: Via) -> &mut Self {
        let connection = ConnectionId(self.next);
        self.next += 1;
        self.connections.insert(name.to_owned(), connection);
        self.input(Input::Enter { connection, person: person(name), via, resume: None })
    }

    fn lose(&mut self, name: &str) -> &mut Self {
        let connection = self.connections[name];
        self.input(Input::Drop { connection })
    }

    fn input(&mut self, input: Input) -> &mut Self {
        self.out.clear();
        self.room.handle(self.now, input, &mut self.out);
        self
    }

    fn request(&mut self, name: &str, request: Request) -> &mut Self {
        let connection = self.connections[name];
        self.input(Input::Request { connection, request })
    }

    /// Lets time pass as a driver does: tick by tick, with signs of life from everybody who is connected.
    fn pass(&mut self, ms: u64) -> &mut Self {
        let end = self.now.plus_ms(ms);
        let mut out = Vec::new();
        while self.now < end {
            let pulse = self.now.plus_ms(5_000).min(end);
            self.now = self.room.deadline().map_or(pulse, |due| due.clamp(self.now.plus_ms(1), pulse));
            self.room.handle(self.now, Input::Tick, &mut out);
            assert!(
                self.room.deadline().is_none_or(|due| due > self.now || out.contains(&Output::Save)),
                "it would tick for ever"
            );
            for connection in self.connections.values() {
                self.room.handle(self.now, Input::Alive { connection: *connection }, &mut out);
            }
            self.store(&out);
        }
        self.out = out;
        self
    }

    /// Takes the snapshot that a driver would take.
    fn store(&mut self, out: &[Output]) {
        if out.contains(&Output::Save) {
            self.room.snapshot(self.now);
        }
    }

    fn command(&mut self, name: &str, action: Action) -> SyncReply {
        let key = key(&format!("auto-{}", self.next));
        self.next += 1;
        self.command_as(name, PlaybackRequest { key, expected: None, action })
    }

    fn command_as(&mut self, name: &str, request: PlaybackRequest) -> SyncReply {
        self.request(name, Request::Playback(request));
        let reply = |output: &Output| match output {
            Output::AfterStored { event: ServerMessage::Reply(reply), .. }
            | Output::Send { event: ServerMessage::Reply(reply), .. } => Some(reply.clone()),
            _ => None,
        };
        self.out.iter().find_map(reply).expect("every command is answered")
    }

    fn playback(&self) -> PlaybackState {
        self.room.timeline.playback
    }

    fn position(&self) -> MediaTime {
        self.playback().position_at(self.now)
    }

    fn participant(&self, name: &str) -> Option<Participant> {
        self.room.people().find(|participant| participant.id == id_of(name))
    }

    /// Events for everybody in the last outputs.
    fn told_all(&self) -> Vec<&ServerMessage> {
        fn all(output: &Output) -> Option<&ServerMessage> {
            match output {
                Output::Send { to: Recipients::Everyone, event } => Some(event),
                _ => None,
            }
        }
        self.out.iter().filter_map(all).collect()
    }

    /// Why the last request was refused, if it was.
    fn refusal(&self) -> Option<Code> {
        self.out.iter().find_map(|output| match output {
            Output::Send { event: ServerMessage::Error { code, .. }, .. } | Output::Refuse { code, .. } => Some(*code),
            _ => None,
        })
    }

    fn lines(&self) -> Vec<ChatBody> {
        self.room.chat.latest().0.into_iter().map(|line| line.body).collect()
    }
}

fn settings() -> RoomSettings {
    RoomSettings {
        name: "Film night".into(),
        max_participants: 5,
        playback_control: PlaybackControl::All,
        privacy: Privacy::Anonymous,
        chat: true,
        guest_chat: true,
        auto_handover: true,
        owner_lock: true,
        waiting: WaitingPolicy::GoOn,
    }
}

/// The same id for the same name, in every test.
fn id_of(name: &str) -> ParticipantId {
    let number = name.bytes().fold(0_u128, |number, byte| number * 257 + u128::from(byte));
    ParticipantId::new(Uuid::from_u128(number))
}

fn person(name: &str) -> Person {
    Person { id: id_of(name), name: name.into(), kind: ParticipantKind::Guest }
}

fn key(text: &str) -> IdempotencyKey {
    text.to_owned().try_into().expect("a key")
}

/// A film of ten minutes that can be played.
fn film(number: u128) -> VideoView {
    VideoView {
        id: VideoId::new(Uuid::from_u128(number)),
        title: format!("Film {number}"),
        status: VideoStatus::Ready,
        playable: true,
        progress: 1.0,
        eta_seconds: None,
        stalled: false,
        duration_ms: Some(MediaTime(600_000)),
        width: Some(1920),
        height: Some(1080),
        renditions: Vec::new(),
        subtitles: Vec::new(),
        failure: None,
        size_bytes: 1,
        poster_url: None,
        link: None,
        thumbnails_url: None,
        created_at_ms: START.0,
        expires_at_ms: None,
    }
}

fn unfinished(number: u128) -> VideoView {
    VideoView { playable: false, status: VideoStatus::Processing, duration_ms: None, ..film(number) }
}

fn report(drift_ms: f64, round_trip_ms: f64) -> Request {
    Request::Report(PlayerReport {
        state: PlayerState::Playing,
        position_ms: MediaTime(1_000),
        drift_ms: Some(drift_ms),
        buffered_ms: 30_000.0,
        round_trip_ms: Some(round_trip_ms),
        round_trip_p95_ms: None,
    })
}

/// How a player stands, as far as waiting for it goes.
fn player(state: PlayerState) -> Request {
    Request::Report(PlayerReport {
        state,
        position_ms: MediaTime(1_000),
        drift_ms: Some(0.0),
        buffered_ms: 0.0,
        round_trip_ms: Some(20.0),
        round_trip_p95_ms: None,
    })
}

fn outcome(reply: &SyncReply) -> (SyncOutcome, Option<Code>) {
    (reply.outcome, reply.code)
}
