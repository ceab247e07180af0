//! Videos: their uploads, their state, and where players find them (UPL-1, UPL-5, HLS-3).

mod delete;
mod details;
mod link;
mod list;
mod manifest;
mod rename;
mod retry;
mod status;
mod subtitles;
mod upload;

use axum::Router;
use syncwatch_protocol::Code;
use syncwatch_service::Tasks;
use syncwatch_store::VideoRow;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Caller;
use crate::error::ApiError;
use crate::input::video_id;
use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(link::add))
        .routes(routes!(link::check))
        .routes(routes!(status::status))
        .routes(routes!(details::details))
        .routes(routes!(manifest::manifest))
        .routes(routes!(retry::retry))
        .routes(routes!(rename::rename, delete::delete))
        .merge(subtitles::routes())
}

/// Uploads stand apart: their bodies have no limit but their own, and a minute of them is many requests.
pub(super) fn upload_routes(tasks: Tasks) -> Router<ApiState> {
    upload::routes(tasks)
}

/// One of the caller's own videos. Those of others are as unknown to him as those that do not exist.
async fn own_video(state: &ApiState, caller: &Caller, id: &str) -> Result<VideoRow, ApiError> {
    let video = state.store.rows.video(video_id(id)?).await?;
    video.filter(|video| video.owner == caller.id()).ok_or(ApiError::Refused(Code::VideoNotFound))
}

/// A video that the caller owns, or that a room watches in which he is a member (HLS-3).
async fn watchable_video(state: &ApiState, caller: &Caller, id: &str) -> Result<VideoRow, ApiError> {
    let video = state.store.rows.video(video_id(id)?).await?.ok_or(Code::VideoNotFound)?;
    let allowed = video.owner == caller.id() || state.store.rows.watches(caller.id(), video.id, state.now_ms()).await?;
    if allowed { Ok(video) } else { Err(Code::VideoNotFound.into()) }
}
