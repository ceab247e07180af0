//! `Upload-Metadata`: pairs of a key and a value in base64, separated by commas.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use syncwatch_protocol::Code;

use super::file_name::{plain_file_name, title_of};
use crate::error::ApiError;

/// What a client says of the file that it is about to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) file_name: String,
    pub(crate) title: String,
    /// The declared type; empty when the client's system does not know one.
    pub(crate) mime: String,
}

/// Types of films that we read, and what systems say that do not know Matroska. The content decides in the end.
const TYPES: &[&str] = &[
    "",
    "application/octet-stream",
    "video/mp4",
    "video/x-m4v",
    "application/mp4",
    "video/quicktime",
    "video/webm",
    "video/x-matroska",
    "video/matroska",
    "application/x-matroska",
];

impl Metadata {
    /// Reads the header. Keys that we do not know are left alone.
    pub(crate) fn parse(header: &str) -> Result<Self, ApiError> {
        let (mut name, mut mime) = (String::new(), String::new());
        for pair in header.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
            match key {
                "filename" | "name" => name = decode(value)?,
                "filetype" | "type" => mime = decode(value)?,
                _ => {}
            }
        }
        let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !TYPES.contains(&mime.as_str()) {
            return Err(ApiError::field("filetype", Code::UnsupportedFormat));
        }
        let file_name = plain_file_name(&name);
        Ok(Self { title: title_of(&file_name), file_name, mime })
    }
}

fn decode(value: &str) -> Result<String, ApiError> {
    let bytes = STANDARD.decode(value.trim()).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| ApiError::Invalid("upload-metadata must hold base64 of UTF-8".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(key: &str, value: &str) -> String {
        format!("{key} {}", STANDARD.encode(value))
    }

    // UPL-1
    #[test]
    fn name_and_type_are_read_and_other_keys_left_alone() {
        let header =
            format!("{},{}, room QUJD,empty", pair("filename", "Ölfilm.mkv"), pair("filetype", "Video/X-Matroska"));
        let metadata = Metadata::parse(&header).unwrap();
        let expected =
            Metadata { file_name: "Ölfilm.mkv".into(), title: "Ölfilm".into(), mime: "video/x-matroska".into() };
        assert_eq!(metadata, expected);
        assert_eq!(Metadata::parse("").unwrap().title, "film");
    }

    // UPL-2
    #[test]
    fn a_declared_type_that_is_no_film_is_refused() {
        for wrong in ["text/plain", "application/vnd.apple.mpegurl", "image/png", "video/x-msvideo"] {
            assert!(Metadata::parse(&pair("filetype", wrong)).is_err(), "{wrong} was accepted");
        }
        assert!(Metadata::parse("filename %%%").is_err());
    }
}
