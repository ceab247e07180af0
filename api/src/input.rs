//! Reading requests: bodies and path parts become values that are valid, or an error that says what is wrong.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use syncwatch_protocol::{Code, RoomCode, VideoId, limits};

use crate::error::ApiError;

/// A JSON body. An empty one counts as `{}`, so that a request whose fields are all optional needs none.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_json = declared.split(';').next().is_some_and(|kind| kind.trim() == "application/json");
        let body = Bytes::from_request(request, state).await.map_err(|_| ApiError::Refused(Code::PayloadTooLarge))?;
        if !is_json && !body.is_empty() {
            return Err(ApiError::WrongType("application/json"));
        }
        let body: &[u8] = if body.is_empty() { b"{}" } else { &body };
        // The parser would also take an array, with the fields by their order.
        if !body.trim_ascii_start().starts_with(b"{") {
            return Err(ApiError::Invalid("the body must be a JSON object".into()));
        }
        // The parser's sentence names fields of the request and positions in it, nothing of ours.
        serde_json::from_slice(body).map(Self).map_err(|error| ApiError::Invalid(error.to_string()))
    }
}

/// A room code as it stands in an address.
pub(crate) fn room_code(text: &str) -> Result<RoomCode, ApiError> {
    text.parse().map_err(|_| ApiError::Refused(Code::RoomCodeInvalid))
}

/// A video's id as it stands in an address.
pub(crate) fn video_id(text: &str) -> Result<VideoId, ApiError> {
    text.parse().map_err(|_| ApiError::Refused(Code::VideoNotFound))
}

/// A nickname.
pub(crate) fn nickname(text: &str) -> Result<String, ApiError> {
    let clean = limits::clean_name(text, limits::NICKNAME_MAX_CHARS);
    clean.ok_or_else(|| ApiError::field("nickname", Code::NicknameInvalid))
}
