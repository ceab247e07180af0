//! The CODECS of a rendition, read from its own first bytes rather than from what was asked for (TRN-1).

use crate::boxes::find;

/// RFC 6381 name of the only track in an init segment: `avc1.64001f`, `mp4a.40.2`.
pub fn codec_of(init: &[u8]) -> Option<String> {
    const SAMPLES: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"minf", b"stbl"];
    let table = find(init, &SAMPLES)?;
    if let Some(configuration) = find(table, &[b"stsd", b"avc1", b"avcC"]) {
        let [_, profile, compatibility, level, ..] = configuration else { return None };
        return Some(format!("avc1.{profile:02x}{compatibility:02x}{level:02x}"));
    }
    let descriptor = find(table, &[b"stsd", b"mp4a", b"esds"])?;
    audio_object_type(descriptor.get(4..)?).map(|kind| format!("mp4a.40.{kind}"))
}

/// The audio object type inside nested MPEG-4 descriptors: ES (3) → decoder configuration (4) → specific (5).
fn audio_object_type(bytes: &[u8]) -> Option<u8> {
    let (3, stream) = descriptor(bytes)? else { return None };
    let (4, decoder) = descriptor(stream.get(3..)?)? else { return None };
    let (5, specific) = descriptor(decoder.get(13..)?)? else { return None };
    let first = *specific.first()?;
    match first >> 3 {
        31 => Some(32 + ((first & 7) << 3 | specific.get(1)? >> 5)),
        kind => Some(kind),
    }
}

/// A descriptor's tag and contents; its length is written in groups of seven bits.
fn descriptor(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (&tag, mut rest) = bytes.split_first()?;
    let mut length = 0usize;
    for _ in 0..4 {
        let (&byte, after) = rest.split_first()?;
        rest = after;
        length = length << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some((tag, rest.get(..length)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        [&(contents.len() as u32 + 8).to_be_bytes(), kind.as_slice(), contents].concat()
    }

    fn init_with(sample_entry: &[u8]) -> Vec<u8> {
        let table = boxed(b"stsd", &[&[0; 8], sample_entry].concat());
        let nested = [b"stbl", b"minf", b"mdia", b"trak", b"moov"];
        let movie = nested.into_iter().fold(table, |inside, kind| boxed(kind, &inside));
        [boxed(b"ftyp", b"iso5"), movie].concat()
    }

    // TRN-1
    #[test]
    fn the_picture_s_profile_and_level_come_from_its_configuration() {
        let entry = boxed(b"avc1", &[&[0; 78], boxed(b"avcC", &[1, 0x64, 0, 0x1f, 0xff]).as_slice()].concat());
        assert_eq!(codec_of(&init_with(&entry)).as_deref(), Some("avc1.64001f"));
    }

    // TRN-1
    #[test]
    fn the_sound_s_kind_comes_from_its_descriptor() {
        let specific = [5, 0x80, 0x80, 0x80, 2, 0x11, 0x90];
        let decoder = [[4, 0x80, 0x80, 0x80, 20].as_slice(), &[0x40; 13], &specific].concat();
        let stream = [[3, 0x80, 0x80, 0x80, 28].as_slice(), &[0; 3], &decoder].concat();
        let entry =
            boxed(b"mp4a", &[&[0; 28], boxed(b"esds", &[&[0; 4], stream.as_slice()].concat()).as_slice()].concat());
        assert_eq!(codec_of(&init_with(&entry)).as_deref(), Some("mp4a.40.2"));
    }

    proptest! {
        // TRN-1
        #[test]
        fn no_descriptor_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = audio_object_type(&bytes);
        }
    }
}
