//! The headers of tus 1.0.

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName};
use time::OffsetDateTime;
use time::format_description::{self, OwnedFormatItem};

use crate::error::ApiError;

pub(crate) const VERSION: &str = "1.0.0";
pub(crate) const EXTENSIONS: &str = "creation,creation-with-upload,termination,expiration,checksum";
pub(crate) const CHECKSUM_ALGORITHM: &str = "sha1";
pub(crate) const OFFSET_TYPE: &str = "application/offset+octet-stream";

pub(crate) const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(crate) const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
pub(crate) const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
pub(crate) const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
pub(crate) const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
pub(crate) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub(crate) const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub(crate) const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub(crate) const UPLOAD_CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

/// Whether the client speaks our version of the protocol. Every request but `OPTIONS` says which.
pub(crate) fn speaks_our_version(headers: &HeaderMap) -> bool {
    headers.get(TUS_RESUMABLE).is_some_and(|version| version == VERSION)
}

/// A whole number in a header.
pub(crate) fn number(headers: &HeaderMap, name: &HeaderName) -> Result<Option<u64>, ApiError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    // Only digits: `parse` alone would also take `+5`.
    let digits = value.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.map(Some).ok_or_else(|| ApiError::Invalid(format!("{name} must be a whole number")))
}

/// Whether the body is what tus sends.
pub(crate) fn has_offset_type(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind == OFFSET_TYPE)
}

/// A moment as HTTP writes it.
pub(crate) fn expiry_date(at_ms: u64) -> String {
    static HTTP_DATE: LazyLock<OwnedFormatItem> = LazyLock::new(|| {
        let format = "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT";
        format_description::parse_owned::<2>(format).expect("the format is a constant that the tests use")
    });
    let seconds = i64::try_from(at_ms / 1_000).unwrap_or(i64::MAX);
    let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    moment.format(&*HTTP_DATE).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    // UPL-1
    #[test]
    fn moments_are_written_as_http_dates() {
        assert_eq!(expiry_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    // UPL-1
    #[test]
    fn numbers_are_digits_and_fit() {
        let read = |text: &str| number(&HeaderMap::from_iter([(UPLOAD_OFFSET, text.parse().unwrap())]), &UPLOAD_OFFSET);
        assert_eq!(read("8589934592").unwrap(), Some(8_589_934_592));
        for wrong in ["", "-1", "+1", "1.5", "0x10", "99999999999999999999"] {
            assert!(read(wrong).is_err(), "{wrong:?} was accepted");
        }
    }
}
