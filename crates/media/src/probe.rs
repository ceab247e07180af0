//! What is inside a file, as the probe program prints it.

use serde::{Deserialize, Serialize};

use crate::{Container, GroupScan, Micros, Ratio, Rejection};

/// What the probe program prints, as one line of JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProbeAnswer {
    /// A film.
    Film(Box<ProbeReport>),
    /// Not a film that we read.
    Rejected(Rejection),
}

/// All that the planner knows about a film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProbeReport {
    /// From the first bytes, not from the name.
    pub container: Container,
    /// Bytes of the file.
    pub size_bytes: u64,
    /// Where FFmpeg says the file starts: the earliest of its streams.
    pub start: Micros,
    /// How long it says it is.
    pub duration: Micros,
    /// The end of the last packet that could really be read; much earlier than `duration` in a truncated file.
    pub readable_until: Micros,
    /// Pictures, cover art included.
    pub video: Vec<VideoStream>,
    /// Sound.
    pub audio: Vec<AudioStream>,
    /// Text and picture subtitles.
    pub subtitles: Vec<SubtitleStream>,
    /// How many chapters it has.
    pub chapters: u32,
    /// Streams of other kinds: data, fonts.
    pub others: usize,
}

/// A stream of pictures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VideoStream {
    /// Its number in the file.
    pub index: usize,
    /// FFmpeg's name, `h264`.
    pub codec: String,
    /// `Baseline`, `Main`, `High`, …, as FFmpeg spells it in Rust.
    pub profile: String,
    /// FFmpeg's name of the pixel format, `yuv420p`.
    pub pixel_format: String,
    /// Stored width.
    pub width: u32,
    /// Stored height.
    pub height: u32,
    /// Shape of a pixel.
    pub sample_aspect: Ratio,
    /// Degrees the picture must be turned by, clockwise: 0, 90, 180 or 270.
    pub rotation: u16,
    /// Frames per second over the whole film.
    pub average_rate: Ratio,
    /// The rate on whose grid all frames lie; differs from the average when the rate varies.
    pub base_rate: Ratio,
    /// Two half pictures per frame.
    pub interlaced: bool,
    /// How brightness is coded.
    pub transfer: Transfer,
    /// When its first picture is shown.
    pub start: Micros,
    /// When its last picture ends, as far as could be read. Sound may go on for long after it.
    pub end: Micros,
    /// The first packet is a keyframe, and no packet lies before the first picture. Otherwise the film was cut inside a
    /// group of pictures, and only a decoder can tell where it begins.
    pub clean_start: bool,
    /// Bits per second, when the file says.
    pub bit_rate: Option<u64>,
    /// Where decoding can start.
    pub keyframes: KeyframeScan,
    /// What lies between keyframes, at the start, in the middle and at the end.
    pub groups: GroupScan,
    /// How colours are coded.
    pub colour: Colour,
    /// What the file calls it.
    pub title: Option<String>,
    /// The container marked it as the one to show.
    pub default: bool,
    /// A still picture that illustrates the file; not the film.
    pub cover: bool,
}

/// How colours are coded, in FFmpeg's words; empty where the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour {
    /// Which red, green and blue: `bt709`, `bt2020`.
    pub primaries: String,
    /// How brightness is coded: `bt709`, `smpte2084`.
    pub transfer: String,
    /// How colours become brightness and differences: `bt709`, `bt2020nc`.
    pub matrix: String,
    /// `tv` or `pc`.
    pub range: String,
}

/// What is known about keyframes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyframeScan {
    /// How many were seen.
    pub seen: usize,
    /// The longest way from one to the next, at most; exact where it is longer than the scan's stride.
    pub longest_gap: Micros,
    /// Decoding could start at each one that was looked at. In open groups of pictures, some that are shown after a
    /// keyframe are made from pictures before it, and a player that jumps there shows them broken.
    pub closed: bool,
    /// Every one was looked at; otherwise the time allowed for the scan ran out.
    pub complete: bool,
}

/// How brightness is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    /// As every screen shows it.
    Standard,
    /// SMPTE 2084 (HDR10, Dolby Vision).
    Pq,
    /// ARIB B67, of broadcasts and telephones.
    Hlg,
}

/// A stream of sound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AudioStream {
    /// Its number in the file.
    pub index: usize,
    /// FFmpeg's name, `aac`.
    pub codec: String,
    /// `Low` for AAC-LC.
    pub profile: String,
    /// Channels.
    pub channels: u16,
    /// Samples per second.
    pub sample_rate: u32,
    /// ISO 639 code, when the file says.
    pub language: Option<String>,
    /// When its first packet starts. Encoders put one or two silent packets before the film, so this is often negative.
    pub first_packet: Micros,
    /// What the file calls it.
    pub title: Option<String>,
    /// The container marked it as the one to play.
    pub default: bool,
    /// Somebody talks about the film.
    pub commentary: bool,
    /// Somebody says what is seen, for those who do not see it.
    pub describes: bool,
    /// There is a decoder for it.
    pub decodable: bool,
    /// Bits per second, when the file says.
    pub bit_rate: Option<u64>,
}

/// A stream of subtitles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubtitleStream {
    /// Its number in the file.
    pub index: usize,
    /// FFmpeg's name, `subrip`.
    pub codec: String,
    /// ISO 639 code, when the file says.
    pub language: Option<String>,
    /// What the file calls it.
    pub title: Option<String>,
    /// The container marked it as the one to show.
    pub default: bool,
    /// Only what everybody needs: signs, and speech in another language than the film's.
    pub forced: bool,
    /// It tells of sounds as well, for those who do not hear them.
    pub hearing_impaired: bool,
}
