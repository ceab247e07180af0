//! A running API on a loopback port, with its own data folder and a clock that tests move.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use syncwatch_api::{ApiParts, ApiSettings, ApiState, CleanUp, router};
use syncwatch_protocol::{ParticipantId, ParticipantKind, Role, RoomCode, VideoId};
use syncwatch_service::{Clock, LogFormat, Tasks, Telemetry, TokenKeys};
use syncwatch_store::{PersonRow, RoomRow, RoomSave, Store};
use tempfile::TempDir;

pub(crate) struct TestApi {
    pub(crate) store: Store,
    pub(crate) tasks: Tasks,
    pub(crate) clock: Clock,
    pub(crate) client: reqwest::Client,
    advance: Box<dyn Fn(u64) + Send + Sync>,
    state: ApiState,
    address: SocketAddr,
    serving: tokio::task::JoinHandle<()>,
    folder: Option<Arc<TempDir>>,
    keys: TokenKeys,
    settings: ApiSettings,
}

impl TestApi {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts with other settings than the defaults. Passwords are cheap in any case.
    pub(crate) async fn start_with(set: impl FnOnce(&mut ApiSettings)) -> Self {
        let mut settings = cheap_settings();
        set(&mut settings);
        Self::serve(Arc::new(tempfile::tempdir().unwrap()), TokenKeys::random(), settings).await
    }

    /// Starts with keys that the test knows.
    pub(crate) async fn start_with_keys(keys: TokenKeys) -> Self {
        Self::serve(Arc::new(tempfile::tempdir().unwrap()), keys, cheap_settings()).await
    }

    /// Starts in a folder that outlives this process.
    pub(crate) async fn start_in(folder: &Path) -> Self {
        let keys = TokenKeys::load_or_create(&folder.join("keys.json")).unwrap();
        Self::serve_in(folder, None, keys, cheap_settings()).await
    }

    async fn serve(folder: Arc<TempDir>, keys: TokenKeys, settings: ApiSettings) -> Self {
        let path = folder.path().to_owned();
        Self::serve_in(&path, Some(folder), keys, settings).await
    }

    async fn serve_in(path: &Path, folder: Option<Arc<TempDir>>, keys: TokenKeys, settings: ApiSettings) -> Self {
        let store = Store::open_embedded(path).await.unwrap();
        let (clock, advance) = Clock::movable();
        let tasks = Tasks::new();
        let state = ApiState::new(ApiParts {
            store: store.clone(),
            keys: keys.clone(),
            clock: clock.clone(),
            settings: settings.clone(),
            telemetry: TELEMETRY.clone(),
            tasks: tasks.clone(),
            ffmpeg_available: true,
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let (client, advance) = (reqwest::Client::new(), Box::new(advance));
        Self { store, tasks, clock, client, advance, state, address, serving, folder, keys, settings }
    }

    /// The server stops without a word and another one starts in the same folder.
    pub(crate) async fn crash_and_restart(self) -> Self {
        self.crash_and_restart_with(|_| {}).await
    }

    /// The same with other settings than before.
    pub(crate) async fn crash_and_restart_with(self, set: impl FnOnce(&mut ApiSettings)) -> Self {
        let folder = self.folder.clone().expect("its own folder");
        let (keys, mut settings) = (self.keys.clone(), self.settings.clone());
        set(&mut settings);
        drop(self);
        // Connections of their own tasks end with their sockets; the folder is free when the last one has.
        let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
        while Store::open_embedded(folder.path()).await.is_err() {
            assert!(tokio::time::Instant::now() < deadline, "the folder stays in use");
            tokio::task::yield_now().await;
        }
        Self::serve(folder, keys, settings).await
    }

    pub(crate) fn url(&self, path: &str) -> String {
        if path.starts_with('/') {
            format!("http://{}{path}", self.address)
        } else {
            format!("http://{}/api/v1/{path}", self.address)
        }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> RequestBuilder {
        self.request(Method::POST, path).json(&body)
    }

    pub(crate) fn advance_ms(&self, ms: u64) {
        (self.advance)(ms);
    }

    pub(crate) fn clean_up(&self) -> CleanUp {
        CleanUp::new(self.state.clone())
    }

    /// An account with this name, logged in.
    pub(crate) async fn user(&self, name: &str) -> Person {
        let form = json!({ "email": format!("{name}@example.org"), "username": name, "password": PASSWORD });
        let session = self.post("auth/register", form).send().await.unwrap().expect(StatusCode::CREATED).await;
        Person { id: text(&session["user"]["id"]), token: text(&session["accessToken"]) }
    }

    /// A room of a guest with this name.
    pub(crate) async fn guest_room(&self, nickname: &str) -> (Value, Person) {
        let grant = self.post("rooms", json!({ "nickname": nickname })).send().await.unwrap();
        let grant = grant.expect(StatusCode::CREATED).await;
        let owner = Person { id: text(&grant["participantId"]), token: text(&grant["guestToken"]) };
        (grant["room"].clone(), owner)
    }

    pub(crate) async fn room_row(&self, room: &Value) -> RoomRow {
        let code: RoomCode = text(&room["code"]).parse().unwrap();
        self.store.rows.room_by_code(&code).await.unwrap().unwrap()
    }

    /// What the room's actor would store: these people are in, and this film is on.
    pub(crate) async fn people_in(&self, room: &Value, people: &[PersonRow], film: Option<VideoId>) {
        let id = self.room_row(room).await.id;
        let claimed = self.store.rows.claim_room(id, 0).await.unwrap().unwrap();
        let save = RoomSave {
            room_id: id,
            epoch: claimed.epoch,
            sequence: 1,
            body: Some("{}".into()),
            settings: claimed.room.settings,
            status: claimed.room.status,
            owner: claimed.room.owner,
            source_video: film,
            queue: None,
            people: people.to_vec(),
            bans: None,
            messages: Vec::new(),
            now_ms: self.clock.now().0,
        };
        self.store.rows.save_room(&save).await.unwrap();
    }
}

fn cheap_settings() -> ApiSettings {
    let mut settings = ApiSettings::default();
    settings.accounts.bcrypt_cost = 4;
    settings
}

impl Drop for TestApi {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// One for all tests: a process has one recorder of metrics.
static TELEMETRY: LazyLock<Telemetry> = LazyLock::new(|| Telemetry::start(LogFormat::Text, "off"));

pub(crate) const PASSWORD: &str = "correct horse battery";

/// Somebody with a token.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) token: String,
}

impl Person {
    pub(crate) fn participant(&self) -> ParticipantId {
        self.id.parse().unwrap()
    }
}

pub(crate) fn present(id: ParticipantId, name: &str) -> PersonRow {
    let (kind, role) = (ParticipantKind::Guest, Role::Guest);
    PersonRow { id, name: name.into(), kind, role, colour: 1, joined_at_ms: 0, present: true, kicked: false }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

pub(crate) trait Expect {
    /// The JSON body of an answer that must have this status.
    async fn expect(self, status: StatusCode) -> Value;
    /// Checks a refusal: its status, its code, and that it is a whole problem document.
    async fn expect_problem(self, status: u16, code: &str) -> Value;
}

impl Expect for Response {
    async fn expect(self, status: StatusCode) -> Value {
        let (seen, body) = (self.status(), self.text().await.unwrap());
        assert_eq!(seen, status, "{body}");
        serde_json::from_str(&body).unwrap_or(Value::Null)
    }

    async fn expect_problem(self, status: u16, code: &str) -> Value {
        let (seen, headers, body) = (self.status(), self.headers().clone(), self.text().await.unwrap());
        let problem: Value = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{seen}: no JSON in {body:?}"));
        assert_eq!((seen.as_u16(), text(&problem["code"])), (status, code.to_owned()), "{body}");
        assert_eq!(headers["content-type"], "application/problem+json");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("urn:syncwatch:problem:{}", text(&problem["code"])));
        assert_eq!(problem["requestId"], headers["x-request-id"].to_str().unwrap());
        problem
    }
}
