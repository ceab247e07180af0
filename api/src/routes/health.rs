//! `/health/live`, `/health/ready`, `/health`, `/metrics` (OBS-4).

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Serialize;

use crate::error::ApiError;
use crate::state::ApiState;

pub(super) fn routes() -> Router<ApiState> {
    Router::new()
        .route("/health/live", get(live).fallback(super::wrong_method))
        .route("/health/ready", get(ready).fallback(super::wrong_method))
        .route("/health", get(health).fallback(super::wrong_method))
        .route("/metrics", get(metrics).fallback(super::wrong_method))
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Condition {
    Ok,
    /// It goes on without this.
    Degraded,
    /// It cannot go on without this, or is about to stop.
    Unavailable,
}

/// Something that the process needs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dependency {
    name: &'static str,
    status: Condition,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Readiness {
    status: Condition,
    dependencies: Vec<Dependency>,
}

/// What the process has to do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    status: Condition,
    transcodes: Queue,
    open_rooms: u64,
}

#[derive(Debug, Serialize)]
struct Queue {
    waiting: u64,
    active: u64,
    completed: u64,
    failed: u64,
}

/// The process itself. Nothing else is asked: a lost database must not get it killed.
async fn live() -> impl IntoResponse {
    Json(serde_json::json!({ "status": Condition::Ok }))
}

async fn ready(State(state): State<ApiState>) -> (StatusCode, Json<Readiness>) {
    let dependencies = vec![database(&state).await, transcoder(&state)];
    let worst = |condition| dependencies.iter().any(|dependency| dependency.status == condition);
    let status = if state.stopping().is_cancelled() || worst(Condition::Unavailable) {
        Condition::Unavailable
    } else if worst(Condition::Degraded) {
        Condition::Degraded
    } else {
        Condition::Ok
    };
    let code = if status == Condition::Unavailable { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    (code, Json(Readiness { status, dependencies }))
}

async fn database(state: &ApiState) -> Dependency {
    let began = state.clock.now_fine_ms();
    let status = if state.store.rows.ping().await.is_ok() { Condition::Ok } else { Condition::Unavailable };
    let latency_ms = Some(state.clock.now_fine_ms() - began);
    Dependency { name: "database", status, latency_ms, message: None }
}

fn transcoder(state: &ApiState) -> Dependency {
    let (status, message) = if state.ffmpeg_available {
        (Condition::Ok, None)
    } else {
        (Condition::Degraded, Some("FFmpeg is missing: films wait until it is installed (apt install ffmpeg)"))
    };
    Dependency { name: "transcoder", status, latency_ms: None, message }
}

async fn health(State(state): State<ApiState>) -> Result<Json<Health>, ApiError> {
    let jobs = state.store.rows.transcode_counts().await?;
    let open_rooms = state.store.rows.open_rooms(state.now_ms()).await?;
    let transcodes = Queue { waiting: jobs.queued, active: jobs.running, completed: jobs.done, failed: jobs.failed };
    let status = if state.stopping().is_cancelled() { Condition::Unavailable } else { Condition::Ok };
    Ok(Json(Health { status, transcodes, open_rooms }))
}

async fn metrics(State(state): State<ApiState>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], state.telemetry.render())
}
