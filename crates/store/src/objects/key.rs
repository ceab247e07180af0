//! Names of objects. A key that exists cannot lead out of its folder.

use std::fmt;

use syncwatch_protocol::VideoId;

/// The name of an object, or of everything under it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// The file that was uploaded for a video.
    pub fn upload(id: VideoId) -> Self {
        Self(format!("uploads/{id}"))
    }

    /// Bytes of an upload that have a checksum to be compared before they count.
    pub fn unverified(id: VideoId) -> Self {
        Self(format!("uploads/{id}.unverified"))
    }

    /// All uploads.
    pub fn uploads() -> Self {
        Self("uploads".into())
    }

    /// Everything that was made of all videos.
    pub fn videos() -> Self {
        Self("videos".into())
    }

    /// Everything that was made of a video.
    pub fn video(id: VideoId) -> Self {
        Self(format!("videos/{id}"))
    }

    /// Everything that one attempt made of a video.
    pub fn attempt(id: VideoId, attempt: u32) -> Self {
        Self(format!("videos/{id}/{attempt}"))
    }

    /// One file of an attempt. None for a name that is not plain: it might lead elsewhere.
    ///
    /// `file` may name folders. Each part is made of letters, digits, `.`, `-` and `_`, and does not begin with a dot.
    pub fn attempt_file(id: VideoId, attempt: u32, file: &str) -> Option<Self> {
        file.split('/').all(is_plain).then(|| Self(format!("videos/{id}/{attempt}/{file}")))
    }

    /// One file that belongs to a video whatever is made of it: `subtitles/….vtt`. None for any other name.
    pub fn film_file(id: VideoId, file: &str) -> Option<Self> {
        let name = file.strip_prefix("subtitles/")?;
        is_plain(name).then(|| Self(format!("videos/{id}/subtitles/{name}")))
    }

    /// The key as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_plain(part: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !part.is_empty() && !part.starts_with('.') && part.bytes().all(known)
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // HLS-3
    #[test]
    fn a_file_name_cannot_lead_out_of_its_attempt() {
        let id = VideoId::new(uuid::Uuid::from_u128(1));
        let key = |file| ObjectKey::attempt_file(id, 3, file);
        let expected = format!("videos/{id}/3/720p/segment_00017.m4s");
        assert_eq!(key("720p/segment_00017.m4s").map(|key| key.to_string()), Some(expected));
        for wrong in ["", "/", "..", "../x", "a/../b", "a//b", "/etc/passwd", ".hidden", "a\\b", "a\0b", "a%2fb", "ä"]
        {
            assert_eq!(key(wrong), None, "{wrong:?} was accepted");
        }
        let film = |file| ObjectKey::film_file(id, file).map(|key| key.to_string());
        assert_eq!(film("subtitles/7f.vtt"), Some(format!("videos/{id}/subtitles/7f.vtt")));
        for wrong in ["3/720p/00000.m4s", "subtitles/", "subtitles/../3/x", "subtitles/a/b", "subtitles", "x"] {
            assert_eq!(film(wrong), None, "{wrong:?} was accepted");
        }
    }
}
