//! `DELETE /videos/{id}/subtitles/{track}` (SRC-6).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use syncwatch_protocol::Code;
use syncwatch_store::ObjectKey;

use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::routes::videos::own_video;
use crate::state::ApiState;

/// Take subtitles away that were added to a video. Those inside its file stay.
#[utoipa::path(
    delete,
    path = "/videos/{id}/subtitles/{track}",
    tag = "videos",
    operation_id = "removeSubtitles",
    params(("id" = String, Path, description = "The video"), ("track" = String, Path, description = "The track's id")),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "`video_not_found`, `not_found`", body = Problem),
    )
)]
pub(crate) async fn remove(
    State(state): State<ApiState>,
    Path((id, track)): Path<(String, String)>,
    caller: Caller,
) -> Result<StatusCode, ApiError> {
    let video = own_video(&state, &caller, &id).await?;
    let taken = state.store.rows.change_added_subtitles(video.id, |added| {
        let place = added.iter().position(|stored| stored.id == track).ok_or(Code::NotFound)?;
        Ok::<_, Code>(added.remove(place))
    });
    let taken = taken.await?.ok_or(Code::VideoNotFound)??;
    if let Some(key) = ObjectKey::film_file(video.id, &taken.file) {
        state.store.objects.remove(&key).await?;
    }
    state.announce_change_of(video.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
