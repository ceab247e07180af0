//! What can be seen of a room: by the people in it, and by its driver.

use syncwatch_protocol::{
    BannedPerson, OwnerChangeReason, Participant, ParticipantId, Role, RoomId, RoomSettings, RoomStatus, RoomView,
    ServerMessage, VideoId,
};

use crate::ownership::OwnerWatch;
use crate::timeline::Phase;
use crate::{ConnectionId, Outbox, Output, Recipients, Room, Seat};

impl Room {
    /// The room as people in it see it.
    pub fn view(&self) -> RoomView {
        RoomView {
            id: self.identity.id,
            code: self.identity.code.clone(),
            status: self.status(),
            owner_id: self.owner,
            settings: self.settings.clone(),
            playback: self.timeline.playback,
            video: self.video.clone(),
            participants: self.participants(),
            queue: self.queue_view(),
            banned: self.bans.clone(),
            delegate_id: self.delegate,
            waiting: self.waiting(),
            places_cap: self.identity.places_cap,
        }
    }

    /// Where the room is in its life (ROOM-3).
    pub fn status(&self) -> RoomStatus {
        match (&self.owner_watch, self.timeline.phase) {
            _ if self.closed => RoomStatus::Closed,
            (OwnerWatch::Away { .. }, _) if self.settings.auto_handover => RoomStatus::AutoHandover,
            (OwnerWatch::Away { .. }, _) => RoomStatus::OwnerAway,
            (_, _) if self.timeline.playback.is_playing => RoomStatus::Playing,
            (_, Phase::New) => RoomStatus::Created,
            (_, Phase::Waiting) => RoomStatus::Waiting,
            (_, Phase::Started) => RoomStatus::Paused,
            (_, Phase::Ended) => RoomStatus::Ended,
        }
    }

    /// The video whose changes the room wants to hear of.
    pub fn video_id(&self) -> Option<VideoId> {
        self.video.as_ref().map(|video| video.id)
    }

    /// Which room it is.
    pub fn id(&self) -> RoomId {
        self.identity.id
    }

    /// The connections of everybody who is in.
    pub fn connections(&self) -> impl Iterator<Item = ConnectionId> + '_ {
        self.members.iter().flat_map(|member| member.connections.iter().copied())
    }

    /// What a person is in the room, or would be as a guest.
    pub fn role_of(&self, person: ParticipantId) -> Role {
        self.role(person)
    }

    /// Everybody who has a place, reachable or not.
    pub fn people(&self) -> impl Iterator<Item = Participant> + '_ {
        self.members.iter().map(|member| self.participant(member))
    }

    /// Those who were sent out and have not come in anew; banned or not.
    pub fn kicked(&self) -> &[Seat] {
        &self.kicked
    }

    /// Those who may not come back.
    pub fn banned(&self) -> &[BannedPerson] {
        &self.bans
    }

    /// Whose room it is.
    pub fn owner(&self) -> ParticipantId {
        self.owner
    }

    /// Those of whom each sign of life is to be told: the owner, and who lost the room by his silence (OWN-1, OWN-3).
    pub fn heeded(&self) -> impl Iterator<Item = ParticipantId> + Clone + use<> {
        [Some(self.owner), self.former.map(|former| former.id)].into_iter().flatten()
    }

    /// What the owner set.
    pub fn settings(&self) -> &RoomSettings {
        &self.settings
    }

    /// Whether nobody has a place any more, so that the driver may let the room go.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether the room is over.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Everything but timeline, people and film, for all.
    pub(crate) fn send_state(&self, out: &mut Outbox) {
        let event = ServerMessage::State {
            status: self.status(),
            owner_id: self.owner,
            settings: self.settings.clone(),
            queue: self.queue_view(),
            banned: self.bans.clone(),
            delegate_id: self.delegate,
        };
        out.push(Output::Send { to: Recipients::Everyone, event });
    }

    pub(crate) fn send_owner(&mut self, reason: OwnerChangeReason, out: &mut Outbox) {
        let event = ServerMessage::OwnerChanged { owner_id: self.owner, reason };
        out.push(Output::Send { to: Recipients::Everyone, event });
        self.send_presence(out);
        self.send_state(out);
    }
}
