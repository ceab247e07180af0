//! `DELETE /videos/{id}` (UPL-5).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use syncwatch_protocol::Code;

use super::own_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::state::ApiState;
use crate::uploads::discard;

/// Delete a video and everything made of it. Its addresses stop working at once.
#[utoipa::path(
    delete,
    path = "/videos/{id}",
    tag = "videos",
    operation_id = "deleteVideo",
    params(("id" = String, Path, description = "The video")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "`video_not_found`", body = Problem),
        (status = 409, description = "`video_in_use`", body = Problem),
        (status = 423, description = "`upload_locked`", body = Problem),
    )
)]
pub(crate) async fn delete(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<StatusCode, ApiError> {
    let video = own_video(&state, &caller, &id).await?;
    if state.store.rows.video_in_use(video.id, state.now_ms()).await? {
        return Err(Code::VideoInUse.into());
    }
    let _no_other_writer = state.upload_locks.acquire(video.id, state.now_ms()).await?;
    discard(&state, video.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
