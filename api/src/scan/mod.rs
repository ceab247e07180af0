//! Looking for malware between a complete upload and the queue (UPL-4).
//!
//! The state is in the film's row, so a scan that a stop or a crash cut short begins anew with the next start. Where no
//! scanner is set, films go straight on.

mod clamd;

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use syncwatch_protocol::{Code, VideoId};
use syncwatch_store::{ObjectKey, StoreError, notices};
use tokio::sync::Semaphore;
use tracing::{error, info, warn};

use crate::metrics::{self, ScanOutcome};
use crate::settings::OnScanFailure;
use crate::state::ApiState;

pub(crate) use clamd::Address;
use clamd::{ScanError, Verdict, scan};

/// Files that are shown to clamd at once. It has threads for ten by default, and they are not all ours.
const AT_ONCE: usize = 2;

/// The scans that are under way or wait for their turn.
#[derive(Debug)]
pub(crate) struct Scans {
    turns: Semaphore,
    known: Mutex<HashSet<VideoId>>,
}

/// What a scan led to.
enum Seen {
    Verdict(Verdict),
    /// There is nothing to look at any more.
    NoFile,
}

impl Default for Scans {
    fn default() -> Self {
        Self { turns: Semaphore::new(AT_ONCE), known: Mutex::default() }
    }
}

impl Scans {
    fn begin(&self, id: VideoId) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(id)
    }

    fn end(&self, id: VideoId) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

/// Sends a complete film on: to the scanner where there is one, else to the transcoder.
pub(crate) async fn hand_on(state: &ApiState, id: VideoId) -> Result<(), StoreError> {
    if state.settings.scan.address().is_none() {
        return enqueue(state, id).await;
    }
    if state.store.rows.begin_scan(id, state.now_ms()).await? {
        state.announce_change_of(id).await?;
        start(state, id);
    }
    Ok(())
}

/// Goes on with the scans that the end of a process cut short. Those that are under way are left alone.
pub(crate) async fn take_up(state: &ApiState) -> Result<(), StoreError> {
    for id in state.store.rows.scanning().await? {
        start(state, id);
    }
    Ok(())
}

fn start(state: &ApiState, id: VideoId) {
    if !state.scans.begin(id) {
        return;
    }
    let own = state.clone();
    state.tasks.spawn("scan", async move {
        if let Err(failure) = see_to(&own, id).await {
            error!(error = %failure, video.id = %id, "a scan could not be noted; it will be done again");
        }
        own.scans.end(id);
    });
}

async fn see_to(state: &ApiState, id: VideoId) -> Result<(), StoreError> {
    let Some(address) = state.settings.scan.address() else { return enqueue(state, id).await };
    let stopping = state.stopping();
    let seen = tokio::select! {
        () = stopping.cancelled() => return Ok(()),
        seen = look_until_seen(state, id, &address) => seen,
    };
    match seen {
        Ok(Seen::Verdict(Verdict::Clean)) => {
            metrics::scanned(ScanOutcome::Clean);
            enqueue(state, id).await
        }
        Ok(Seen::Verdict(Verdict::Found(signature))) => {
            metrics::scanned(ScanOutcome::Found);
            warn!(video.id = %id, scan.signature = signature, "malware was found in an upload, which is removed");
            state.store.objects.remove(&ObjectKey::upload(id)).await?;
            state.store.rows.source_removed(id).await?;
            refuse(state, id, Code::MalwareFound).await
        }
        Ok(Seen::NoFile) => refuse(state, id, Code::Unreadable).await,
        Err(failure) => {
            metrics::scanned(ScanOutcome::Failed);
            let on_failure = state.settings.scan.on_failure;
            error!(error = %failure, video.id = %id, scan.on_failure = ?on_failure, "an upload could not be scanned");
            match on_failure {
                OnScanFailure::Refuse => refuse(state, id, Code::ScanFailed).await,
                OnScanFailure::Accept => enqueue(state, id).await,
            }
        }
    }
}

async fn look_until_seen(state: &ApiState, id: VideoId, address: &Address) -> Result<Seen, ScanError> {
    let settings = &state.settings.scan;
    let _turn = state.scans.turns.acquire().await;
    let mut tries = 1;
    loop {
        match look(state, id, address).await {
            Err(failure) if tries < settings.tries => {
                info!(error = %failure, video.id = %id, "a scan failed and is tried again");
            }
            seen => return seen,
        }
        tries += 1;
        tokio::time::sleep(Duration::from_secs(settings.retry_seconds)).await;
    }
}

async fn look(state: &ApiState, id: VideoId, address: &Address) -> Result<Seen, ScanError> {
    let settings = &state.settings.scan;
    let file = state.store.objects.open(&ObjectKey::upload(id)).await.map_err(std::io::Error::other)?;
    let Some(file) = file else { return Ok(Seen::NoFile) };
    let length = file.size_bytes.min(settings.max_bytes);
    let patience = Duration::from_secs(settings.idle_seconds);
    Ok(Seen::Verdict(scan(address, Box::pin(file.stream(0, length)), patience).await?))
}

async fn refuse(state: &ApiState, id: VideoId, code: Code) -> Result<(), StoreError> {
    if state.store.rows.refuse_scanned(id, code, state.now_ms()).await? {
        state.announce_change_of(id).await?;
    }
    Ok(())
}

async fn enqueue(state: &ApiState, id: VideoId) -> Result<(), StoreError> {
    state.store.rows.enqueue_transcode(id, state.now_ms()).await?;
    state.store.state.publish(notices::JOBS_TOPIC, "").await;
    state.announce_change_of(id).await
}
