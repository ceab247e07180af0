//! `GET /videos/{id}/status` (TRN-4).

use axum::Json;
use axum::extract::{Path, State};
use syncwatch_protocol::VideoView;

use super::watchable_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::state::ApiState;

/// How far a video is.
#[utoipa::path(
    get,
    path = "/videos/{id}/status",
    tag = "videos",
    operation_id = "videoStatus",
    params(("id" = String, Path, description = "The video")),
    responses(
        (status = 200, description = "The video", body = VideoView),
        (status = 404, description = "`video_not_found`", body = Problem),
    )
)]
pub(crate) async fn status(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<VideoView>, ApiError> {
    let video = watchable_video(&state, &caller, &id).await?;
    Ok(Json(state.view(&video)))
}
