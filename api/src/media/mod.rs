//! Delivering films: what kind of file it is, how long it may be kept, and which part of it is wanted (HLS-1).

mod conditions;
mod encoding;
mod kind;
mod range;
mod waiting;

pub(crate) use conditions::{Validators, not_modified, range_still_fits};
pub(crate) use encoding::{gzipped, takes_gzip};
pub(crate) use kind::FileKind;
pub(crate) use range::{ByteRange, Wanted, wanted};
pub(crate) use waiting::{Waited, WaitingRoom, wait_for};

/// The playlist that players begin with, in each attempt's folder.
pub(crate) const MASTER_PLAYLIST: &str = "master.m3u8";
