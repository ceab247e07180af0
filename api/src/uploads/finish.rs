//! The good end of an upload.

use syncwatch_protocol::VideoStatus;
use syncwatch_store::{StoreError, VideoRow};

use crate::scan::hand_on;
use crate::state::ApiState;

/// Hands a complete upload on. Safe to call again: a crash may come between the last byte and this.
pub(crate) async fn finish_if_complete(state: &ApiState, video: &VideoRow, offset: u64) -> Result<(), StoreError> {
    if offset < video.size_bytes || video.status != VideoStatus::Uploading {
        return Ok(());
    }
    hand_on(state, video.id).await?;
    tracing::info!(video.id = %video.id, size_bytes = video.size_bytes, "upload {} is complete", video.id);
    Ok(())
}
