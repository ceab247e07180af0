//! `GET /videos/{id}/manifest` (HLS-3).

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use syncwatch_protocol::{Code, LinkKind};
use utoipa::ToSchema;

use super::watchable_video;
use crate::access::Caller;
use crate::error::ApiError;
use crate::media::MASTER_PLAYLIST;
use crate::problem::Problem;
use crate::state::ApiState;

/// Players ask again after so long, as they do for our own films.
const LINK_IS_GOOD_MS: u64 = 6 * 60 * 60 * 1_000;

/// Where a player finds a video.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    /// How it is played.
    kind: LinkKind,
    /// The HLS playlist to begin with, or the file.
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
    if let Some(film) = video.link {
        // Whether and until when it is good is its own server's matter.
        let expires_at_ms = state.now().plus_ms(LINK_IS_GOOD_MS).0;
        return Ok(Json(Manifest { kind: film.kind, manifest_url: film.url, poster_url: None, expires_at_ms }));
    }
    let link = state.links.link(video.id, video.attempt, MASTER_PLAYLIST, state.now());
    let poster_url = state.view(&video).poster_url;
    Ok(Json(Manifest { kind: LinkKind::Hls, manifest_url: link.path, poster_url, expires_at_ms: link.expires_at_ms }))
}
