//! `DELETE /videos/upload/{id}`: give an upload up (termination).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use syncwatch_protocol::{Code, VideoStatus};

use super::own_upload;
use crate::access::Caller;
use crate::error::ApiError;
use crate::state::ApiState;
use crate::uploads::discard;

pub(super) async fn give_up(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<StatusCode, ApiError> {
    let upload = own_upload(&state, &caller, &id).await?;
    // A complete one is a film, and films are deleted where it is looked whether a room watches them.
    if upload.status != VideoStatus::Uploading {
        return Err(Code::UploadNotFound.into());
    }
    let _no_other_writer = state.upload_locks.acquire(upload.id, state.now_ms()).await?;
    discard(&state, upload.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
