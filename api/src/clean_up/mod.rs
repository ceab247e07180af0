//! Keeps the store tidy: rooms whose time is over with their guests' films, films that have expired, uploads that nobody goes
//! on with, files that belong to nothing, tokens and log lines past their day (WT-2, UPL-1, UPL-6, TRN-9).

mod orphans;

use std::time::Duration;

use syncwatch_protocol::{RoomId, ServerTime, VideoId};
use syncwatch_store::notices::RoomNotice;
use syncwatch_store::{ObjectKey, StoreError, VideoRow};
use tracing::{error, info};

use self::orphans::Orphans;
use crate::metrics::{self, Rubbish};
use crate::scan;
use crate::state::ApiState;
use crate::uploads::{discard, finish_if_complete};

const EVERY: Duration = Duration::from_secs(60 * 60);
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// The hourly clean-up. One a process; more would only do the same work twice.
#[derive(Debug, Clone)]
pub struct CleanUp {
    state: ApiState,
}

/// What a clean-up did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Rooms that were closed.
    pub rooms: u64,
    /// Uploads that were given up.
    pub uploads: u64,
    /// Films that were removed because nobody can reach them any more.
    pub films: u64,
    /// Films that were removed because they had expired.
    pub expired: u64,
    /// Files and folders that belonged to nothing.
    pub orphans: u64,
    /// Bytes of all that was removed.
    pub bytes: u64,
    /// Complete uploads that a crash had kept from the transcoder.
    pub recovered: u64,
    /// Refresh tokens that were forgotten.
    pub tokens: u64,
    /// Lines of the audit log that were forgotten.
    pub audit_lines: u64,
}

impl CleanUp {
    /// Cleans up what this state serves.
    pub fn new(state: ApiState) -> Self {
        Self { state }
    }

    /// Cleans up at once and then every hour, until the process stops.
    pub async fn run(self) {
        loop {
            match self.run_once(self.state.now()).await {
                Ok(cleaned) => info!(?cleaned, "cleaned up"),
                Err(failure) => error!(error = %failure, "could not clean up; it will be tried again in an hour"),
            }
            tokio::select! {
                () = self.state.stopping().cancelled_owned() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    /// Cleans up once.
    pub async fn run_once(&self, now: ServerTime) -> Result<Cleaned, StoreError> {
        let mut cleaned = Cleaned::default();
        let empty_ms = self.state.settings.rooms.empty_hours * 60 * 60 * 1_000;
        let rows = &self.state.store.rows;
        for room in rows.rooms_to_close(now.0, now.0.saturating_sub(empty_ms)).await? {
            cleaned.rooms += u64::from(self.close(room, now).await?);
        }
        for film in rows.abandoned_videos(now.0.saturating_sub(empty_ms)).await? {
            cleaned.films +=
                u64::from(self.remove_unused(film, Rubbish::AbandonedFilm, now, &mut cleaned.bytes).await?);
        }
        self.expire_films(now, &mut cleaned).await?;
        for upload in rows.unfinished_uploads().await? {
            self.look_at(&upload, now, &mut cleaned).await?;
        }
        scan::take_up(&self.state).await?;
        cleaned.tokens = rows.forget_tokens(now.0).await?;
        cleaned.audit_lines = rows.forget_audit(now.0).await?;
        // Last: what could not be removed above has lost its row at most, and is an orphan to the next.
        Orphans { state: &self.state, now, cleaned: &mut cleaned }.sweep().await?;
        Ok(cleaned)
    }

    async fn close(&self, room: RoomId, now: ServerTime) -> Result<bool, StoreError> {
        let closed = self.state.store.rows.close_room(room, now.0).await?;
        self.state.notify_room(room, RoomNotice::Expired).await;
        Ok(closed)
    }

    /// Films that an open room uses are put off with each look, and so are never among those that go.
    async fn expire_films(&self, now: ServerTime, cleaned: &mut Cleaned) -> Result<(), StoreError> {
        let days = self.state.settings.uploads.film_days;
        let rows = &self.state.store.rows;
        rows.set_film_expiry((days > 0).then(|| days * DAY_MS), now.0).await?;
        for film in rows.expired_films(now.0).await? {
            let removed = self.remove_unused(film, Rubbish::ExpiredFilm, now, &mut cleaned.bytes).await?;
            cleaned.expired += u64::from(removed);
        }
        Ok(())
    }

    /// A guest's film goes with his room, a day later, so that he may still register and keep it. Not while it is on
    /// somewhere else.
    async fn remove_unused(
        &self,
        film: VideoId,
        kind: Rubbish,
        now: ServerTime,
        bytes: &mut u64,
    ) -> Result<bool, StoreError> {
        let unused = !self.state.store.rows.video_in_use(film, now.0).await?;
        if unused {
            *bytes += self.remove(film, kind).await?;
        }
        Ok(unused)
    }

    /// Removes a film or upload, and says how many bytes it had.
    async fn remove(&self, film: VideoId, kind: Rubbish) -> Result<u64, StoreError> {
        let mut bytes = 0;
        for key in [ObjectKey::upload(film), ObjectKey::unverified(film), ObjectKey::video(film)] {
            bytes += self.state.store.objects.weigh(&key).await?.map_or(0, |weight| weight.bytes);
        }
        discard(&self.state, film).await?;
        metrics::cleaned(kind, bytes);
        Ok(bytes)
    }

    /// Gives an upload up whose time is over, and hands one on that has all its bytes.
    async fn look_at(&self, upload: &VideoRow, now: ServerTime, cleaned: &mut Cleaned) -> Result<(), StoreError> {
        // Somebody writes it right now: then it is neither.
        let Some(_no_other_writer) = self.state.upload_locks.try_acquire(upload.id) else { return Ok(()) };
        let length = self.state.store.objects.durable_length(&ObjectKey::upload(upload.id)).await?;
        let expired = upload.upload_expires_at_ms.is_some_and(|at| at <= now.0);
        match length {
            Some(length) if length >= upload.size_bytes => {
                finish_if_complete(&self.state, upload, length).await?;
                cleaned.recovered += 1;
            }
            _ if expired => {
                cleaned.bytes += self.remove(upload.id, Rubbish::DroppedUpload).await?;
                cleaned.uploads += 1;
            }
            _ => {}
        }
        Ok(())
    }
}
