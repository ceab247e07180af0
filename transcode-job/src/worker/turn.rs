//! One film's turn: from the claim to the end, whatever the end is.

use std::io;

use syncwatch_media::FailureReason;
use syncwatch_protocol::{Code, VideoEvent};
use syncwatch_store::notices::{self, MakingNotice};
use syncwatch_store::{Announcement, ClaimedJob, ObjectKey, StoreError, Subscription};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, interval};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, info, info_span, warn};

use super::report::Report;
use super::{LEASE, WorkerParts, log_store};
use crate::transcode::{Transcode, discard};
use crate::{Event, Outcome, Prepared, TranscodeError, metrics};

/// Events come twice a second; a few more may wait for a slow disk before FFmpeg's reports do.
const EVENTS_WAITING: usize = 64;

/// A film that is being made.
pub(super) struct Turn {
    pub(super) parts: WorkerParts,
    pub(super) stop: CancellationToken,
    pub(super) job: ClaimedJob,
}

/// Why the work was stopped from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interruption {
    /// The process stops.
    Stopping,
    /// The film was deleted, or is about to be.
    Deleted,
    /// Somebody else has the job.
    Lost,
}

impl Turn {
    /// Makes the film and sees to its row, its files and those who wait for it.
    pub(super) async fn run(self) {
        let span = info_span!("transcode.film.make", video.id = %self.job.video.id, job.attempt = self.job.attempt);
        self.make().instrument(span).await;
    }

    async fn make(self) {
        let started = Instant::now();
        let mut report = Report::new(&self.parts, &self.job);
        report.publish().await;
        let (result, interruption) = self.work(&mut report).await;
        match (result, interruption) {
            (Ok(outcome), _) => self.succeed(&mut report, &outcome, started).await,
            (Err(_), Some(interruption)) => self.give_up(&mut report, interruption).await,
            (Err(error), None) => self.fail(&mut report, &error).await,
        }
        self.leave().await;
    }

    /// Runs the transcode, passes its events on, keeps the lease, and listens for wishes and for a reason to stop.
    async fn work(&self, report: &mut Report) -> (Result<Outcome, TranscodeError>, Option<Interruption>) {
        let (events, mut heard) = mpsc::channel(EVENTS_WAITING);
        let cancel = CancellationToken::new();
        let (begun, mut begins) = oneshot::channel();
        let (wish, wishes) = watch::channel(None);
        let mut topic = self.parts.store.state.subscribe(&notices::video_topic(self.job.video.id)).await;
        let mut making = self.parts.store.state.subscribe(&notices::making_topic(self.job.video.id)).await;
        let mut renewal = interval(LEASE / 3);
        let done = CancellationToken::new();
        let working = async {
            let result = self.transcode(&events, &cancel, begun, wishes).await;
            done.cancel();
            result
        };
        // Beside the work and never instead of it: both write rows, and a transaction that nobody goes on with keeps all
        // others waiting.
        let listening = async {
            let mut interruption = None;
            while !done.is_cancelled() {
                let wanted = tokio::select! {
                    biased;
                    Ok(output) = &mut begins, if report.output() == 0 => {
                        report.begin_output(output);
                        None
                    },
                    Some(event) = heard.recv() => self.hear(report, event).await,
                    () = done.cancelled() => None,
                    _ = renewal.tick() => self.renew().await,
                    segment = wished(&mut making, report.output()) => {
                        wish.send_replace(Some(segment));
                        None
                    },
                    () = unwanted(&mut topic), if interruption.is_none() => Some(Interruption::Deleted),
                    () = self.stop.cancelled(), if interruption.is_none() => Some(Interruption::Stopping),
                };
                if let Some(reason) = wanted {
                    interruption.get_or_insert(reason);
                    cancel.cancel();
                }
            }
            while let Ok(event) = heard.try_recv() {
                self.hear(report, event).await;
            }
            interruption
        };
        tokio::join!(working, listening)
    }

    /// Looks into the film, chooses its output, and fills it.
    async fn transcode(
        &self,
        events: &mpsc::Sender<Event>,
        cancel: &CancellationToken,
        begun: oneshot::Sender<u32>,
        wishes: watch::Receiver<Option<usize>>,
    ) -> Result<Outcome, TranscodeError> {
        let parts = &self.parts;
        let work = Transcode::new(&self.source(), &parts.tools, &parts.settings.transcode, events, cancel)?;
        let prepared = work.prepare().await?;
        let output = self.choose_output(&prepared).await?;
        let _ = begun.send(output);
        self.remove_other_outputs(output).await;
        work.make(prepared, &self.output(output), wishes).await
    }

    /// The output of the try before this one is gone on with when it would come out the same. Another one gets a name of
    /// its own: what was served under the old one is in caches.
    async fn choose_output(&self, prepared: &Prepared) -> Result<u32, TranscodeError> {
        let ClaimedJob { video, attempt, output, .. } = &self.job;
        let first = output == attempt;
        if first || prepared.goes_on(&self.output(*output), &self.parts.settings.transcode).await {
            return Ok(*output);
        }
        match self.parts.store.rows.begin_output(video.id, *attempt, *attempt).await {
            Ok(()) => Ok(*attempt),
            Err(failure) => {
                Err(TranscodeError::failed(FailureReason::Storage, format!("cannot begin an output: {failure}")))
            }
        }
    }

    async fn hear(&self, report: &mut Report, event: Event) -> Option<Interruption> {
        interruption_by(report.hear(event, Instant::now()).await, "a film's progress could not be noted")
    }

    async fn renew(&self) -> Option<Interruption> {
        let (id, attempt) = (self.job.video.id, self.job.attempt);
        let lease_ms = u64::try_from(LEASE.as_millis()).unwrap_or(u64::MAX);
        let renewed = self.parts.store.rows.renew_transcode(id, attempt, self.parts.clock.now().0, lease_ms).await;
        interruption_by(renewed, "the claim on a film could not be renewed")
    }

    async fn succeed(&self, report: &mut Report, outcome: &Outcome, started: Instant) {
        let took = started.elapsed();
        match report.finish(outcome).await {
            Ok(()) => {
                metrics::finished("ready", took);
                info!(took_ms = took.as_millis() as u64, output.size_bytes = outcome.size_bytes, "film is ready");
            }
            Err(StoreError::Fenced) => self.clear_away().await,
            Err(failure) => log_store(&failure, "a finished film could not be noted; it will be made again"),
        }
    }

    async fn give_up(&self, report: &mut Report, interruption: Interruption) {
        let id = self.job.video.id;
        match interruption {
            Interruption::Deleted => {
                info!("film was deleted while it was made");
                self.remove(ObjectKey::video(id)).await;
            }
            Interruption::Lost => {
                warn!("somebody else makes this film now");
                self.clear_away().await;
            }
            Interruption::Stopping => {
                self.withdraw_if_gone(report).await;
                if let Err(failure) = self.parts.store.rows.release_transcode(id).await {
                    log_store(&failure, "a film could not be handed back; its lease will run out");
                }
                info!("film handed back to the queue");
            }
        }
        metrics::interrupted();
        report.publish().await;
    }

    async fn fail(&self, report: &mut Report, error: &TranscodeError) {
        let delay = error.retry_delay(self.job.tries);
        let retry_at =
            delay.map(|delay| self.parts.clock.now().plus_ms(u64::try_from(delay.as_millis()).unwrap_or(0)).0);
        match delay {
            Some(delay) => {
                warn!(retry.delay_ms = delay.as_millis() as u64, "film could not be made, will be tried again: {error}")
            }
            None => warn!("film could not be made: {error}"),
        }
        metrics::failed(error.code(), delay.is_some());
        if delay.is_none() {
            self.discard(report).await;
        }
        self.withdraw_if_gone(report).await;
        let (id, attempt) = (self.job.video.id, self.job.attempt);
        match self.parts.store.rows.fail_transcode(id, attempt, error.code(), retry_at).await {
            Ok(()) => {}
            Err(StoreError::Fenced) => self.clear_away().await,
            Err(failure) => log_store(&failure, "a film's failure could not be noted"),
        }
        if matches!(error, TranscodeError::Rejected(_))
            && let Err(failure) = self.remove_source().await
        {
            log_store(&failure, "a refused file could not be removed");
        }
        report.publish().await;
    }

    /// Nothing can ever be made of it, so it need not take its owner's disk and quota (UPL-2).
    async fn remove_source(&self) -> Result<(), StoreError> {
        let id = self.job.video.id;
        self.parts.store.objects.remove(&ObjectKey::upload(id)).await?;
        self.parts.store.rows.source_removed(id).await
    }

    /// Whoever deletes the film waits for this before he removes its files.
    async fn leave(&self) {
        if let Err(failure) = self.parts.store.rows.leave_transcode(self.job.video.id, self.job.attempt).await {
            log_store(&failure, "the end of a film's turn could not be noted; its lease will run out");
        }
    }

    /// Nobody will go on with it. A complete copied rung stays: people may be watching it.
    async fn discard(&self, report: &mut Report) {
        if report.output() == 0 {
            return;
        }
        match discard(&self.output(report.output())).await {
            Ok(false) => {}
            Ok(true) => {
                if let Err(failure) = report.keep_copied().await {
                    log_store(&failure, "what stays of a film could not be noted");
                }
            }
            Err(error) => warn!("the output of a film that failed could not be removed: {error}"),
        }
    }

    /// What was playable and is not there any more must not be offered.
    async fn withdraw_if_gone(&self, report: &mut Report) {
        if report.output() != 0
            && !tokio::fs::try_exists(self.output(report.output())).await.unwrap_or(false)
            && let Err(failure) = report.withdraw().await
        {
            log_store(&failure, "a film's lost output could not be noted");
        }
    }

    /// Tries that were interrupted by the end of the process leave outputs. The one that is served stays until there is
    /// another: people may be watching it.
    async fn remove_other_outputs(&self, filled: u32) {
        let video = &self.job.video;
        let stays = |number: u32| number == filled || (video.playable && number == video.attempt);
        let old = |name: &str| name.parse().is_ok_and(|number| !stays(number));
        if let Err(error) = remove_matching(&self.parts.store.objects.path(&ObjectKey::video(video.id)), old).await {
            warn!("pieces of earlier tries could not be removed: {error}");
        }
    }

    /// Somebody else has the job and may be filling the same output. Where the film itself is gone, nobody wants anything
    /// of it, and nobody else will remove what was written since.
    async fn clear_away(&self) {
        let id = self.job.video.id;
        if matches!(self.parts.store.rows.video(id).await, Ok(None)) {
            self.remove(ObjectKey::video(id)).await;
        }
    }

    async fn remove(&self, key: ObjectKey) {
        if let Err(failure) = self.parts.store.objects.remove_prefix(&key).await {
            log_store(&failure, "files could not be removed");
        }
    }

    fn source(&self) -> std::path::PathBuf {
        self.parts.store.objects.path(&ObjectKey::upload(self.job.video.id))
    }

    fn output(&self, number: u32) -> std::path::PathBuf {
        self.parts.store.objects.path(&ObjectKey::attempt(self.job.video.id, number))
    }
}

/// A failing store does not stop a film: the next write may succeed. Being fenced does.
fn interruption_by(written: Result<(), StoreError>, what: &str) -> Option<Interruption> {
    match written {
        Ok(()) => None,
        Err(StoreError::Fenced) => Some(Interruption::Lost),
        Err(failure) => {
            log_store(&failure, what);
            None
        }
    }
}

/// Resolves when the film is deleted or about to be.
async fn unwanted(topic: &mut Subscription) {
    loop {
        match topic.next().await {
            Some(Announcement::Message(bytes)) => match serde_json::from_slice(&bytes) {
                Ok(VideoEvent::Deleted { .. }) => return,
                Ok(VideoEvent::Changed(view)) if view.failure == Some(Code::Cancelled) => return,
                _ => {}
            },
            // One that was missed shows at the next write: the job is taken away.
            Some(Announcement::Missed) => {}
            None => return std::future::pending().await,
        }
    }
}

/// The next segment of that output that somebody wants to see.
async fn wished(topic: &mut Subscription, output: u32) -> usize {
    loop {
        match topic.next().await {
            Some(Announcement::Message(bytes)) => match serde_json::from_slice(&bytes) {
                Ok(MakingNotice::Wished { output: wished, segment }) if wished == output => return segment,
                _ => {}
            },
            // Whoever still wants it asks again.
            Some(Announcement::Missed) => {}
            None => return std::future::pending().await,
        }
    }
}

async fn remove_matching(folder: &std::path::Path, old: impl Fn(&str) -> bool) -> io::Result<()> {
    let mut entries = match tokio::fs::read_dir(folder).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    while let Some(entry) = entries.next_entry().await? {
        if entry.file_name().to_str().is_some_and(&old) {
            tokio::fs::remove_dir_all(entry.path()).await?;
        }
    }
    Ok(())
}
