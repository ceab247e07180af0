//! Where the segments of the encoded rungs begin.

use crate::{Micros, Ratio};

/// A moment or a length in 1/90000 s, the time scale of every rung.
pub type Ticks = u64;

/// The time scale of every rung.
pub const TICKS_PER_SECOND: Ticks = 90_000;

/// Decoding can begin this often, so that a jump shows a picture soon.
const LONGEST_PART_SECONDS: f64 = 2.0;

/// Before a cut the film is read from so much earlier: what a picture needs of those before it, as a deinterlacer does.
const RUN_UP: Micros = Micros::from_ms(1_000);

/// The segments of all encoded rungs of a film.
#[derive(Debug, Clone, PartialEq)]
pub struct Segments {
    cutting: Cutting,
    /// When each begins; the first is at zero.
    starts: Vec<Ticks>,
    end: Ticks,
    rate: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cutting {
    /// So many frames each.
    Even { rate: Ratio, frames: u64 },
    /// Where a copied rung was cut.
    AsCopied,
}

impl Segments {
    /// Segments of whole frames, as near to `seconds` as the rate allows, over a film of that length.
    pub fn even(rate: Ratio, seconds: u32, film: Micros) -> Self {
        let per_second = rate.value().unwrap_or(30.0);
        let frames = (f64::from(seconds) * per_second).round().max(1.0) as u64;
        let in_film = ((film.seconds() * per_second).round() as u64).max(1);
        let starts = (0..in_film.div_ceil(frames)).map(|number| ticks_of_frame(rate, number * frames)).collect();
        let end = ticks_of_frame(rate, in_film);
        Self { cutting: Cutting::Even { rate, frames }, starts, end, rate: per_second }
    }

    /// The segments of a copied rung, given when the first picture of each is shown.
    pub fn as_copied(starts: Vec<Ticks>, rate: Ratio, film: Micros) -> Self {
        let end = ticks_of(film).max(starts.last().map_or(1, |last| last + 1));
        Self { cutting: Cutting::AsCopied, starts, end, rate: rate.value().unwrap_or(30.0) }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// When one begins; for the one after the last, when the film ends.
    pub fn start(&self, number: usize) -> Ticks {
        self.starts.get(number).copied().unwrap_or(self.end)
    }

    /// When the film ends.
    pub fn end(&self) -> Ticks {
        self.end
    }

    /// The film turned out to have fewer segments, or another end.
    pub fn end_at(&mut self, count: usize, end: Ticks) {
        self.starts.truncate(count);
        self.end = end;
    }

    /// The segment in which a moment lies.
    pub fn at(&self, moment: Ticks) -> usize {
        self.starts.partition_point(|start| *start <= moment).saturating_sub(1)
    }

    /// How many frames a segment has, where that is known before. The last one has what is left.
    pub fn frames(&self, number: usize) -> Option<u64> {
        match self.cutting {
            Cutting::Even { frames, .. } if number + 1 < self.count() => Some(frames),
            _ => None,
        }
    }

    /// The picture may be over before the film is, as its sound may be longer. A copied rung has shown its whole length.
    pub(super) fn may_end_early(&self) -> bool {
        matches!(self.cutting, Cutting::Even { .. })
    }

    /// Half a frame.
    pub fn half_frame(&self) -> Ticks {
        (TICKS_PER_SECOND as f64 / self.rate / 2.0) as Ticks
    }

    /// From where to read the film for a piece that begins with this segment.
    pub fn read_from(&self, number: usize) -> Micros {
        (micros_of(self.start(number)) - RUN_UP).max(Micros::ZERO)
    }

    /// The filters that let the frames of these segments through, the first of them at zero. The last piece has no end:
    /// the film's own is measured, not planned.
    pub(crate) fn cut(&self, piece: &std::ops::Range<usize>) -> String {
        let last = piece.end >= self.count();
        match self.cutting {
            // After the filter `fps` frames count in the rate's own units, so that nothing is rounded.
            Cutting::Even { rate, frames } => {
                let (start, end) = (piece.start as u64 * frames, piece.end as u64 * frames);
                let until = if last { String::new() } else { format!(":end_pts={end}") };
                // A film that begins late shows its first picture from the start, so that sound stays in step.
                let from = if start == 0 { ":start_time=0" } else { "" };
                format!("fps={rate}{from},trim=start_pts={start}{until},setpts=PTS-{start}")
            }
            // A quarter of a frame before it, where there is none: right in time bases as coarse as one frame, too.
            Cutting::AsCopied => {
                let before = |number: usize| micros_of(self.start(number)).seconds() - 0.25 / self.rate;
                let until = if last { String::new() } else { format!(":end={:.6}", before(piece.end)) };
                format!("trim=start={:.6}{until},setpts=PTS-STARTPTS", before(piece.start))
            }
        }
    }

    /// Where keyframes are put, counted from the piece's start: at each segment, and often enough inside it.
    pub(crate) fn keyframes(&self, piece: &std::ops::Range<usize>) -> Vec<Micros> {
        let zero = self.start(piece.start);
        let mut places = Vec::new();
        for number in piece.clone() {
            match self.cutting {
                Cutting::Even { rate, frames } => {
                    let parts = parts_of(frames as f64 / self.rate);
                    let first = (number - piece.start) as u64 * frames;
                    places
                        .extend((0..parts).map(|part| micros_of(ticks_of_frame(rate, first + frames * part / parts))));
                }
                Cutting::AsCopied => {
                    let (start, end) = (self.start(number), self.start(number + 1));
                    let parts = parts_of((end - start) as f64 / TICKS_PER_SECOND as f64);
                    let place = |part| micros_of(start - zero + (end - start) * part / parts);
                    let before = Micros::from_seconds(0.25 / self.rate);
                    places.extend((0..parts).map(|part| (place(part) - before).max(Micros::ZERO)));
                }
            }
        }
        places
    }
}

fn parts_of(seconds: f64) -> u64 {
    (seconds / LONGEST_PART_SECONDS - 0.001).ceil().max(1.0) as u64
}

fn ticks_of_frame(rate: Ratio, frame: u64) -> Ticks {
    let (above, below) = (u128::from(rate.numerator.max(1)), u128::from(rate.denominator.max(1)));
    let exact = u128::from(frame) * u128::from(TICKS_PER_SECOND) * below;
    Ticks::try_from((exact + above / 2) / above).unwrap_or(Ticks::MAX)
}

/// In ticks, to the nearest.
pub(crate) fn ticks_of(moment: Micros) -> Ticks {
    (u64::try_from(moment.0).unwrap_or(0) * 9 + 50) / 100
}

/// In microseconds, rounded up: a player's sum must not be smaller.
pub(crate) fn micros_of(ticks: Ticks) -> Micros {
    Micros(i64::try_from((u128::from(ticks) * 100).div_ceil(9)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // TRN-1
    #[test]
    fn segments_are_whole_frames_and_their_starts_are_exact() {
        let segments = Segments::even(Ratio::new(24_000, 1_001), 6, Micros::from_seconds(20.0));
        assert_eq!((segments.count(), segments.frames(0)), (4, Some(144)));
        assert_eq!(segments.start(1), 540_540, "144 frames of 1001/24000 s");
        assert_eq!(segments.frames(3), None, "what the last one has is found out");
        assert_eq!(segments.cut(&(1..3)), "fps=24000/1001,trim=start_pts=144:end_pts=432,setpts=PTS-144");
        assert!(!segments.cut(&(2..4)).contains("end_pts"), "the film's own end");
        assert_eq!((segments.at(0), segments.at(540_539), segments.at(540_540), segments.at(u64::MAX)), (0, 0, 1, 3));
    }

    // TRN-1
    #[test]
    fn a_copied_rung_s_segments_are_cut_at_its_pictures() {
        let starts = vec![0, 675_000, 1_215_000];
        let segments = Segments::as_copied(starts, Ratio::new(25, 1), Micros::from_seconds(20.0));
        assert_eq!(segments.cut(&(1..2)), "trim=start=7.490000:end=13.490000,setpts=PTS-STARTPTS");
        assert_eq!(segments.read_from(1), Micros::from_seconds(6.5));
        let places: Vec<f64> = segments.keyframes(&(0..1)).iter().map(|place| place.seconds()).collect();
        assert_eq!(places, [0.0, 1.865, 3.74, 5.615]);
    }

    proptest! {
        // TRN-1, SYNC-1
        #[test]
        fn segments_cover_the_film_without_a_gap_and_decoding_can_begin_every_two_seconds(
            above in 1u32..130, below in 1u32..3, seconds in 1u32..12, film in 1i64..7_300_000_000
        ) {
            let rate = Ratio::new(above, below);
            let segments = Segments::even(rate, seconds, Micros(film));
            prop_assert!(segments.count() > 0 && segments.start(0) == 0);
            let frame = 1.0 / rate.value().unwrap();
            for number in 0..segments.count() {
                prop_assert!(segments.start(number) < segments.start(number + 1));
            }
            prop_assert!((micros_of(segments.end()).seconds() - Micros(film).seconds()).abs() <= frame + 0.000_1);
            let places = segments.keyframes(&(0..segments.count().min(5)));
            prop_assert_eq!(places[0], Micros::ZERO);
            for pair in places.windows(2) {
                prop_assert!(pair[0] < pair[1]);
                prop_assert!((pair[1] - pair[0]).seconds() <= LONGEST_PART_SECONDS + frame + 0.001);
            }
        }
    }
}
