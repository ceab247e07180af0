//! The end of an upload, good or bad.

use syncwatch_protocol::{VideoEvent, VideoId, VideoStatus};
use syncwatch_store::{ObjectKey, StoreError, VideoRow, notices};

use crate::state::ApiState;

/// Hands a complete upload to the transcoder. Safe to call again: a crash may come between the last byte and this.
pub(crate) async fn finish_if_complete(state: &ApiState, video: &VideoRow, offset: u64) -> Result<(), StoreError> {
    if offset < video.size_bytes || video.status != VideoStatus::Uploading {
        return Ok(());
    }
    state.store.rows.enqueue_transcode(video.id, state.now_ms()).await?;
    state.store.state.publish(notices::JOBS_TOPIC, "").await;
    if let Some(video) = state.store.rows.video(video.id).await? {
        let view = state.view(&video);
        state.announce_video(VideoEvent::Changed(Box::new(view)), video.id).await;
    }
    tracing::info!(video.id = %video.id, size_bytes = video.size_bytes, "upload {} is complete", video.id);
    Ok(())
}

/// Removes a video or upload and everything of it. The row goes last: until then a crash can be cleaned up after.
pub(crate) async fn discard(state: &ApiState, id: VideoId) -> Result<(), StoreError> {
    state.store.objects.remove(&ObjectKey::upload(id)).await?;
    state.store.objects.remove(&ObjectKey::unverified(id)).await?;
    state.store.objects.remove_prefix(&ObjectKey::video(id)).await?;
    state.store.rows.delete_video(id).await?;
    state.announce_video(VideoEvent::Deleted { id }, id).await;
    Ok(())
}
