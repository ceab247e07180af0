//! From what a film is to what will be made of it (DESIGN §9). Each choice says why it was made.

mod copy;
mod names;
mod picture;
mod sound;
mod subtitles;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ladder::Size;
use crate::{Container, LadderSettings, Micros, ProbeReport, Ratio, Rejection, VideoStream};

/// What will be made of a film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What people are told about the film.
    pub film: FilmFacts,
    /// Where in the file it is.
    pub source: SourceMap,
    /// The picture as it is, cut into segments: playable at once (TRN-3).
    pub copied: Option<CopiedRung>,
    /// Smaller or compatible pictures.
    pub encoded: Option<EncodedLadder>,
    /// The tracks of sound that all rungs share, as the file orders them; none for a silent film.
    pub audio: Vec<AudioPlan>,
    /// The tracks of subtitles, as the file orders them.
    pub subtitles: Vec<SubtitlePlan>,
    /// Why it is so, in the order in which it was decided.
    pub decisions: Vec<Decision>,
}

/// What people are told about a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmFacts {
    /// From its first picture to its end.
    pub duration: Micros,
    /// From its first picture to the end of its last; shorter where sound goes on.
    pub picture: Micros,
    /// Size in square pixels, turned the right way.
    pub size: Size,
}

/// Where in the file the film is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    /// Names the only demuxer that may read it.
    pub container: Container,
    /// The picture's stream.
    pub video_index: usize,
    /// What FFmpeg takes for the file's start and moves to zero when it reads.
    pub file_start: Micros,
    /// When the first picture is shown: the film's zero, for all renditions and the sound.
    pub film_start: Micros,
}

/// The picture as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedRung {
    /// Its size.
    pub size: Size,
    /// Its rate.
    pub rate: Ratio,
    /// Bits per second over the whole film, for the time before its segments can be measured.
    pub expected_bps: u64,
}

/// Pictures that are encoded, all in one run from one decoding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodedLadder {
    /// Best first.
    pub rungs: Vec<EncodedRung>,
    /// Which frames they show, and when.
    pub timing: FrameTiming,
    /// Where segments may start.
    pub keyframes: Keyframing,
    /// Half pictures are joined.
    pub deinterlace: bool,
    /// Bright pictures are brought into the range of ordinary screens.
    pub tone_map: bool,
}

/// One quality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncodedRung {
    /// `720p`; also its folder.
    pub name: String,
    /// Its size.
    pub size: Size,
    /// At most so many kilobits per second.
    pub max_kbps: u32,
    /// Constant quality below that.
    pub crf: u8,
}

/// Which frames the encoded rungs show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameTiming {
    /// Exactly the film's, so that they agree with the copied rung frame by frame.
    AsSource(Ratio),
    /// Evenly spaced ones.
    Constant(Ratio),
}

impl FrameTiming {
    /// Frames per second.
    pub const fn rate(self) -> Ratio {
        match self {
            Self::AsSource(rate) | Self::Constant(rate) => rate,
        }
    }
}

/// Where segments of the encoded rungs may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keyframing {
    /// Where the film's own keyframes are: the cutter then cuts the encoded rungs where it cut the copied one.
    AsSource,
    /// Every two seconds.
    EveryTwoSeconds,
}

/// A track of sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioPlan {
    /// Its folder, `audio-1`.
    pub folder: String,
    /// Its stream in the file.
    pub index: usize,
    /// ISO 639 code, when the file says.
    pub language: Option<String>,
    /// Its line in the player's menu, unlike all others.
    pub name: String,
    /// The one that plays when nobody chose; one of them all.
    pub default: bool,
    /// A commentary or a description of what is seen: nobody gets it unasked.
    pub extra: bool,
    /// Channels of the result.
    pub channels: u16,
    /// What is done to it.
    pub work: AudioWork,
}

/// What is done to the sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AudioWork {
    /// Packets stay; they are moved by so much that one of them starts with the film.
    Copy {
        /// At most a few milliseconds.
        shift: Micros,
    },
    /// AAC-LC at 48 kHz.
    Encode {
        /// Kilobits per second.
        kbps: u32,
    },
}

/// A track of subtitles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubtitlePlan {
    /// Its folder, `subtitles-1`.
    pub folder: String,
    /// Its stream in the file.
    pub index: usize,
    /// ISO 639 code, when the file says.
    pub language: Option<String>,
    /// Its line in the player's menu, unlike all others.
    pub name: String,
    /// The file marks it as the one to show.
    pub default: bool,
    /// Only what everybody needs.
    pub forced: bool,
    /// It tells of sounds as well.
    pub hearing_impaired: bool,
    /// How it is taken out of the file.
    pub work: SubtitleWork,
}

/// How subtitles are taken out of the file. Cleaning and WebVTT are our own work afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubtitleWork {
    /// SubRip, as it is.
    CopySubRip,
    /// WebVTT, as it is.
    CopyWebVtt,
    /// ASS, as it is; much of it is lost in WebVTT.
    CopyAss,
    /// Another form of text, which FFmpeg makes into SubRip.
    ToSubRip,
}

/// One choice and why it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was chosen.
    pub choice: String,
    /// Why.
    pub reason: String,
}

impl Decision {
    pub(crate) fn new(choice: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { choice: choice.into(), reason: reason.into() }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.choice, self.reason)
    }
}

/// Decides what becomes of a film.
///
/// # Errors
/// The reason why it is not taken.
pub fn plan(report: &ProbeReport, settings: &LadderSettings) -> Result<Plan, Rejection> {
    let video = film_stream(report)?;
    check_length(report, settings)?;
    let mut decisions = Vec::new();

    let size = picture::displayed_size(video)?;
    let copied = copy::copied_rung(report, video, size, settings, &mut decisions);
    let encoded = picture::ladder(video, size, copied, settings, &mut decisions);
    let audio = sound::tracks(report, video.start, settings, &mut decisions);
    let subtitles = subtitles::tracks(report, &mut decisions);
    Ok(Plan {
        film: FilmFacts { duration: film_length(report, video), picture: picture_length(report, video), size },
        source: SourceMap {
            container: report.container,
            video_index: video.index,
            file_start: report.start,
            film_start: video.start,
        },
        copied,
        encoded,
        audio,
        subtitles,
        decisions,
    })
}

/// The first stream that is a film and not the picture on its box.
fn film_stream(report: &ProbeReport) -> Result<&VideoStream, Rejection> {
    let film = report.video.iter().find(|stream| !stream.cover);
    film.ok_or_else(|| Rejection::UnsupportedFormat("there is no moving picture in this file".to_owned()))
}

/// A file that says it is longer than what can be read of it was cut off on its way.
fn check_length(report: &ProbeReport, settings: &LadderSettings) -> Result<(), Rejection> {
    let limit = settings.longest_film();
    if report.duration > limit {
        let minutes = report.duration.duration().as_secs().div_ceil(60);
        return Err(Rejection::TooLong { minutes, limit_minutes: settings.max_minutes });
    }
    if report.duration <= Micros::ZERO {
        return Err(Rejection::Unreadable("the film has no length".to_owned()));
    }
    // Streams of one film rarely end together: an intact file may say 2 % more than its last packet shows.
    let slack = Micros::from_seconds((report.duration.seconds() * 0.02).max(2.0));
    // Where a film starts late, some files count from its start and some from zero.
    let readable = report.readable_until.max(report.readable_until - report.start);
    if readable + slack < report.duration {
        let detail = format!("only {readable} of {} seconds can be read", report.duration);
        return Err(Rejection::Unreadable(detail));
    }
    Ok(())
}

/// What headers say about the length is rounded, and counts the time before a late start in some files.
fn film_length(report: &ProbeReport, video: &VideoStream) -> Micros {
    (report.readable_until - video.start).max(Micros(1))
}

/// What was not read of the picture cannot be missed in the result.
fn picture_length(report: &ProbeReport, video: &VideoStream) -> Micros {
    (video.end.min(report.readable_until) - video.start).max(Micros(1))
}
