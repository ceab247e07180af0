//! `PATCH /videos/upload/{id}`: the next bytes.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use syncwatch_protocol::{Code, VideoStatus};
use syncwatch_store::VideoRow;
use tracing::Instrument;

use super::own_upload;
use crate::access::Caller;
use crate::edge::ClientAddress;
use crate::error::ApiError;
use crate::state::ApiState;
use crate::uploads::{
    Checksum, OFFSET_TYPE, UPLOAD_CHECKSUM, UPLOAD_EXPIRES, UPLOAD_OFFSET, expires_at_ms, expiry_date,
    finish_if_complete, has_offset_type, number, receive,
};

pub(super) async fn append(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    address: ClientAddress,
    caller: Caller,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    if !has_offset_type(&headers) {
        return Err(ApiError::WrongType(OFFSET_TYPE));
    }
    let offset =
        number(&headers, &UPLOAD_OFFSET)?.ok_or_else(|| ApiError::Invalid("upload-offset is missing".into()))?;
    let video = own_upload(&state, &caller, &id).await?;
    if video.status != VideoStatus::Uploading && offset != video.size_bytes {
        return Err(Code::UploadOffsetMismatch.into());
    }
    let offset = store_body(&state, &video, address, offset, &headers, request.into_body()).await?;
    let expires = expiry_date(expires_at_ms(&state));
    let answer = [(UPLOAD_OFFSET, offset.to_string()), (UPLOAD_EXPIRES, expires)];
    Ok((StatusCode::NO_CONTENT, answer).into_response())
}

/// Stores a body that begins at `offset`, and hands the upload on when it is complete.
pub(super) async fn store_body(
    state: &ApiState,
    video: &VideoRow,
    address: ClientAddress,
    offset: u64,
    headers: &HeaderMap,
    body: Body,
) -> Result<u64, ApiError> {
    if video.status != VideoStatus::Uploading {
        return Ok(video.size_bytes);
    }
    let checksum = headers.get(UPLOAD_CHECKSUM).map(|value| value.to_str().unwrap_or_default());
    let checksum = checksum.map(Checksum::parse).transpose()?;
    let announced = number(headers, &CONTENT_LENGTH)?.unwrap_or_default();
    if offset.saturating_add(announced) > video.size_bytes {
        return Err(Code::PayloadTooLarge.into());
    }
    let lock = state.upload_locks.acquire(video.id, state.now_ms()).await?;
    // Its size has counted since it began. But what a person may have can have become less meanwhile.
    if state.store.rows.storage_used(video.owner).await? > state.settings.uploads.quota_bytes {
        return Err(Code::QuotaExceeded.into());
    }
    let pace = state.pace_of(video.owner, address);
    let (held, state, video) = (state.tasks.hold(), state.clone(), video.clone());
    // A task of its own: when the client vanishes, this request is dropped wherever it stands. A write that is under way
    // would then land after the lock is free, perhaps behind bytes of the next connection.
    let receiving = async move {
        let offset = receive(&state, &video, (&lock, pace.as_ref()), offset, checksum, body).await?;
        finish_if_complete(&state, &video, offset).await?;
        drop(held);
        Ok(offset)
    };
    tokio::spawn(receiving.in_current_span()).await.unwrap_or(Err(ApiError::Refused(Code::Internal)))
}
