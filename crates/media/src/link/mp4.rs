//! A plain MP4 file, read over a network by ranges: from box to box until its index (`moov`), wherever that lies.

use std::ops::Range;

use super::{LinkRefusal, LinkedFilm};
use crate::boxes::{Boxed, boxes, inside};
use crate::{Micros, Size};

/// Asked for at once. Most files have their index in front, and it fits.
const LOOK_BYTES: u64 = 64 * 1024;
/// The index of three hours has some 3 MB.
const INDEX_MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Boxes that may lie before the index. A film has a handful.
const HOPS_MAX: usize = 16;

/// Sample entries of pictures that every browser of today plays in an MP4.
const PICTURES: [&[u8; 4]; 4] = [b"avc1", b"avc3", b"vp09", b"av01"];
const SOUNDS: [&[u8; 4]; 4] = [b"mp4a", b"Opus", b"fLaC", b".mp3"];
const ENCRYPTED: [&[u8; 4]; 2] = [b"encv", b"enca"];

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Fetch these bytes and hand them in.
    Fetch(Range<u64>),
    /// It is known.
    Done(Result<LinkedFilm, LinkRefusal>),
}

/// A file of which only some bytes are looked at.
#[derive(Debug, Clone)]
pub struct LinkedFile {
    length: u64,
    hops: usize,
}

impl LinkedFile {
    /// What to fetch before anything is known of a file, its length included.
    pub const FIRST_LOOK: Range<u64> = 0..LOOK_BYTES;

    /// Whether a file begins as an MP4 does.
    pub fn recognises(head: &[u8]) -> bool {
        matches!(head.get(4..8), Some(b"ftyp" | b"styp"))
    }

    /// A file of so many bytes.
    pub const fn new(length: u64) -> Self {
        Self { length, hops: 0 }
    }

    /// Takes the bytes from `at` on, and says what is needed next.
    pub fn feed(&mut self, at: u64, bytes: &[u8]) -> Step {
        let mut place = at;
        while place < self.length {
            let rest = usize::try_from(place - at).ok().and_then(|skip| bytes.get(skip..)).unwrap_or_default();
            let Some(Boxed { kind, header, size }) = Boxed::read(rest, self.length - place) else {
                return self.look(place);
            };
            if kind == *b"moov" {
                return self.index(place, rest, header, size);
            }
            place += size;
        }
        Step::Done(Err(LinkRefusal::Unreadable))
    }

    fn index(&self, at: u64, rest: &[u8], header: usize, size: u64) -> Step {
        if size > INDEX_MAX_BYTES || at + size > self.length {
            return Step::Done(Err(LinkRefusal::Unreadable));
        }
        match usize::try_from(size).ok().and_then(|size| rest.get(header..size)) {
            Some(index) => Step::Done(film(index)),
            None => Step::Fetch(at..at + size),
        }
    }

    fn look(&mut self, at: u64) -> Step {
        self.hops += 1;
        if self.hops > HOPS_MAX || at + 8 > self.length {
            return Step::Done(Err(LinkRefusal::Unreadable));
        }
        Step::Fetch(at..(at + LOOK_BYTES).min(self.length))
    }
}

fn film(index: &[u8]) -> Result<LinkedFilm, LinkRefusal> {
    let tracks: Vec<Track> =
        boxes(index).filter(|(kind, _)| *kind == b"trak").filter_map(|(_, trak)| track(trak)).collect();
    if boxes(index).any(|(kind, _)| kind == b"pssh") || tracks.iter().any(|track| ENCRYPTED.contains(&&track.sample)) {
        return Err(LinkRefusal::Drm);
    }
    let picture = tracks.iter().find(|track| track.handler == *b"vide").ok_or(LinkRefusal::Codec)?;
    let sounds = tracks.iter().filter(|track| track.handler == *b"soun");
    if !PICTURES.contains(&&picture.sample) || sounds.into_iter().any(|sound| !SOUNDS.contains(&&sound.sample)) {
        return Err(LinkRefusal::Codec);
    }
    let duration = length(index).filter(|length| *length > Micros::ZERO).ok_or(LinkRefusal::Unreadable)?;
    Ok(LinkedFilm { duration, size: picture.size })
}

struct Track {
    handler: [u8; 4],
    sample: [u8; 4],
    size: Option<Size>,
}

fn track(trak: &[u8]) -> Option<Track> {
    let handler = inside(trak, &[b"mdia", b"hdlr"])?.get(8..12)?.try_into().ok()?;
    let samples = inside(trak, &[b"mdia", b"minf", b"stbl", b"stsd"])?;
    let sample = samples.get(12..16)?.try_into().ok()?;
    Some(Track { handler, sample, size: inside(trak, &[b"tkhd"]).and_then(shown_size) })
}

/// The last two fields of a track's header, in 1/65536 of a pixel.
fn shown_size(header: &[u8]) -> Option<Size> {
    let fields = header.len().checked_sub(8).and_then(|at| header.get(at..))?;
    let side = |at: usize| Some(u32::from(u16::from_be_bytes(fields.get(at..at + 2)?.try_into().ok()?)));
    let size = Size { width: side(0)?, height: side(4)? };
    (size.short_side() > 0).then_some(size)
}

/// In the movie's header, or, where the film lies in fragments, in the one that sums them up.
fn length(index: &[u8]) -> Option<Micros> {
    let header = inside(index, &[b"mvhd"])?;
    let wide = *header.first()? == 1;
    let (scale_at, length_at) = if wide { (20, 24) } else { (12, 16) };
    let scale = u64::from(u32::from_be_bytes(header.get(scale_at..scale_at + 4)?.try_into().ok()?));
    let whole = number(header, length_at, wide).filter(|units| *units > 0);
    let fragments = || {
        let sum = inside(index, &[b"mvex", b"mehd"])?;
        number(sum, 4, *sum.first()? == 1)
    };
    let micros = u128::from(whole.or_else(fragments)?) * 1_000_000 / u128::from(scale).max(1);
    i64::try_from(micros).ok().filter(|_| scale > 0).map(Micros)
}

fn number(bytes: &[u8], at: usize, wide: bool) -> Option<u64> {
    if wide {
        return Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    }
    let units = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
    // All ones: unknown.
    (units != u32::MAX).then_some(u64::from(units))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxed(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        [&(contents.len() as u32 + 8).to_be_bytes(), kind.as_slice(), contents].concat()
    }

    fn trak(handler: &[u8; 4], sample: &[u8; 4]) -> Vec<u8> {
        let hdlr = boxed(b"hdlr", &[&[0; 8], handler.as_slice(), &[0; 12]].concat());
        let stsd = boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], boxed(sample, &[0; 40]).as_slice()].concat());
        let minf = boxed(b"minf", &boxed(b"stbl", &stsd));
        let tkhd = boxed(b"tkhd", &[[0; 76].as_slice(), &[5, 0, 0, 0, 2, 208, 0, 0]].concat());
        boxed(b"trak", &[tkhd, boxed(b"mdia", &[hdlr, minf].concat())].concat())
    }

    fn moov(samples: &[(&[u8; 4], &[u8; 4])]) -> Vec<u8> {
        let mvhd =
            boxed(b"mvhd", &[[0; 12].as_slice(), &1_000u32.to_be_bytes(), &90_500u32.to_be_bytes(), &[0; 80]].concat());
        let traks = samples.iter().flat_map(|(handler, sample)| trak(handler, sample)).collect();
        boxed(b"moov", &[mvhd, traks].concat())
    }

    fn file(index_first: bool, samples: &[(&[u8; 4], &[u8; 4])]) -> Vec<u8> {
        let (ftyp, mdat) = (boxed(b"ftyp", b"isom\0\0\0\0"), boxed(b"mdat", &vec![7; 300_000]));
        let parts = if index_first { [ftyp, moov(samples), mdat] } else { [ftyp, mdat, moov(samples)] };
        parts.concat()
    }

    /// Hands in what is asked for, and counts how much that was.
    fn read(file: &[u8]) -> (Result<LinkedFilm, LinkRefusal>, usize) {
        let mut linked = LinkedFile::new(file.len() as u64);
        let (mut wanted, mut fetched) = (LinkedFile::FIRST_LOOK, 0);
        loop {
            let part = &file[wanted.start as usize..(wanted.end as usize).min(file.len())];
            fetched += part.len();
            match linked.feed(wanted.start, part) {
                Step::Fetch(next) => wanted = next,
                Step::Done(verdict) => return (verdict, fetched),
            }
        }
    }

    const USUAL: [(&[u8; 4], &[u8; 4]); 2] = [(b"vide", b"avc1"), (b"soun", b"mp4a")];

    // SRC-4
    #[test]
    fn a_film_s_length_and_size_are_read_from_its_index_wherever_that_lies() {
        let expected = LinkedFilm { duration: Micros(90_500_000), size: Some(Size { width: 1280, height: 720 }) };
        for index_first in [true, false] {
            let (verdict, fetched) = read(&file(index_first, &USUAL));
            assert_eq!(verdict, Ok(expected), "index first: {index_first}");
            assert!(fetched <= 2 * LOOK_BYTES as usize, "{fetched} bytes were fetched");
        }
    }

    // SRC-5
    #[test]
    fn an_encrypted_film_and_one_that_not_every_browser_plays_are_told_apart() {
        for (samples, refusal) in [
            ([(b"vide", b"encv"), (b"soun", b"mp4a")], LinkRefusal::Drm),
            ([(b"vide", b"avc1"), (b"soun", b"enca")], LinkRefusal::Drm),
            ([(b"vide", b"hvc1"), (b"soun", b"mp4a")], LinkRefusal::Codec),
            ([(b"vide", b"avc1"), (b"soun", b"ac-3")], LinkRefusal::Codec),
            ([(b"meta", b"avc1"), (b"soun", b"mp4a")], LinkRefusal::Codec),
        ] {
            let samples: [(&[u8; 4], &[u8; 4]); 2] = samples.map(|(handler, sample)| (handler, sample));
            assert_eq!(read(&file(true, &samples)).0, Err(refusal), "{samples:?}");
        }
    }

    // SRC-5
    #[test]
    fn a_file_without_an_index_ends_in_a_refusal() {
        let cut = file(false, &USUAL);
        assert_eq!(read(&cut[..200_000]).0, Err(LinkRefusal::Unreadable));
    }

    proptest! {
        // SRC-4
        #[test]
        fn no_bytes_make_it_panic_or_go_on_for_ever(head in proptest::collection::vec(any::<u8>(), 0..400), length in 0u64..1 << 40) {
            let mut linked = LinkedFile::new(length);
            let mut wanted = LinkedFile::FIRST_LOOK;
            for _ in 0..=HOPS_MAX + 1 {
                match linked.feed(wanted.start, &head) {
                    Step::Fetch(next) => {
                        prop_assert!(next.end <= length && next.start < next.end);
                        wanted = next;
                    }
                    Step::Done(_) => return Ok(()),
                }
            }
            prop_assert!(false, "it never ended");
        }
    }
}
