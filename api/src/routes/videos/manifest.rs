//! `GET /videos/{id}/manifest` (HLS-3).

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use syncwatch_protocol::Code;
use utoipa::ToSchema;

use super::watchable_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::media::MASTER_PLAYLIST;
use crate::problem::Problem;
use crate::state::ApiState;

/// Where a player finds a video.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    /// The HLS playlist to begin with.
    manifest_url: String,
    /// Its poster, if there is one.
    poster_url: Option<String>,
    /// Until when both are good, UTC. Ask again before.
    expires_at_ms: u64,
}

/// Signed addresses of a video, for its owner and for members of an open room that watches it now.
#[utoipa::path(
    get,
    path = "/videos/{id}/manifest",
    tag = "videos",
    operation_id = "videoManifest",
    params(
        ("id" = String, Path, description = "The video"),
        ("room" = Option<String>, Query, description = "In which room; membership is looked up, so it need not be said"),
    ),
    responses(
        (status = 200, description = "The addresses", body = Manifest),
        (status = 404, description = "`video_not_found`", body = Problem),
        (status = 409, description = "`source_not_ready`", body = Problem),
    )
)]
pub(crate) async fn manifest(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<Manifest>, ApiError> {
    let video = watchable_video(&state, &caller, &id).await?;
    if !video.playable {
        return Err(Code::SourceNotReady.into());
    }
    let link = state.links.link(video.id, video.attempt, MASTER_PLAYLIST, state.now());
    let poster_url = state.view(&video).poster_url;
    Ok(Json(Manifest { manifest_url: link.path, poster_url, expires_at_ms: link.expires_at_ms }))
}
