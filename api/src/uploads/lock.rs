//! One writer at a time for each upload.
//!
//! A client that lost its network comes back while its old connection still seems alive here. So a newcomer takes over
//! from a writer that has been silent for a moment, and is refused only while bytes keep coming. Those of a writer that is
//! slowed (UPL-3) may still come out of its socket long after its client has gone, so it makes way as well.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use syncwatch_protocol::{Code, VideoId};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use tokio_util::sync::CancellationToken;

/// A writer that has been silent for so long is taken for gone.
const SILENT_MS: u64 = 2_000;

/// A writer whose connection has ended still brings what came to the disk. Whoever pauses and goes on at once would be
/// refused over that.
const FINISHING: Duration = Duration::from_millis(1_500);

/// A writer that is asked to go needs no longer than one write to the disk.
const HANDOVER: Duration = Duration::from_secs(10);

/// The writers of all uploads.
#[derive(Debug, Default)]
pub(crate) struct UploadLocks {
    writers: Mutex<HashMap<VideoId, Arc<Writer>>>,
}

#[derive(Debug, Default)]
struct Writer {
    turn: Arc<Turn<()>>,
    asked_to_go: Mutex<CancellationToken>,
    last_byte_ms: AtomicU64,
    held_back_ms: AtomicU64,
}

/// The right to write one upload, until dropped.
#[derive(Debug)]
pub(crate) struct UploadLock {
    writer: Arc<Writer>,
    asked_to_go: CancellationToken,
    _turn: OwnedMutexGuard<()>,
}

impl UploadLocks {
    /// Waits a moment for the right to write, and asks a silent writer to go.
    pub(crate) async fn acquire(&self, id: VideoId, now_ms: u64) -> Result<UploadLock, Code> {
        let writer = self.writer(id);
        let turn = match tokio::time::timeout(FINISHING, writer.turn.clone().lock_owned()).await {
            Ok(turn) => turn,
            Err(_) if writer.is_busy(now_ms) => return Err(Code::UploadLocked),
            Err(_) => {
                writer.asked_to_go.lock().unwrap_or_else(PoisonError::into_inner).cancel();
                let waited = tokio::time::timeout(HANDOVER, writer.turn.clone().lock_owned()).await;
                waited.map_err(|_| Code::UploadLocked)?
            }
        };
        Ok(UploadLock::begin(writer, turn, now_ms))
    }

    /// The right to write if nobody has it. Asks nobody to go.
    pub(crate) fn try_acquire(&self, id: VideoId) -> Option<UploadLock> {
        let writer = self.writer(id);
        let turn = writer.turn.clone().try_lock_owned().ok()?;
        Some(UploadLock::begin(writer, turn, 0))
    }

    fn writer(&self, id: VideoId) -> Arc<Writer> {
        let mut writers = self.writers.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that nobody holds are only in the map.
        writers.retain(|known, writer| *known == id || Arc::strong_count(writer) > 1);
        writers.entry(id).or_default().clone()
    }
}

impl Writer {
    /// Its client is still there, as far as one can see.
    fn is_busy(&self, now_ms: u64) -> bool {
        let lately = |moment: &AtomicU64| now_ms.saturating_sub(moment.load(Ordering::Relaxed)) < SILENT_MS;
        lately(&self.last_byte_ms) && !lately(&self.held_back_ms)
    }
}

impl UploadLock {
    fn begin(writer: Arc<Writer>, turn: OwnedMutexGuard<()>, now_ms: u64) -> Self {
        let asked_to_go = CancellationToken::new();
        *writer.asked_to_go.lock().unwrap_or_else(PoisonError::into_inner) = asked_to_go.clone();
        writer.last_byte_ms.store(now_ms, Ordering::Relaxed);
        writer.held_back_ms.store(0, Ordering::Relaxed);
        Self { writer, asked_to_go, _turn: turn }
    }

    /// Notes that bytes have come.
    pub(crate) fn heard(&self, now_ms: u64) {
        self.writer.last_byte_ms.store(now_ms, Ordering::Relaxed);
    }

    /// Notes that we read more slowly than bytes come.
    pub(crate) fn held_back(&self, now_ms: u64) {
        self.writer.held_back_ms.store(now_ms, Ordering::Relaxed);
    }

    /// Resolves when another connection takes over.
    pub(crate) async fn asked_to_go(&self) {
        self.asked_to_go.cancelled().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ID: VideoId = VideoId::new(Uuid::from_u128(1));

    // UPL-1
    #[tokio::test(start_paused = true)]
    async fn while_bytes_keep_coming_nobody_else_may_write() {
        let locks = UploadLocks::default();
        let first = locks.acquire(ID, 1_000).await.unwrap();
        first.heard(5_000);
        assert_eq!(locks.acquire(ID, 6_999).await.err(), Some(Code::UploadLocked));
        let other = VideoId::new(Uuid::from_u128(2));
        assert!(locks.acquire(other, 6_999).await.is_ok());
        drop(first);
        assert!(locks.acquire(ID, 7_000).await.is_ok());
    }

    // UPL-1
    #[tokio::test(start_paused = true)]
    async fn a_silent_writer_makes_way() {
        let locks = Arc::new(UploadLocks::default());
        let silent = locks.acquire(ID, 1_000).await.unwrap();
        let writer = tokio::spawn(async move { silent.asked_to_go().await });
        let next = locks.acquire(ID, 3_000).await.unwrap();
        writer.await.unwrap();
        assert!(!next.asked_to_go.is_cancelled());
    }

    // UPL-1, UPL-3
    #[tokio::test(start_paused = true)]
    async fn a_writer_that_is_slowed_makes_way_though_bytes_keep_coming() {
        let locks = Arc::new(UploadLocks::default());
        let slowed = locks.acquire(ID, 10_000).await.unwrap();
        slowed.heard(15_000);
        slowed.held_back(15_000);
        let writer = tokio::spawn(async move { slowed.asked_to_go().await });
        let next = locks.acquire(ID, 15_500).await.unwrap();
        writer.await.unwrap();
        next.heard(16_000);
        assert_eq!(locks.acquire(ID, 16_500).await.err(), Some(Code::UploadLocked), "the next one is not slowed");
    }

    // SEC-3
    #[tokio::test]
    async fn finished_uploads_leave_nothing_behind() {
        let locks = UploadLocks::default();
        for id in 0..100 {
            drop(locks.acquire(VideoId::new(Uuid::from_u128(id)), 0).await.unwrap());
        }
        assert_eq!(locks.writers.lock().unwrap().len(), 1);
    }
}
