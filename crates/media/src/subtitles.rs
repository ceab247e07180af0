//! Subtitles: from files in any usual form and encoding to clean WebVTT (SRC-6).
//!
//! The files come from strangers and end up in players, so what comes out is made anew from cues: times inside the film,
//! text that is escaped, and no markup but bold, italic and underline.

mod ass;
mod encoding;
mod markup;
mod timed;

use std::fmt::Write;

use crate::Micros;

/// Cues of one file. A talkative film has three thousand.
const CUES_MAX: usize = 30_000;

/// One text and when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// When it appears.
    pub start: Micros,
    /// When it goes; later than `start`.
    pub end: Micros,
    /// What is shown, as WebVTT writes it: escaped, without empty lines, with `<b>`, `<i>` and `<u>` at the most.
    pub text: String,
    /// It belongs to the top of the picture, where it does not cover what is spoken.
    pub top: bool,
}

/// The forms that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubtitleFormat {
    /// SubRip, `.srt`.
    SubRip,
    /// WebVTT, `.vtt`.
    WebVtt,
    /// Advanced SubStation Alpha, `.ass` and `.ssa`; places, fonts, colours and movement are lost.
    Ass,
}

/// Cues in the order in which they appear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subtitles {
    /// The form that they came in.
    pub format: SubtitleFormat,
    /// At least one.
    pub cues: Vec<Cue>,
}

/// Why a file gives no subtitles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubtitleError {
    /// Not one of the forms that are read.
    #[error("not subtitles that we read")]
    UnsupportedFormat,
    /// One of them, but without a single cue that can be shown.
    #[error("there is no cue in it that can be shown")]
    Unreadable,
}

impl Subtitles {
    /// Reads a file of any usual encoding. `language` helps to guess the encoding where bytes alone do not tell.
    ///
    /// # Errors
    /// When it is not a file of subtitles, or has none that can be shown.
    pub fn read(bytes: &[u8], language: Option<&str>) -> Result<Self, SubtitleError> {
        let text = encoding::decoded(bytes, language).ok_or(SubtitleError::UnsupportedFormat)?;
        Self::parse(&text)
    }

    /// Reads text.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn parse(text: &str) -> Result<Self, SubtitleError> {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let format = format_of(&text).ok_or(SubtitleError::UnsupportedFormat)?;
        let cues = match format {
            SubtitleFormat::SubRip => timed::sub_rip(&text),
            SubtitleFormat::WebVtt => timed::web_vtt(&text),
            SubtitleFormat::Ass => ass::cues(&text),
        };
        let cues = in_order(cues);
        if cues.is_empty() { Err(SubtitleError::Unreadable) } else { Ok(Self { format, cues }) }
    }

    /// Cuts off what lies outside of a film of this length.
    #[must_use]
    pub fn within(mut self, film: Micros) -> Self {
        for cue in &mut self.cues {
            cue.start = cue.start.max(Micros::ZERO);
            cue.end = cue.end.min(film);
        }
        self.cues.retain(|cue| cue.start < cue.end);
        self
    }

    /// As a WebVTT file.
    pub fn to_web_vtt(&self) -> String {
        let mut text = String::from("WEBVTT\n");
        for cue in &self.cues {
            let place = if cue.top { " line:0" } else { "" };
            let _ = write!(text, "\n{} --> {}{place}\n{}\n", cue.start.stamp(), cue.end.stamp(), cue.text);
        }
        text
    }
}

/// What the text says it is.
fn format_of(text: &str) -> Option<SubtitleFormat> {
    let first = text.trim_start();
    if first.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n'])) {
        return Some(SubtitleFormat::WebVtt);
    }
    let section =
        |line: &str| line.trim().eq_ignore_ascii_case("[script info]") || line.trim().eq_ignore_ascii_case("[events]");
    if text.lines().take(1_000).any(section) {
        return Some(SubtitleFormat::Ass);
    }
    text.lines().any(|line| timed::times(line).is_some()).then_some(SubtitleFormat::SubRip)
}

/// Sorted by start, without those that show nothing, and without what is said twice. Signs that move are written as a cue
/// for each picture; those with the same text become one again.
fn in_order(mut cues: Vec<Cue>) -> Vec<Cue> {
    cues.retain(|cue| cue.start < cue.end && cue.end > Micros::ZERO);
    cues.truncate(CUES_MAX);
    cues.sort_by_key(|cue| (cue.start, cue.end));
    let mut kept: Vec<Cue> = Vec::with_capacity(cues.len());
    for cue in cues {
        let last = kept.iter_mut().rev().take(4);
        match last.into_iter().find(|last| last.text == cue.text && last.top == cue.top && last.end >= cue.start) {
            Some(same) => same.end = same.end.max(cue.end),
            None => kept.push(cue),
        }
    }
    kept
}

#[cfg(test)]
mod tests;
