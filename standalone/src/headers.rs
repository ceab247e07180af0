//! Headers that every answer carries (SEC-1).

use axum::http::HeaderValue;
use axum::http::header::{self, HeaderName};
use axum::response::Response;

/// Scripts, frames, forms and plugins come from here or not at all. Inline styles stay: players and animations set them.
/// Films may also come from these other hosts (SRC-4).
pub(crate) fn content_security_policy(films: &[String]) -> HeaderValue {
    let films: String = films.iter().map(|host| format!(" {host}")).collect();
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         media-src 'self' blob:{films}; font-src 'self'; connect-src 'self'{films}; worker-src 'self' blob:; \
         object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("hosts are letters, digits, dots, dashes, colons and stars")
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

/// Adds them and the policy where the answer does not say otherwise itself.
pub(crate) fn secured(policy: &HeaderValue, mut response: Response) -> Response {
    response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| policy.clone());
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
