//! Takes films from the queue, a few at once, until the process stops (TRN-4, TRN-12).
//!
//! What a job is and who may work on it is the store's matter: a claim has a lease and a number, and whoever holds an older
//! number is refused. So a worker that was thought dead and is not does no harm.

mod report;
mod turn;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use syncwatch_service::{Clock, Complaint, MediaLinks, Validate, validate_section, within};
use syncwatch_store::{ClaimedJob, Store, StoreError, notices};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::{Tools, TranscodeSettings, metrics};
use turn::Turn;

/// How a worker works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WorkerSettings {
    /// Films made at once.
    pub at_once: usize,
    /// Limits and wishes of each.
    pub transcode: TranscodeSettings,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self { at_once: 1, transcode: TranscodeSettings::default() }
    }
}

impl Validate for WorkerSettings {
    fn validate(&self, complaints: &mut Vec<Complaint>) {
        within(complaints, "at_once", self.at_once, 1..=64);
        validate_section(complaints, "transcode", &self.transcode);
    }
}

/// A claim is renewed three times in this time; a worker that stays silent for longer has lost the job.
pub(crate) const LEASE: Duration = Duration::from_secs(30);
/// Jobs are announced; this is for announcements that were lost and leases that ran out.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// What a worker needs.
#[derive(Debug, Clone)]
pub struct WorkerParts {
    /// Where films and jobs are kept.
    pub store: Store,
    /// Server time.
    pub clock: Clock,
    /// FFmpeg and the probe.
    pub tools: Tools,
    /// Signs the addresses of posters.
    pub links: MediaLinks,
    /// What the installation set.
    pub settings: WorkerSettings,
}

/// Takes films from the queue.
#[derive(Debug, Clone)]
pub struct Worker {
    parts: WorkerParts,
}

impl Worker {
    /// A worker that does nothing yet.
    pub fn new(parts: WorkerParts) -> Self {
        Self { parts }
    }

    /// Works until `stop`. Films that are being made then are handed back to the queue.
    ///
    /// Before the first one it queues anew what was running when the process before this one ended: the data folder is
    /// locked, so nobody else can be working on it.
    pub async fn run(mut self, stop: CancellationToken) {
        metrics::describe();
        self.look_at_tools().await;
        self.recover().await;
        let mut announced = self.parts.store.state.subscribe(notices::JOBS_TOPIC).await;
        let mut turns = JoinSet::new();
        while !stop.is_cancelled() {
            if turns.len() < self.parts.settings.at_once
                && let Some(job) = self.claim().await
            {
                turns.spawn(self.turn(job, &stop).run());
                continue;
            }
            metrics::running(turns.len());
            let pause = self.until_next().await;
            tokio::select! {
                () = stop.cancelled() => {}
                _ = announced.next() => {}
                Some(ended) = turns.join_next() => if let Err(failure) = ended {
                    // Its lease runs out, and the film gets another turn.
                    error!("a transcode ended unexpectedly: {failure}");
                },
                () = tokio::time::sleep(pause) => {}
            }
        }
        while turns.join_next().await.is_some() {}
        metrics::running(0);
    }

    async fn look_at_tools(&mut self) {
        match self.parts.tools.check().await {
            Ok(capabilities) => self.parts.settings.transcode.ladder.can_tone_map = capabilities.tone_map,
            Err(missing) => warn!("films cannot be made ready: {missing}"),
        }
    }

    async fn recover(&self) {
        match self.parts.store.rows.recover_running_jobs(self.parts.clock.now().0).await {
            Ok(0) => {}
            Ok(jobs) => {
                info!(jobs.count = jobs, "taking up {jobs} transcodes that were running when the process ended")
            }
            Err(failure) => error!("interrupted transcodes could not be queued again: {failure}"),
        }
    }

    async fn claim(&self) -> Option<ClaimedJob> {
        let lease_ms = u64::try_from(LEASE.as_millis()).unwrap_or(u64::MAX);
        self.parts.store.rows.claim_transcode(self.parts.clock.now().0, lease_ms).await.unwrap_or_else(|failure| {
            log_store(&failure, "the queue could not be read");
            None
        })
    }

    fn turn(&self, job: ClaimedJob, stop: &CancellationToken) -> Turn {
        Turn { parts: self.parts.clone(), stop: stop.clone(), job }
    }

    /// A retry waits for its time without anybody announcing it.
    async fn until_next(&self) -> Duration {
        let now = self.parts.clock.now().0;
        match self.parts.store.rows.next_transcode_at().await {
            Ok(Some(at)) => Duration::from_millis(at.saturating_sub(now).max(50)).min(LOOK_AGAIN),
            _ => LOOK_AGAIN,
        }
    }
}

pub(crate) fn log_store(failure: &StoreError, what: &str) {
    if failure.is_passing() {
        warn!("{what}: {failure}");
    } else {
        error!("{what}: {failure}");
    }
}
