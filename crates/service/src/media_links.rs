//! Signed addresses of films (HLS-1, HLS-3): unguessable, expiring, and the same for everybody who asks in the same hour.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use syncwatch_protocol::{ServerTime, VideoId};

use crate::{TokenError, TokenKeys};

/// What the keyed hash is for.
const PURPOSE: &str = "media";

/// Expiries lie on multiples of this, so that all who watch together fetch the same address and share every cache.
const STEP_SECONDS: u64 = 3_600;

/// Makes and checks the addresses under which the output of one attempt is served.
///
/// The signature stands in the path before the file's name: relative addresses inside a playlist inherit it.
#[derive(Debug, Clone)]
pub struct MediaLinks {
    keys: TokenKeys,
    lifetime_seconds: u64,
    base_url: String,
}

/// A signed address, and until when it is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaLink {
    /// The path, from the root of the site; the whole address where films come from another host.
    pub path: String,
    /// When it ends.
    pub expires_at_ms: u64,
}

impl MediaLinks {
    /// Addresses that are good for at least `lifetime`.
    pub fn new(keys: TokenKeys, lifetime: Duration) -> Self {
        Self { keys, lifetime_seconds: lifetime.as_secs(), base_url: String::new() }
    }

    /// The same addresses on another host, such as a CDN that asks this one (HLS-2). `base_url` ends without a slash.
    #[must_use]
    pub fn on(self, base_url: &str) -> Self {
        Self { base_url: base_url.to_owned(), ..self }
    }

    /// The address of one file of an attempt.
    pub fn link(&self, video: VideoId, attempt: u32, file: &str, now: ServerTime) -> MediaLink {
        let expiry = (now.0 / 1_000 + self.lifetime_seconds).next_multiple_of(STEP_SECONDS);
        let signature = URL_SAFE_NO_PAD.encode(self.keys.hmac(PURPOSE, &message(video, attempt, expiry)));
        let path = format!("{}/media/{video}/{attempt}/{expiry}-{signature}/{file}", self.base_url);
        MediaLink { path, expires_at_ms: expiry * 1_000 }
    }

    /// Whether `grant`, the `{expiry}-{signature}` of an address, opens this attempt of this video.
    ///
    /// # Errors
    /// When it was not signed by us for this, or its time is over.
    pub fn check(&self, video: VideoId, attempt: u32, grant: &str, now: ServerTime) -> Result<(), TokenError> {
        let (expiry, signature) = grant.split_once('-').ok_or(TokenError::Invalid)?;
        let expiry: u64 = expiry.parse().map_err(|_| TokenError::Invalid)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Invalid)?;
        if !self.keys.hmac_matches(PURPOSE, &message(video, attempt, expiry), &signature) {
            return Err(TokenError::Invalid);
        }
        if expiry <= now.0 / 1_000 { Err(TokenError::Expired) } else { Ok(()) }
    }
}

fn message(video: VideoId, attempt: u32, expiry: u64) -> Vec<u8> {
    format!("{video}/{attempt}/{expiry}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: ServerTime = ServerTime(1_800_000_123_000);
    const VIDEO: VideoId = VideoId::new(Uuid::from_u128(7));

    fn links() -> MediaLinks {
        MediaLinks::new(TokenKeys::random(), Duration::from_secs(6 * 3_600))
    }

    fn grant_of(link: &MediaLink) -> &str {
        link.path.split('/').nth(4).expect("the fourth part is the grant")
    }

    // HLS-3
    #[test]
    fn a_link_opens_its_own_attempt_until_it_expires() {
        let links = links();
        let link = links.link(VIDEO, 3, "master.m3u8", NOW);
        let check = |video, attempt, now| links.check(video, attempt, grant_of(&link), now);
        assert_eq!(check(VIDEO, 3, NOW.plus_ms(6 * 3_600_000)), Ok(()));
        assert_eq!(check(VIDEO, 4, NOW), Err(TokenError::Invalid));
        assert_eq!(check(VideoId::new(Uuid::from_u128(8)), 3, NOW), Err(TokenError::Invalid));
        assert_eq!(check(VIDEO, 3, ServerTime(link.expires_at_ms)), Err(TokenError::Expired));
    }

    // HLS-3
    #[test]
    fn a_link_with_another_expiry_or_signature_is_not_ours() {
        let links = links();
        let link = links.link(VIDEO, 3, "master.m3u8", NOW);
        let (expiry, signature) = grant_of(&link).split_once('-').expect("two parts");
        let later = format!("{}-{signature}", expiry.parse::<u64>().expect("a number") + 3_600);
        for wrong in [later.as_str(), expiry, "", "-", &format!("{expiry}-"), &format!("{expiry}-AAAA"), "x-y"] {
            assert_eq!(links.check(VIDEO, 3, wrong, NOW), Err(TokenError::Invalid), "{wrong:?}");
        }
    }

    // HLS-2
    #[test]
    fn a_link_on_another_host_is_the_same_behind_it() {
        let links = links();
        let (here, there) = (links.link(VIDEO, 1, "a", NOW), links.clone().on("https://cdn.example.org/films"));
        assert_eq!(there.link(VIDEO, 1, "a", NOW).path, format!("https://cdn.example.org/films{}", here.path));
    }

    // HLS-1
    #[test]
    fn people_who_ask_within_the_hour_get_the_same_address() {
        let links = links();
        let at = |minutes: u64| links.link(VIDEO, 3, "a", ServerTime(1_800_000_000_000 + minutes * 60_000)).path;
        assert_eq!(at(1), at(59));
        assert_ne!(at(1), at(61));
    }
}
