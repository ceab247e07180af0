//! One film, from a file to a folder that players can read (TRN-1 to TRN-5).

use std::path::{Path, PathBuf};

use nix::sys::statvfs::statvfs;
use syncwatch_media::ffmpeg::{POSTER, Run, RunLimits, SPRITE_FOLDER, copy_run, ladder_run, poster_run};
use syncwatch_media::{FailureReason, Health, Plan, WatchdogLimits, plan};
use tokio::sync::mpsc::Sender;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::files::size_of;
use crate::growing::Growing;
use crate::making::{Making, Part, Stage};
use crate::publish::{MASTER, Publication};
use crate::run::{Ffmpeg, Nobody};
use crate::{Event, Outcome, Tools, TranscodeError, TranscodeSettings, probe};

/// Copying is quick against encoding, whatever the film; in the bar that people see it is so much of a whole with both.
const COPY_SHARE: f64 = 0.05;

/// The database and running uploads need some room too.
const DISK_RESERVE_BYTES: u64 = 64 * 1024 * 1024;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranscodeJob {
    /// The film.
    pub source: PathBuf,
    /// A folder of this attempt's own; it is made, and removed again when the attempt fails.
    pub output: PathBuf,
}

/// Makes the film of `job` watchable and tells `events` how it goes. Whoever does not listen holds nothing up for long:
/// events that find the channel full wait, and FFmpeg goes on meanwhile.
///
/// # Errors
/// Why it is not finished. The output folder is gone then, unless the copied picture was complete: people may be watching
/// it, and it stays while the rest is tried again.
pub async fn transcode(
    job: &TranscodeJob,
    tools: &Tools,
    settings: &TranscodeSettings,
    events: &Sender<Event>,
    cancel: &CancellationToken,
) -> Result<Outcome, TranscodeError> {
    let work = Transcode { job, tools, settings, events, cancel };
    let mut kept = Vec::new();
    let done = work.run(&mut kept).await;
    if done.is_err()
        && let Err(error) = clear(&job.output, &kept).await
    {
        warn!("cannot remove the output of a failed attempt: {error}");
    }
    done
}

/// Removes what is in the folder except the kept folders and what belongs to them; all of it when there are none.
async fn clear(output: &Path, kept: &[String]) -> std::io::Result<()> {
    let gone_is_fine = |result: std::io::Result<()>| match result {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    };
    if kept.is_empty() {
        return gone_is_fine(tokio::fs::remove_dir_all(output).await);
    }
    let mut entries = tokio::fs::read_dir(output).await?;
    while let Some(entry) = entries.next_entry().await? {
        let keep = kept.iter().any(|folder| entry.file_name() == folder.as_str());
        if entry.file_type().await?.is_dir() && !keep {
            gone_is_fine(tokio::fs::remove_dir_all(entry.path()).await)?;
        }
    }
    Ok(())
}

pub(crate) struct Transcode<'a> {
    pub(crate) job: &'a TranscodeJob,
    tools: &'a Tools,
    pub(crate) settings: &'a TranscodeSettings,
    events: &'a Sender<Event>,
    cancel: &'a CancellationToken,
}

impl Transcode<'_> {
    /// Does the whole work, and notes in `kept` what stays when a later part of it fails.
    async fn run(&self, kept: &mut Vec<String>) -> Result<Outcome, TranscodeError> {
        let source = std::path::absolute(&self.job.source).map_err(|error| no_source(&error))?;
        tokio::fs::create_dir_all(&self.job.output).await.map_err(|error| no_folder(&error))?;
        let (plan, size_bytes) = self.look_into(&source).await?;
        let limits = RunLimits { threads: self.settings.threads() };
        let ladder_settings = &self.settings.ladder;
        let copy = copy_run(&plan, ladder_settings, &source, limits);
        let ladder = ladder_run(&plan, ladder_settings, &source, limits);
        let from = if copy.is_some() && ladder.is_some() { COPY_SHARE } else { 0.0 };

        if let Some(copy) = &copy {
            let to = if ladder.is_some() { from } else { 1.0 };
            self.check_disk(size_bytes)?;
            self.make(&plan, copy, Part { from: 0.0, to }, true).await?;
            kept.clone_from(&copy.folders);
            self.make_subtitles(&plan, &source).await?;
            kept.extend(plan.subtitles.iter().map(|track| track.folder.clone()));
            Publication::new(&self.job.output, &plan).write_master().await?;
        }
        let poster = self.make_poster(&plan, &poster_run(&plan, ladder_settings, &source, limits)).await?;
        if copy.is_some() {
            self.make_sprites(&plan, &source).await?;
            kept.push(SPRITE_FOLDER.to_owned());
        }
        if let Some(ladder) = &ladder {
            let made = self.make(&plan, ladder, Part { from, to: 1.0 }, copy.is_none());
            if copy.is_some() {
                made.await?;
            } else {
                // Beside it: it takes hours and its first segment seconds, and the subtitles take less than either.
                tokio::try_join!(made, self.make_subtitles(&plan, &source))?;
            }
        }
        if copy.is_none() {
            self.make_sprites(&plan, &source).await?;
        }
        self.finish(&plan, poster).await
    }

    async fn look_into(&self, source: &Path) -> Result<(Plan, u64), TranscodeError> {
        let report = tokio::select! {
            report = probe(source, self.tools, self.settings) => report?,
            () = self.cancel.cancelled() => return Err(TranscodeError::failed(FailureReason::Cancelled, "it was cancelled")),
        };
        self.tell(Event::Probed(Box::new(report.clone()))).await;
        let plan = plan(&report, &self.settings.ladder)?;
        for decision in &plan.decisions {
            info!("{decision}");
        }
        self.tell(Event::Planned(Box::new(plan.clone()))).await;
        Ok((plan, report.size_bytes))
    }

    /// Runs FFmpeg, publishes what can be played as soon as it can, and closes the playlists at the end.
    async fn make(&self, plan: &Plan, run: &Run, part: Part, first: bool) -> Result<(), TranscodeError> {
        for folder in &run.folders {
            let path = self.job.output.join(folder);
            tokio::fs::create_dir_all(&path).await.map_err(|error| no_folder(&error))?;
        }
        let publication = Publication::new(&self.job.output, plan);
        let growing = Growing::new(&self.job.output, &run.folders);
        let stage = if first { Stage::Hidden } else { Stage::Later };
        let mut making = Making { whole: self, plan, part, publication, growing, stage };
        self.ffmpeg(plan).run(run, &mut making).await?;
        let Making { publication, mut growing, stage, .. } = making;
        growing.close(plan.film.duration).await?;
        let renditions = publication.write_master().await?;
        if stage == Stage::Hidden {
            self.tell(Event::Playable { renditions }).await;
        }
        Ok(())
    }

    /// A film without a poster is a film; only being stopped counts.
    async fn make_poster(&self, plan: &Plan, run: &Run) -> Result<bool, TranscodeError> {
        let made = self.ffmpeg(plan).run(run, &mut Nobody).await;
        match made {
            Err(error) if error.is_cancelled() => return Err(error),
            Err(error) => warn!("no poster: {error}"),
            Ok(()) => {}
        }
        let there = tokio::fs::metadata(self.job.output.join(POSTER)).await.is_ok_and(|facts| facts.len() > 0);
        if there {
            self.tell(Event::Poster).await;
        }
        Ok(there)
    }

    async fn finish(&self, plan: &Plan, poster: bool) -> Result<Outcome, TranscodeError> {
        let renditions = Publication::new(&self.job.output, plan).write_master().await?;
        let size_bytes = size_of(&self.job.output).await;
        let size_bytes = size_bytes.map_err(|error| TranscodeError::storage("cannot measure the output", &error))?;
        debug_assert!(self.job.output.join(MASTER).exists());
        Ok(Outcome { renditions, duration: plan.film.duration, size: plan.film.size, poster, size_bytes })
    }

    pub(crate) fn ffmpeg(&self, plan: &Plan) -> Ffmpeg<'_> {
        Ffmpeg {
            tools: self.tools,
            settings: self.settings,
            folder: &self.job.output,
            watch: self.settings.watchdog.unwrap_or_else(|| WatchdogLimits::for_film(plan.film.duration)),
            cancel: self.cancel,
        }
    }

    /// FFmpeg would fill the disk to the last byte and not say a word, so it is stopped before, or not even started.
    pub(crate) fn check_disk(&self, needed_bytes: u64) -> Result<(), TranscodeError> {
        let disk = statvfs(&self.job.output)
            .map_err(|error| TranscodeError::storage("cannot look at the disk", &error.into()))?;
        if disk.blocks_available() * disk.fragment_size() < DISK_RESERVE_BYTES.saturating_add(needed_bytes) {
            return Err(TranscodeError::failed(FailureReason::Storage, "the disk is full"));
        }
        Ok(())
    }

    pub(crate) async fn tell_health(&self, health: Health) {
        match health {
            Health::Stalled { since } => self.tell(Event::Stalled { since }).await,
            Health::Recovered => self.tell(Event::Recovered).await,
            Health::Fine | Health::Stop(_) => {}
        }
    }

    /// Nobody listening is no reason to stop.
    pub(crate) async fn tell(&self, event: Event) {
        let _ = self.events.send(event).await;
    }
}

fn no_folder(error: &std::io::Error) -> TranscodeError {
    TranscodeError::storage("cannot make a folder", error)
}

fn no_source(error: &std::io::Error) -> TranscodeError {
    TranscodeError::storage("cannot find the film", error)
}
