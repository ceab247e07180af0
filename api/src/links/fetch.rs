//! Requests to addresses that users give: few bytes, little time, and only to where they may go (BEY-12).

use std::error::Error;
use std::ops::Range;
use std::time::Duration;

use reqwest::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_RANGE, HeaderMap, LOCATION, ORIGIN, RANGE,
};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use syncwatch_protocol::Code;

use super::hosts::AllowedHosts;
use super::reach::{Forbidden, Reach};
use crate::settings::LinkSettings;

const CONNECT: Duration = Duration::from_secs(5);
const REDIRECTS_MAX: usize = 5;
const NAME: &str = concat!("SyncWatch/", env!("CARGO_PKG_VERSION"));

/// Asks other people's servers.
#[derive(Debug, Clone)]
pub(crate) struct Fetcher {
    client: Client,
    hosts: AllowedHosts,
    reach: Reach,
}

/// The beginning of an answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Where it came from in the end.
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// No more than was asked for, whatever was sent.
    pub(crate) body: Vec<u8>,
}

impl Fetcher {
    pub(crate) fn new(settings: &LinkSettings) -> Self {
        let reach = Reach::new(settings.private_networks.clone());
        // Redirects are followed here, where each is judged; a proxy would resolve names by itself.
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT)
            .timeout(Duration::from_secs(settings.look_seconds))
            .user_agent(NAME)
            .dns_resolver(reach.clone());
        let client = client.build().expect("its settings are constants, and certificates are only read when used");
        Self { client, hosts: AllowedHosts::new(&settings.hosts), reach }
    }

    /// Whether requests may go there at all.
    pub(crate) fn judge(&self, url: &Url) -> Result<(), Code> {
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return Err(Code::LinkInvalid);
        }
        let host = url.host_str().ok_or(Code::LinkInvalid)?;
        if let Ok(address) = host.trim_matches(['[', ']']).parse()
            && !self.reach.includes(address)
        {
            return Err(Code::LinkPrivate);
        }
        if self.hosts.allow(host, url.port()) { Ok(()) } else { Err(Code::LinkHostNotAllowed) }
    }

    /// Asks for some bytes of what lies there, and follows where it is sent.
    pub(crate) async fn get(&self, url: &Url, range: &Range<u64>, origin: Option<&str>) -> Result<Answer, Code> {
        let mut url = url.clone();
        for _ in 0..=REDIRECTS_MAX {
            self.judge(&url)?;
            let last = range.end.saturating_sub(1);
            // Compressed, a range would be one of other bytes.
            let mut request = self.client.get(url.clone()).header(RANGE, format!("bytes={}-{last}", range.start));
            request = request.header(ACCEPT_ENCODING, "identity");
            if let Some(origin) = origin {
                request = request.header(ORIGIN, origin);
            }
            let response = request.send().await.map_err(|error| failure(&error))?;
            let Some(next) = redirected(&response) else {
                return read(url, response, range.end - range.start).await;
            };
            url = next?;
        }
        Err(Code::LinkUnreachable)
    }
}

impl Answer {
    /// Bytes of the whole file, if the server gave the part that was asked for.
    pub(crate) fn whole_length(&self) -> Option<u64> {
        let range = self.headers.get(CONTENT_RANGE).filter(|_| self.status == StatusCode::PARTIAL_CONTENT)?;
        range.to_str().ok()?.rsplit_once('/')?.1.parse().ok()
    }

    /// Whether a page of `origin` may read it (CORS).
    pub(crate) fn readable_by(&self, origin: Option<&str>) -> bool {
        let allowed = self.headers.get(ACCESS_CONTROL_ALLOW_ORIGIN).and_then(|value| value.to_str().ok());
        origin.is_none_or(|origin| allowed.is_some_and(|allowed| allowed == "*" || allowed == origin))
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

fn redirected(response: &Response) -> Option<Result<Url, Code>> {
    if !response.status().is_redirection() {
        return None;
    }
    let place = response.headers().get(LOCATION)?.to_str().ok();
    Some(place.and_then(|place| response.url().join(place).ok()).ok_or(Code::LinkUnreachable))
}

async fn read(url: Url, mut response: Response, most: u64) -> Result<Answer, Code> {
    let (status, headers) = (response.status(), response.headers().clone());
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut body = Vec::new();
    while body.len() < most
        && let Some(chunk) = response.chunk().await.map_err(|error| failure(&error))?
    {
        body.extend_from_slice(&chunk[..chunk.len().min(most - body.len())]);
    }
    Ok(Answer { url, status, headers, body })
}

fn failure(error: &reqwest::Error) -> Code {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if inner.is::<Forbidden>() {
            return Code::LinkPrivate;
        }
        cause = inner.source();
    }
    Code::LinkUnreachable
}
