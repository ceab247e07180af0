//! The kinds of files that a film is made of.

/// A kind of file, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Playlist,
    Initialisation,
    Segment,
    Picture,
    Subtitles,
    Other,
}

impl FileKind {
    pub(crate) fn of(file: &str) -> Self {
        match file.rsplit_once('.').map(|(_, ending)| ending) {
            Some("m3u8") => Self::Playlist,
            Some("mp4") => Self::Initialisation,
            Some("m4s") => Self::Segment,
            Some("jpg") => Self::Picture,
            Some("vtt") => Self::Subtitles,
            _ => Self::Other,
        }
    }

    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Playlist => "application/vnd.apple.mpegurl",
            Self::Initialisation => "video/mp4",
            Self::Segment => "video/iso.segment",
            Self::Picture => "image/jpeg",
            Self::Subtitles => "text/vtt; charset=utf-8",
            Self::Other => "application/octet-stream",
        }
    }

    /// A playlist grows while its film is made. Everything else has its final content when it first appears under its
    /// name, and another attempt has another name.
    pub(crate) const fn cache_control(self) -> &'static str {
        match self {
            Self::Playlist => "public, max-age=5, stale-while-revalidate=10",
            _ => "public, max-age=31536000, immutable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // HLS-1
    #[test]
    fn playlists_are_kept_for_seconds_and_the_rest_for_good() {
        assert_eq!(FileKind::of("720p/index.m3u8"), FileKind::Playlist);
        assert_eq!(FileKind::of("720p/00017.m4s"), FileKind::Segment);
        assert_eq!(FileKind::of("m3u8"), FileKind::Other);
        assert!(FileKind::Playlist.cache_control().contains("max-age=5,"));
        assert!(FileKind::Segment.cache_control().contains("immutable"));
    }
}
