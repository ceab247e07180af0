//! `POST /videos/links` and `POST /videos/links/check`: films on other people's servers (SRC-4, SRC-5).

use axum::Json;
use axum::extract::State;
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use syncwatch_protocol::{Code, LinkKind, MediaTime, VideoId, VideoView, limits};
use syncwatch_service::new_id;
use syncwatch_store::{FilmLink, NewLink};
use utoipa::ToSchema;

use crate::access::Caller;
use crate::edge::{ClientAddress, Rule};
use crate::error::ApiError;
use crate::input::JsonBody;
use crate::links::Examined;
use crate::problem::Problem;
use crate::state::ApiState;

/// As many as a list of films shows.
const LINKS_MAX: u64 = 500;

/// The address of a film.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Link {
    /// Of an `.mp4` file or an `.m3u8` playlist.
    url: String,
    /// 1 to 200 visible characters; made from the address when it is left out.
    title: Option<String>,
}

/// What was found behind an address.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LinkVerdict {
    /// A room can watch it.
    supported: bool,
    /// Why not.
    reason: Option<Code>,
    /// The same in words, and what to do instead.
    advice: Option<&'static str>,
    /// How it is played.
    kind: Option<LinkKind>,
    /// How long it is.
    duration_ms: Option<MediaTime>,
    /// What it would be called.
    title: Option<String>,
}

/// Look whether an address is a film that a room can watch together, and if not, why.
#[utoipa::path(
    post,
    path = "/videos/links/check",
    tag = "videos",
    operation_id = "checkLink",
    request_body = Link,
    responses(
        (status = 200, description = "What was found", body = LinkVerdict),
        (status = 429, description = "`rate_limited`", body = Problem),
    )
)]
pub(crate) async fn check(
    State(state): State<ApiState>,
    address: ClientAddress,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(link): JsonBody<Link>,
) -> Result<Json<LinkVerdict>, ApiError> {
    state.limit(Rule::Links, address, &caller.id().to_string()).await?;
    let verdict = match state.examiner.examine(&link.url, origin(&headers)).await {
        Ok(found) => LinkVerdict {
            supported: true,
            reason: None,
            advice: None,
            kind: Some(found.kind),
            duration_ms: Some(MediaTime(found.film.duration.whole_ms())),
            title: Some(title_of(&found)),
        },
        Err(reason) => LinkVerdict {
            supported: false,
            reason: Some(reason),
            advice: Some(reason.sentence()),
            kind: None,
            duration_ms: None,
            title: None,
        },
    };
    Ok(Json(verdict))
}

/// Keep the address of a film as one of my videos, after a look at it.
#[utoipa::path(
    post,
    path = "/videos/links",
    tag = "videos",
    operation_id = "linkVideo",
    request_body = Link,
    responses(
        (status = 201, description = "The video, ready to be watched", body = VideoView),
        (status = 400, description = "`link_invalid`, `link_insecure`, `title_invalid`", body = Problem),
        (status = 403, description = "`link_host_not_allowed`, `link_private`, `quota_exceeded`", body = Problem),
        (status = 422, description = "`link_unreachable`, `auth_required`, `drm_protected`, `unknown_provider` and others: why it cannot be watched together", body = Problem),
        (status = 429, description = "`rate_limited`", body = Problem),
    )
)]
pub(crate) async fn add(
    State(state): State<ApiState>,
    address: ClientAddress,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(link): JsonBody<Link>,
) -> Result<(StatusCode, Json<VideoView>), ApiError> {
    state.limit(Rule::Links, address, &caller.id().to_string()).await?;
    let wished = link.title.as_deref().map(|title| {
        limits::clean_name(title, limits::TITLE_MAX_CHARS).ok_or_else(|| ApiError::field("title", Code::TitleInvalid))
    });
    let wished = wished.transpose()?;
    if state.store.rows.links_of(caller.id()).await? >= LINKS_MAX {
        return Err(Code::QuotaExceeded.into());
    }
    let found = state.examiner.examine(&link.url, origin(&headers)).await?;
    let film = NewLink {
        id: VideoId::new(new_id(state.now())),
        owner: caller.id(),
        title: wished.unwrap_or_else(|| title_of(&found)),
        duration_ms: found.film.duration.whole_ms(),
        size: found.film.size.map(|size| (size.width, size.height)),
        link: FilmLink { url: found.url.into(), kind: found.kind },
    };
    state.store.rows.add_link(&film, state.now_ms()).await?;
    let video = state.store.rows.video(film.id).await?.ok_or(Code::VideoNotFound)?;
    Ok((StatusCode::CREATED, Json(state.view(&video))))
}

/// The page that asks, which is the one that will play.
fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(ORIGIN)?.to_str().ok()
}

/// The file's name without its ending, or the host's where the address names no file.
fn title_of(found: &Examined) -> String {
    let file = found.url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    let name = percent_decode_str(file).decode_utf8_lossy();
    let name = name.rsplit_once('.').map_or(name.as_ref(), |(name, _)| name).replace(['_', '+'], " ");
    let short: String = name.chars().take(limits::TITLE_MAX_CHARS).collect();
    let host = || found.url.host_str().unwrap_or("film").to_owned();
    limits::clean_name(&short, limits::TITLE_MAX_CHARS).unwrap_or_else(host)
}
