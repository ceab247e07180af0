//! Which container a file is, from its first bytes (UPL-1, UPL-2).
//!
//! FFmpeg would recognise hundreds of formats, playlists among them, and follow their addresses. So nothing reaches it
//! before these few bytes say that it is one of ours, and then it is told which demuxer to use.

use serde::{Deserialize, Serialize};

use crate::Rejection;

/// So many first bytes are enough for [`sniff`].
pub const SNIFF_BYTES: usize = 4096;

/// A container that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// ISO base media, MP4.
    Mp4,
    /// Apple's older relative of it.
    QuickTime,
    /// Matroska.
    Matroska,
    /// Matroska restricted to the web's codecs.
    WebM,
}

impl Container {
    /// FFmpeg's name of the only demuxer that may read it.
    pub const fn demuxer(self) -> &'static str {
        match self {
            Self::Mp4 | Self::QuickTime => "mov",
            Self::Matroska | Self::WebM => "matroska",
        }
    }

    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::QuickTime => "video/quicktime",
            Self::Matroska => "video/x-matroska",
            Self::WebM => "video/webm",
        }
    }

    /// MP4 and QuickTime are one family, Matroska and WebM the other. Inside a family the label is loose in the wild:
    /// telephones write `qt  ` into files they call `.mp4`, and browsers name the type after the file's ending.
    fn is_family_of(self, declared: &str) -> bool {
        match self {
            Self::Mp4 | Self::QuickTime => {
                matches!(declared, "video/mp4" | "video/quicktime" | "video/x-m4v" | "application/mp4")
            }
            Self::Matroska | Self::WebM => {
                matches!(declared, "video/webm" | "video/x-matroska" | "video/matroska" | "application/x-matroska")
            }
        }
    }
}

/// The container of a file that starts with `head` and was declared as `declared`.
///
/// # Errors
/// [`Rejection::UnsupportedFormat`] when it is none of ours, [`Rejection::MimeMismatch`] when it is another than declared.
pub fn recognise(head: &[u8], declared: &str) -> Result<Container, Rejection> {
    let Some(container) = sniff(head) else {
        return Err(Rejection::UnsupportedFormat(describe(head).to_owned()));
    };
    let declared = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let undeclared = declared.is_empty() || declared == "application/octet-stream";
    if undeclared || container.is_family_of(&declared) {
        Ok(container)
    } else {
        Err(Rejection::MimeMismatch { declared, found: container.mime().to_owned() })
    }
}

/// The container of a file that starts with `head`, if it is one of ours.
pub fn sniff(head: &[u8]) -> Option<Container> {
    if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return ebml_doctype(head);
    }
    let size = u32::from_be_bytes(head.get(..4)?.try_into().ok()?);
    // An atom is at least its own header; sizes 0 and 1 mean "to the end" and "64 bits", which only `mdat` uses.
    match (head.get(4..8)?, size) {
        (b"ftyp", 16..) if head.get(8..12)? == b"qt  " => Some(Container::QuickTime),
        (b"ftyp", 16..) => Some(Container::Mp4),
        // Files of old cameras start without `ftyp`.
        (b"moov" | b"wide" | b"free" | b"skip", 8..) | (b"mdat", _) => Some(Container::QuickTime),
        _ => None,
    }
}

/// The document type inside an EBML header (element 0x4282) tells WebM from Matroska and both from other EBML files.
fn ebml_doctype(head: &[u8]) -> Option<Container> {
    let header = &head[..head.len().min(128)];
    let at = header.windows(2).position(|id| id == [0x42, 0x82])?;
    let length = usize::from(header.get(at + 2)? & 0x7f);
    match header.get(at + 3..at + 3 + length)? {
        b"webm" => Some(Container::WebM),
        b"matroska" => Some(Container::Matroska),
        _ => None,
    }
}

fn describe(head: &[u8]) -> &'static str {
    match head {
        [] => "the file is empty",
        _ if head.starts_with(b"#EXTM3U") => "a playlist, not a film",
        _ if head.starts_with(b"ffconcat") => "a list of files, not a film",
        _ if head.iter().take(512).all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => {
            "text, not a film"
        }
        _ => "neither MP4 nor QuickTime nor Matroska nor WebM",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use syncwatch_protocol::Code;

    use super::*;

    const MP4: &[u8] = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";
    const MOV: &[u8] = b"\0\0\0\x14ftypqt  \0\0\x02\0qt  ";
    const WEBM: &[u8] = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04";
    const MKV: &[u8] = b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska\x42\x87\x81\x04";

    // UPL-1
    #[rstest]
    #[case(MP4, "video/mp4", Container::Mp4)]
    #[case(MP4, "", Container::Mp4)]
    #[case(MP4, "application/octet-stream", Container::Mp4)]
    #[case(MOV, "video/quicktime", Container::QuickTime)]
    #[case(MOV, "video/mp4; codecs=\"avc1\"", Container::QuickTime)]
    #[case(WEBM, "video/webm", Container::WebM)]
    #[case(MKV, "video/x-matroska", Container::Matroska)]
    fn a_film_of_the_declared_type_is_recognised(#[case] head: &[u8], #[case] declared: &str, #[case] is: Container) {
        assert_eq!(recognise(head, declared), Ok(is));
    }

    // UPL-2
    #[rstest]
    #[case(MKV, "video/mp4")]
    #[case(MP4, "video/webm")]
    #[case(MP4, "text/plain")]
    fn a_film_of_another_type_than_declared_is_a_mismatch(#[case] head: &[u8], #[case] declared: &str) {
        assert_eq!(recognise(head, declared).unwrap_err().code(), Code::MimeMismatch);
    }

    // UPL-2
    #[rstest]
    #[case(b"".as_slice())]
    #[case(b"hello, this is text".as_slice())]
    #[case(b"#EXTM3U\nhttp://127.0.0.1/x.ts\n".as_slice())]
    #[case(b"ffconcat version 1.0\nfile '/etc/passwd'\n".as_slice())]
    #[case(b"\0\0\0\x04ftypisom".as_slice())]
    #[case(b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84evil".as_slice())]
    fn anything_else_is_an_unsupported_format_whatever_it_is_declared_as(#[case] head: &[u8]) {
        assert_eq!(recognise(head, "video/mp4").unwrap_err().code(), Code::UnsupportedFormat);
    }

    proptest! {
        // UPL-2
        #[test]
        fn no_bytes_make_it_panic(head in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = recognise(&head, "video/mp4");
            let ebml: Vec<u8> = [&[0x1a, 0x45, 0xdf, 0xa3], head.as_slice()].concat();
            let _ = sniff(&ebml);
        }
    }
}
