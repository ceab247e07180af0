//! Decodes every sound and listens for beeps.

use anyhow::Result;

use super::complaint::{Complaints, Rule};
use super::media::{Kind, Rendition};
use super::probe::decode;

/// What is heard in a sound.
pub(super) struct Heard {
    pub(super) uri: String,
    /// When each beep begins.
    pub(super) beeps: Vec<f64>,
}

/// Fine enough to place a beep within a tenth of a millisecond.
const RATE: usize = 8_000;
/// Two beeps have so much silence between them at the least.
const SILENCE: usize = RATE / 4;

pub(super) fn check(renditions: &[Rendition], complaints: &mut Complaints) -> Result<Vec<Heard>> {
    let mut all = Vec::new();
    for sound in renditions.iter().filter(|rendition| rendition.kind == Kind::Sound) {
        check_stream(sound, complaints);
        // Filled up to its timestamps, as a player does: sample number n is heard n/8000 s after the film's zero.
        let filled = ["-af", "aresample=8000:async=1:first_pts=0", "-ac", "1", "-ar", "8000", "-f", "f32le"];
        match decode(&sound.joined, &filled)? {
            Ok(bytes) => {
                let samples: Vec<f32> = bytes
                    .chunks_exact(4)
                    .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                    .collect();
                all.push(Heard { uri: sound.uri.clone(), beeps: beeps(&samples) });
            }
            Err(words) => complaints.add(&sound.uri, Rule::Decodes, words),
        }
    }
    Ok(all)
}

fn check_stream(sound: &Rendition, complaints: &mut Complaints) {
    let Some(stream) = sound.streams.first() else { return };
    let rate = stream.sample_rate.as_deref().and_then(|rate| rate.parse::<u32>().ok()).unwrap_or(0);
    let fits =
        stream.codec_name == "aac" && rate <= 48_000 && stream.channels.is_some_and(|count| (1..=2).contains(&count));
    let detail = || format!("{} with {:?} channels at {rate} Hz", stream.codec_name, stream.channels);
    complaints.expect(fits, &sound.uri, Rule::Sound, detail);
}

fn beeps(samples: &[f32]) -> Vec<f64> {
    let loudest = samples.iter().fold(0.0f32, |loudest, sample| loudest.max(sample.abs()));
    let (mut found, mut last_loud) = (Vec::new(), None::<usize>);
    if loudest < 0.02 {
        return found;
    }
    for (at, _) in samples.iter().enumerate().filter(|(_, sample)| sample.abs() > loudest * 0.4) {
        if last_loud.is_none_or(|last| at - last > SILENCE) {
            found.push(at as f64 / RATE as f64);
        }
        last_loud = Some(at);
    }
    found
}
