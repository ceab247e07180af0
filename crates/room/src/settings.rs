//! Settings that the owner changes while the room is open (ROOM-6).

use syncwatch_protocol::{Code, ParticipantId, Privacy, RoomSettings, ServerTime, SettingsPatch, limits};

use crate::output::AuditEvent;
use crate::ownership::OwnerWatch;
use crate::permissions::Right;
use crate::{Outbox, Output, Room};

impl Room {
    pub(crate) fn change_settings(
        &mut self,
        now: ServerTime,
        actor: ParticipantId,
        patch: SettingsPatch,
        out: &mut Outbox,
    ) -> Result<(), Code> {
        self.may(actor, Right::Manage)?;
        let changed = patched(&self.settings, patch, self.identity.places_cap)?;
        if changed == self.settings {
            return Ok(());
        }
        self.settings = changed;
        // Somebody may take over from now on, or nobody any more: the silence of an absent owner is judged anew.
        if self.owner_is_known_away() {
            self.owner_watch = OwnerWatch::Present { seen: now };
        }
        out.push(Output::Save);
        out.push(Output::Audit { actor: Some(actor), event: AuditEvent::SettingsChanged });
        self.send_state(out);
        self.send_presence(out);
        self.wait_or_go_on(now, out);
        Ok(())
    }
}

/// The settings with what the patch changes, or what is wrong with it; nothing is changed by halves.
fn patched(settings: &RoomSettings, patch: SettingsPatch, places_cap: u16) -> Result<RoomSettings, Code> {
    let name = match patch.name {
        None => settings.name.clone(),
        Some(name) => limits::clean_name(&name, limits::ROOM_NAME_MAX_CHARS).ok_or(Code::RoomNameInvalid)?,
    };
    let max_participants = patch.max_participants.unwrap_or(settings.max_participants);
    if !(limits::MIN_PARTICIPANTS..=places_cap).contains(&max_participants) {
        return Err(Code::RoomSizeInvalid);
    }
    if patch.privacy == Some(Privacy::FriendsOnly) {
        return Err(Code::PrivacyUnavailable);
    }
    Ok(RoomSettings {
        name,
        max_participants,
        playback_control: patch.playback_control.unwrap_or(settings.playback_control),
        privacy: patch.privacy.unwrap_or(settings.privacy),
        chat: patch.chat.unwrap_or(settings.chat),
        guest_chat: patch.guest_chat.unwrap_or(settings.guest_chat),
        auto_handover: patch.auto_handover.unwrap_or(settings.auto_handover),
        owner_lock: patch.owner_lock.unwrap_or(settings.owner_lock),
        waiting: patch.waiting.unwrap_or(settings.waiting),
    })
}
