//! `GET /videos/{id}/details` (UPL-5).

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use syncwatch_protocol::Code;
use utoipa::ToSchema;

use super::own_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::state::ApiState;

/// What was found in a video's file, and what was decided to make of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VideoDetails {
    /// The probe's report: container, streams, keyframes, colours. Its parts grow with the program, and none is promised.
    #[schema(value_type = Option<Object>)]
    report: Option<serde_json::Value>,
    /// What was decided, in the order in which it was decided.
    decisions: Vec<VideoDecision>,
}

/// One choice and why it was made, in English.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct VideoDecision {
    /// What was chosen.
    choice: String,
    /// Why.
    reason: String,
}

/// What was found in a video's file, and what was decided to make of it and why. For its owner.
#[utoipa::path(
    get,
    path = "/videos/{id}/details",
    tag = "videos",
    operation_id = "videoDetails",
    params(("id" = String, Path, description = "The video")),
    responses(
        (status = 200, description = "The details", body = VideoDetails),
        (status = 404, description = "`video_not_found`", body = Problem),
    )
)]
pub(crate) async fn details(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<VideoDetails>, ApiError> {
    let video = own_video(&state, &caller, &id).await?;
    let kept = state.store.rows.video_details(video.id).await?.ok_or(Code::VideoNotFound)?;
    // Written by another version of the program, it may lack what this one reads; it is for reading only.
    let report = kept.report.and_then(|report| serde_json::from_str(&report).ok());
    let decisions = serde_json::from_str(&kept.decisions).unwrap_or_default();
    Ok(Json(VideoDetails { report, decisions }))
}
