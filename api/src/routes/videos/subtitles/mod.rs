//! Subtitles that people bring themselves: for everybody who watches a film, or for themselves alone (SRC-6).

mod add;
mod convert;
mod remove;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use syncwatch_media::{SubtitleError, Subtitles};
use syncwatch_protocol::Code;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::ApiError;
use crate::state::ApiState;

/// Bytes of a file. The text of a long film has a tenth of that.
const FILE_MAX_BYTES: usize = 1024 * 1024;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(add::add))
        .routes(routes!(remove::remove))
        .routes(routes!(convert::convert))
        .layer(DefaultBodyLimit::max(FILE_MAX_BYTES))
}

/// A file as the body of a request.
pub(crate) struct SubtitleFile(Bytes);

impl<S: Send + Sync> FromRequest<S> for SubtitleFile {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        Bytes::from_request(request, state).await.map(Self).map_err(|_| Code::TooLarge.into())
    }
}

impl SubtitleFile {
    /// What is in it. Reading a megabyte takes a moment, in which other requests are not to wait.
    async fn read(self, language: Option<Language>) -> Result<Subtitles, ApiError> {
        let reading = move || Subtitles::read(&self.0, language.as_ref().map(|language| language.0.as_str()));
        let read = tokio::task::spawn_blocking(reading).await.expect("reading subtitles does not panic");
        read.map_err(|error| match error {
            SubtitleError::UnsupportedFormat => Code::UnsupportedFormat.into(),
            SubtitleError::Unreadable => Code::Unreadable.into(),
        })
    }
}

/// A language as BCP 47 writes it, by its shape: `de`, `pt-BR`. It ends up in pages and playlists.
#[derive(Debug, Clone)]
struct Language(String);

impl Language {
    fn of(given: Option<&str>) -> Result<Option<Self>, ApiError> {
        let Some(tag) = given.filter(|tag| !tag.is_empty()) else { return Ok(None) };
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        let is_language = matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_rest =
            |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if tag.len() <= 35 && is_language && parts.all(is_rest) {
            Ok(Some(Self(tag.to_owned())))
        } else {
            Err(ApiError::Invalid("a language is written like de or pt-BR".into()))
        }
    }
}
