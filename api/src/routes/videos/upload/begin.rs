//! `POST /videos/upload`: begin an upload, perhaps with its first bytes (creation, creation-with-upload).

use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use syncwatch_protocol::{Code, VideoId};
use syncwatch_service::new_id;
use syncwatch_store::{NewVideo, ObjectKey, VideoRow};

use super::append;
use crate::access::Caller;
use crate::edge::{ClientAddress, Rule};
use crate::error::ApiError;
use crate::state::ApiState;
use crate::uploads::{
    Metadata, UPLOAD_EXPIRES, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_OFFSET, expires_at_ms, expiry_date,
    has_offset_type, number,
};

pub(super) async fn begin(
    State(state): State<ApiState>,
    address: ClientAddress,
    caller: Caller,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    let video = wanted(&state, &caller, &headers)?;
    state.limit(Rule::Uploads, address, &caller.id().to_string()).await?;
    let video = create(&state, &video).await?;
    let expires = expiry_date(video.upload_expires_at_ms.unwrap_or_default());
    let location = format!("/api/v1/videos/upload/{}", video.id);
    let mut response = (StatusCode::CREATED, [(LOCATION, location), (UPLOAD_EXPIRES, expires)]).into_response();
    if has_offset_type(&headers) {
        let offset = append::store_body(&state, &video, address, 0, &headers, request.into_body()).await?;
        response.headers_mut().insert(UPLOAD_OFFSET, offset.into());
    }
    Ok(response)
}

/// What the client wants to send, as far as its headers can be judged.
fn wanted(state: &ApiState, caller: &Caller, headers: &HeaderMap) -> Result<NewVideo, ApiError> {
    let size_bytes = number(headers, &UPLOAD_LENGTH)?
        .ok_or_else(|| ApiError::Invalid("upload-length is missing, and it cannot be given later".into()))?;
    if size_bytes == 0 {
        return Err(Code::Unreadable.into());
    }
    if size_bytes > state.settings.uploads.max_bytes {
        return Err(Code::TooLarge.into());
    }
    let metadata = headers.get(UPLOAD_METADATA).map(|value| value.to_str()).transpose();
    let metadata = metadata.map_err(|_| ApiError::Invalid("upload-metadata must be ASCII".into()))?;
    let Metadata { file_name, title, mime } = Metadata::parse(metadata.unwrap_or_default())?;
    let upload_expires_at_ms = expires_at_ms(state);
    let id = VideoId::new(new_id(state.now()));
    Ok(NewVideo { id, owner: caller.id(), title, file_name, mime, size_bytes, upload_expires_at_ms })
}

async fn create(state: &ApiState, video: &NewVideo) -> Result<VideoRow, ApiError> {
    // The row first: a file without a row would be nobody's to clean up.
    if !state.store.rows.create_video(video, state.settings.uploads.quota_bytes, state.now_ms()).await? {
        return Err(Code::QuotaExceeded.into());
    }
    if let Err(failure) = state.store.objects.create(&ObjectKey::upload(video.id)).await {
        state.store.rows.delete_video(video.id).await?;
        return Err(failure.into());
    }
    state.store.rows.video(video.id).await?.ok_or(ApiError::Refused(Code::UploadNotFound))
}
