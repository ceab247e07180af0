//! What happens when the world does not play along (TRN-5, TRN-6).

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use syncwatch_media::WatchdogLimits;
use syncwatch_transcode_job::{Event, Tools};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::films::{Film, STANDARD};
use crate::studio::{settings, tools, transcoded_with};

/// Slow to encode, so that there is time to disturb it.
const SLOW: Film = Film {
    name: "slow.mp4",
    size: (1280, 720),
    seconds: 30,
    options: "-c:v libx264 -preset ultrafast -g 250 -pix_fmt yuv420p -c:a aac -ac 2",
    ..STANDARD
};

/// An FFmpeg that is a shell script.
fn ffmpeg_that(does: &str) -> (TempDir, Tools) {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("ffmpeg");
    std::fs::write(&script, format!("#!/bin/sh\n{does}\n")).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    (folder, Tools { ffmpeg: script, ..tools() })
}

// TRN-6
#[tokio::test]
async fn ffmpeg_killed_half_way_is_a_failure_that_is_tried_again_and_keeps_what_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let (_script, tools) =
        ffmpeg_that(&format!("case \"$*\" in *libx264*) echo $$ > {};; esac; exec ffmpeg \"$@\"", pid.display()));
    let mut killed = false;
    let film = transcoded_with(&SLOW.file(), &tools, &settings(), &CancellationToken::new(), |event| {
        if !killed && matches!(event, Event::Progress(outlook) if outlook.fraction > 0.02) {
            let id = std::fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
            // One that has ended and was not collected yet has no command line, and cannot be killed any more.
            if std::fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|command| !command.is_empty()) {
                nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), nix::sys::signal::Signal::SIGKILL).unwrap();
                killed = true;
            }
        }
    })
    .await;
    assert!(killed, "there was no progress to kill it at: {:?}", film.result);
    assert_eq!(film.error().code().as_str(), "internal", "{}", film.error());
    assert_eq!(film.error().retry_delay(1), Some(Duration::from_secs(5)));
    assert!(film.output.join("120p/00000.m4s").exists(), "the next try need not make it again");
    assert!(!syncwatch_transcode_job::discard(&film.output).await.unwrap());
    assert!(!film.output.exists(), "and nothing is left of it when there is none");
}

// TRN-3, TRN-6
#[tokio::test]
async fn a_complete_copied_film_stays_watchable_when_the_ladder_fails() {
    let (_script, tools) = ffmpeg_that("case \"$*\" in *libx264*) sleep 0.1; exit 1;; esac; exec ffmpeg \"$@\"");
    let film = transcoded_with(&STANDARD.file(), &tools, &settings(), &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.error().code().as_str(), "internal", "{}", film.error());
    assert!(syncwatch_transcode_job::discard(&film.output).await.unwrap(), "something stays");
    let master = film.text("master.m3u8");
    assert!(master.contains("source/index.m3u8") && !master.contains("240p"), "{master}");
    assert!(film.playlist("source").is_complete() && film.playlist("audio-1").is_complete());
    assert!(!film.output.join("240p").exists());
}

// TRN-5, TRN-6
#[tokio::test]
async fn a_cancelled_transcode_stops_at_once() {
    let cancel = CancellationToken::new();
    let film = transcoded_with(&SLOW.file(), &tools(), &settings(), &cancel, |event| {
        if matches!(event, Event::Progress(_)) {
            cancel.cancel();
        }
    })
    .await;
    assert_eq!(film.error().code().as_str(), "cancelled", "{}", film.error());
    assert!(film.error().retry_delay(1).is_none());
}

// TRN-5
#[tokio::test]
async fn a_run_without_progress_is_announced_as_stalled_and_then_stopped_even_against_its_will() {
    let (_script, tools) = ffmpeg_that("trap '' TERM; while :; do sleep 0.02; done");
    let mut settings = settings();
    settings.stop_seconds = 0;
    settings.watchdog = Some(WatchdogLimits {
        check_every: Duration::from_millis(20),
        warn_after: Duration::from_millis(100),
        stop_after: Duration::from_millis(400),
        longest: Duration::from_secs(60),
    });
    let film = transcoded_with(&STANDARD.file(), &tools, &settings, &CancellationToken::new(), |_| {}).await;
    assert!(film.events.iter().any(|event| matches!(event, Event::Stalled { .. })), "{:?}", film.events);
    assert_eq!(film.error().code().as_str(), "timeout", "{}", film.error());
    assert!(film.error().retry_delay(1).is_some());
}

// TRN-6
#[tokio::test]
async fn without_ffmpeg_it_says_what_to_install() {
    let missing = Tools { ffmpeg: PathBuf::from("/nonexistent/ffmpeg"), ..tools() };
    let film = transcoded_with(&STANDARD.file(), &missing, &settings(), &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.error().code().as_str(), "ffmpeg_missing");
    assert!(film.error().to_string().contains("apt install ffmpeg"), "{}", film.error());
    assert!(missing.check().await.unwrap_err().to_string().contains("apt install ffmpeg"));

    let missing = Tools { probe: PathBuf::from("/nonexistent/probe"), ..tools() };
    let film = transcoded_with(&STANDARD.file(), &missing, &settings(), &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.error().code().as_str(), "ffmpeg_missing");
}

// TRN-6
#[tokio::test]
async fn a_disk_that_takes_no_more_is_a_matter_of_storage_though_ffmpeg_says_nothing() {
    // A limit on the size of files stands in for the disk: writing ends in the middle of a segment either way.
    let (_script, tools) = ffmpeg_that("trap '' XFSZ; exec prlimit --fsize=30000 ffmpeg \"$@\"");
    let film = transcoded_with(&STANDARD.file(), &tools, &settings(), &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.error().code().as_str(), "storage", "{}", film.error());
    assert_eq!(film.error().retry_delay(3), Some(Duration::from_secs(120)));
}

// TRN-5
#[tokio::test]
async fn more_memory_than_allowed_is_not_given() {
    let mut settings = settings();
    // Enough for FFmpeg itself, not for decoding and encoding.
    settings.memory_mib = 240;
    let film = transcoded_with(&SLOW.file(), &tools(), &settings, &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.error().code().as_str(), "oom", "{}", film.error());
}

// TRN-2
#[tokio::test]
async fn this_machine_s_tools_are_complete() {
    assert!(tools().check().await.unwrap().tone_map);
}
