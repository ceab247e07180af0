//! The encoded rungs in pieces: where their segments begin, what is made next, and how the parts of a segment are joined.
//!
//! A *segment* is a file that players fetch. A *piece* is a range of segments that one run of FFmpeg makes, of one rung or
//! several. Segments are known before they are made, so pieces can be made in any order, by anybody, and again.

mod board;
mod joiner;
mod parts;
mod segments;

pub use board::{Board, Piece};
pub use joiner::{Ending, Joiner, MadeSegment, SeamError};
pub use parts::{BrokenPart, Part, PartReader, decode_end};
pub(crate) use segments::micros_of;
pub use segments::{Segments, TICKS_PER_SECOND, Ticks};
