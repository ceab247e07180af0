//! Pages of other sites, as far as the installation allows them (SEC-1).
//!
//! Our own, because the usual layer answers every `OPTIONS` by itself, and the tus protocol has one that is no preflight.

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::state::ApiState;

const ALLOWED_METHODS: &str = "GET, HEAD, POST, PATCH, DELETE";
const ALLOWED_HEADERS: &str = "authorization, content-type, range, x-csrf-token, tus-resumable, upload-checksum, \
                               upload-length, upload-metadata, upload-offset, x-http-method-override";
const EXPOSED_HEADERS: &str = "content-range, etag, location, ratelimit, ratelimit-policy, retry-after, tus-checksum-algorithm, \
                               tus-extension, tus-max-size, tus-resumable, tus-version, upload-expires, upload-length, \
                               upload-offset, x-request-id";

/// Answers preflights and marks answers for the origins on the list.
pub(crate) async fn cors(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let allowed = origin.filter(|origin| {
        let listed = &state.settings.http.allowed_origins;
        origin.to_str().is_ok_and(|origin| listed.iter().any(|known| known.eq_ignore_ascii_case(origin)))
    });
    let preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    if let Some(origin) = allowed {
        allow(response.headers_mut(), origin, preflight);
    }
    if !state.settings.http.allowed_origins.is_empty() {
        response.headers_mut().append(VARY, HeaderValue::from_static("origin"));
    }
    response
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue, preflight: bool) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
    if preflight {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(ALLOWED_METHODS));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(ALLOWED_HEADERS));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
}
