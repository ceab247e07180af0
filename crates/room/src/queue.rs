//! The queue: what is watched next (ROOM-7).

use serde::{Deserialize, Serialize};
use syncwatch_protocol::{Code, ParticipantId, QueueItem, ServerTime, VideoId, VideoView, limits};

use crate::permissions::Right;
use crate::{Outbox, Output, QueueRequest, Room};

/// A film that waits, as it was when last heard of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Queued {
    pub(crate) video: VideoView,
    pub(crate) added_by: ParticipantId,
    pub(crate) added_by_name: String,
}

impl Room {
    /// The films whose changes the room wants to hear of: the one that is on, and those that wait.
    pub fn videos(&self) -> impl Iterator<Item = VideoId> + '_ {
        self.video_id().into_iter().chain(self.queued())
    }

    /// The films that wait, in order.
    pub fn queued(&self) -> impl Iterator<Item = VideoId> + '_ {
        self.queue.iter().map(|queued| queued.video.id)
    }

    pub(crate) fn change_queue(
        &mut self,
        actor: ParticipantId,
        request: QueueRequest,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        self.may(actor, Right::Control)?;
        match request {
            QueueRequest::Add(video) => self.enqueue(actor, *video)?,
            QueueRequest::Remove(id) => {
                let at = self.queue_place(id)?;
                self.queue.remove(at);
            }
            QueueRequest::Move(id, to) => {
                let item = self.queue_place(id).map(|at| self.queue.remove(at))?;
                self.queue.insert(to.min(self.queue.len()), item);
            }
        }
        out.push(Output::Save);
        self.send_state(out);
        Ok(())
    }

    fn enqueue(&mut self, actor: ParticipantId, video: VideoView) -> Result<(), Code> {
        let added_by_name = self.name_of(actor);
        self.queue.retain(|queued| queued.video.id != video.id);
        if self.queue.len() >= limits::QUEUE_MAX {
            return Err(Code::QueueFull);
        }
        self.queue.push(Queued { video, added_by: actor, added_by_name });
        Ok(())
    }

    fn queue_place(&self, id: VideoId) -> Result<usize, Code> {
        self.queue.iter().position(|queued| queued.video.id == id).ok_or(Code::QueueItemNotFound)
    }

    /// Goes on with the next film, if there is one. Films that failed are passed over and stay, as they may be tried again.
    pub(crate) fn advance_queue(&mut self, now: ServerTime, out: &mut Outbox) -> bool {
        let Some(at) = self.queue.iter().position(|queued| !queued.video.has_failed()) else { return false };
        let next = self.queue.remove(at);
        let (kind, playback, line) = self.set_source(now, Some(next.video), out);
        self.issue(now, kind, playback, None, out);
        self.tell_of_room(now, line, out);
        self.send_state(out);
        self.wait_for_first_load(now, out);
        true
    }

    /// Takes note of how a waiting film stands, and tells everybody when that shows.
    pub(crate) fn queued_video_changed(&mut self, video: &VideoView, out: &mut Outbox) {
        let Some(queued) = self.queue.iter_mut().find(|queued| queued.video.id == video.id) else { return };
        let shown = |video: &VideoView| (video.title.clone(), video.status, video.playable);
        let changed = shown(&queued.video) != shown(video);
        queued.video = video.clone();
        if changed {
            out.push(Output::Save);
            self.send_state(out);
        }
    }

    pub(crate) fn queue_view(&self) -> Vec<QueueItem> {
        let item = |queued: &Queued| QueueItem {
            video_id: queued.video.id,
            title: queued.video.title.clone(),
            status: queued.video.status,
            playable: queued.video.playable,
            added_by: queued.added_by,
            added_by_name: queued.added_by_name.clone(),
        };
        self.queue.iter().map(item).collect()
    }
}
