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

/// The contents of every box of that kind, where the bytes begin with a box.
pub(crate) fn each<'a>(bytes: &'a [u8], wanted: &'static [u8; 4]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        while rest.len() >= 8 {
            let size = u32::from_be_bytes(rest[..4].try_into().ok()?) as usize;
            let whole = rest.get(..size).filter(|whole| whole.len() >= 8)?;
            rest = &rest[size..];
            if &whole[4..8] == wanted {
                return Some(&whole[8..]);
            }
        }
        None
    })
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
