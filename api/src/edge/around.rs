//! Around every request: its id, its span, its metrics, and the problem document if it came to that.

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::Response;
use syncwatch_service::new_id;
use tracing::Instrument;

use crate::metrics;
use crate::problem::Problem;
use crate::state::ApiState;

const REQUEST_ID: &str = "x-request-id";

/// Gives the request an id and writes it into the answer, the log and the problem document (API-1, OBS-1).
pub(crate) async fn around(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    let id = accepted_id(&request, &state).unwrap_or_else(|| new_id(state.now()).to_string());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("api.request", request.id = %id, http.method = %method, http.route = %route);
    let began = state.clock.now_fine_ms();
    let mut response = next.run(request).instrument(span.clone()).await;

    let took_ms = state.clock.now_fine_ms() - began;
    let took = std::time::Duration::from_secs_f64((took_ms / 1_000.0).max(0.0));
    metrics::request_answered(&method, &route, response.status(), took);
    span.in_scope(|| tracing::debug!(http.status = response.status().as_u16(), took_ms, "request answered"));
    write_problem(&mut response, &id);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// An id that a trusted proxy has given, if it looks like one. Others could write what they like into the log.
fn accepted_id(request: &Request, state: &ApiState) -> Option<String> {
    let given = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let plain = given.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let believed = state.settings.http.trusted_proxies > 0 && plain && (8..=64).contains(&given.len());
    believed.then(|| given.to_owned())
}

/// Puts the problem that travels with an answer into its body.
fn write_problem(response: &mut Response, id: &str) {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        *response.body_mut() = problem.into_document(id);
        response.headers_mut().remove(CONTENT_LENGTH);
    }
}
