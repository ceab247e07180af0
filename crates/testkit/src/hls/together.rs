//! Whether what is seen and what is heard still belong together.

use super::Source;
use super::complaint::{Complaints, Rule};
use super::pictures::Seen;
use super::sounds::Heard;

/// People notice sound 45 ms early (ITU-R BT.1359).
const NOTICED: f64 = 0.045;
/// Encoders blur the first and the last moments of a sound, so beeps there count for nothing.
const EDGE: f64 = 0.15;

/// The largest distance between a flash and its beep; `None` when there was nothing to compare.
pub(super) fn check(seen: &[Seen], heard: &[Heard], source: &Source, complaints: &mut Complaints) -> Option<f64> {
    let mut largest = None::<f64>;
    for picture in seen {
        for sound in heard {
            let until = source.heard.1.min(picture.end);
            let counts = |at: &&f64| **at > source.heard.0 + EDGE && **at < until - EDGE;
            let of_flashes = picture.flashes.iter().filter(counts).map(|flash| (*flash, nearest(*flash, &sound.beeps)));
            let of_beeps = sound.beeps.iter().filter(counts).map(|beep| (*beep, nearest(*beep, &picture.flashes)));
            // A film too short or too still for a flash has nothing to be compared.
            let comparable = !picture.flashes.is_empty();
            let worst =
                of_flashes.chain(of_beeps).filter(|_| comparable).max_by(|one, other| one.1.total_cmp(&other.1));
            let Some((at, apart)) = worst else { continue };
            let detail = || format!("{} is {:.1} ms off at {at:.2} s", sound.uri, apart * 1_000.0);
            complaints.expect(apart <= NOTICED, &picture.uri, Rule::Together, detail);
            largest = Some(largest.map_or(apart, |largest| largest.max(apart)));
        }
    }
    largest
}

fn nearest(at: f64, others: &[f64]) -> f64 {
    others.iter().map(|other| (other - at).abs()).fold(f64::INFINITY, f64::min)
}
