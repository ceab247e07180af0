//! Decodes every picture and looks for flashes.

use anyhow::Result;

use super::complaint::{Complaints, Rule};
use super::media::{Kind, Rendition};
use super::probe::decode;

/// What is seen in a picture.
pub(super) struct Seen {
    pub(super) uri: String,
    /// When each flash begins.
    pub(super) flashes: Vec<f64>,
    /// When the last frame ends.
    pub(super) end: f64,
}

/// Above the usual brightness by so much of 255 at the least.
const FLASH: u8 = 60;

pub(super) fn check(renditions: &[Rendition], complaints: &mut Complaints) -> Result<Vec<Seen>> {
    let mut all = Vec::new();
    for picture in renditions.iter().filter(|rendition| rendition.kind == Kind::Picture) {
        let average = ["-vf", "scale=1:1:flags=area,format=gray", "-fps_mode", "passthrough", "-f", "rawvideo"];
        match decode(&picture.joined, &average)? {
            Ok(brightness) => {
                let times = picture.times();
                let counts = (brightness.len(), times.len());
                let detail = || format!("{} of {} frames can be decoded", counts.0, counts.1);
                complaints.expect(counts.0 == counts.1, &picture.uri, Rule::Decodes, detail);
                let flashes = flashes(&brightness, &times);
                all.push(Seen { uri: picture.uri.clone(), flashes, end: picture.end() });
            }
            Err(words) => complaints.add(&picture.uri, Rule::Decodes, words),
        }
    }
    Ok(all)
}

fn flashes(brightness: &[u8], times: &[f64]) -> Vec<f64> {
    let mut sorted = brightness.to_vec();
    sorted.sort_unstable();
    let (Some(usual), Some(brightest)) = (sorted.get(sorted.len() / 2), sorted.last()) else { return Vec::new() };
    if brightest - usual < FLASH {
        return Vec::new();
    }
    // Nearer to white than to the usual: half a field is no flash yet.
    let threshold = usual + (brightest - usual) / 3 * 2;
    let (mut found, mut before) = (Vec::new(), false);
    for (value, time) in brightness.iter().zip(times) {
        let bright = *value > threshold;
        if bright && !before {
            found.push(*time);
        }
        before = bright;
    }
    found
}
