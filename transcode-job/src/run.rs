//! One run of FFmpeg: started, listened to, watched, ended.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use syncwatch_media::ffmpeg::Run;
use syncwatch_media::{FailureReason, Health, Progress, ProgressReader, StopCause, Watchdog, WatchdogLimits, classify};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout};
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::debug;

use crate::child::{self, confined, is_missing, kernel_memory_kills, last_words};
use crate::transcode::cancelled;
use crate::{Tools, ToolsError, TranscodeError, TranscodeSettings};

/// How often the caller may look at the files; the first segment of a copied film is there after a tenth of a second.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What happens during a run.
pub(crate) enum Sign {
    /// FFmpeg reported.
    Progress(Progress),
    /// The watchdog said something.
    Health(Health),
    /// Time to look at the files.
    Look,
}

/// Hears what happens during a run.
pub(crate) trait Listener: Send {
    /// A failure ends the run.
    fn hear(&mut self, sign: Sign) -> impl Future<Output = Result<(), TranscodeError>> + Send;
}

/// Waits for the end only.
pub(crate) struct Nobody;

impl Listener for Nobody {
    async fn hear(&mut self, _: Sign) -> Result<(), TranscodeError> {
        Ok(())
    }
}

/// A run of FFmpeg in a folder.
pub(crate) struct Ffmpeg<'a> {
    pub(crate) tools: &'a Tools,
    pub(crate) settings: &'a TranscodeSettings,
    pub(crate) folder: &'a Path,
    pub(crate) watch: WatchdogLimits,
    pub(crate) cancel: &'a CancellationToken,
}

impl Ffmpeg<'_> {
    /// Runs it to its end. `listener` may fail, which ends the run.
    pub(crate) async fn run(&self, run: &Run, listener: &mut impl Listener) -> Result<(), TranscodeError> {
        let kills_before = kernel_memory_kills().await;
        let mut running = self.start(run)?;
        let followed = self.follow(&mut running, listener).await;
        let status = match &followed {
            Ok(status) => *status,
            Err(_) => child::end(&mut running.child, self.settings.stop_grace()).await.map_err(|e| internal(&e))?,
        };
        let words = running.words.await.unwrap_or_default();
        debug!(ffmpeg.status = %status, "ffmpeg ended: {}", words.trim());
        followed?;
        judge(status, &words, kernel_memory_kills().await > kills_before)
    }

    fn start(&self, run: &Run) -> Result<Running, TranscodeError> {
        let mut command = confined(&self.tools.ffmpeg, self.settings.memory_mib * 1024 * 1024);
        command.args(&run.arguments).current_dir(self.folder);
        debug!(ffmpeg.arguments = ?run.arguments, "starting ffmpeg");
        let mut child = command.spawn().map_err(|error| ToolsError::Ffmpeg(error.to_string()))?;
        let output = child.stdout.take().expect("it was asked to be piped");
        let words = last_words(child.stderr.take().expect("it was asked to be piped"));
        Ok(Running { child, reports: BufReader::new(output).lines(), words })
    }

    async fn follow(&self, running: &mut Running, listener: &mut impl Listener) -> Result<ExitStatus, TranscodeError> {
        let started = Instant::now();
        let mut watchdog = Watchdog::new(self.watch);
        let mut reader = ProgressReader::default();
        let (mut check, mut look) = (interval(self.watch.check_every), interval(LOOK_EVERY));
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.cancel.cancelled() => return Err(cancelled()),
                line = running.reports.next_line() => match line {
                    Ok(Some(line)) => if let Some(progress) = reader.line(&line) {
                        watchdog.observe(started.elapsed(), progress.out_time);
                        listener.hear(Sign::Progress(progress)).await?;
                    },
                    _ => return self.wait(running).await,
                },
                _ = check.tick() => match watchdog.check(started.elapsed()) {
                    Health::Stop(cause) => return Err(timed_out(cause)),
                    health => listener.hear(Sign::Health(health)).await?,
                },
                _ = look.tick() => listener.hear(Sign::Look).await?,
            }
        }
    }

    /// It closed its output and is about to end; one that does not is no better than one that stands still.
    async fn wait(&self, running: &mut Running) -> Result<ExitStatus, TranscodeError> {
        tokio::select! {
            () = self.cancel.cancelled() => Err(cancelled()),
            ended = tokio::time::timeout(self.watch.stop_after, running.child.wait()) => match ended {
                Ok(status) => status.map_err(|error| internal(&error)),
                Err(_) => Err(timed_out(StopCause::NoProgress)),
            },
        }
    }
}

struct Running {
    child: Child,
    reports: Lines<BufReader<ChildStdout>>,
    words: JoinHandle<String>,
}

fn judge(status: ExitStatus, words: &str, memory_was_short: bool) -> Result<(), TranscodeError> {
    if status.success() {
        // It goes on, and ends well, when a folder's last files could not be written.
        return match classify(words) {
            Some(FailureReason::Storage) => Err(TranscodeError::failed(FailureReason::Storage, words.trim())),
            _ => Ok(()),
        };
    }
    if is_missing(status, words) {
        return Err(ToolsError::Ffmpeg(words.trim().to_owned()).into());
    }
    let killed = status.signal() == Some(nix::libc::SIGKILL);
    let reason = match classify(words) {
        _ if killed && memory_was_short => FailureReason::Oom,
        // One damaged frame is no reason to be killed.
        _ if status.signal().is_some() => FailureReason::Internal,
        Some(reason) => reason,
        None => FailureReason::Internal,
    };
    Err(TranscodeError::failed(reason, format!("ffmpeg ended with {status}: {}", words.trim())))
}

fn timed_out(cause: StopCause) -> TranscodeError {
    let detail = match cause {
        StopCause::NoProgress => "it made no progress",
        StopCause::TooLong => "it took too long",
    };
    TranscodeError::failed(FailureReason::Timeout, detail)
}

fn internal(error: &std::io::Error) -> TranscodeError {
    TranscodeError::failed(FailureReason::Internal, error.to_string())
}
