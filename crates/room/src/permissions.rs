//! Who may do what, in one table (ROOM-4, SYNC-12).

use syncwatch_protocol::{Code, ParticipantId, ParticipantKind, PlaybackControl, Role};

use crate::Room;

/// What one needs a right for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Right {
    /// Move the timeline, choose the film, change the queue.
    Control,
    /// Write in the chat.
    Chat,
    /// Everything that is the owner's.
    Manage,
}

impl Room {
    /// Whether this person may, and if not, why.
    pub(crate) fn may(&self, person: ParticipantId, right: Right) -> Result<(), Code> {
        let role = self.role(person);
        match right {
            Right::Manage if role == Role::Owner => Ok(()),
            Right::Manage => Err(Code::OnlyOwner),
            Right::Control if self.can_control(person) => Ok(()),
            Right::Control => Err(Code::NotAllowedToControl),
            Right::Chat if !self.settings.chat => Err(Code::ChatOff),
            // The owner of an instant room is a guest himself; nobody silences him in his own room.
            Right::Chat if role == Role::Guest && !self.settings.guest_chat => Err(Code::GuestChatOff),
            Right::Chat => Ok(()),
        }
    }

    /// Whether this person may move the timeline.
    pub(crate) fn can_control(&self, person: ParticipantId) -> bool {
        let owner = person == self.owner;
        match self.settings.playback_control {
            PlaybackControl::OwnerOnly => owner,
            PlaybackControl::All => true,
            PlaybackControl::Selected => owner || self.selected.contains(&person),
        }
    }

    /// What this person is in the room.
    pub(crate) fn role(&self, person: ParticipantId) -> Role {
        let kind = self.member(person).map(|member| member.kind);
        match kind {
            _ if person == self.owner => Role::Owner,
            Some(ParticipantKind::Account) => Role::Participant,
            Some(ParticipantKind::Guest) | None => Role::Guest,
        }
    }
}
