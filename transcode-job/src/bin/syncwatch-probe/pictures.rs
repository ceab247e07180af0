//! Looks into a picture of H.264: of what kinds are the units that it is made of?

/// A slice of a picture from which decoding can start, and behind which nothing refers to what was before.
const IDR: u8 = 5;

/// The picture is an IDR picture, whichever way its units are parted.
pub(crate) fn is_idr(picture: &[u8]) -> bool {
    // MP4 and Matroska write the length of each unit before it, nearly always in four bytes; a length of one that looks
    // like a start code would be a unit of a single byte, which there is not.
    if picture.starts_with(&[0, 0, 0, 1]) || picture.starts_with(&[0, 0, 1]) {
        return between_start_codes(picture).any(|unit| unit & 0x1f == IDR);
    }
    [4, 2, 1, 3].into_iter().find_map(|bytes| with_lengths(picture, bytes)).is_some_and(|units| units.contains(&IDR))
}

/// The first byte of each unit after a start code.
fn between_start_codes(picture: &[u8]) -> impl Iterator<Item = u8> + '_ {
    picture.windows(4).filter(|four| four.starts_with(&[0, 0, 1])).map(|four| four[3])
}

/// The kinds of the units when lengths of so many bytes lead exactly to the picture's end.
fn with_lengths(mut picture: &[u8], bytes: usize) -> Option<Vec<u8>> {
    let mut kinds = Vec::new();
    while !picture.is_empty() {
        let (length, rest) = picture.split_at_checked(bytes)?;
        let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        kinds.push(rest.first()? & 0x1f);
        picture = rest.get(length..)?;
    }
    Some(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    // TRN-1
    #[test]
    fn an_idr_picture_is_told_from_one_that_only_calls_itself_a_keyframe() {
        let parameters = [0, 0, 0, 2, 0x67, 1];
        assert!(is_idr(&[&parameters[..], &[0, 0, 0, 3, 0x65, 1, 2]].concat()));
        assert!(!is_idr(&[&parameters[..], &[0, 0, 0, 3, 0x41, 1, 2]].concat()));
        assert!(is_idr(&[0, 2, 0x67, 1, 0, 3, 0x65, 1, 2]));
        assert!(is_idr(&[0, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x65, 1]));
        assert!(!is_idr(&[0, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x61, 1]));
    }

    // TRN-1
    #[test]
    fn a_picture_that_is_cut_off_is_no_place_to_start() {
        assert!(!is_idr(&[]));
        assert!(!is_idr(&[0, 0, 0, 9, 0x65, 1, 2]));
    }
}
