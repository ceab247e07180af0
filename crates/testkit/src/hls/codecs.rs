//! How the codec of a rendition is written in `CODECS` (RFC 6381).

use super::media::Rendition;

pub(super) fn of(rendition: &Rendition) -> Option<String> {
    let stream = rendition.streams.first()?;
    match (stream.codec_name.as_str(), stream.profile.as_str()) {
        // The decoder's configuration: version, then the three bytes that the name is made of.
        ("h264", _) => {
            let at = configuration(&rendition.init)?;
            let bytes = rendition.init.get(at + 1..at + 4)?;
            Some(format!("avc1.{:02x}{:02x}{:02x}", bytes[0], bytes[1], bytes[2]))
        }
        ("aac", "LC") => Some("mp4a.40.2".to_owned()),
        ("aac", "HE-AAC") => Some("mp4a.40.5".to_owned()),
        (other, profile) => Some(format!("{other} {profile}")),
    }
}

/// How many bytes say how long each unit of a picture is.
pub(super) fn unit_length_bytes(init: &[u8]) -> Option<usize> {
    init.get(configuration(init)? + 4).map(|byte| usize::from(byte & 3) + 1)
}

fn configuration(init: &[u8]) -> Option<usize> {
    init.windows(4).position(|four| four == b"avcC").map(|at| at + 4)
}
