//! The OpenAPI document and a page to read it with (API-1). The page is ours: three small files, no script from elsewhere.

use std::sync::LazyLock;

use axum::Router;
use axum::http::HeaderName;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

use crate::state::ApiState;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub(super) fn routes() -> Router<ApiState> {
    Router::new()
        .route("/api/docs", get(async || asset("text/html; charset=utf-8", include_str!("page.html"))))
        .route("/api/docs/page.css", get(async || asset("text/css; charset=utf-8", include_str!("page.css"))))
        .route("/api/docs/page.js", get(async || asset("text/javascript; charset=utf-8", include_str!("page.js"))))
}

/// The OpenAPI document of this very build.
pub(super) async fn openapi() -> impl IntoResponse {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| crate::openapi::document().to_json().unwrap_or_default());
    asset("application/json", &DOCUMENT)
}

fn asset(kind: &'static str, content: &'static str) -> ([(HeaderName, &'static str); 3], &'static str) {
    let headers = [(CONTENT_TYPE, kind), (CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "public, max-age=300")];
    (headers, content)
}
