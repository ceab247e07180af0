//! Films that lie on somebody else's server: is what an address leads to a film that browsers play, and how long is it (SRC-4)?
//!
//! Only the few bytes that answer this are asked for. [`LinkedFile`] says which, and takes them.

mod hls;
mod mp4;

pub use hls::{LinkedPlaylist, PlaylistVerdict};
pub use mp4::{LinkedFile, Step};

use crate::{Micros, Size};

/// A film behind a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedFilm {
    /// How long it is.
    pub duration: Micros,
    /// Its size, where it is told.
    pub size: Option<Size>,
}

/// Why a link is no film that can be watched together (SRC-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// Its contents are encrypted, and browsers get the key only from a licence server.
    #[error("the film is encrypted")]
    Drm,
    /// A broadcast has no timeline that people could share.
    #[error("the playlist has no end: it is a broadcast")]
    Live,
    /// A kind of picture or sound that not every browser plays.
    #[error("not every browser plays it")]
    Codec,
    /// It is cut off or broken.
    #[error("it cannot be read")]
    Unreadable,
}
