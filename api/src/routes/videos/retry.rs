//! `POST /videos/{id}/retry` (TRN-6).

use axum::Json;
use axum::extract::{Path, State};
use syncwatch_protocol::{Code, VideoStatus, VideoView};

use super::own_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::scan::hand_on;
use crate::state::ApiState;

/// Try once more to make a failed video ready. One that is waiting, being made or ready stays as it is.
#[utoipa::path(
    post,
    path = "/videos/{id}/retry",
    tag = "videos",
    operation_id = "retryVideo",
    params(("id" = String, Path, description = "The video")),
    responses(
        (status = 202, description = "It will be tried", body = VideoView),
        (status = 404, description = "`video_not_found`", body = Problem),
        (status = 409, description = "`upload_incomplete`", body = Problem),
        (status = 422, description = "`malware_found`", body = Problem),
    )
)]
pub(crate) async fn retry(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<(axum::http::StatusCode, Json<VideoView>), ApiError> {
    let mut video = own_video(&state, &caller, &id).await?;
    match video.status {
        VideoStatus::Uploading => return Err(Code::UploadIncomplete.into()),
        VideoStatus::Scanning | VideoStatus::Pending | VideoStatus::Processing | VideoStatus::Ready => {}
        // Its file is gone.
        VideoStatus::Failed if video.failure == Some(Code::MalwareFound) => return Err(Code::MalwareFound.into()),
        VideoStatus::Failed => {
            hand_on(&state, video.id).await?;
            video = own_video(&state, &caller, &id).await?;
        }
    }
    Ok((axum::http::StatusCode::ACCEPTED, Json(state.view(&video))))
}
