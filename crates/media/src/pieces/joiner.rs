//! Joins the parts that a run writes into the segments that were planned, and looks whether they are what was planned.

use std::ops::Range;

use super::{BrokenPart, Part, Segments, Ticks};

/// A run did not make what was planned: its segments would not fit to their neighbours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeamError {
    /// What FFmpeg wrote cannot be read.
    #[error(transparent)]
    Broken(#[from] BrokenPart),
    /// A segment does not begin where it should, or not with a picture that stands for itself.
    #[error("segment {segment} begins at {found} instead of {planned} ticks, with a keyframe: {keyframe}")]
    Start {
        /// Which one.
        segment: usize,
        /// Where it should.
        planned: Ticks,
        /// Where it does.
        found: Ticks,
        /// What it begins with.
        keyframe: bool,
    },
    /// A segment has another length than planned.
    #[error("segment {segment} ends at {found} instead of {planned} ticks, after {frames} frames")]
    End {
        /// Which one.
        segment: usize,
        /// Where it should.
        planned: Ticks,
        /// Where it does.
        found: Ticks,
        /// How many it has.
        frames: u64,
    },
}

/// A segment, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeSegment {
    /// Which one.
    pub number: usize,
    /// Its file.
    pub bytes: Vec<u8>,
    /// When it ends.
    pub end: Ticks,
}

/// What was left when the run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The last segment, which nothing follows.
    pub last: Option<MadeSegment>,
    /// The picture is over: the film has so many segments, and ends then.
    pub over: Option<(usize, Ticks)>,
}

/// Numbers of the parts inside a segment leave room for so many.
const PARTS_IN_SEGMENT: u32 = 64;

/// Joins what one run writes of one rung.
#[derive(Debug, Clone)]
pub struct Joiner {
    segments: Segments,
    piece: Range<usize>,
    number: usize,
    bytes: Vec<u8>,
    parts: u32,
    frames: u64,
    end: Ticks,
}

impl Joiner {
    /// For a run that makes these segments.
    pub fn new(segments: Segments, piece: Range<usize>) -> Self {
        let end = segments.start(piece.start);
        Self { segments, number: piece.start, piece, bytes: Vec::new(), parts: 0, frames: 0, end }
    }

    /// Takes the next part; gives the segment that it completes.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn add(&mut self, part: Part) -> Result<Option<MadeSegment>, SeamError> {
        let base = self.segments.start(self.piece.start);
        let found = base + part.start;
        if self.bytes.is_empty() {
            let planned = self.segments.start(self.number);
            let keyframe = part.begins_with_keyframe;
            let beyond = self.number >= self.piece.end;
            if beyond || !keyframe || found.abs_diff(planned) > self.segments.half_frame() {
                return Err(SeamError::Start { segment: self.number, planned, found, keyframe });
            }
        }
        self.end = base + part.end();
        self.frames += part.frames;
        let number = u32::try_from(self.number).unwrap_or(u32::MAX / PARTS_IN_SEGMENT);
        let counted = number.saturating_mul(PARTS_IN_SEGMENT).saturating_add(self.parts + 1);
        self.bytes.extend(part.moved(base, counted)?);
        self.parts += 1;
        // How long the film's last segment is shows when the run ends.
        if self.number + 1 == self.segments.count() {
            return Ok(None);
        }
        let planned = self.segments.start(self.number + 1);
        if self.end + self.segments.half_frame() < planned {
            return Ok(None);
        }
        let as_planned = match self.segments.frames(self.number) {
            Some(frames) => frames == self.frames,
            None => self.end.abs_diff(planned) <= self.segments.half_frame() * 3,
        };
        if !as_planned {
            return Err(SeamError::End { segment: self.number, planned, found: self.end, frames: self.frames });
        }
        Ok(Some(self.complete()))
    }

    /// The run ended well: what is left is the film's last segment, or says where the picture is over.
    ///
    /// # Errors
    /// When something is missing that a film's end does not explain.
    pub fn finish(mut self) -> Result<Ending, SeamError> {
        let (frames, found) = (self.frames, self.end);
        let short_of = self.segments.frames(self.number).filter(|_| !self.bytes.is_empty());
        let last = (!self.bytes.is_empty()).then(|| self.complete());
        if self.number < self.piece.end && !self.segments.may_end_early() {
            let planned = self.segments.start(self.number + 1);
            return Err(SeamError::End { segment: self.number, planned, found, frames });
        }
        // In a film that keeps its own times the last picture before a cut is as long as its packet said, gap or not.
        let reached = self.number == self.piece.end && short_of.is_none() && self.piece.end < self.segments.count();
        let over = (!reached).then_some((self.number, self.end));
        Ok(Ending { last, over })
    }

    fn complete(&mut self) -> MadeSegment {
        let made = MadeSegment { number: self.number, bytes: std::mem::take(&mut self.bytes), end: self.end };
        self.number += 1;
        (self.parts, self.frames) = (0, 0);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::super::parts::tests::part;
    use super::*;
    use crate::{Micros, Ratio};

    /// 24 frames a second, segments of 144 frames.
    fn segments() -> Segments {
        Segments::even(Ratio::new(24, 1), 6, Micros::from_seconds(20.0))
    }

    fn two_seconds(at: Ticks) -> Part {
        part(at * 90_000, 48, 3_750, true)
    }

    // TRN-7
    #[test]
    fn parts_become_the_segments_that_were_planned() {
        let mut joiner = Joiner::new(segments(), 1..3);
        assert_eq!(joiner.add(two_seconds(0)), Ok(None));
        assert_eq!(joiner.add(two_seconds(2)), Ok(None));
        let made = joiner.add(two_seconds(4)).unwrap().unwrap();
        assert_eq!((made.number, made.end), (1, 12 * 90_000));
        for at in [6, 8] {
            joiner.add(two_seconds(at)).unwrap();
        }
        assert_eq!(joiner.add(two_seconds(10)).unwrap().unwrap().number, 2);
        assert_eq!(joiner.finish(), Ok(Ending { last: None, over: None }));
    }

    // TRN-7
    #[test]
    fn a_segment_that_would_not_fit_to_its_neighbours_is_refused() {
        let mut joiner = Joiner::new(segments(), 1..3);
        assert!(matches!(joiner.add(part(90_000, 48, 3_750, true)), Err(SeamError::Start { segment: 1, .. })));
        assert!(matches!(joiner.add(part(0, 48, 3_750, false)), Err(SeamError::Start { keyframe: false, .. })));
        joiner.add(two_seconds(0)).unwrap();
        joiner.add(two_seconds(2)).unwrap();
        let longer = part(4 * 90_000, 49, 3_750, true);
        assert!(matches!(joiner.add(longer), Err(SeamError::End { segment: 1, frames: 145, .. })));
    }

    // TRN-2
    #[test]
    fn a_picture_that_ends_before_the_film_tells_where() {
        let mut joiner = Joiner::new(segments(), 0..4);
        for at in [0, 2, 4, 6] {
            joiner.add(two_seconds(at)).unwrap();
        }
        let ending = joiner.finish().unwrap();
        assert_eq!(ending.last.map(|made| made.number), Some(1));
        assert_eq!(ending.over, Some((2, 8 * 90_000)));
        let nothing = Joiner::new(segments(), 3..4).finish().unwrap();
        assert_eq!(nothing, Ending { last: None, over: Some((3, 18 * 90_000)) });
    }
}
