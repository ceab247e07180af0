//! `PATCH /videos/{id}` (UPL-5).

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use syncwatch_protocol::{Code, VideoEvent, VideoView, limits};
use utoipa::ToSchema;

use super::own_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::input::JsonBody;
use crate::problem::Problem;
use crate::state::ApiState;

/// What is to change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct VideoChange {
    /// 1 to 200 visible characters.
    title: String,
}

/// Give a video another title.
#[utoipa::path(
    patch,
    path = "/videos/{id}",
    tag = "videos",
    operation_id = "renameVideo",
    params(("id" = String, Path, description = "The video")),
    request_body = VideoChange,
    responses(
        (status = 200, description = "The video as it is now", body = VideoView),
        (status = 400, description = "`title_invalid`", body = Problem),
        (status = 404, description = "`video_not_found`", body = Problem),
    )
)]
pub(crate) async fn rename(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
    JsonBody(change): JsonBody<VideoChange>,
) -> Result<Json<VideoView>, ApiError> {
    let mut video = own_video(&state, &caller, &id).await?;
    let title = limits::clean_name(&change.title, limits::TITLE_MAX_CHARS);
    video.title = title.ok_or_else(|| ApiError::field("title", Code::TitleInvalid))?;
    state.store.rows.rename_video(video.id, &video.title, state.now_ms()).await?;
    let view = state.view(&video);
    state.announce_video(VideoEvent::Changed(Box::new(view.clone())), video.id).await;
    Ok(Json(view))
}
