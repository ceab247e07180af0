//! `Upload-Checksum`: what the bytes of one request must add up to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

use super::headers::CHECKSUM_ALGORITHM;
use crate::error::ApiError;

/// A checksum on its way to be compared.
#[derive(Debug, Clone)]
pub(crate) struct Checksum {
    expected: Vec<u8>,
    sum: Sha1,
}

impl Checksum {
    /// Reads `sha1 <base64>`.
    pub(crate) fn parse(header: &str) -> Result<Self, ApiError> {
        let (algorithm, sum) = header.split_once(' ').unwrap_or((header, ""));
        if algorithm != CHECKSUM_ALGORITHM {
            return Err(ApiError::Invalid(format!("upload-checksum must be {CHECKSUM_ALGORITHM}")));
        }
        let expected = STANDARD.decode(sum.trim()).ok().filter(|sum| sum.len() == 20);
        let expected =
            expected.ok_or_else(|| ApiError::Invalid("upload-checksum must be base64 of 20 bytes".into()))?;
        Ok(Self { expected, sum: Sha1::new() })
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.sum.update(bytes);
    }

    pub(crate) fn matches(self) -> bool {
        self.sum.finalize().as_slice() == self.expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // UPL-1
    #[test]
    fn a_checksum_compares_all_bytes_that_were_added() {
        let header = format!("sha1 {}", STANDARD.encode(Sha1::digest(b"hello world")));
        let mut checksum = Checksum::parse(&header).unwrap();
        checksum.add(b"hello ");
        assert!(!checksum.clone().matches());
        checksum.add(b"world");
        assert!(checksum.matches());
        for wrong in ["md5 AAAA", "sha1", "sha1 AAAA", "sha1 %"] {
            assert!(Checksum::parse(wrong).is_err(), "{wrong:?} was accepted");
        }
    }
}
