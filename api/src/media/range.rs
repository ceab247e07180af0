//! Ranges of bytes (RFC 9110, section 14).

/// A part of a file: `first` to `last`, both in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ByteRange {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

/// What of a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    All,
    Part(ByteRange),
    /// A part that the file does not have.
    Nothing,
}

impl ByteRange {
    pub(crate) const fn length(self) -> u64 {
        self.last - self.first + 1
    }
}

/// Reads a `Range` header. Several ranges, other units and what cannot be read are answered with the whole file, as the
/// standard allows; players ask for one range.
pub(crate) fn wanted(header: Option<&str>, size: u64) -> Wanted {
    let Some((first, last)) =
        header.and_then(|header| header.strip_prefix("bytes=")).and_then(|one| one.split_once('-'))
    else {
        return Wanted::All;
    };
    match (number(first), number(last)) {
        (Some(Some(first)), Some(last)) => {
            let last = last.unwrap_or(u64::MAX).min(size.saturating_sub(1));
            if first >= size {
                Wanted::Nothing
            } else if first > last {
                Wanted::All
            } else {
                Wanted::Part(ByteRange { first, last })
            }
        }
        // The last so many bytes.
        (Some(None), Some(Some(suffix))) => match suffix.min(size) {
            0 => Wanted::Nothing,
            suffix => Wanted::Part(ByteRange { first: size - suffix, last: size - 1 }),
        },
        _ => Wanted::All,
    }
}

/// A number, or its absence. None for what is neither.
fn number(text: &str) -> Option<Option<u64>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(first: u64, last: u64) -> Wanted {
        Wanted::Part(ByteRange { first, last })
    }

    // HLS-1
    #[test]
    fn one_range_is_read_as_the_standard_says() {
        for (header, expected) in [
            ("bytes=0-0", part(0, 0)),
            ("bytes=10-19", part(10, 19)),
            ("bytes=90-", part(90, 99)),
            ("bytes=90-1000", part(90, 99)),
            ("bytes=-5", part(95, 99)),
            ("bytes=-500", part(0, 99)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
        ] {
            assert_eq!(wanted(Some(header), 100), expected, "{header}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Nothing);
    }

    // HLS-1
    #[test]
    fn what_cannot_be_read_gets_the_whole_file() {
        for header in
            ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-1,5-6", "lines=0-1", "bytes=+1-2"]
        {
            assert_eq!(wanted(Some(header), 100), Wanted::All, "{header}");
        }
        assert_eq!(wanted(None, 100), Wanted::All);
    }
}
