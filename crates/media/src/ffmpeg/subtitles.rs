//! The outputs of a run that takes out subtitles.

use super::Builder;
use crate::{SubtitlePlan, SubtitleWork};

/// The file into which FFmpeg writes a track, relative to the output folder.
pub fn extracted(track: &SubtitlePlan) -> String {
    format!("{}/ffmpeg.{}", track.folder, form(track.work).1)
}

impl Builder<'_> {
    pub(super) fn write_subtitles(&mut self) {
        for track in &self.plan.subtitles {
            let (codec, format) = form(track.work);
            self.arguments(["-map", &format!("0:{}", track.index), "-c:s", codec, "-map_metadata", "-1"]);
            // FFmpeg would drop a line that begins before the film, or move the whole track for it.
            self.arguments(["-map_chapters", "-1", "-copypriorss:s", "1", "-avoid_negative_ts", "disabled"]);
            self.arguments(["-f", if format == "vtt" { "webvtt" } else { format }, &extracted(track)]);
            self.folders.push(track.folder.clone());
        }
    }
}

/// FFmpeg's name of the codec, and the ending of the file, which but for WebVTT is also the format's name.
const fn form(work: SubtitleWork) -> (&'static str, &'static str) {
    match work {
        SubtitleWork::CopySubRip => ("copy", "srt"),
        SubtitleWork::CopyWebVtt => ("copy", "vtt"),
        SubtitleWork::CopyAss => ("copy", "ass"),
        SubtitleWork::ToSubRip => ("srt", "srt"),
    }
}
