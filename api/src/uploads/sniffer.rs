//! Looks at the first bytes of an upload as they pass: is it a film, and the kind that it was declared as (UPL-2)?

use syncwatch_media::{SNIFF_BYTES, recognise};
use syncwatch_protocol::Code;

/// Judges an upload once enough of it has passed.
#[derive(Debug)]
pub(crate) struct Sniffer {
    head: Vec<u8>,
    /// Bytes that are needed: a small file is judged as a whole.
    enough: usize,
    declared: String,
    judged: bool,
}

impl Sniffer {
    /// Goes on after `head`, the beginning of what is stored, of a file of `size_bytes`.
    pub(crate) fn resume(head: &[u8], size_bytes: u64, declared: &str) -> Self {
        let enough = SNIFF_BYTES.min(usize::try_from(size_bytes).unwrap_or(usize::MAX));
        let judged = head.len() >= enough;
        Self { head: head.to_vec(), enough, declared: declared.to_owned(), judged }
    }

    /// Takes the next bytes. Refuses as soon as it is sure, before they are stored.
    pub(crate) fn pass(&mut self, bytes: &[u8]) -> Result<(), Code> {
        if self.judged {
            return Ok(());
        }
        let missing = self.enough - self.head.len();
        self.head.extend_from_slice(&bytes[..missing.min(bytes.len())]);
        if self.head.len() < self.enough {
            return Ok(());
        }
        self.judged = true;
        let verdict = recognise(&self.head, &self.declared).map(|_| ()).map_err(|rejection| rejection.code());
        self.head = Vec::new();
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MP4: &[u8] = b"\0\0\0\x18ftypisom\0\0\0\0isommp42";

    // UPL-2
    #[test]
    fn a_film_passes_in_pieces_of_any_size() {
        let mut sniffer = Sniffer::resume(&[], 10_000, "video/mp4");
        for byte in MP4.iter().chain(std::iter::repeat_n(&0, 5_000)) {
            assert_eq!(sniffer.pass(&[*byte]), Ok(()));
        }
        assert!(sniffer.judged);
    }

    // UPL-2
    #[test]
    fn a_text_is_refused_when_enough_of_it_has_come() {
        let mut sniffer = Sniffer::resume(b"#EXTM3U\n", 10_000, "video/mp4");
        assert_eq!(sniffer.pass(&[b'x'; 1_000]), Ok(()));
        assert_eq!(sniffer.pass(&[b'x'; 4_000]), Err(Code::UnsupportedFormat));
        let mut small = Sniffer::resume(&[], 5, "video/mp4");
        assert_eq!(small.pass(b"hello"), Err(Code::UnsupportedFormat));
    }

    // UPL-2
    #[test]
    fn a_film_of_another_kind_than_declared_is_refused() {
        let mut sniffer = Sniffer::resume(&[], MP4.len() as u64, "video/webm");
        assert_eq!(sniffer.pass(MP4), Err(Code::MimeMismatch));
    }
}
