//! The good end of an upload.

use syncwatch_protocol::VideoStatus;
use syncwatch_store::{StoreError, VideoRow, notices};

use crate::state::ApiState;

/// Hands a complete upload to the transcoder. Safe to call again: a crash may come between the last byte and this.
pub(crate) async fn finish_if_complete(state: &ApiState, video: &VideoRow, offset: u64) -> Result<(), StoreError> {
    if offset < video.size_bytes || video.status != VideoStatus::Uploading {
        return Ok(());
    }
    state.store.rows.enqueue_transcode(video.id, state.now_ms()).await?;
    state.store.state.publish(notices::JOBS_TOPIC, "").await;
    state.announce_change_of(video.id).await?;
    tracing::info!(video.id = %video.id, size_bytes = video.size_bytes, "upload {} is complete", video.id);
    Ok(())
}
