//! Runs a transcode and collects what it says and makes.

use std::path::{Path, PathBuf};

use syncwatch_media::{LadderSettings, MediaPlaylist, Plan, ProbeReport, RungSettings};
use syncwatch_transcode_job::{Event, Outcome, Tools, TranscodeError, TranscodeJob, TranscodeSettings, transcode};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// A finished or failed transcode.
pub(crate) struct Transcoded {
    pub(crate) events: Vec<Event>,
    pub(crate) result: Result<Outcome, TranscodeError>,
    pub(crate) output: PathBuf,
    _folder: TempDir,
}

pub(crate) fn tools() -> Tools {
    Tools { ffmpeg: PathBuf::from("ffmpeg"), probe: PathBuf::from(env!("CARGO_BIN_EXE_syncwatch-probe")) }
}

/// A small quick ladder: what is asserted here does not depend on the quality.
pub(crate) fn settings() -> TranscodeSettings {
    let rung = |short_side, video_kbps| RungSettings { short_side, video_kbps, crf: 28 };
    let ladder = LadderSettings {
        rungs: vec![rung(240, 800), rung(160, 400), rung(120, 200)],
        preset: "ultrafast".to_owned(),
        ..LadderSettings::default()
    };
    TranscodeSettings { ladder, stop_seconds: 1, ..TranscodeSettings::default() }
}

pub(crate) async fn transcoded(source: &Path) -> Transcoded {
    transcoded_with(source, &tools(), &settings(), &CancellationToken::new(), |_| {}).await
}

/// Transcodes `source`; `each` hears the events as they come.
pub(crate) async fn transcoded_with(
    source: &Path,
    tools: &Tools,
    settings: &TranscodeSettings,
    cancel: &CancellationToken,
    mut each: impl FnMut(&Event),
) -> Transcoded {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("videos/film/1");
    let job = TranscodeJob { source: source.to_owned(), output: output.clone() };
    let (events, mut heard) = tokio::sync::mpsc::channel(16);
    let mut collected = Vec::new();
    let listening = async {
        while let Some(event) = heard.recv().await {
            each(&event);
            collected.push(event);
        }
    };
    let working = async {
        let result = transcode(&job, tools, settings, &events, cancel).await;
        drop(events);
        result
    };
    let (result, ()) = tokio::join!(working, listening);
    Transcoded { events: collected, result, output, _folder: folder }
}

impl Transcoded {
    pub(crate) fn outcome(&self) -> &Outcome {
        self.result.as_ref().expect("the film is made")
    }

    pub(crate) fn error(&self) -> &TranscodeError {
        self.result.as_ref().expect_err("the film is refused")
    }

    pub(crate) fn report(&self) -> &ProbeReport {
        self.events
            .iter()
            .find_map(|event| if let Event::Probed(report) = event { Some(report) } else { None })
            .unwrap()
    }

    pub(crate) fn plan(&self) -> &Plan {
        self.events.iter().find_map(|event| if let Event::Planned(plan) = event { Some(plan) } else { None }).unwrap()
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.outcome().renditions.iter().map(|rendition| rendition.name.as_str()).collect()
    }

    pub(crate) fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.output.join(file)).unwrap()
    }

    pub(crate) fn playlist(&self, folder: &str) -> MediaPlaylist {
        MediaPlaylist::parse(&self.text(&format!("{folder}/index.m3u8"))).unwrap()
    }

    /// Each segment's start according to the playlist, in seconds.
    pub(crate) fn cuts(&self, folder: &str) -> Vec<f64> {
        let mut at = 0.0;
        let mut start_of = |length: f64| {
            at += length;
            at - length
        };
        self.playlist(folder).segments().map(|segment| start_of(segment.duration.seconds())).collect()
    }
}
