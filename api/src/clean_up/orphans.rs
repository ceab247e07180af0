//! Files that belong to nothing any more (TRN-9): what a crash, a failed deletion or an earlier attempt has left.
//!
//! Only what nobody has written for a day is taken, so whoever is still at work on something is never disturbed. Names that
//! are not ours are left alone.

use syncwatch_protocol::{ServerTime, VideoId, VideoStatus};
use syncwatch_store::{ObjectKey, StoreError};
use tracing::warn;

use super::Cleaned;
use crate::metrics::{self, Rubbish};
use crate::state::ApiState;

/// Nothing is an orphan that was written later than so long ago.
const LEFT_ALONE_MS: u64 = 24 * 60 * 60 * 1_000;

/// Looks for orphans and removes them.
pub(super) struct Orphans<'a> {
    pub(super) state: &'a ApiState,
    pub(super) now: ServerTime,
    pub(super) cleaned: &'a mut Cleaned,
}

impl Orphans<'_> {
    /// Looks once at everything. What cannot be judged or removed is left for the next time and keeps nothing else from
    /// being looked at.
    pub(super) async fn sweep(&mut self) -> Result<(), StoreError> {
        for name in self.state.store.objects.names_under(&ObjectKey::uploads()).await? {
            note(self.look_at_upload(&name).await);
        }
        for name in self.state.store.objects.names_under(&ObjectKey::videos()).await? {
            if let Ok(id) = name.parse() {
                note(self.look_at_film(id).await);
            }
        }
        Ok(())
    }

    async fn look_at_upload(&mut self, name: &str) -> Result<(), StoreError> {
        let (id, unverified) = name.strip_suffix(".unverified").map_or((name, false), |id| (id, true));
        let Ok(id) = id.parse::<VideoId>() else { return Ok(()) };
        // Somebody writes it right now.
        let Some(_no_other_writer) = self.state.upload_locks.try_acquire(id) else { return Ok(()) };
        if unverified {
            self.remove(Rubbish::Unverified, &ObjectKey::unverified(id)).await
        } else if self.state.store.rows.video(id).await?.is_none() {
            self.remove(Rubbish::LostUpload, &ObjectKey::upload(id)).await
        } else {
            Ok(())
        }
    }

    async fn look_at_film(&mut self, id: VideoId) -> Result<(), StoreError> {
        let rows = &self.state.store.rows;
        let Some(film) = rows.video(id).await? else {
            return self.remove(Rubbish::LostFilm, &ObjectKey::video(id)).await;
        };
        // While it waits or is made, what earlier attempts left may still be of use to whoever makes it.
        let settled = matches!(film.status, VideoStatus::Ready | VideoStatus::Failed);
        if !settled || rows.is_worked_on(id, self.now.0).await? {
            return Ok(());
        }
        for name in self.state.store.objects.names_under(&ObjectKey::video(id)).await? {
            if let Ok(attempt) = name.parse()
                && attempt != film.attempt
            {
                self.remove(Rubbish::OldAttempt, &ObjectKey::attempt(id, attempt)).await?;
            }
        }
        Ok(())
    }

    async fn remove(&mut self, kind: Rubbish, key: &ObjectKey) -> Result<(), StoreError> {
        let objects = &self.state.store.objects;
        let Some(weight) = objects.weigh(key).await? else { return Ok(()) };
        if self.now.0.saturating_sub(weight.modified_ms) < LEFT_ALONE_MS {
            return Ok(());
        }
        match kind {
            Rubbish::Unverified | Rubbish::LostUpload => objects.remove(key).await?,
            _ => objects.remove_prefix(key).await?,
        }
        metrics::cleaned(kind, weight.bytes);
        self.cleaned.orphans += 1;
        self.cleaned.bytes += weight.bytes;
        Ok(())
    }
}

fn note(looked: Result<(), StoreError>) {
    if let Err(failure) = looked {
        warn!(error = %failure, "something left over could not be cleaned up; it will be tried again in an hour");
    }
}
