//! What every route shares.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use syncwatch_protocol::{ParticipantId, RoomId, ServerTime, VideoEvent, VideoId, VideoView};
use syncwatch_service::{Clock, MediaLinks, Tasks, Telemetry, TokenKeys, new_id};
use syncwatch_store::{AuditAction, AuditEntry, Store, StoreError, VideoRow, notices};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::access::ended_session_key;
use crate::accounts::Passwords;
use crate::edge::ClientAddress;
use crate::links::Examiner;
use crate::media::WaitingRoom;
use crate::repair::Repairs;
use crate::scan::Scans;
use crate::settings::ApiSettings;
use crate::uploads::{Pace, Paces, UploadLocks};

/// What a process hands to the API.
#[derive(Debug, Clone)]
pub struct ApiParts {
    /// Where everything is stored.
    pub store: Store,
    /// What signs tokens and addresses.
    pub keys: TokenKeys,
    /// Server time.
    pub clock: Clock,
    /// What the installation set.
    pub settings: ApiSettings,
    /// Metrics to be served.
    pub telemetry: Telemetry,
    /// The process's tasks. When they are told to end, it is not ready any more.
    pub tasks: Tasks,
    /// Whether FFmpeg was found; without it, uploads wait and health says so.
    pub ffmpeg_available: bool,
}

/// What every route shares. Clones are cheap.
#[derive(Debug, Clone)]
pub struct ApiState {
    parts: Arc<ApiParts>,
    pub(crate) passwords: Passwords,
    pub(crate) upload_locks: Arc<UploadLocks>,
    paces: Arc<Paces>,
    pub(crate) links: MediaLinks,
    pub(crate) scans: Arc<Scans>,
    pub(crate) repairs: Arc<Repairs>,
    pub(crate) waiting_room: WaitingRoom,
    pub(crate) examiner: Examiner,
}

impl ApiState {
    /// Prepares the parts for serving.
    pub fn new(parts: ApiParts) -> Self {
        let uploads = &parts.settings.uploads;
        Self {
            passwords: Passwords::new(parts.settings.accounts.bcrypt_cost),
            upload_locks: Arc::default(),
            paces: Arc::new(Paces::new(uploads.mbit_per_second, uploads.burst_bytes)),
            scans: Arc::default(),
            repairs: Arc::default(),
            examiner: Examiner::new(&parts.settings.links),
            links: parts.settings.media.links(parts.keys.clone()),
            waiting_room: WaitingRoom::default(),
            parts: Arc::new(parts),
        }
    }

    /// Cancelled when the process stops.
    pub(crate) fn stopping(&self) -> CancellationToken {
        self.tasks.cancelled()
    }

    /// Server time.
    pub(crate) fn now(&self) -> ServerTime {
        self.clock.now()
    }

    /// Server time in milliseconds, as the store wants it.
    pub(crate) fn now_ms(&self) -> u64 {
        self.clock.now().0
    }

    /// The pace of somebody's uploads; none for those who are not slowed.
    pub(crate) fn pace_of(&self, person: ParticipantId, address: ClientAddress) -> Option<Pace> {
        let limited = self.settings.uploads.mbit_per_second > 0 && self.counts(address);
        limited.then(|| self.paces.of(person, Instant::now()))
    }

    /// A video as people see it, with signed addresses.
    pub(crate) fn view(&self, video: &VideoRow) -> VideoView {
        let now = self.now();
        video.view(|attempt, file| self.links.link(video.id, attempt, file, now).path)
    }

    /// Tells everybody who watches a video what it is like now.
    pub(crate) async fn announce_video(&self, event: VideoEvent, id: VideoId) {
        if let Ok(json) = serde_json::to_vec(&event) {
            self.store.state.publish(&notices::video_topic(id), json).await;
        }
    }

    /// Tells everybody who watches a video what its row says now.
    pub(crate) async fn announce_change_of(&self, id: VideoId) -> Result<(), StoreError> {
        if let Some(video) = self.store.rows.video(id).await? {
            self.announce_video(VideoEvent::Changed(Box::new(self.view(&video))), id).await;
        }
        Ok(())
    }

    /// Tells a room's actor about something that happened outside of it.
    pub(crate) async fn notify_room(&self, id: RoomId, notice: notices::RoomNotice) {
        if let Ok(json) = serde_json::to_vec(&notice) {
            self.store.state.publish(&notices::room_topic(id), json).await;
        }
    }

    /// Makes the access tokens of a log-in that has ended void. They are good without a look at the database, so the end
    /// of one is remembered for as long as it would have lived.
    pub(crate) async fn end_access(&self, family: Uuid) {
        let life = Duration::from_secs(self.settings.accounts.access_token_seconds);
        self.store.state.put(&ended_session_key(&family.to_string()), "", life, self.now_ms()).await;
    }

    /// Writes into the audit log. A log that cannot be written does not undo what was done; it is an error to act on.
    pub(crate) async fn audit(&self, deed: Deed) {
        let entry = AuditEntry {
            id: new_id(self.now()),
            at_ms: self.now_ms(),
            action: deed.action,
            actor: deed.actor,
            address: Some(deed.address.to_string()),
            target: deed.target,
            metadata: serde_json::Value::Object(serde_json::Map::new()),
            success: deed.success,
        };
        if let Err(failure) = self.store.rows.audit(&entry).await {
            tracing::error!(error = %failure, "the audit log could not be written");
        }
    }
}

/// Something worth a line in the audit log (SEC-5).
#[derive(Debug)]
pub(crate) struct Deed {
    pub(crate) action: AuditAction,
    pub(crate) actor: Option<ParticipantId>,
    pub(crate) address: ClientAddress,
    pub(crate) target: Option<String>,
    pub(crate) success: bool,
}

impl Deref for ApiState {
    type Target = ApiParts;
    fn deref(&self) -> &ApiParts {
        &self.parts
    }
}
