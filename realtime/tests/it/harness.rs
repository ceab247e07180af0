//! A realtime program on a loopback port, and people who talk to it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use syncwatch_protocol::{
    ParticipantId, ParticipantKind, PlaybackControl, Privacy, RoomId, RoomSettings, WaitingPolicy,
};
use syncwatch_realtime::{RealtimeParts, Rooms, router};
use syncwatch_service::{Clock, JoinClaims, MediaLinks, Tasks, TokenKeys, new_id};
use syncwatch_store::{NewRoom, NewVideo, Store};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than anything here takes on a busy machine; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct TestRealtime {
    pub(crate) store: Store,
    pub(crate) keys: TokenKeys,
    pub(crate) clock: Clock,
    pub(crate) tasks: Tasks,
    pub(crate) room: RoomId,
    pub(crate) owner: ParticipantId,
    /// Moves the clock on by milliseconds.
    pub(crate) move_clock: Box<dyn Fn(u64)>,
    address: String,
    server: tokio::task::JoinHandle<()>,
    _folder: Option<tempfile::TempDir>,
}

impl TestRealtime {
    /// A program with one room of Ada's for three, in which everybody controls.
    pub(crate) async fn start() -> Self {
        Self::with_places(3).await
    }

    /// The same with a room for so many.
    pub(crate) async fn with_places(places: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open_embedded(folder.path()).await.expect("a new store");
        let (clock, move_clock) = Clock::movable();
        let (room, owner) = (RoomId::new(new_id(clock.now())), ParticipantId::new(new_id(clock.now())));
        store.rows.create_room(&new_room(room, owner, places, clock.now().0), clock.now().0).await.expect("made");
        let mut test = Self::serve(store, TokenKeys::random(), clock, room, owner).await;
        test._folder = Some(folder);
        test.move_clock = Box::new(move_clock);
        test
    }

    async fn serve(store: Store, keys: TokenKeys, clock: Clock, room: RoomId, owner: ParticipantId) -> Self {
        let tasks = Tasks::new();
        let rooms = Rooms::new(RealtimeParts {
            store: store.clone(),
            keys: keys.clone(),
            links: MediaLinks::new(keys.clone(), Duration::from_secs(3_600)),
            clock: clock.clone(),
            tasks: tasks.clone(),
            places_cap: 5_000,
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound").to_string();
        let server = tokio::spawn(async move { axum::serve(listener, router(rooms)).await.expect("serves") });
        Self { store, keys, clock, tasks, room, owner, move_clock: Box::new(|_| {}), address, server, _folder: None }
    }

    /// Ends the program as `kill -9` would: nothing is told, nothing is stored any more. Another takes its place.
    pub(crate) async fn crash(mut self) -> Self {
        self.server.abort();
        let folder = self._folder.take();
        let mut next =
            Self::serve(self.store.clone(), self.keys.clone(), self.clock.clone(), self.room, self.owner).await;
        next._folder = folder;
        next
    }

    pub(crate) async fn film(&self) -> String {
        let id = syncwatch_protocol::VideoId::new(new_id(self.clock.now()));
        let now = self.clock.now().0;
        let video = NewVideo {
            id,
            owner: self.owner,
            title: "Film".into(),
            file_name: "film.mp4".into(),
            mime: "video/mp4".into(),
            size_bytes: 10,
            upload_expires_at_ms: now + 1_000_000,
        };
        self.store.rows.create_video(&video, u64::MAX >> 1, now).await.expect("made");
        self.store.rows.enqueue_transcode(id, now).await.expect("enqueued");
        let job = self.store.rows.claim_transcode(now, 60_000).await.expect("claimed").expect("there is one");
        let facts = syncwatch_store::MediaFacts {
            duration_ms: 600_000,
            width: 1_920,
            height: 1_080,
            renditions: Vec::new(),
            poster: true,
        };
        self.store.rows.finish_transcode(id, job.attempt, &facts).await.expect("finished");
        id.to_string()
    }

    pub(crate) fn join_token(&self, participant: ParticipantId, name: &str) -> String {
        let claims = JoinClaims { room: self.room, participant, name: name.into(), kind: ParticipantKind::Guest };
        self.keys.sign(&claims, 60, self.clock.now())
    }

    pub(crate) async fn ada(&self) -> Client {
        self.enter(self.owner, "Ada").await
    }

    pub(crate) async fn guest(&self, name: &str) -> Client {
        self.enter(ParticipantId::new(new_id(self.clock.now())), name).await
    }

    pub(crate) async fn enter(&self, id: ParticipantId, name: &str) -> Client {
        let mut client = self.connect().await;
        client.hello("join", &self.join_token(id, name), None).await;
        client.welcomed().await;
        client
    }

    /// The address of the room's door, for those who do not knock politely.
    pub(crate) fn door(&self) -> (&str, String) {
        (&self.address, format!("/rt/rooms/{}", self.room))
    }

    pub(crate) async fn connect(&self) -> Client {
        let url = format!("ws://{}/rt/rooms/{}", self.address, self.room);
        let (socket, _) = connect_async(url).await.expect("the door is open");
        Client { socket, id: Value::Null, session: String::new(), state: Value::Null }
    }
}

pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) id: Value,
    pub(crate) session: String,
    /// The room as `server:hello` told it.
    pub(crate) state: Value,
}

impl Client {
    pub(crate) async fn hello(&mut self, kind: &str, token: &str, resume: Option<Value>) {
        let mut hello = json!({
            "type": "client:hello", "protocolVersion": "1.0.0", "clientId": "t", "capabilities": ["seek"],
            "credential": { "kind": kind, "token": token },
        });
        if let Some(resume) = resume {
            hello["resume"] = resume;
        }
        self.send(hello).await;
    }

    pub(crate) async fn welcomed(&mut self) -> &Value {
        let hello = self.wait("server:hello").await;
        self.id = hello["participantId"].clone();
        self.session = hello["sessionToken"].as_str().expect("a token").to_owned();
        self.state = hello["room"].clone();
        &self.state
    }

    pub(crate) async fn send(&mut self, message: Value) {
        self.send_raw(Message::text(message.to_string())).await;
    }

    pub(crate) async fn send_raw(&mut self, message: Message) {
        self.socket.send(message).await.expect("the socket is open");
    }

    /// The next message of this type; others before it are passed over.
    pub(crate) async fn wait(&mut self, kind: &str) -> Value {
        self.wait_for(kind, |_| true).await
    }

    pub(crate) async fn wait_for(&mut self, kind: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let search = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let message: Value = serde_json::from_str(&text).expect("messages are JSON");
                        if message["type"] == kind && wanted(&message) {
                            return message;
                        }
                    }
                    Some(Ok(Message::Close(frame))) => panic!("closed with {frame:?} instead of {kind}"),
                    Some(Ok(_)) => {}
                    other => panic!("{other:?} instead of {kind}"),
                }
            }
        };
        timeout(PATIENCE, search).await.unwrap_or_else(|_| panic!("no {kind} came"))
    }

    /// The next message, whatever it is.
    pub(crate) async fn next(&mut self) -> Value {
        let search = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).expect("messages are JSON"),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    other => panic!("{other:?} instead of a message"),
                }
            }
        };
        timeout(PATIENCE, search).await.expect("a message comes")
    }

    /// All commands up to this number, as they come.
    pub(crate) async fn commands_until(&mut self, sequence: u64) -> Vec<Value> {
        let mut commands = Vec::new();
        while commands.last().is_none_or(|last: &Value| last["playback"]["sequenceNumber"] != sequence) {
            commands.push(self.wait("sync:command").await["command"].take());
        }
        commands
    }

    /// The number with which the server closes.
    pub(crate) async fn closed(&mut self) -> u16 {
        let search = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Close(frame))) => return frame.map_or(0, |frame| frame.code.into()),
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return 0,
                }
            }
        };
        timeout(PATIENCE, search).await.expect("the server closes")
    }

    pub(crate) async fn command(&mut self, message: Value) -> Value {
        let id = message["id"].clone();
        self.send(message).await;
        self.wait_for("sync:reply", |reply| reply["id"] == id).await
    }

    /// Ends the connection without a word, as a lost network does.
    pub(crate) fn vanish(self) -> (String, Value) {
        (self.session, self.id)
    }
}

fn new_room(id: RoomId, owner: ParticipantId, places: u16, now_ms: u64) -> NewRoom {
    NewRoom {
        id,
        code: "K7QW2MXD".parse().expect("a code"),
        owner,
        owner_name: "Ada".into(),
        owner_kind: ParticipantKind::Guest,
        password_hash: None,
        settings: RoomSettings {
            name: "Film night".into(),
            max_participants: places,
            playback_control: PlaybackControl::All,
            privacy: Privacy::Anonymous,
            chat: true,
            guest_chat: true,
            auto_handover: true,
            owner_lock: true,
            waiting: WaitingPolicy::GoOn,
        },
        source_video: None,
        expires_at_ms: now_ms + 86_400_000,
    }
}
