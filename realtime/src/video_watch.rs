//! Hearing of the films that a room watches or has in its queue.

use std::collections::{HashMap, HashSet};
use std::future::pending;

use futures_util::future::{AbortHandle, Abortable};
use futures_util::stream::{BoxStream, SelectAll, StreamExt, unfold};

use syncwatch_protocol::{VideoEvent, VideoId, VideoView};
use syncwatch_room::{Input, Room};
use syncwatch_store::{Announcement, notices};

use crate::rooms::Rooms;

/// Follows the films of one room.
pub(crate) struct VideoWatch {
    rooms: Rooms,
    followed: HashMap<VideoId, AbortHandle>,
    heard: SelectAll<BoxStream<'static, (VideoId, Announcement)>>,
    /// Has changed, and its row is still to be read.
    unread: Option<VideoId>,
}

impl VideoWatch {
    pub(crate) fn new(rooms: Rooms) -> Self {
        Self { rooms, followed: HashMap::new(), heard: SelectAll::new(), unread: None }
    }

    /// Follows the room's films from now on. Returns how those stand that were not followed before.
    pub(crate) async fn follow(&mut self, room: &Room) -> Vec<Input> {
        let unchanged = room.videos().all(|id| self.followed.contains_key(&id));
        if unchanged && room.videos().count() == self.followed.len() {
            return Vec::new();
        }
        let wanted: HashSet<VideoId> = room.videos().collect();
        self.followed.retain(|id, listening| {
            let kept = wanted.contains(id);
            if !kept {
                listening.abort();
            }
            kept
        });
        let mut found = Vec::new();
        for id in wanted {
            if !self.followed.contains_key(&id) {
                // Listening begins before reading, so that no change falls between the two.
                self.listen(id).await;
                found.extend(current(&self.rooms, id).await);
            }
        }
        found
    }

    /// The next change; waits for ever while nothing is followed. May be given up and asked again at any time: what was
    /// heard is remembered until it is answered.
    pub(crate) async fn next(&mut self) -> Option<Input> {
        if self.unread.is_none() {
            let Some((id, announcement)) = self.heard.next().await else { return pending().await };
            match change(id, announcement) {
                Heard::Input(input) => return Some(input),
                Heard::Changed => self.unread = Some(id),
                Heard::Nothing => return None,
            }
        }
        let id = self.unread?;
        let input = current(&self.rooms, id).await;
        self.unread = None;
        input
    }

    async fn listen(&mut self, id: VideoId) {
        let subscription = self.rooms.store().state.subscribe(&notices::video_topic(id)).await;
        let announcements = unfold(subscription, move |mut subscription| async move {
            subscription.next().await.map(|announcement| ((id, announcement), subscription))
        });
        let (listening, ended) = AbortHandle::new_pair();
        self.heard.push(Abortable::new(announcements, ended).boxed());
        self.followed.insert(id, listening);
    }
}

/// What an announcement says.
enum Heard {
    /// All there is to know.
    Input(Input),
    /// That something changed.
    Changed,
    /// Nothing that can be understood.
    Nothing,
}

fn change(id: VideoId, announcement: Announcement) -> Heard {
    let Announcement::Message(bytes) = announcement else { return Heard::Changed };
    match serde_json::from_slice(&bytes) {
        Ok(VideoEvent::Changed(view)) if lacks_poster(&view) => Heard::Changed,
        Ok(VideoEvent::Changed(view)) => Heard::Input(Input::VideoChanged(view)),
        Ok(VideoEvent::Deleted { id }) => Heard::Input(Input::VideoDeleted(id)),
        Err(error) => {
            tracing::error!(video.id = %id, "announcement of a video cannot be read: {error}");
            Heard::Nothing
        }
    }
}

/// How a film stands by its row. Not a method: the streams of a watch may not be shared across an await.
async fn current(rooms: &Rooms, id: VideoId) -> Option<Input> {
    match rooms.store().rows.video(id).await {
        Ok(Some(row)) => Some(Input::VideoChanged(Box::new(rooms.view(&row)))),
        Ok(None) => Some(Input::VideoDeleted(id)),
        Err(failure) => {
            tracing::warn!(video.id = %id, "video could not be read: {failure}");
            None
        }
    }
}

/// The transcoder does not sign addresses: once there may be a poster, its announcement only says that something changed.
fn lacks_poster(view: &VideoView) -> bool {
    view.playable && view.poster_url.is_none()
}
