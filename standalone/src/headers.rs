//! Headers that every answer carries (SEC-1).

use axum::http::HeaderValue;
use axum::http::header::{self, HeaderName};
use axum::response::Response;

/// Scripts, frames, forms and plugins come from here or not at all. Inline styles stay: players and animations set them.
/// Films and their pictures may come from one other host, where one is set, and linked films from those that are allowed.
fn content_security_policy(own: &str, linked: &str) -> String {
    format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{own}; \
         media-src 'self' blob:{own}{linked}; font-src 'self'; connect-src 'self'{own}{linked}; worker-src 'self' blob:; \
         object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
    )
}

const PERMISSIONS_POLICY: &str = "camera=(), geolocation=(), payment=(), usb=(), microphone=(self), autoplay=(self), \
     fullscreen=(self), picture-in-picture=(self), screen-wake-lock=(self)";

/// Name and value of each. The two cross-origin ones make the page isolated, which gives it a clock of 5 µs instead of
/// 100 µs; synchronisation reads it all the time.
const HEADERS: [(HeaderName, &str); 6] = [
    (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "credentialless"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
];

/// The headers of this installation.
#[derive(Debug, Clone)]
pub(crate) struct Headers {
    content_security_policy: HeaderValue,
}

impl Headers {
    /// With our films from another host as well, if there is one, and with linked films from these.
    pub(crate) fn with_films_from(own: Option<&str>, linked: &[String]) -> Self {
        let linked: String = linked.iter().map(|host| format!(" {host}")).collect();
        let policy = content_security_policy(&own.map_or(String::new(), |origin| format!(" {origin}")), &linked);
        // What can be set is checked at the start; a policy that cannot be sent would be none.
        let policy = HeaderValue::from_str(&policy).expect("the origin is plain ASCII");
        Self { content_security_policy: policy }
    }

    /// Adds them where the answer does not say otherwise itself.
    pub(crate) fn secure(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| self.content_security_policy.clone());
        for (name, value) in HEADERS {
            headers.entry(name).or_insert(HeaderValue::from_static(value));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // SEC-1, HLS-2
    #[test]
    fn pages_may_fetch_films_from_the_other_host_and_nothing_else_from_there() {
        let headers = Headers::with_films_from(Some("https://cdn.example.org"), &[]);
        let answer = headers.secure(Response::default());
        let policy = answer.headers()["content-security-policy"].to_str().expect("text");
        let from_there: Vec<&str> = policy
            .split("; ")
            .filter(|rule| rule.contains("cdn.example.org"))
            .filter_map(|rule| rule.split(' ').next())
            .collect();
        assert_eq!(from_there, ["img-src", "media-src", "connect-src"]);
        assert!(!format!("{:?}", Headers::with_films_from(None, &[])).contains("cdn"));
    }
}
