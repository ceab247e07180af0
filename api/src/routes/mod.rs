//! The routes, split by subject.

mod auth;
mod docs;
mod health;
mod media;
mod rooms;
mod videos;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use serde::Serialize;
use syncwatch_protocol::Code;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::edge::{api_rate_limit, around, cors, security_headers};
use crate::error::ApiError;
use crate::state::ApiState;

/// Bytes of a JSON body, at most. The largest form has a few hundred.
const BODY_MAX_BYTES: usize = 64 * 1024;

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// What is on it.
    pub(crate) items: Vec<T>,
    /// Where the next page begins; none on the last.
    pub(crate) next: Option<String>,
}

/// The whole REST side: `/api`, `/media`, `/health` and `/metrics`.
pub fn router(state: ApiState) -> Router {
    let (described, _) = described().split_for_parts();
    let counted = Router::new()
        .nest("/api/v1", described)
        .route("/api/v1/openapi.json", get(docs::openapi))
        .merge(docs::routes())
        .route("/api/{*rest}", any(nothing_here))
        .layer(from_fn_with_state(state.clone(), api_rate_limit));
    Router::new()
        .merge(counted)
        .merge(videos::upload_routes(state.tasks.clone()))
        .merge(media::routes())
        .merge(health::routes())
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .layer(from_fn(security_headers))
        .layer(from_fn_with_state(state.clone(), cors))
        .layer(from_fn_with_state(state.clone(), around))
        .with_state(state)
}

/// The routes that stand in the OpenAPI document, which is made from them.
pub(crate) fn described() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(crate::openapi::frame())
        .merge(auth::routes())
        .merge(rooms::routes())
        .merge(videos::routes())
}

async fn nothing_here(_request: Request) -> ApiError {
    Code::NotFound.into()
}

async fn wrong_method() -> ApiError {
    Code::MethodNotAllowed.into()
}
