//! Is a link a film that a room can watch together, and if not, why (SRC-4, SRC-5)?

use std::time::Duration;

use reqwest::{StatusCode, Url};
use syncwatch_media::{LinkRefusal, LinkedFile, LinkedFilm, LinkedPlaylist, PlaylistVerdict, Step};
use syncwatch_protocol::{Code, LinkKind};

use super::fetch::{Answer, Fetcher};
use crate::settings::LinkSettings;

/// Bytes of a playlist. Three hours in segments of two seconds, with long addresses.
const PLAYLIST_MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Looks at links.
#[derive(Debug, Clone)]
pub(crate) struct Examiner {
    fetcher: Fetcher,
    patience: Duration,
}

/// A link that is a film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Examined {
    pub(crate) url: Url,
    pub(crate) kind: LinkKind,
    pub(crate) film: LinkedFilm,
}

impl Examiner {
    pub(crate) fn new(settings: &LinkSettings) -> Self {
        Self { fetcher: Fetcher::new(settings), patience: Duration::from_secs(settings.look_seconds) }
    }

    /// Looks at what a link leads to. `origin` is the page that will play it: browsers ask for its permission.
    pub(crate) async fn examine(&self, link: &str, origin: Option<&str>) -> Result<Examined, Code> {
        let url = Url::parse(link.trim()).map_err(|_| Code::LinkInvalid)?;
        // Browsers let no page that came by a secure connection load films by an insecure one.
        if url.scheme() == "http" && origin.is_some_and(|origin| origin.starts_with("https:")) {
            return Err(Code::LinkInsecure);
        }
        let look = self.look(&url, origin);
        tokio::time::timeout(self.patience, look).await.unwrap_or(Err(Code::LinkUnreachable))
    }

    async fn look(&self, url: &Url, origin: Option<&str>) -> Result<Examined, Code> {
        let first = self.fetcher.get(url, &LinkedFile::FIRST_LOOK, origin).await?;
        answered(&first)?;
        let (kind, film) = if LinkedPlaylist::recognises(&first.body) {
            (LinkKind::Hls, self.playlist(url, origin).await?)
        } else if LinkedFile::recognises(&first.body) {
            (LinkKind::File, self.file(first).await?)
        } else {
            return Err(other(&first));
        };
        Ok(Examined { url: url.clone(), kind, film })
    }

    async fn file(&self, first: Answer) -> Result<LinkedFilm, Code> {
        // Without ranges nobody could jump, nor join late.
        let length = first.whole_length().ok_or(Code::LinkNoRanges)?;
        let mut file = LinkedFile::new(length);
        let (mut at, mut bytes) = (0, first.body);
        loop {
            match file.feed(at, &bytes) {
                Step::Done(verdict) => return verdict.map_err(refused),
                Step::Fetch(range) => {
                    let next = self.fetcher.get(&first.url, &range, None).await?;
                    answered(&next)?;
                    if next.status != StatusCode::PARTIAL_CONTENT || next.body.is_empty() {
                        return Err(Code::LinkNoRanges);
                    }
                    (at, bytes) = (range.start, next.body);
                }
            }
        }
    }

    async fn playlist(&self, url: &Url, origin: Option<&str>) -> Result<LinkedFilm, Code> {
        let (mut url, mut best) = (url.clone(), None);
        // One list of qualities, then a list of segments.
        for _ in 0..2 {
            let list = self.fetcher.get(&url, &(0..PLAYLIST_MAX_BYTES), origin).await?;
            answered(&list)?;
            if !list.readable_by(origin) {
                return Err(Code::LinkCorsBlocked);
            }
            let place = |uri: &str| list.url.join(uri).map_err(|_| Code::Unreadable);
            match LinkedPlaylist::read(&list.body).and_then(|list| list.verdict()).map_err(refused)? {
                PlaylistVerdict::Follow { uri, size } => (url, best) = (place(&uri)?, size),
                PlaylistVerdict::Film { film, first_segment } => {
                    let segment = self.fetcher.get(&place(&first_segment)?, &(0..1), origin).await?;
                    answered(&segment)?;
                    if !segment.readable_by(origin) {
                        return Err(Code::LinkCorsBlocked);
                    }
                    return Ok(LinkedFilm { size: best, ..film });
                }
            }
        }
        Err(Code::Unreadable)
    }
}

fn answered(answer: &Answer) -> Result<(), Code> {
    match answer.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::PAYMENT_REQUIRED => Err(Code::AuthRequired),
        status if status.is_success() => Ok(()),
        _ => Err(Code::LinkUnreachable),
    }
}

/// What is neither a file nor a playlist: most often the page around a film.
fn other(answer: &Answer) -> Code {
    if !answer.header("content-type").starts_with("text/html") {
        return Code::UnsupportedFormat;
    }
    if answer.header("content-security-policy").contains("frame-ancestors") {
        Code::CspBlocked
    } else if !answer.header("x-frame-options").is_empty() {
        Code::XFrameOptions
    } else {
        Code::UnknownProvider
    }
}

fn refused(refusal: LinkRefusal) -> Code {
    match refusal {
        LinkRefusal::Drm => Code::DrmProtected,
        LinkRefusal::Live => Code::LinkLive,
        LinkRefusal::Codec => Code::LinkCodec,
        LinkRefusal::Unreadable => Code::Unreadable,
    }
}
