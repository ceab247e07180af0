//! The room's film: which one, whether it can be played, and what happens at its end.

use syncwatch_protocol::{
    Code, CommandKind, MediaTime, PlaybackState, ServerMessage, ServerTime, Source, SystemEvent, VideoId, VideoView,
};

use crate::commands::Change;
use crate::people::Member;
use crate::timeline::{Phase, anchored};
use crate::{Outbox, Output, Recipients, Room};

impl Room {
    /// Another film, at its beginning, moving or standing as before (ROOM-8).
    pub(crate) fn set_source(&mut self, now: ServerTime, video: Option<VideoView>, out: &mut Outbox) -> Change {
        let present = self.timeline.playback;
        let moving = present.is_playing || self.timeline.start_when_ready || self.hold.is_some();
        self.stop_waiting(out);
        let ready = video.as_ref().is_some_and(|video| video.playable);
        self.timeline.start_when_ready = moving && !ready && video.is_some();
        self.timeline.phase = if moving && ready { Phase::Started } else { Phase::Waiting };
        self.timeline.source_since = present.sequence_number + 1;
        let source = video.as_ref().map_or(Source::None, |video| Source::Video { video_id: video.id });
        let title = video.as_ref().map(|video| video.title.clone()).unwrap_or_default();
        self.video = video;
        self.members.iter_mut().for_each(Member::film_changed);
        self.queue.retain(|queued| Some(queued.video.id) != self.video.as_ref().map(|video| video.id));
        self.send_video(out);
        let anchor = anchored(present, self.effective_at(now), MediaTime::ZERO);
        let playback = PlaybackState { source, is_playing: moving && ready, ..anchor };
        (CommandKind::SetSource, playback, SystemEvent::SourceChanged { title })
    }

    pub(crate) fn playable(&self) -> Result<(), Code> {
        match &self.video {
            None => Err(Code::NoSource),
            Some(video) if !video.playable => Err(Code::SourceNotReady),
            Some(_) => Ok(()),
        }
    }

    pub(crate) fn inside(&self, position: MediaTime) -> Result<(), Code> {
        let length = self.length().unwrap_or(MediaTime(u64::MAX));
        if position <= length { Ok(()) } else { Err(Code::PositionInvalid) }
    }

    pub(crate) fn length(&self) -> Option<MediaTime> {
        self.video.as_ref().and_then(|video| video.duration_ms)
    }

    /// When the moving film comes to its end.
    pub(crate) fn film_end(&self) -> Option<ServerTime> {
        self.timeline.playback.reaches(self.length()?)
    }

    pub(crate) fn end_film_if_due(&mut self, now: ServerTime, out: &mut Outbox) {
        let Some(length) = self.length() else { return };
        if self.film_end().is_none_or(|end| end > now) {
            return;
        }
        if self.advance_queue(now, out) {
            return;
        }
        self.timeline.phase = Phase::Ended;
        let playback = PlaybackState { is_playing: false, ..anchored(self.timeline.playback, now, length) };
        self.issue(now, CommandKind::Pause, playback, None, out);
        self.tell_of_room(now, SystemEvent::Ended, out);
    }

    /// Nobody watches any more: the film waits where the last one left it.
    pub(crate) fn pause_for_nobody(&mut self, now: ServerTime, out: &mut Outbox) {
        self.stop_waiting(out);
        let present = self.timeline.playback;
        if present.is_playing {
            let position = present.position_at(now).at_most(self.length());
            let playback = PlaybackState { is_playing: false, ..anchored(present, now, position) };
            self.issue(now, CommandKind::Pause, playback, None, out);
        }
    }

    pub(crate) fn video_changed(&mut self, now: ServerTime, video: VideoView, out: &mut Outbox) {
        self.queued_video_changed(&video, out);
        if self.video_id() != Some(video.id) || self.video.as_ref() == Some(&video) {
            return;
        }
        let became_playable = video.playable && !self.video.as_ref().is_some_and(|before| before.playable);
        self.video = Some(video);
        if became_playable {
            out.push(Output::Save);
        }
        self.send_video(out);
        if became_playable && self.timeline.start_when_ready {
            self.timeline.start_when_ready = false;
            if let Ok(Some((kind, playback, _))) = self.play(now, None) {
                self.issue(now, kind, playback, None, out);
                self.wait_for_first_load(now, out);
            }
        }
    }

    pub(crate) fn video_deleted(&mut self, now: ServerTime, id: VideoId, out: &mut Outbox) {
        let queued = self.queue.len();
        self.queue.retain(|queued| queued.video.id != id);
        if self.queue.len() != queued {
            out.push(Output::Save);
            self.send_state(out);
        }
        if self.video_id() == Some(id) && !self.advance_queue(now, out) {
            self.timeline.start_when_ready = false;
            let (kind, playback, line) = self.set_source(now, None, out);
            self.issue(now, kind, PlaybackState { is_playing: false, ..playback }, None, out);
            self.tell_of_room(now, line, out);
        }
    }

    pub(crate) fn send_video(&self, out: &mut Outbox) {
        let event = ServerMessage::Video { video: self.video.clone() };
        out.push(Output::Send { to: Recipients::Everyone, event });
    }
}
