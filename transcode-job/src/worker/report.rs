//! What the row of a film says while it is made, and who hears of it.

use std::time::Duration;

use serde::Serialize;
use syncwatch_media::ffmpeg::{SOURCE_FOLDER, SUBTITLES};
use syncwatch_media::{Outlook, Plan, SubtitlePlan, SubtitleWork};
use syncwatch_protocol::{Rendition, SubtitleNote, VideoEvent, VideoId};
use syncwatch_service::{Clock, MediaLinks};
use syncwatch_store::notices::{self, MakingNotice};
use syncwatch_store::{ClaimedJob, MediaFacts, Store, StoreError, StoredSubtitle};
use tokio::time::Instant;
use tracing::warn;

use super::{WorkerParts, log_store};
use crate::{Event, Outcome, RenditionInfo};

/// Each note is a write that waits for the disk; people see no difference between one and two a second.
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// Keeps the row of one film.
pub(super) struct Report {
    store: Store,
    links: MediaLinks,
    clock: Clock,
    id: VideoId,
    attempt: u32,
    /// The output that is filled; 0 before it is known.
    output: u32,
    facts: Option<MediaFacts>,
    /// Those that wait until the film can be watched.
    subtitles: Vec<StoredSubtitle>,
    playable: bool,
    stalled: bool,
    last: Outlook,
    noted_at: Option<Instant>,
}

impl Report {
    pub(super) fn new(parts: &WorkerParts, job: &ClaimedJob) -> Self {
        Self {
            store: parts.store.clone(),
            links: parts.links.clone(),
            clock: parts.clock.clone(),
            id: job.video.id,
            attempt: job.attempt,
            output: 0,
            facts: None,
            subtitles: Vec::new(),
            playable: false,
            stalled: false,
            last: Outlook { fraction: 0.0, speed: None, eta: None },
            noted_at: None,
        }
    }

    /// Writes down what an event says.
    pub(super) async fn hear(&mut self, event: Event, now: Instant) -> Result<(), StoreError> {
        match event {
            Event::Probed(report) => self.store.rows.note_report(self.id, &json_of(&report)).await,
            Event::Planned(plan) => {
                self.facts = Some(facts_of(&plan));
                self.store.rows.note_decisions(self.id, &json_of(&plan.decisions)).await
            }
            Event::Playable { renditions } => {
                self.playable = true;
                self.update_facts(|facts| facts.renditions = renditions_of(&renditions)).await?;
                // They were ready before anything could be watched with them.
                let waiting = std::mem::take(&mut self.subtitles);
                if waiting.is_empty() {
                    return Ok(());
                }
                self.store.rows.note_subtitles(self.id, self.output, &waiting).await?;
                self.publish().await;
                Ok(())
            }
            Event::Subtitles(tracks) => {
                let stored: Vec<StoredSubtitle> = tracks.iter().map(stored_subtitle).collect();
                if self.playable {
                    self.store.rows.note_subtitles(self.id, self.output, &stored).await?;
                    self.publish().await;
                } else {
                    self.subtitles = stored;
                }
                Ok(())
            }
            Event::Thumbnails => {
                self.store.rows.note_thumbnails(self.id, self.output).await?;
                self.publish().await;
                Ok(())
            }
            Event::Grown => {
                self.announce_growth().await;
                Ok(())
            }
            Event::Poster => self.update_facts(|facts| facts.poster = true).await,
            Event::Progress(outlook) => {
                self.last = outlook;
                if self.noted_at.is_some_and(|noted| now.duration_since(noted) < NOTE_EVERY) {
                    return Ok(());
                }
                self.noted_at = Some(now);
                self.note().await
            }
            Event::Stalled { since } => {
                warn!(stalled_ms = since.as_millis() as u64, "film has made no progress for {} s", since.as_secs());
                self.stalled = true;
                self.note().await
            }
            Event::Recovered => {
                self.stalled = false;
                self.note().await
            }
        }
    }

    /// The output that is filled; 0 before it is known.
    pub(super) const fn output(&self) -> u32 {
        self.output
    }

    /// This output is filled from now on.
    pub(super) fn begin_output(&mut self, output: u32) {
        self.output = output;
        // A try before this one may have offered it.
        self.playable = false;
    }

    /// Tells those who wait for a segment that they may look again.
    async fn announce_growth(&self) {
        if let Ok(message) = serde_json::to_vec(&MakingNotice::Grown) {
            self.store.state.publish(&notices::making_topic(self.id), message).await;
        }
    }

    /// The film is done.
    pub(super) async fn finish(&mut self, outcome: &Outcome) -> Result<(), StoreError> {
        let facts = MediaFacts {
            duration_ms: outcome.duration.whole_ms(),
            width: outcome.size.width,
            height: outcome.size.height,
            renditions: renditions_of(&outcome.renditions),
            poster: outcome.poster,
        };
        self.store.rows.finish_transcode(self.id, self.attempt, &facts).await?;
        self.publish().await;
        Ok(())
    }

    /// What this output offered is gone.
    pub(super) async fn withdraw(&mut self) -> Result<(), StoreError> {
        self.playable = false;
        self.store.rows.withdraw_output(self.id, self.output).await
    }

    /// Of this output only the copied rung stays.
    pub(super) async fn keep_copied(&mut self) -> Result<(), StoreError> {
        self.update_facts(|facts| facts.renditions.retain(|rendition| rendition.name == SOURCE_FOLDER)).await
    }

    /// Tells everybody who follows the film how it stands.
    pub(super) async fn publish(&self) {
        let row = match self.store.rows.video(self.id).await {
            Ok(Some(row)) => row,
            Ok(None) => return,
            Err(failure) => return log_store(&failure, "a film could not be read"),
        };
        let now = self.clock.now();
        let view = row.view(|attempt, file| self.links.link(row.id, attempt, file, now).path);
        match serde_json::to_vec(&VideoEvent::Changed(Box::new(view))) {
            Ok(message) => self.store.state.publish(&notices::video_topic(self.id), message).await,
            Err(error) => warn!("a film's change could not be written: {error}"),
        }
    }

    /// The poster of a film that cannot be watched yet waits until it can.
    async fn update_facts(&mut self, change: impl FnOnce(&mut MediaFacts)) -> Result<(), StoreError> {
        let Some(facts) = &mut self.facts else { return Ok(()) };
        change(facts);
        if self.playable {
            self.store.rows.mark_playable(self.id, self.attempt, facts).await?;
            self.publish().await;
        }
        Ok(())
    }

    async fn note(&self) -> Result<(), StoreError> {
        let eta = self.last.eta.map(|eta| eta.as_secs_f64());
        self.store.rows.update_progress(self.id, self.attempt, self.last.fraction, eta, self.stalled).await?;
        self.publish().await;
        Ok(())
    }
}

fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("our own types have string keys only, so they always serialise")
}

fn facts_of(plan: &Plan) -> MediaFacts {
    MediaFacts {
        duration_ms: plan.film.duration.whole_ms(),
        width: plan.film.size.width,
        height: plan.film.size.height,
        renditions: Vec::new(),
        poster: false,
    }
}

fn stored_subtitle(track: &SubtitlePlan) -> StoredSubtitle {
    StoredSubtitle {
        id: track.folder.clone(),
        label: track.name.clone(),
        language: track.language.clone(),
        forced: track.forced,
        note: (track.work == SubtitleWork::CopyAss).then_some(SubtitleNote::ConvertedFromAss),
        file: format!("{}/{SUBTITLES}", track.folder),
    }
}

fn renditions_of(renditions: &[RenditionInfo]) -> Vec<Rendition> {
    let rendition =
        |info: &RenditionInfo| Rendition { name: info.name.clone(), width: info.size.width, height: info.size.height };
    renditions.iter().map(rendition).collect()
}
