//! `POST /subtitles/convert`: a viewer's own file, kept nowhere (SRC-6).

use axum::extract::Query;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{Language, SubtitleFile};
use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;

/// What is known of the file.
#[derive(Debug, Deserialize)]
pub(crate) struct About {
    language: Option<String>,
}

/// Turn subtitles of any usual form and encoding into WebVTT, for the caller alone. Nothing is kept.
#[utoipa::path(
    post,
    path = "/subtitles/convert",
    tag = "videos",
    operation_id = "convertSubtitles",
    params(("language" = Option<String>, Query, description = "Its language, where the encoding must be guessed")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "The subtitles", body = String, content_type = "text/vtt"),
        (status = 413, description = "`too_large`: more than 1 MiB", body = Problem),
        (status = 415, description = "`unsupported_format`", body = Problem),
        (status = 422, description = "`unreadable`", body = Problem),
    )
)]
pub(crate) async fn convert(
    Query(about): Query<About>,
    _caller: Caller,
    file: SubtitleFile,
) -> Result<Response, ApiError> {
    let subtitles = file.read(Language::of(about.language.as_deref())?).await?;
    let headers = [(CONTENT_TYPE, "text/vtt; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    Ok((headers, subtitles.to_web_vtt()).into_response())
}
