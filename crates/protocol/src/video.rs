//! Videos as people see them, from the first uploaded byte to the last rendition (TRN-4, UPL-5).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{Code, MediaTime, VideoId};

/// Where a video is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum VideoStatus {
    /// Bytes are still arriving.
    Uploading,
    /// Complete; being looked through for malware.
    Scanning,
    /// Complete; waits for its turn.
    Pending,
    /// Being made.
    Processing,
    /// Finished.
    Ready,
    /// It did not work; `failure` says why.
    Failed,
}

impl VideoStatus {
    /// Its name in JSON and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Scanning => "scanning",
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Uploading, Self::Scanning, Self::Pending, Self::Processing, Self::Ready, Self::Failed]
            .into_iter()
            .find(|status| status.as_str() == name)
    }
}

/// One quality in which a video can be watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct Rendition {
    /// Its name, such as `720p`, or `source` for the copied one.
    pub name: String,
    /// Picture width in pixels.
    pub width: u32,
    /// Picture height in pixels.
    pub height: u32,
}

/// How a film on another server is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum LinkKind {
    /// One file, asked for by ranges.
    File,
    /// An HLS playlist.
    Hls,
}

/// Where a film is that lies on another server (SRC-4). Its whole address is told to those who may watch it, by its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct LinkView {
    /// How it is played.
    pub kind: LinkKind,
    /// Whose server it is: viewers' browsers ask it for the film.
    pub host: String,
}

/// Where subtitles come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum SubtitleOrigin {
    /// They are part of the film's file.
    Embedded,
    /// The film's owner added them.
    Added,
}

/// What a viewer should know about subtitles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "protocol.ts")]
pub enum SubtitleNote {
    /// Places, fonts, colours and movement were lost.
    ConvertedFromAss,
}

/// Subtitles of a whole film as one WebVTT file, with times from the film's start (SRC-6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct SubtitleTrack {
    /// Which of the film's.
    pub id: String,
    /// Its line in a menu, unlike all others.
    pub label: String,
    /// ISO 639 code, when somebody said which.
    pub language: Option<String>,
    /// Only what everybody needs: signs, and speech in another language than the film's.
    pub forced: bool,
    /// Where they come from.
    pub origin: SubtitleOrigin,
    /// What a viewer should know.
    pub note: Option<SubtitleNote>,
    /// Where they are: a signed path that expires.
    pub url: String,
}

/// A video, as its owner and the rooms that watch it see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "protocol.ts")]
pub struct VideoView {
    /// Which one.
    pub id: VideoId,
    /// Its name, from the file at first.
    pub title: String,
    /// Where it is on its way.
    pub status: VideoStatus,
    /// It can be watched from now on, though it may not be finished (TRN-3).
    pub playable: bool,
    /// 0 to 1, of the upload while uploading, of the work while processing.
    pub progress: f64,
    /// Seconds until the present phase is done, as far as known.
    pub eta_seconds: Option<f64>,
    /// Nothing has moved for a while (TRN-5); it may still recover.
    pub stalled: bool,
    /// The film's length, once known.
    pub duration_ms: Option<MediaTime>,
    /// Picture width, once known.
    pub width: Option<u32>,
    /// Picture height, once known.
    pub height: Option<u32>,
    /// The qualities that can be chosen now.
    pub renditions: Vec<Rendition>,
    /// The subtitles that can be chosen now.
    #[serde(default)]
    #[schema(required = true)]
    pub subtitles: Vec<SubtitleTrack>,
    /// Why it failed.
    pub failure: Option<Code>,
    /// Bytes of the file.
    #[ts(type = "number")]
    pub size_bytes: u64,
    /// Where its poster is, once there is one: a signed path that expires.
    pub poster_url: Option<String>,
    /// Where it is, when it was not uploaded.
    pub link: Option<LinkView>,
    /// Where a WebVTT file is that names the pictures for the seek bar, once there are some: a signed path that expires.
    #[serde(default)]
    pub thumbnails_url: Option<String>,
    /// When the upload began, UTC.
    #[ts(type = "number")]
    pub created_at_ms: u64,
    /// When it expires unless a room shows it before, UTC; none where films are kept (UPL-6).
    #[ts(type = "number | null")]
    pub expires_at_ms: Option<u64>,
}

impl VideoView {
    /// Whether nothing of it can ever be watched unless it is tried again.
    pub const fn has_failed(&self) -> bool {
        matches!(self.status, VideoStatus::Failed) && !self.playable
    }
}

/// What is published when something about a video changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VideoEvent {
    /// Its row or progress changed.
    Changed(Box<VideoView>),
    /// It is gone.
    Deleted {
        /// Which one.
        id: VideoId,
    },
}
