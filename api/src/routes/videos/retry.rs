//! `POST /videos/{id}/retry` (TRN-6).

use axum::Json;
use axum::extract::{Path, State};
use syncwatch_protocol::{Code, VideoEvent, VideoStatus, VideoView};
use syncwatch_store::notices;

use super::own_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
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
        VideoStatus::Pending | VideoStatus::Processing | VideoStatus::Ready => {}
        VideoStatus::Failed => {
            state.store.rows.enqueue_transcode(video.id, state.now_ms()).await?;
            state.store.state.publish(notices::JOBS_TOPIC, "").await;
            video = own_video(&state, &caller, &id).await?;
            let event = VideoEvent::Changed(Box::new(state.view(&video)));
            state.announce_video(event, video.id).await;
        }
    }
    Ok((axum::http::StatusCode::ACCEPTED, Json(state.view(&video))))
}
