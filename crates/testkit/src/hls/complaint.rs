//! What can be wrong, by name.

use std::fmt;

/// A rule that an output folder must keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// A playlist is a text that begins with `#EXTM3U` and parses (RFC 8216 §4.1, §4.3.1.1).
    Playlist,
    /// `EXT-X-VERSION` is there once and high enough for what the playlist uses (§7).
    Version,
    /// Segments are said to be independent (§4.3.5.1).
    Independent,
    /// `EXT-X-MEDIA` groups are consistent, and variants refer to groups that exist (§4.3.4.1, §4.3.4.2).
    Groups,
    /// `EXT-X-TARGETDURATION` is not below any rounded `EXTINF` (§4.3.3.1).
    TargetDuration,
    /// A finished film ends with `EXT-X-ENDLIST` and is of the type VOD (§4.3.3.4, §4.3.3.5).
    EndList,
    /// `EXT-X-MAP` stands before the first segment (§4.3.2.5).
    Map,
    /// Every file that is listed is there and not empty.
    Listed,
    /// Nothing lies beside that no list names.
    Unlisted,
    /// `CODECS` names the codecs of the streams.
    Codecs,
    /// `RESOLUTION` is the size of the picture.
    Resolution,
    /// `FRAME-RATE` is the rate of the picture.
    FrameRate,
    /// `CHANNELS` is what the sound has.
    Channels,
    /// No segment costs more than 1.1 × `BANDWIDTH`, the largest sound included.
    Bandwidth,
    /// `EXTINF` is the segment's length, give or take a frame.
    SegmentLength,
    /// Segments of all pictures begin at the same moments, give or take 1 ms.
    Aligned,
    /// Each segment of a picture begins with an IDR picture, and shows nothing from before it.
    Idr,
    /// Timestamps go on evenly from the first segment to the last.
    Continuous,
    /// All of it can be decoded without an error.
    Decodes,
    /// It is as long as the film, and all pictures are of one length.
    Duration,
    /// No picture is larger than the film's, and each keeps its shape.
    Size,
    /// Sides are even, pixels are square, frames are whole.
    Shape,
    /// Pixels are 8-bit 4:2:0 and colours those of ordinary screens.
    Colours,
    /// Sound is AAC with at most two channels and 48 kHz.
    Sound,
    /// A beep and its flash are at most 45 ms apart.
    Together,
}

/// Something wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Relative to the output folder.
    pub file: String,
    /// What is not kept.
    pub rule: Rule,
    /// How.
    pub detail: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}: {}", self.file, self.rule, self.detail)
    }
}

#[derive(Debug, Default)]
pub(super) struct Complaints {
    list: Vec<Complaint>,
}

impl Complaints {
    pub(super) fn add(&mut self, file: &str, rule: Rule, detail: impl Into<String>) {
        self.list.push(Complaint { file: file.to_owned(), rule, detail: detail.into() });
    }

    /// Complains unless it `holds`.
    pub(super) fn expect(&mut self, holds: bool, file: &str, rule: Rule, detail: impl FnOnce() -> String) {
        if !holds {
            self.add(file, rule, detail());
        }
    }

    pub(super) fn into_list(self) -> Vec<Complaint> {
        self.list
    }
}
