//! Hearing of the film that a room watches.

use std::future::pending;

use syncwatch_protocol::{VideoEvent, VideoId};
use syncwatch_room::Input;
use syncwatch_store::{Announcement, Store, Subscription, notices};

/// Follows one video at a time.
pub(crate) struct VideoWatch {
    store: Store,
    followed: Option<(VideoId, Subscription)>,
}

impl VideoWatch {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, followed: None }
    }

    /// Follows `video` from now on. When that is another one than before, returns how it stands.
    pub(crate) async fn follow(&mut self, video: Option<VideoId>) -> Option<Input> {
        let followed = self.followed.as_ref().map(|(id, _)| *id);
        if followed == video {
            return None;
        }
        self.followed = None;
        let id = video?;
        // Listening begins before reading, so that no change falls between the two.
        let subscription = self.store.state.subscribe(&notices::video_topic(id)).await;
        self.followed = Some((id, subscription));
        self.current(id).await
    }

    /// The next change; waits for ever while nothing is followed.
    pub(crate) async fn next(&mut self) -> Option<Input> {
        let Some((id, subscription)) = &mut self.followed else { return pending().await };
        let id = *id;
        match subscription.next().await {
            Some(Announcement::Message(bytes)) => match serde_json::from_slice(&bytes) {
                Ok(VideoEvent::Changed(view)) => Some(Input::VideoChanged(view)),
                Ok(VideoEvent::Deleted { id }) => Some(Input::VideoDeleted(id)),
                Err(error) => {
                    tracing::error!(video.id = %id, "announcement of a video cannot be read: {error}");
                    None
                }
            },
            Some(Announcement::Missed) => self.current(id).await,
            None => {
                self.followed = None;
                None
            }
        }
    }

    async fn current(&self, id: VideoId) -> Option<Input> {
        match self.store.rows.video(id).await {
            Ok(Some(row)) => Some(Input::VideoChanged(Box::new(row.view(None)))),
            Ok(None) => Some(Input::VideoDeleted(id)),
            Err(failure) => {
                tracing::warn!(video.id = %id, "video could not be read: {failure}");
                None
            }
        }
    }
}
