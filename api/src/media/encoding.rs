//! Playlists travel compressed (HLS-1): a third of an hour's is a hundred times the same words.

use std::io::{self, Write};

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Less than this fits into one packet in any case.
const WORTH_BYTES: usize = 1_000;

/// Whether the client takes gzip. It says so by name or by `*`, and does not refuse it with `q=0`.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let fields = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut by_name = None;
    let mut by_star = None;
    for entry in fields.flat_map(|field| field.split(',')) {
        let mut parts = entry.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if name.eq_ignore_ascii_case("gzip") {
            by_name = Some(weight > 0.0);
        } else if name == "*" {
            by_star = Some(weight > 0.0);
        }
    }
    by_name.or(by_star).unwrap_or(false)
}

/// The content compressed. None when that is not worth it.
pub(crate) fn gzipped(content: &[u8]) -> Option<Bytes> {
    if content.len() < WORTH_BYTES {
        return None;
    }
    compress(content).ok().filter(|compressed| compressed.len() < content.len()).map(Bytes::from)
}

/// The fastest level: a playlist is compressed for each request that no cache answers, and shrinks to a tenth all the same.
fn compress(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 4), Compression::fast());
    encoder.write_all(content)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    // HLS-1
    #[test]
    fn a_client_gets_gzip_when_it_says_that_it_takes_it() {
        for (accepted, takes) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("*", true),
            ("gzip;q=0, *", false),
            ("gzip; q=0.0", false),
            ("br", false),
            ("", false),
            ("identity;q=1, *;q=0", false),
            ("gzip;q=much", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, accepted.parse().unwrap())]);
            assert_eq!(takes_gzip(&headers), takes, "{accepted:?}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    // HLS-1
    #[test]
    fn a_long_playlist_shrinks_to_a_fraction_and_a_short_one_stays() {
        let long: String = (0..1_800).map(|n| format!("#EXTINF:6.000000,\n{n:05}.m4s\n")).collect();
        let compressed = gzipped(long.as_bytes()).unwrap();
        assert!(compressed.len() * 5 < long.len(), "{} of {}", compressed.len(), long.len());
        assert_eq!(gzipped(b"#EXTM3U\n"), None);
    }
}
