//! `HEAD /videos/upload/{id}`: how much has arrived and is safe.

use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::http::header::CACHE_CONTROL;
use syncwatch_protocol::{Code, VideoStatus};
use syncwatch_store::ObjectKey;

use super::own_upload;
use crate::access::Caller;
use crate::error::ApiError;
use crate::state::ApiState;
use crate::uploads::{UPLOAD_EXPIRES, UPLOAD_LENGTH, UPLOAD_OFFSET, expiry_date, finish_if_complete};

pub(super) async fn offset(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<[(HeaderName, String); 4], ApiError> {
    let video = own_upload(&state, &caller, &id).await?;
    let offset = if video.status == VideoStatus::Uploading {
        // Whoever asks has lost his connection; a former one that still writes would move the offset under him.
        let _no_other_writer = state.upload_locks.acquire(video.id, state.now_ms()).await?;
        let stored = state.store.objects.durable_length(&ObjectKey::upload(video.id)).await?;
        let offset = stored.ok_or(Code::UploadNotFound)?;
        finish_if_complete(&state, &video, offset).await?;
        offset
    } else {
        video.size_bytes
    };
    Ok([
        (UPLOAD_OFFSET, offset.to_string()),
        (UPLOAD_LENGTH, video.size_bytes.to_string()),
        (UPLOAD_EXPIRES, expiry_date(video.upload_expires_at_ms.unwrap_or_default())),
        (CACHE_CONTROL, "no-store".to_owned()),
    ])
}
