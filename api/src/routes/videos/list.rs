//! `GET /videos` (UPL-5).

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use syncwatch_protocol::VideoView;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::state::ApiState;

/// The quota ends long before a list of this length.
const LIMIT: u32 = 500;

/// My videos and what they take.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VideoList {
    /// The videos, newest first.
    items: Vec<VideoView>,
    /// Where the next page begins; there is none yet.
    next: Option<String>,
    /// What they take.
    storage: StorageUse,
}

/// Storage used of what is allowed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StorageUse {
    /// Bytes of my films, uploads in their full size.
    used_bytes: u64,
    /// Bytes that I may use.
    quota_bytes: u64,
}

/// My videos, newest first.
#[utoipa::path(
    get,
    path = "/videos",
    tag = "videos",
    operation_id = "myVideos",
    responses(
        (status = 200, description = "The videos", body = VideoList),
        (status = 401, description = "`not_logged_in`", body = Problem),
    )
)]
pub(crate) async fn list(State(state): State<ApiState>, caller: Caller) -> Result<Json<VideoList>, ApiError> {
    let videos = state.store.rows.videos_of(caller.id(), LIMIT).await?;
    let used_bytes = state.store.rows.storage_used(caller.id()).await?;
    let storage = StorageUse { used_bytes, quota_bytes: state.settings.uploads.quota_bytes };
    let items = videos.iter().map(|video| state.view(video)).collect();
    Ok(Json(VideoList { items, next: None, storage }))
}
