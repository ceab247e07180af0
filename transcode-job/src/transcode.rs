//! One film, from a file to a folder that players can read (TRN-1 to TRN-5).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nix::sys::statvfs::statvfs;
use syncwatch_media::ffmpeg::{
    AUDIO_FOLDERS, POSTER, Run, RunLimits, SOURCE_FOLDER, SPRITE_FOLDER, SUBTITLE_FOLDERS, copy_run, poster_run,
    sound_run,
};
use syncwatch_media::{Board, FailureReason, Health, LadderSettings, Plan, Ratio, Segments, WatchdogLimits, plan};
use tokio::sync::mpsc::Sender;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::files::{gone_is_fine, size_of};
use crate::growing::Growing;
use crate::ladder::{Ladder, State};
use crate::making::{Making, Part, Sounding};
use crate::output::{Output, goes_on};
use crate::publish::{MASTER, Publication};
use crate::run::{Ffmpeg, Nobody};
use crate::verify::{close_rungs, copied_cuts};
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
    /// The folder of its output; it is made. What an earlier try of the same plan left in it is gone on with.
    pub output: PathBuf,
}

/// A film that was looked into.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// What will be made of it.
    pub plan: Plan,
    /// Bytes of its file.
    pub size_bytes: u64,
}

impl Prepared {
    /// Whether a folder holds an unfinished output of this very plan, which can be gone on with.
    pub async fn goes_on(&self, folder: &Path, settings: &TranscodeSettings) -> bool {
        goes_on(folder, &self.plan, &settings.ladder).await
    }
}

/// Makes the film of `job` watchable and tells `events` how it goes. Whoever does not listen holds nothing up for long:
/// events that find the channel full wait, and FFmpeg goes on meanwhile.
///
/// # Errors
/// Why it is not finished. What was made so far stays, for the next try and for those who watch; [`discard`] removes it.
pub async fn transcode(
    job: &TranscodeJob,
    tools: &Tools,
    settings: &TranscodeSettings,
    events: &Sender<Event>,
    cancel: &CancellationToken,
) -> Result<Outcome, TranscodeError> {
    let work = Transcode::new(&job.source, tools, settings, events, cancel)?;
    let prepared = work.prepare().await?;
    let (_nobody, wishes) = watch::channel(None);
    work.make(prepared, &job.output, wishes).await
}

/// Removes an output that will not be gone on with, except a complete copied rung: people may be watching it. True when
/// that one stays.
///
/// # Errors
/// When something cannot be removed.
pub async fn discard(output: &Path) -> std::io::Result<bool> {
    let there = Output { folder: output.to_owned() };
    if !there.has_complete_copy().await? {
        gone_is_fine(tokio::fs::remove_dir_all(output).await)?;
        return Ok(false);
    }
    // Before the rungs go, nobody must be told of them any more.
    Publication::withdraw_rungs(output).await?;
    let mut entries = tokio::fs::read_dir(output).await?;
    while let Some(entry) = entries.next_entry().await? {
        let goes_with_it = entry.file_name().to_str().is_some_and(belongs_to_a_copy);
        if entry.file_type().await?.is_dir() && !goes_with_it {
            gone_is_fine(tokio::fs::remove_dir_all(entry.path()).await)?;
        }
    }
    Ok(true)
}

fn belongs_to_a_copy(folder: &str) -> bool {
    let tracks = [AUDIO_FOLDERS, SUBTITLE_FOLDERS].iter().any(|tracks| folder.starts_with(tracks));
    tracks || folder == SOURCE_FOLDER || folder == SPRITE_FOLDER
}

pub(crate) struct Transcode<'a> {
    pub(crate) source: PathBuf,
    pub(crate) tools: &'a Tools,
    pub(crate) settings: &'a TranscodeSettings,
    events: &'a Sender<Event>,
    pub(crate) cancel: &'a CancellationToken,
}

impl<'a> Transcode<'a> {
    pub(crate) fn new(
        source: &Path,
        tools: &'a Tools,
        settings: &'a TranscodeSettings,
        events: &'a Sender<Event>,
        cancel: &'a CancellationToken,
    ) -> Result<Self, TranscodeError> {
        let source = std::path::absolute(source).map_err(|error| no_source(&error))?;
        Ok(Self { source, tools, settings, events, cancel })
    }

    pub(crate) async fn prepare(&self) -> Result<Prepared, TranscodeError> {
        let report = tokio::select! {
            report = probe(&self.source, self.tools, self.settings) => report?,
            () = self.cancel.cancelled() => return Err(cancelled()),
        };
        self.tell(Event::Probed(Box::new(report.clone()))).await;
        let plan = plan(&report, &self.settings.ladder)?;
        for decision in &plan.decisions {
            info!("{decision}");
        }
        self.tell(Event::Planned(Box::new(plan.clone()))).await;
        Ok(Prepared { plan, size_bytes: report.size_bytes })
    }

    /// Does the whole work that an earlier try has not done.
    pub(crate) async fn make(
        &self,
        prepared: Prepared,
        folder: &Path,
        wishes: watch::Receiver<Option<usize>>,
    ) -> Result<Outcome, TranscodeError> {
        let plan = Arc::new(prepared.plan);
        let output = Output::open(folder, &plan, self.ladder()).await?;
        let limits = RunLimits { threads: self.settings.threads() };
        let copy = copy_run(&plan, self.ladder(), &self.source, limits);
        let from = if copy.is_some() && plan.encoded.is_some() { COPY_SHARE } else { 0.0 };
        if let Some(copy) = &copy {
            let to = if plan.encoded.is_some() { from } else { 1.0 };
            self.check_disk_of(folder, prepared.size_bytes)?;
            self.copy(&plan, &output, copy, Part { from: 0.0, to }).await?;
        }
        let poster = poster_run(&plan, self.ladder(), &self.source, limits);
        if plan.encoded.is_none() {
            self.make_extras(&plan, &output, &poster, self.cancel).await?;
        } else {
            self.encode(&plan, &output, &poster, from, wishes).await?;
        }
        self.finish(&plan, &output).await
    }

    /// Copies the picture and makes the sound. What a try before this one completed is not made again.
    async fn copy(&self, plan: &Plan, output: &Output, run: &Run, part: Part) -> Result<(), TranscodeError> {
        let publication = Publication::new(&output.folder, plan, self.ladder());
        if output.has_copy(plan).await {
            let renditions = publication.write_master().await?;
            self.tell(Event::Playable { renditions }).await;
            return Ok(());
        }
        let growing = Growing::open(&output.folder, &run.folders).await?;
        let mut making = Making { whole: self, plan, part, publication, growing, watched: false };
        self.ffmpeg(plan, output, self.cancel).run(run, &mut making).await?;
        let Making { publication, mut growing, watched, .. } = making;
        growing.close(plan.film.picture).await?;
        let renditions = publication.write_master().await?;
        if !watched {
            self.tell(Event::Playable { renditions }).await;
        }
        Ok(())
    }

    /// Makes the encoded rungs, and beside them what else is missing: the sound of a film that is not copied, and the
    /// extras as soon as there is something to watch.
    async fn encode(
        &self,
        plan: &Arc<Plan>,
        output: &Output,
        poster: &Run,
        from: f64,
        wishes: watch::Receiver<Option<usize>>,
    ) -> Result<(), TranscodeError> {
        let stop = self.cancel.child_token();
        let copied = plan.copied.is_some();
        let (sound_there, sound) = watch::channel(copied || plan.audio.is_empty());
        let (playable, mut watchable) = watch::channel(copied);
        let segments = self.segments(plan, output).await?;
        let rungs = plan.encoded.as_ref().map_or(0, |ladder| ladder.rungs.len());
        let ladder = Ladder {
            whole: self,
            plan: plan.clone(),
            output: output.clone(),
            board: Board::new(rungs, segments.count(), self.settings.segments_of_a_piece(), !copied),
            segments,
            from,
            sound,
            wishes,
            stop: &stop,
            playable: &playable,
            state: State::new(rungs),
        };
        let stopping = |result: Result<(), TranscodeError>| {
            if result.is_err() {
                stop.cancel();
            }
            result
        };
        let pictures = async {
            let made = ladder.run().await;
            playable.send_replace(true);
            match made {
                Ok(segments) => stopping(Ok(())).map(|()| Some(segments)),
                Err(error) => stopping(Err(error)).map(|()| None),
            }
        };
        let sounds = async { stopping(self.sound(plan, output, &sound_there, &stop).await) };
        let extras = async {
            let _ = watchable.wait_for(|there| *there).await;
            stopping(self.make_extras(plan, output, poster, &stop).await)
        };
        let (pictures, sounds, extras) = tokio::join!(pictures, sounds, extras);
        let segments = first_cause(pictures, sounds, extras)?;
        let Some(segments) = segments else { return Ok(()) };
        close_rungs(self, plan, output, segments).await
    }

    /// Where the encoded rungs are cut.
    async fn segments(&self, plan: &Plan, output: &Output) -> Result<Segments, TranscodeError> {
        let rate = plan.encoded.as_ref().map(|ladder| ladder.timing.rate()).unwrap_or(Ratio::ONE);
        if plan.copied.is_none() {
            return Ok(Segments::even(rate, self.ladder().segment_seconds, plan.film.picture));
        }
        Ok(Segments::as_copied(copied_cuts(output).await?, rate, plan.film.picture))
    }

    /// The sound of a film whose picture is not copied.
    async fn sound(
        &self,
        plan: &Plan,
        output: &Output,
        there: &watch::Sender<bool>,
        stop: &CancellationToken,
    ) -> Result<(), TranscodeError> {
        let limits = RunLimits { threads: self.settings.threads() };
        let run = sound_run(plan, self.ladder(), &self.source, limits).filter(|_| plan.copied.is_none());
        let Some(run) = run else { return Ok(()) };
        if !output.has_sound(plan).await {
            let growing = Growing::open(&output.folder, &run.folders).await?;
            let mut sounding = Sounding { whole: self, folder: &output.folder, growing, there };
            self.ffmpeg(plan, output, stop).run(&run, &mut sounding).await?;
            sounding.growing.close(plan.film.duration).await?;
        }
        there.send_replace(true);
        Ok(())
    }

    /// What a film can be watched without: its poster, its subtitles, the pictures for the seek bar.
    async fn make_extras(
        &self,
        plan: &Plan,
        output: &Output,
        poster: &Run,
        stop: &CancellationToken,
    ) -> Result<(), TranscodeError> {
        self.make_poster(plan, output, poster, stop).await?;
        self.make_subtitles(plan, output, stop).await?;
        self.make_sprites(plan, output, stop).await
    }

    /// A film without a poster is a film; only being stopped counts.
    async fn make_poster(
        &self,
        plan: &Plan,
        output: &Output,
        run: &Run,
        stop: &CancellationToken,
    ) -> Result<(), TranscodeError> {
        if !has_poster(output).await {
            let mut nobody = Nobody;
            match self.ffmpeg(plan, output, stop).run(run, &mut nobody).await {
                Err(error) if error.is_cancelled() => return Err(error),
                Err(error) => warn!("no poster: {error}"),
                Ok(()) => {}
            }
        }
        if has_poster(output).await {
            self.tell(Event::Poster).await;
        }
        Ok(())
    }

    async fn finish(&self, plan: &Plan, output: &Output) -> Result<Outcome, TranscodeError> {
        let renditions = Publication::new(&output.folder, plan, self.ladder()).write_master().await?;
        let measured = async {
            output.close().await?;
            size_of(&output.folder).await
        };
        let size_bytes =
            measured.await.map_err(|error| TranscodeError::storage("cannot measure the output", &error))?;
        debug_assert!(output.folder.join(MASTER).exists());
        let poster = has_poster(output).await;
        Ok(Outcome { renditions, duration: plan.film.duration, size: plan.film.size, poster, size_bytes })
    }

    pub(crate) fn ffmpeg<'f>(&'f self, plan: &Plan, output: &'f Output, cancel: &'f CancellationToken) -> Ffmpeg<'f> {
        let folder = &output.folder;
        Ffmpeg { tools: self.tools, settings: self.settings, folder, watch: self.watchdog(plan), cancel }
    }

    pub(crate) fn watchdog(&self, plan: &Plan) -> WatchdogLimits {
        self.settings.watchdog.unwrap_or_else(|| WatchdogLimits::for_film(plan.film.duration))
    }

    pub(crate) fn ladder(&self) -> &LadderSettings {
        &self.settings.ladder
    }

    /// FFmpeg would fill the disk to the last byte and not say a word, so it is stopped before, or not even started.
    pub(crate) fn check_disk_of(&self, folder: &Path, needed_bytes: u64) -> Result<(), TranscodeError> {
        let disk =
            statvfs(folder).map_err(|error| TranscodeError::storage("cannot look at the disk", &error.into()))?;
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

/// When one part of the work fails the others are stopped; what is told is why the first one did.
fn first_cause(
    pictures: Result<Option<Segments>, TranscodeError>,
    sounds: Result<(), TranscodeError>,
    extras: Result<(), TranscodeError>,
) -> Result<Option<Segments>, TranscodeError> {
    let errors = [sounds.err(), extras.err()].into_iter().flatten();
    let (segments, picture) = match pictures {
        Ok(segments) => (segments, None),
        Err(error) => (None, Some(error)),
    };
    let mut errors: Vec<TranscodeError> = picture.into_iter().chain(errors).collect();
    errors.sort_by_key(TranscodeError::is_cancelled);
    match errors.into_iter().next() {
        Some(error) => Err(error),
        None => Ok(segments),
    }
}

async fn has_poster(output: &Output) -> bool {
    tokio::fs::metadata(output.folder.join(POSTER)).await.is_ok_and(|facts| facts.len() > 0)
}

pub(crate) fn cancelled() -> TranscodeError {
    TranscodeError::failed(FailureReason::Cancelled, "it was cancelled")
}

fn no_source(error: &std::io::Error) -> TranscodeError {
    TranscodeError::storage("cannot find the film", error)
}
