//! What to do with an uploaded film: recognise it, plan its renditions, write the FFmpeg commands, follow their progress.
//!
//! Everything here is a value or a function of values. It starts no process, reads no file and no clock: the program
//! `transcode-job` does that and hands in what it found. The way of a film through this crate:
//!
//! 1. [`recognise`] looks at the first bytes: is this a container we read, and the one it claims to be?
//! 2. [`ProbeReport`] says what is inside; the probe program fills it in.
//! 3. [`plan`] decides, with a reason for each decision: what is copied, what is encoded, how large, or a [`Rejection`].
//! 4. [`ffmpeg`] turns the plan into argument lists, [`ProgressReader`] and [`Watchdog`] follow the run. The encoded rungs are
//!    made in pieces: [`Segments`] says where they are cut, [`Board`] which is next, [`Joiner`] puts them together.
//! 5. [`MediaPlaylist`], [`codec_of`] and [`MasterPlaylist`] describe the result to players.
//!
//! The one rule for callers: every run of one film is built from the same [`Plan`]. It holds where the film starts, and
//! that is what makes the same picture appear at the same playlist time in all renditions; a run that measures its own
//! start comes out up to 80 ms beside the others.

mod boxes;
mod codecs;
mod container;
mod failure;
pub mod ffmpeg;
mod fragments;
mod groups;
mod ladder;
mod levels;
mod link;
mod master;
mod pieces;
mod plan;
mod playlist;
mod probe;
mod progress;
mod rejection;
mod sprites;
mod subtitles;
mod units;
mod watchdog;

pub use codecs::codec_of;
pub use container::{Container, SNIFF_BYTES, recognise, sniff};
pub use failure::{FailureReason, classify, retry_delay};
pub use fragments::{SEGMENT_HEAD_BYTES, decode_start, first_shown, moment_of, timescale_of};
pub use groups::{FrameRateKind, GroupLook, GroupScan, SeenPacket, clears_h264};
pub use ladder::{LadderSettings, RungSettings, Size};
pub use levels::promised_codec;
pub use link::{LinkRefusal, LinkedFile, LinkedFilm, LinkedPlaylist, PlaylistVerdict, Step};
pub use master::{AudioRendition, MasterPlaylist, SubtitleRendition, VideoRendition};
pub use pieces::{
    Board, BrokenPart, Ending, Joiner, MadeSegment, Part, PartReader, Piece, SeamError, Segments, TICKS_PER_SECOND,
    Ticks, decode_end,
};
pub use plan::{
    AudioPlan, AudioWork, CopiedRung, Decision, EncodedLadder, EncodedRung, FilmFacts, FrameTiming, Keyframing, Plan,
    SourceMap, SubtitlePlan, SubtitleWork, plan,
};
pub use playlist::{Bandwidth, MediaPlaylist, PlaylistError, Segment, segment_file, segment_number};
pub use probe::{AudioStream, Colour, KeyframeScan, ProbeAnswer, ProbeReport, SubtitleStream, Transfer, VideoStream};
pub use progress::{Outlook, Progress, ProgressReader};
pub use rejection::Rejection;
pub use sprites::Sprites;
pub use subtitles::{Cue, SubtitleError, SubtitleFormat, Subtitles};
pub use units::{Micros, Ratio};
pub use watchdog::{Health, StopCause, Watchdog, WatchdogLimits};
