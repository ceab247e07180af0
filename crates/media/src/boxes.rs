//! Just enough of ISO base media to find a box.

/// The contents of the first box at `path`, each name a step inwards. `None` when it is not there or the bytes are broken.
pub(crate) fn find<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    let (wanted, further) = path.split_first()?;
    let mut rest = bytes;
    while rest.len() >= 8 {
        let (size, kind) = (u32::from_be_bytes(rest[..4].try_into().ok()?) as usize, &rest[4..8]);
        let whole = rest.get(..size).filter(|whole| whole.len() >= 8)?;
        if kind == *wanted {
            let contents = &whole[8..];
            return if further.is_empty() { Some(contents) } else { find(skip_fields(kind, contents)?, further) };
        }
        rest = &rest[size..];
    }
    None
}

/// A box's beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Boxed {
    /// Its four letters.
    pub(crate) kind: [u8; 4],
    /// Bytes before its contents.
    pub(crate) header: usize,
    /// Bytes of all of it.
    pub(crate) size: u64,
}

impl Boxed {
    /// Reads the header at the start of `bytes`, of which `room` may follow. `None` when it is not whole or its size is not one.
    pub(crate) fn read(bytes: &[u8], room: u64) -> Option<Self> {
        let kind = bytes.get(4..8)?.try_into().ok()?;
        let (header, size) = match u32::from_be_bytes(bytes[..4].try_into().ok()?) {
            // To the end of the file.
            0 => (8, room),
            1 => (16, u64::from_be_bytes(bytes.get(8..16)?.try_into().ok()?)),
            size => (8, u64::from(size)),
        };
        (size >= header as u64).then_some(Self { kind, header, size })
    }
}

/// The boxes in `bytes`, one after the other, with their contents; ends at the first that is not whole.
pub(crate) fn boxes(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let Boxed { header, size, .. } = Boxed::read(rest, rest.len() as u64)?;
        let size = usize::try_from(size).ok()?;
        let whole = rest.get(..size)?;
        rest = &rest[size..];
        Some((whole[4..8].try_into().ok()?, &whole[header..]))
    })
}

/// The contents of every box of that kind, where the bytes begin with a box.
pub(crate) fn each<'a>(bytes: &'a [u8], wanted: &'static [u8; 4]) -> impl Iterator<Item = &'a [u8]> {
    boxes(bytes).filter(move |(kind, _)| *kind == wanted).map(|(_, contents)| contents)
}

/// The contents of the first box at `path`, each name a step inwards through boxes that hold nothing but boxes.
pub(crate) fn inside<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(bytes, |bytes, name| boxes(bytes).find(|(kind, _)| kind == name).map(|(_, contents)| contents))
}

/// Some boxes have fields of their own before the boxes inside them.
fn skip_fields<'a>(kind: &[u8], contents: &'a [u8]) -> Option<&'a [u8]> {
    let fields = match kind {
        b"stsd" => 8,
        b"avc1" => 78,
        b"mp4a" => 28,
        _ => 0,
    };
    contents.get(fields..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // TRN-1
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = find(&bytes, &[b"moov", b"trak"]);
            let inside: Vec<u8> = [&(bytes.len() as u32 + 8).to_be_bytes(), b"stsd".as_slice(), &bytes].concat();
            let _ = find(&inside, &[b"stsd", b"avc1"]);
        }
    }
}
