//! What a transcode tells while it runs.

use std::time::Duration;

use syncwatch_media::{Micros, Outlook, Plan, ProbeReport, Size, SubtitlePlan};

/// Something happened. The first two come first and once; the others come as often as there is something to tell, `Subtitles` perhaps before `Playable`.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// What is inside the file.
    Probed(Box<ProbeReport>),
    /// What will be made of it, and why.
    Planned(Box<Plan>),
    /// It can be watched from now on, while the rest is made; or in more qualities than before.
    Playable {
        /// The qualities of which there is something to watch.
        renditions: Vec<RenditionInfo>,
    },
    /// A segment was added. Whoever waits for one may look again.
    Grown,
    /// These subtitles can be shown.
    Subtitles(Vec<SubtitlePlan>),
    /// There is a poster.
    Poster,
    /// There are pictures for the seek bar.
    Thumbnails,
    /// How far the whole work is.
    Progress(Outlook),
    /// Nothing has moved for so long; it may still recover.
    Stalled {
        /// Since when.
        since: Duration,
    },
    /// It moves again.
    Recovered,
}

/// One quality in which a film can be watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenditionInfo {
    /// `720p`, or `source` for the copied one.
    pub name: String,
    /// Its size.
    pub size: Size,
}

/// A finished film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// All qualities, best first.
    pub renditions: Vec<RenditionInfo>,
    /// The film's length.
    pub duration: Micros,
    /// The film's own size.
    pub size: Size,
    /// There is a poster.
    pub poster: bool,
    /// Bytes of everything that was made.
    pub size_bytes: u64,
}
