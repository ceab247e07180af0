//! The parts in which FFmpeg writes a rung: a movie fragment for each keyframe, read while the file grows.

use super::Ticks;
use crate::boxes::{each, find};

/// The file is not what FFmpeg was asked to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a part of the file is broken")]
pub struct BrokenPart;

/// A movie fragment: what lies between two keyframes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    bytes: Vec<u8>,
    /// When it begins, counted from its run's start.
    pub start: Ticks,
    /// How long it is.
    pub length: Ticks,
    /// How many pictures it has.
    pub frames: u64,
    /// Its first picture needs no other.
    pub begins_with_keyframe: bool,
}

/// Takes a growing file apart.
#[derive(Debug, Clone, Default)]
pub struct PartReader {
    buffer: Vec<u8>,
    init: Vec<u8>,
    whole_init: bool,
}

/// Boxes of one part are far below this; a size above it is not a size.
const LARGEST_BOX: u64 = 1 << 30;

impl PartReader {
    /// Takes what was added to the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// What players need before the first segment, once it is there.
    pub fn init(&self) -> Option<&[u8]> {
        self.whole_init.then_some(self.init.as_slice())
    }

    /// The next part, once it is whole.
    ///
    /// # Errors
    /// When the file is not what it should be.
    pub fn next_part(&mut self) -> Result<Option<Part>, BrokenPart> {
        while let Some((kind, size)) = self.box_at(0)? {
            match &kind {
                b"moof" => {
                    let Some((data, data_size)) = self.box_at(size)? else { return Ok(None) };
                    if &data != b"mdat" {
                        return Err(BrokenPart);
                    }
                    return Part::read(self.take(size + data_size)).map(Some);
                }
                b"ftyp" | b"moov" => {
                    let bytes = self.take(size);
                    self.init.extend(bytes);
                    self.whole_init = &kind == b"moov";
                }
                // An index for those who read the file as a whole.
                _ => drop(self.take(size)),
            }
        }
        Ok(None)
    }

    /// The kind and size of the box that begins there, once it is whole.
    fn box_at(&self, at: usize) -> Result<Option<([u8; 4], usize)>, BrokenPart> {
        let Some(header) = self.buffer.get(at..at + 8) else { return Ok(None) };
        let size = u32::from_be_bytes(header[..4].try_into().expect("it is four bytes"));
        let kind = header[4..].try_into().expect("it is four bytes");
        if size < 8 || u64::from(size) > LARGEST_BOX {
            return Err(BrokenPart);
        }
        let size = usize::try_from(size).map_err(|_| BrokenPart)?;
        Ok((self.buffer.len() >= at + size).then_some((kind, size)))
    }

    fn take(&mut self, size: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(size);
        std::mem::replace(&mut self.buffer, rest)
    }
}

impl Part {
    fn read(bytes: Vec<u8>) -> Result<Self, BrokenPart> {
        let fragment = find(&bytes, &[b"moof", b"traf"]).ok_or(BrokenPart)?;
        let header = find(fragment, &[b"tfhd"]).ok_or(BrokenPart)?;
        let defaults = Defaults::read(header).ok_or(BrokenPart)?;
        let start = find(fragment, &[b"tfdt"]).and_then(decode_time).ok_or(BrokenPart)?;
        let (mut length, mut frames, mut begins_with_keyframe) = (0, 0, None);
        for run in each(fragment, b"trun") {
            let run = SampleRun::read(run, defaults).ok_or(BrokenPart)?;
            length += run.length;
            frames += run.frames;
            begins_with_keyframe.get_or_insert(run.begins_with_keyframe);
        }
        Ok(Self { start, length, frames, begins_with_keyframe: begins_with_keyframe.unwrap_or(false), bytes })
    }

    /// When it ends, counted from its run's start.
    pub fn end(&self) -> Ticks {
        self.start + self.length
    }

    /// Its bytes, with its time counted from the film's start and a number of its own.
    pub(super) fn moved(mut self, by: Ticks, number: u32) -> Result<Vec<u8>, BrokenPart> {
        let time = self.start + by;
        self.write(&[b"moof", b"traf", b"tfdt"], 4, &time.to_be_bytes())?;
        self.write(&[b"moof", b"mfhd"], 4, &number.to_be_bytes())?;
        Ok(self.bytes)
    }

    fn write(&mut self, path: &[&[u8; 4]], at: usize, value: &[u8]) -> Result<(), BrokenPart> {
        let contents = find(&self.bytes, path).ok_or(BrokenPart)?;
        // How far the contents lie behind the part's first byte.
        let from = contents.as_ptr() as usize - self.bytes.as_ptr() as usize + at;
        self.bytes.get_mut(from..from + value.len()).ok_or(BrokenPart)?.copy_from_slice(value);
        Ok(())
    }
}

/// When the decoding of a whole segment ends, in the ticks of its track.
pub fn decode_end(segment: &[u8]) -> Option<Ticks> {
    let mut parts = PartReader::default();
    parts.feed(segment);
    let mut end = None;
    while let Some(part) = parts.next_part().ok()? {
        end = Some(part.end());
    }
    end
}

/// FFmpeg writes decode times with 64 bits; others cannot be moved.
fn decode_time(contents: &[u8]) -> Option<Ticks> {
    let time = contents.get(4..12)?;
    (contents[0] == 1).then(|| Ticks::from_be_bytes(time.try_into().expect("it is eight bytes")))
}

/// What holds for samples that do not say otherwise.
#[derive(Debug, Clone, Copy, Default)]
struct Defaults {
    length: u32,
    flags: u32,
}

impl Defaults {
    fn read(contents: &[u8]) -> Option<Self> {
        let flags = number(contents, 0)? & 0xff_ffff;
        let mut at = 8;
        let mut field = |flag: u32, size: usize| {
            let place = (flags & flag != 0).then_some(at);
            at += place.map_or(0, |_| size);
            place
        };
        field(0x1, 8);
        field(0x2, 4);
        let length = field(0x8, 4);
        field(0x10, 4);
        let sample_flags = field(0x20, 4);
        let read = |place: Option<usize>| place.map_or(Some(0), |place| number(contents, place));
        Some(Self { length: read(length)?, flags: read(sample_flags)? })
    }
}

struct SampleRun {
    length: Ticks,
    frames: u64,
    begins_with_keyframe: bool,
}

/// The sample depends on others.
const NOT_A_KEYFRAME: u32 = 0x1_0000;

impl SampleRun {
    fn read(contents: &[u8], defaults: Defaults) -> Option<Self> {
        let flags = number(contents, 0)? & 0xff_ffff;
        let frames = number(contents, 4)?;
        let mut at = 8 + if flags & 0x1 != 0 { 4 } else { 0 };
        let first_flags = if flags & 0x4 != 0 { Some(number(contents, at)?) } else { None };
        at += if first_flags.is_some() { 4 } else { 0 };
        let has = |flag: u32| flags & flag != 0;
        let stride = [0x100, 0x200, 0x400, 0x800].into_iter().filter(|flag| has(*flag)).count() * 4;
        let samples = usize::try_from(frames).ok()?.checked_mul(stride)?;
        contents.get(at..at.checked_add(samples)?)?;
        let length = if has(0x100) {
            (0..frames as usize)
                .try_fold(0, |sum, sample| Some(sum + Ticks::from(number(contents, at + sample * stride)?)))?
        } else {
            Ticks::from(defaults.length) * Ticks::from(frames)
        };
        let own_flags = at + [0x100, 0x200].into_iter().filter(|flag| has(*flag)).count() * 4;
        let first = match first_flags {
            Some(flags) => flags,
            None if has(0x400) && frames > 0 => number(contents, own_flags)?,
            None => defaults.flags,
        };
        Some(Self {
            length,
            frames: u64::from(frames),
            begins_with_keyframe: frames > 0 && first & NOT_A_KEYFRAME == 0,
        })
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).map(|four| u32::from_be_bytes(four.try_into().expect("it is four bytes")))
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        [&(contents.len() as u32 + 8).to_be_bytes(), kind.as_slice(), contents].concat()
    }

    /// A part as FFmpeg writes it: `frames` of `each` ticks, from `start`.
    pub(crate) fn part_bytes(start: Ticks, frames: u32, each: u32, keyframe: bool) -> Vec<u8> {
        let header = [[0, 2, 0, 0x28].as_slice(), &[0, 0, 0, 1], &each.to_be_bytes(), &[1, 1, 0, 0]].concat();
        let time = [[1, 0, 0, 0].as_slice(), &start.to_be_bytes()].concat();
        let first: u32 = if keyframe { 0x200_0000 } else { 0x101_0000 };
        let run = [[0, 0, 0, 0x5].as_slice(), &frames.to_be_bytes(), &[0; 4], &first.to_be_bytes()].concat();
        let track = [boxed(b"tfhd", &header), boxed(b"tfdt", &time), boxed(b"trun", &run)].concat();
        let moof = [boxed(b"mfhd", &[0, 0, 0, 0, 0, 0, 0, 1]), boxed(b"traf", &track)].concat();
        [boxed(b"moof", &moof), boxed(b"mdat", &[7; 100])].concat()
    }

    pub(crate) fn part(start: Ticks, frames: u32, each: u32, keyframe: bool) -> Part {
        Part::read(part_bytes(start, frames, each, keyframe)).unwrap()
    }

    // TRN-3
    #[test]
    fn a_part_is_read_as_soon_as_its_last_byte_is_there() {
        let init = [boxed(b"ftyp", b"iso5"), boxed(b"moov", &[0; 40])].concat();
        let file = [init.clone(), part_bytes(0, 48, 3_750, true), boxed(b"mfra", &[0; 9])].concat();
        let mut reader = PartReader::default();
        let mut parts = Vec::new();
        for (at, byte) in file.iter().enumerate() {
            reader.feed(&[*byte]);
            if let Some(part) = reader.next_part().unwrap() {
                assert_eq!(at + 1, file.len() - 17, "with its last byte");
                parts.push(part);
            }
        }
        assert_eq!(reader.init(), Some(init.as_slice()));
        assert_eq!(parts, [part(0, 48, 3_750, true)]);
        assert_eq!((parts[0].frames, parts[0].end(), parts[0].begins_with_keyframe), (48, 180_000, true));
    }

    // TRN-7
    #[test]
    fn a_part_is_moved_to_its_place_in_the_film_and_is_otherwise_the_same() {
        let moved = part(180_000, 48, 3_750, true).moved(540_540, 7).unwrap();
        let again = Part::read(moved.clone()).unwrap();
        assert_eq!((again.start, again.length, again.frames), (720_540, 180_000, 48));
        let before = part_bytes(180_000, 48, 3_750, true);
        let differing = before.iter().zip(&moved).filter(|(one, other)| one != other).count();
        assert!(before.len() == moved.len() && differing <= 12, "{differing} bytes differ");
    }

    proptest! {
        // TRN-7
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0usize..300) {
            let mut reader = PartReader::default();
            reader.feed(&bytes);
            while let Ok(Some(_)) = reader.next_part() {}
            let mut damaged = part_bytes(5, 3, 7, true);
            for (at, byte) in bytes.iter().enumerate().skip(cut) {
                if let Some(place) = damaged.get_mut(at) { *place = *byte; }
            }
            let mut reader = PartReader::default();
            reader.feed(&damaged);
            while let Ok(Some(part)) = reader.next_part() { let _ = part.moved(1, 1); }
        }
    }
}
