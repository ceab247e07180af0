//! One odd film through the real transcode: what came of it, held against the table.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use syncwatch_media::{LadderSettings, Plan, RungSettings};
use syncwatch_testkit::films::{Expected, OddFilm};
use syncwatch_transcode_job::{
    Event, Outcome, Tools, TranscodeError, TranscodeJob, TranscodeSettings, discard, transcode,
};
use tokio_util::sync::CancellationToken;

/// The films last seconds and their pictures are small, so whatever takes as long as this hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// What came of a film.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// In a few words.
    pub(crate) outcome: String,
    /// How it differs from what must come; nothing when it is as expected.
    pub(crate) wrong: Vec<String>,
}

/// Transcodes a film in a folder of its own and looks at all that is there afterwards.
pub(crate) async fn transcoded_row(film: &OddFilm, tools: &Tools) -> Result<Verdict> {
    let row = film.clone();
    let file = tokio::task::spawn_blocking(move || row.file()).await??;
    let folder = tempfile::tempdir()?;
    // A copy, so that its path tells which processes belong to this row.
    let source = folder.path().join(film.name);
    std::fs::copy(file, &source)?;
    let output = folder.path().join("videos/1");

    let job = TranscodeJob { source, output: output.clone() };
    let (result, plan) = match tokio::time::timeout(LIMIT, heard(&job, tools)).await {
        Ok(ended) => ended,
        Err(_) => {
            let wrong = vec![format!("it hung for {} s", LIMIT.as_secs())];
            return Ok(Verdict { outcome: "hung".to_owned(), wrong });
        }
    };
    if result.is_err() {
        // What the worker does with a film that is given up.
        discard(&output).await?;
    }
    let mut wrong = left_behind(folder.path(), &output, result.is_ok())?;
    let outcome = match (&film.expected, &result) {
        (Expected::Refused(code), Err(error)) if error.code() == *code => format!("refused: {}", code.as_str()),
        (Expected::Plays(plays), Ok(outcome)) => {
            let (plays, output) = (plays.clone(), output.clone());
            let (copied, seconds) = (plays.copied, plays.seconds + plays.slack.max(0.1));
            let checked = tokio::task::spawn_blocking(move || {
                let scratch = tempfile::tempdir()?;
                plays.check(&output, scratch.path())
            });
            let (checked, differs) = checked.await??;
            wrong.extend(differs);
            if plan.is_some_and(|plan| plan.copied.is_some() != copied) {
                wrong.push(if copied { "its picture was not copied" } else { "its picture was copied" }.to_owned());
            }
            if outcome.duration.seconds() > seconds && outcome.duration.seconds() > heard_until(film) + 0.2 {
                wrong.push(format!("people are told of {} s", outcome.duration));
            }
            let apart = checked.apart.map_or("silent".to_owned(), |apart| format!("{:.1} ms apart", apart * 1_000.0));
            format!("{} qualities, {apart}", checked.sizes.len())
        }
        (expected, Ok(outcome)) => {
            wrong.push(format!("it plays {} s, but must be {expected}", outcome.duration));
            "plays".to_owned()
        }
        (_, Err(error)) => {
            wrong.push(error.to_string());
            format!("failed: {}", error.code().as_str())
        }
    };
    Ok(Verdict { outcome, wrong })
}

fn heard_until(film: &OddFilm) -> f64 {
    match &film.expected {
        Expected::Plays(plays) => plays.heard.1,
        Expected::Refused(_) => 0.0,
    }
}

type Ended = (Result<Outcome, TranscodeError>, Option<Plan>);

async fn heard(job: &TranscodeJob, tools: &Tools) -> Ended {
    let (events, mut heard) = tokio::sync::mpsc::channel(16);
    let (settings, cancel) = (settings(), CancellationToken::new());
    let working = async {
        let result = transcode(job, tools, &settings, &events, &cancel).await;
        drop(events);
        result
    };
    let listening = async {
        let mut planned = None;
        while let Some(event) = heard.recv().await {
            if let Event::Planned(plan) = event {
                planned = Some(*plan);
            }
        }
        planned
    };
    tokio::join!(working, listening)
}

/// The ladder of the product at a quarter of its size, for films at a quarter of theirs; short segments, so that there are
/// seams even in a short film.
fn settings() -> TranscodeSettings {
    let rung = |short_side, video_kbps| RungSettings { short_side, video_kbps, crf: 24 };
    let rungs = vec![rung(240, 800), rung(160, 400), rung(120, 200)];
    let preset = "superfast".to_owned();
    let ladder = LadderSettings { rungs, preset, segment_seconds: 2, ..LadderSettings::default() };
    TranscodeSettings { ladder, ..TranscodeSettings::default() }
}

/// Processes that still run for this row, and files that should not be there.
fn left_behind(folder: &Path, output: &Path, ready: bool) -> Result<Vec<String>> {
    let mut left: Vec<String> =
        processes_of(folder).into_iter().map(|process| format!("it still runs: {process}")).collect();
    if !ready && output.exists() {
        left.push("the output of a refused film is still there".to_owned());
    }
    // A film that is refused at the first look has no folder.
    for entry in std::fs::read_dir(folder.join("videos")).into_iter().flatten() {
        let path = entry?.path();
        if path != output {
            left.push(format!("{} is left behind", path.display()));
        }
    }
    let beside = std::fs::read_dir(folder)?.count();
    if beside > 2 {
        left.push(format!("{} files are left beside the film", beside - 2));
    }
    Ok(left)
}

/// The command lines of processes that work in the folder or on a file of it.
fn processes_of(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let works_there = std::fs::read_link(process.path().join("cwd")).is_ok_and(|path| path.starts_with(folder));
        let command = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        let command = String::from_utf8_lossy(&command).replace('\0', " ");
        if works_there || command.contains(&*folder.to_string_lossy()) {
            found.push(command);
        }
    }
    found
}
