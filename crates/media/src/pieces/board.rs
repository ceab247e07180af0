//! What is made next. Viewers steer it: what they are about to see goes first (DESIGN §9, rule 11).

use std::ops::Range;

/// Segments of the first run at a place: with the second one a player has enough to begin, while the whole ladder follows.
const OPENING: usize = 2;
/// So many segments ahead of a viewer are half a minute.
const CLOSE_AHEAD: usize = 5;
/// Below this the ladder would not keep ahead of somebody who watches.
const FAST_ENOUGH: f64 = 1.2;
/// A wish within so many segments of where a run works is about to be granted.
const SOON: usize = 2;

/// What one run makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Of which rungs, the best being 0.
    pub rungs: Vec<usize>,
    /// Which segments.
    pub segments: Range<usize>,
}

/// Which segments of which rungs are made or under way, and what somebody waits for.
#[derive(Debug, Clone)]
pub struct Board {
    /// By rung, by segment.
    made: Vec<Vec<bool>>,
    under_way: Vec<Piece>,
    play_head: usize,
    /// Film seconds per second of a run of all rungs, as far as known.
    ladder_speed: Option<f64>,
    piece_segments: usize,
    /// The film can be watched in no other way, so its first picture is urgent.
    opening: bool,
}

impl Board {
    /// Nothing is made. `opening` when there is no copied rung that can be watched meanwhile.
    pub fn new(rungs: usize, segments: usize, piece_segments: usize, opening: bool) -> Self {
        let made = vec![vec![false; segments]; rungs];
        Self {
            made,
            under_way: Vec::new(),
            play_head: 0,
            ladder_speed: None,
            piece_segments: piece_segments.max(1),
            opening,
        }
    }

    /// How many segments there are.
    pub fn segments(&self) -> usize {
        self.made.first().map_or(0, Vec::len)
    }

    /// The film turned out to have fewer.
    pub fn end_at(&mut self, segments: usize) {
        for rung in &mut self.made {
            rung.truncate(segments);
        }
    }

    /// A segment is there.
    pub fn made(&mut self, rung: usize, segment: usize) {
        if let Some(place) = self.made.get_mut(rung).and_then(|rung| rung.get_mut(segment)) {
            *place = true;
        }
    }

    /// Whether a segment is there.
    pub fn is_made(&self, rung: usize, segment: usize) -> bool {
        self.made.get(rung).and_then(|rung| rung.get(segment)).copied().unwrap_or(false)
    }

    /// Whether any of a rung is there.
    pub fn has_begun(&self, rung: usize) -> bool {
        self.made.get(rung).is_some_and(|rung| rung.contains(&true))
    }

    /// Whether everything is there.
    pub fn is_done(&self) -> bool {
        self.made.iter().flatten().all(|made| *made)
    }

    /// How much of all is there, given what a segment of each rung costs.
    pub fn fraction(&self, costs: &[f64]) -> f64 {
        let total: f64 = costs.iter().sum::<f64>() * self.segments() as f64;
        let rung = |(rung, cost): (&Vec<bool>, &f64)| rung.iter().filter(|made| **made).count() as f64 * cost;
        let done: f64 = self.made.iter().zip(costs).map(rung).sum();
        if total > 0.0 { done / total } else { 1.0 }
    }

    /// A run has begun.
    pub fn begin(&mut self, piece: Piece) {
        self.under_way.push(piece);
    }

    /// A run has ended; what it left unmade is free again.
    pub fn end(&mut self, piece: &Piece) {
        self.under_way.retain(|other| other != piece);
    }

    /// How quick a run of all rungs was.
    pub fn measured(&mut self, ladder_speed: f64) {
        self.ladder_speed = Some(ladder_speed);
    }

    /// Somebody wants to see a segment. The answer is the runs to cut short for it: none when it is there, about to be, or
    /// beyond the end, and none where there is a copied rung to watch. A run that opens the film somewhere is not cut
    /// short before its first segment: two viewers far apart would keep each other from seeing anything.
    pub fn wish(&mut self, segment: usize) -> Vec<Piece> {
        if segment >= self.segments() {
            return Vec::new();
        }
        self.play_head = segment;
        let there = (0..self.made.len()).any(|rung| self.is_made(rung, segment));
        if there || !self.opening || self.under_way.iter().any(|piece| self.reaches_soon(piece, segment)) {
            return Vec::new();
        }
        self.under_way.iter().filter(|piece| !self.is_opening(piece)).cloned().collect()
    }

    /// What to make next; `None` when all is made or under way.
    pub fn next(&self) -> Option<Piece> {
        let smallest = self.made.len().checked_sub(1)?;
        if self.opening && self.is_free(smallest, self.play_head) {
            return Some(self.piece_at(self.play_head, vec![smallest], OPENING));
        }
        if let Some(start) = self.in_order_of_need().find(|segment| self.is_free(smallest, *segment)) {
            let rungs = if self.must_hurry(start) { vec![smallest] } else { self.free_rungs(start) };
            return Some(self.piece_at(start, rungs, self.piece_segments));
        }
        let start = self.in_order_of_need().find(|segment| !self.free_rungs(*segment).is_empty())?;
        Some(self.piece_at(start, self.free_rungs(start), self.piece_segments))
    }

    /// All segments, those that a viewer comes to first.
    fn in_order_of_need(&self) -> impl Iterator<Item = usize> {
        let (head, all) = (self.play_head.min(self.segments()), self.segments());
        (head..all).chain(0..head)
    }

    /// As many segments from there as these rungs lack, and no others.
    fn piece_at(&self, start: usize, rungs: Vec<usize>, at_most: usize) -> Piece {
        let until = (start + at_most).min(self.segments());
        let lacks = |segment: &usize| rungs.iter().all(|rung| self.is_free(*rung, *segment));
        let length = (start..until).take_while(lacks).count();
        Piece { rungs, segments: start..start + length }
    }

    fn is_free(&self, rung: usize, segment: usize) -> bool {
        let known = self.made.get(rung).is_some_and(|rung| segment < rung.len());
        let taken = |piece: &Piece| piece.rungs.contains(&rung) && piece.segments.contains(&segment);
        known && !self.is_made(rung, segment) && !self.under_way.iter().any(taken)
    }

    fn free_rungs(&self, segment: usize) -> Vec<usize> {
        (0..self.made.len()).filter(|rung| self.is_free(*rung, segment)).collect()
    }

    /// The whole ladder would not be there in time: too slow, and too close ahead of a viewer.
    fn must_hurry(&self, start: usize) -> bool {
        let close = (self.play_head..self.play_head + CLOSE_AHEAD).contains(&start);
        close && self.ladder_speed.is_some_and(|speed| speed < FAST_ENOUGH)
    }

    /// A run that opens the film somewhere and has not shown anything yet.
    fn is_opening(&self, piece: &Piece) -> bool {
        let shown = piece.rungs.iter().any(|rung| self.is_made(*rung, piece.segments.start));
        piece.rungs.len() < self.made.len() && piece.segments.len() <= OPENING && !shown
    }

    fn reaches_soon(&self, piece: &Piece, segment: usize) -> bool {
        let rung_lacks = |segment: &usize| piece.rungs.iter().any(|rung| !self.is_made(*rung, *segment));
        let works_at = piece.segments.clone().find(rung_lacks).unwrap_or(piece.segments.end);
        piece.segments.contains(&segment) && segment <= works_at + SOON
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn piece(rungs: &[usize], segments: Range<usize>) -> Piece {
        Piece { rungs: rungs.to_vec(), segments }
    }

    fn make(board: &mut Board, piece: &Piece) {
        for rung in &piece.rungs {
            piece.segments.clone().for_each(|segment| board.made(*rung, segment));
        }
    }

    // TRN-3
    #[test]
    fn the_film_opens_with_its_smallest_rung_and_goes_on_with_all_of_them() {
        let mut board = Board::new(3, 25, 10, true);
        let mut made = Vec::new();
        while let Some(next) = board.next() {
            make(&mut board, &next);
            made.push(next);
        }
        let all = [0, 1, 2];
        let expected =
            [piece(&[2], 0..2), piece(&all, 2..12), piece(&all, 12..22), piece(&all, 22..25), piece(&[0, 1], 0..2)];
        assert_eq!(made, expected);
        assert!(board.is_done());
    }

    // TRN-3
    #[test]
    fn a_film_that_can_be_watched_as_it_is_needs_no_opening() {
        assert_eq!(Board::new(2, 25, 10, false).next(), Some(piece(&[0, 1], 0..10)));
    }

    // TRN-3
    #[test]
    fn a_viewer_who_jumps_gets_his_place_first_and_the_run_elsewhere_is_cut_short() {
        let mut board = Board::new(2, 100, 10, true);
        let first = piece(&[0, 1], 2..12);
        board.begin(first.clone());
        assert_eq!(board.wish(3), [], "it is about to come");
        assert_eq!(board.wish(80), std::slice::from_ref(&first));
        board.end(&first);
        assert_eq!(board.next(), Some(piece(&[1], 80..82)));
        make(&mut board, &piece(&[1], 80..82));
        assert_eq!(board.next(), Some(piece(&[0, 1], 82..92)));
        assert_eq!(board.wish(80), [], "it is there, if not in every rung");
        assert_eq!(board.wish(1_000), [], "there is no such place");
    }

    // TRN-3
    #[test]
    fn viewers_far_apart_do_not_keep_each_other_from_seeing_anything() {
        let mut board = Board::new(2, 100, 10, true);
        board.wish(20);
        let opening = board.next().unwrap();
        board.begin(opening.clone());
        assert_eq!(board.wish(80), [], "the first one gets his picture");
        board.end(&opening);
        assert_eq!(board.next(), Some(piece(&[1], 80..82)), "then the other one");
    }

    // TRN-3
    #[test]
    fn a_ladder_that_is_slower_than_the_film_waits_until_the_smallest_rung_is_ahead() {
        let mut board = Board::new(2, 30, 10, true);
        board.measured(0.8);
        make(&mut board, &piece(&[1], 0..2));
        assert_eq!(board.next(), Some(piece(&[1], 2..12)));
        make(&mut board, &piece(&[1], 2..12));
        assert_eq!(board.next(), Some(piece(&[0, 1], 12..22)));
    }

    fn wishes() -> impl Strategy<Value = Vec<(usize, usize)>> {
        proptest::collection::vec((0usize..60, 0usize..4), 0..30)
    }

    proptest! {
        // TRN-7
        #[test]
        fn whatever_viewers_wish_everything_is_made_once_and_nothing_twice(
            rungs in 1usize..4, segments in 1usize..40, piece_segments in 1usize..12, opening in any::<bool>(),
            at_once in 1usize..4, wishes in wishes(), speed in 0.1f64..3.0,
        ) {
            let mut board = Board::new(rungs, segments, piece_segments, opening);
            board.measured(speed);
            let (mut running, mut count) = (Vec::<Piece>::new(), vec![vec![0; segments]; rungs]);
            let mut wishes = wishes.into_iter();
            for _ in 0..10_000 {
                while running.len() < at_once {
                    let Some(next) = board.next() else { break };
                    prop_assert!(!next.segments.is_empty() && !next.rungs.is_empty());
                    board.begin(next.clone());
                    running.push(next);
                }
                if running.is_empty() { break }
                let (cut, done) = match wishes.next() {
                    Some((wish, done)) => (board.wish(wish), done),
                    None => (Vec::new(), usize::MAX),
                };
                let ended: Vec<Piece> = if cut.is_empty() { vec![running[0].clone()] } else { cut.clone() };
                for piece in ended {
                    let done = if cut.is_empty() { usize::MAX } else { done };
                    for rung in &piece.rungs {
                        for segment in piece.segments.clone().take(done) {
                            board.made(*rung, segment);
                            count[*rung][segment] += 1;
                        }
                    }
                    board.end(&piece);
                    running.retain(|other| *other != piece);
                }
            }
            prop_assert!(board.is_done() && board.next().is_none());
            prop_assert!(count.iter().flatten().all(|times| *times == 1), "{:?}", count);
            prop_assert!((board.fraction(&vec![1.0; rungs]) - 1.0).abs() < 1e-9);
        }
    }
}
