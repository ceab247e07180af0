//! The end of a video, and of an upload that comes to nothing.

use std::time::Duration;

use syncwatch_protocol::{VideoEvent, VideoId};
use syncwatch_store::{ObjectKey, StoreError};
use tokio::time::Instant;

use crate::state::ApiState;

/// FFmpeg may take ten seconds to end when it is asked to, and its worker a moment to clear up behind it.
const WORKER_LEAVES_WITHIN: Duration = Duration::from_secs(15);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Removes a video or upload and everything of it.
///
/// Its job ends first, so that nothing is written while files go. The row goes last: until then whoever is interrupted, by
/// a failure or a crash, can do it again.
pub(crate) async fn discard(state: &ApiState, id: VideoId) -> Result<(), StoreError> {
    stop_making(state, id).await?;
    state.store.objects.remove(&ObjectKey::upload(id)).await?;
    state.store.objects.remove(&ObjectKey::unverified(id)).await?;
    state.store.objects.remove_prefix(&ObjectKey::video(id)).await?;
    state.store.rows.delete_video(id).await?;
    state.announce_video(VideoEvent::Deleted { id }, id).await;
    Ok(())
}

/// Takes the job away from whoever works on it, and waits until he has left. One that cannot be ended in time is no reason
/// to keep the film: he finds it gone, and removes what he has written.
async fn stop_making(state: &ApiState, id: VideoId) -> Result<(), StoreError> {
    if state.store.rows.cancel_transcode(id, state.now_ms()).await? {
        state.announce_change_of(id).await?;
    }
    let give_up_at = Instant::now() + WORKER_LEAVES_WITHIN;
    while Instant::now() < give_up_at && state.store.rows.is_worked_on(id, state.now_ms()).await? {
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(())
}
