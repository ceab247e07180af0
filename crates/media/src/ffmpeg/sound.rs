//! The sound's part of a run: its inputs and its outputs.

use super::{Builder, filters, hls};
use crate::plan::AudioWork;
use crate::{AudioPlan, Micros};

impl Builder<'_> {
    /// Opens what the sound needs beside the film itself, which is open already.
    ///
    /// Copied sound is moved by an amount of its own, and an input moves as a whole: the file is opened once more for each
    /// amount that occurs. A filter on the packets would count in the stream's own unit, which in Matroska is a millisecond.
    pub(super) fn open_sound(&mut self) {
        for audio in &self.plan.audio {
            if let AudioWork::Copy { shift } = audio.work
                && !self.shifts.contains(&shift)
            {
                self.open(shift);
            }
        }
    }

    /// Writes each track into its folder. [`open_sound`](Self::open_sound) comes before, and all other inputs too.
    pub(super) fn write_sound(&mut self) {
        for audio in &self.plan.audio {
            self.write_track(audio);
        }
    }

    fn write_track(&mut self, audio: &AudioPlan) {
        let index = audio.index;
        match audio.work {
            AudioWork::Copy { shift } => {
                let input = self.input_moved_by(shift);
                // Packets before the film are dropped rather than hidden behind an edit list, which players treat each
                // in their own way.
                self.arguments(["-map", &format!("{input}:{index}"), "-c:a", "copy", "-copypriorss:a", "0"]);
            }
            AudioWork::Encode { kbps } => {
                let input = self.input_moved_by(Micros::ZERO);
                self.arguments(["-map", &format!("{input}:{index}"), "-c:a", "aac", "-b:a", &format!("{kbps}k")]);
                self.arguments(["-af", &filters::sound(audio)]);
            }
        }
        let output = hls::output(&audio.folder, self.settings.segment_seconds, "movflags=+frag_discont");
        self.arguments.extend(output);
        self.folders.push(audio.folder.clone());
    }

    fn input_moved_by(&self, shift: Micros) -> usize {
        self.shifts.iter().position(|opened| *opened == shift).expect("it was opened before")
    }
}
