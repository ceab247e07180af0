//! Whether a film became what it must become.

use anyhow::Result;
use std::path::Path;

use super::Plays;
use crate::hls::{Checked, Source, check};

impl Plays {
    /// Checks an output folder, and holds it against what must be in it. `scratch` is a folder for the check's own files.
    ///
    /// # Errors
    /// FFmpeg's tools are missing.
    pub fn check(&self, output: &Path, scratch: &Path) -> Result<(Checked, Vec<String>)> {
        let Self { size, seconds, slack, heard, tone_mapped, .. } = *self;
        let checked = check(output, &Source { size, seconds, slack, heard, tone_mapped }, scratch)?;
        let mut wrong: Vec<String> = checked.complaints.iter().map(ToString::to_string).collect();
        let rungs: Vec<u32> = checked.sizes.iter().map(|(width, height)| *width.min(height)).collect();
        if rungs != self.rungs {
            wrong.push(format!("qualities {rungs:?} instead of {:?}", self.rungs));
        }
        let counts = [
            ("sounds", checked.sounds, self.sounds),
            ("subtitles", checked.subtitles, self.subtitles),
            ("flashes", checked.flashes, self.flashes),
        ];
        for (what, found, expected) in counts.into_iter().filter(|(_, found, expected)| found != expected) {
            wrong.push(format!("{found} {what} instead of {expected}"));
        }
        Ok((checked, wrong))
    }
}
