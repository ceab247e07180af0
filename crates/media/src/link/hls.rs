//! An HLS playlist on somebody else's server.

use m3u8_rs::{Key, KeyMethod, MediaPlaylist, Playlist, VariantStream};

use super::{LinkRefusal, LinkedFilm};
use crate::{Micros, Size};

/// The contents of a playlist, read.
#[derive(Debug, Clone)]
pub struct LinkedPlaylist(Playlist);

/// What a playlist says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaylistVerdict {
    /// It names others; this is the first one, which has to be read as well.
    Follow {
        /// Where it is, as it is written.
        uri: String,
        /// The size of the best picture, where it is told.
        size: Option<Size>,
    },
    /// It is the film.
    Film {
        /// What is known of it.
        film: LinkedFilm,
        /// Where its first segment is, as it is written.
        first_segment: String,
    },
}

impl LinkedPlaylist {
    /// Whether a file begins as a playlist does.
    pub fn recognises(head: &[u8]) -> bool {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        head.starts_with(b"#EXTM3U")
    }

    /// Reads a playlist.
    ///
    /// # Errors
    /// It breaks the rules of RFC 8216.
    pub fn read(text: &[u8]) -> Result<Self, LinkRefusal> {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        m3u8_rs::parse_playlist_res(text).map(Self).map_err(|_| LinkRefusal::Unreadable)
    }

    /// What it says.
    ///
    /// # Errors
    /// Why it cannot be watched together.
    pub fn verdict(&self) -> Result<PlaylistVerdict, LinkRefusal> {
        match &self.0 {
            Playlist::MasterPlaylist(master) => {
                if master.session_key.iter().any(|key| is_drm(&key.0)) {
                    return Err(LinkRefusal::Drm);
                }
                let pictures = || master.variants.iter().filter(|variant| !variant.is_i_frame);
                let first = pictures().next().ok_or(LinkRefusal::Unreadable)?;
                let size = pictures().filter_map(size_of).max_by_key(|size| size.short_side());
                Ok(PlaylistVerdict::Follow { uri: first.uri.clone(), size })
            }
            Playlist::MediaPlaylist(media) => film(media),
        }
    }
}

fn film(media: &MediaPlaylist) -> Result<PlaylistVerdict, LinkRefusal> {
    if media.segments.iter().filter_map(|segment| segment.key.as_ref()).any(is_drm) {
        return Err(LinkRefusal::Drm);
    }
    if !media.end_list {
        return Err(LinkRefusal::Live);
    }
    let first = media.segments.first().ok_or(LinkRefusal::Unreadable)?;
    let seconds: f64 = media.segments.iter().map(|segment| f64::from(segment.duration).max(0.0)).sum();
    let duration = Micros::from_seconds(seconds);
    if duration <= Micros::ZERO {
        return Err(LinkRefusal::Unreadable);
    }
    Ok(PlaylistVerdict::Film { film: LinkedFilm { duration, size: None }, first_segment: first.uri.clone() })
}

/// AES-128 with a key that anybody can fetch is no rights management; everything else needs a licence.
fn is_drm(key: &Key) -> bool {
    match key.method {
        KeyMethod::None => false,
        KeyMethod::AES128 => key.keyformat.as_deref().is_some_and(|format| format != "identity"),
        _ => true,
    }
}

fn size_of(variant: &VariantStream) -> Option<Size> {
    let resolution = variant.resolution?;
    let side = |pixels: u64| u32::try_from(pixels).ok().filter(|pixels| *pixels > 0);
    Some(Size { width: side(resolution.width)?, height: side(resolution.height)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn verdict(text: &str) -> Result<PlaylistVerdict, LinkRefusal> {
        LinkedPlaylist::read(text.as_bytes())?.verdict()
    }

    fn media(tags: &str, end: &str) -> String {
        format!("#EXTM3U\n#EXT-X-TARGETDURATION:6\n{tags}#EXTINF:6.0,\na.ts\n#EXTINF:4.5,\nb.ts\n{end}")
    }

    // SRC-4
    #[test]
    fn a_film_is_as_long_as_its_segments_together() {
        let film = LinkedFilm { duration: Micros(10_500_000), size: None };
        let expected = PlaylistVerdict::Film { film, first_segment: "a.ts".to_owned() };
        assert_eq!(verdict(&media("", "#EXT-X-ENDLIST\n")), Ok(expected));
    }

    // SRC-4
    #[test]
    fn a_list_of_qualities_leads_to_the_first_and_tells_the_best_size() {
        let master = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=640x360\nlow.m3u8\n\
                      #EXT-X-STREAM-INF:BANDWIDTH=2,RESOLUTION=1280x720\nhigh.m3u8\n";
        let size = Some(Size { width: 1280, height: 720 });
        assert_eq!(verdict(master), Ok(PlaylistVerdict::Follow { uri: "low.m3u8".to_owned(), size }));
    }

    // SRC-5
    #[test]
    fn broadcasts_and_films_that_need_a_licence_are_refused_and_a_plain_key_is_not() {
        assert_eq!(verdict(&media("", "")), Err(LinkRefusal::Live));
        let key = |tag: &str| verdict(&media(&format!("#EXT-X-KEY:{tag}\n"), "#EXT-X-ENDLIST\n"));
        assert_eq!(
            key("METHOD=SAMPLE-AES,URI=\"skd://k\",KEYFORMAT=\"com.apple.streamingkeydelivery\""),
            Err(LinkRefusal::Drm)
        );
        assert_eq!(key("METHOD=AES-128,URI=\"k\",KEYFORMAT=\"com.widevine\""), Err(LinkRefusal::Drm));
        assert!(key("METHOD=AES-128,URI=\"key.bin\"").is_ok());
        assert!(key("METHOD=NONE").is_ok());
    }

    // SRC-5
    #[test]
    fn an_empty_list_is_no_film() {
        assert_eq!(verdict("#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-ENDLIST\n"), Err(LinkRefusal::Unreadable));
    }

    proptest! {
        // SRC-4
        #[test]
        fn no_text_makes_it_panic(lines in proptest::collection::vec("(#EXT[A-Z0-9:,=\"-]{0,30}|[a-z./]{0,12})", 0..12)) {
            let _ = verdict(&format!("#EXTM3U\n{}\n", lines.join("\n")));
        }
    }
}
