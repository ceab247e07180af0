//! What is known to be missing. A film whose only faults are these is told apart from one that broke.

use super::OddFilm;

/// Something that does not become yet what it must.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// The rows that it shows in.
    pub rows: &'static [&'static str],
    /// Parts of what is complained about.
    pub complaints: &'static [&'static str],
    /// What is missing.
    pub missing: &'static str,
}

/// Empty when all is as it must be.
pub const KNOWN_GAPS: [Gap; 5] = [
    Gap {
        rows: &[
            "plain.mkv",
            "without-index.mkv",
            "many-references.mkv",
            "odd-sizes.mkv",
            "tall-pixels.mkv",
            "open-gop.mkv",
            "languages.mkv",
            "gap.mkv",
            "subrip.mkv",
            "ass.mkv",
            "attachment.mkv",
            "chapters.mkv",
            "two-pictures.mkv",
            "starts-at-one-hour.mkv",
        ],
        complaints: &["SegmentLength"],
        missing: "the last segment's length is the sum of Matroska's durations, which are cut to milliseconds",
    },
    Gap {
        rows: &["languages.mp4", "languages.mkv"],
        complaints: &["1 sounds instead of"],
        missing: "one sound is offered",
    },
    Gap {
        rows: &["subrip.mkv", "ass.mkv", "mov-text.mp4", "webvtt.webm"],
        complaints: &["0 subtitles instead of"],
        missing: "subtitles are not offered",
    },
    Gap {
        rows: &["gap.mkv", "sound-pause.mkv"],
        complaints: &["Continuous", "SegmentLength", "FrameRate", "qualities", "its picture was copied"],
        missing: "a hole in the middle is copied, where players stop; nothing looks at a copy's times after it is made",
    },
    Gap {
        rows: &["cut-fragments.mp4"],
        complaints: &["Decodes", "its picture was copied"],
        missing: "the copy ends with the half picture that the file ends with; nothing decodes a copy after it is made",
    },
];

/// The gap that explains what is wrong with a film.
pub fn known_gap(film: &OddFilm, wrong: &str) -> Option<&'static Gap> {
    KNOWN_GAPS
        .iter()
        .find(|gap| gap.rows.contains(&film.name) && gap.complaints.iter().any(|part| wrong.contains(part)))
}
