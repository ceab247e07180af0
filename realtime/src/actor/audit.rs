//! What of a room's life goes into the audit log, and in which words (SEC-5).

use syncwatch_protocol::{CommandKind, ParticipantId};
use syncwatch_room::AuditEvent;
use syncwatch_service::new_id;
use syncwatch_store::{AuditAction, AuditEntry};

use super::Actor;

impl Actor {
    pub(super) fn audit(&mut self, actor: Option<ParticipantId>, event: AuditEvent) {
        let now = self.rooms.clock().now();
        let (action, target) = match event {
            AuditEvent::Joined => (AuditAction::ParticipantJoined, actor),
            AuditEvent::Left => (AuditAction::ParticipantLeft, actor),
            AuditEvent::Kicked { target, banned: false } => (AuditAction::ParticipantKicked, Some(target)),
            AuditEvent::Kicked { target, banned: true } => (AuditAction::ParticipantBanned, Some(target)),
            AuditEvent::Unbanned { target } => (AuditAction::PermissionGranted, Some(target)),
            AuditEvent::ControlChanged { target, granted: true } => (AuditAction::PermissionGranted, Some(target)),
            AuditEvent::ControlChanged { target, granted: false } => (AuditAction::PermissionRevoked, Some(target)),
            AuditEvent::SettingsChanged => (AuditAction::RoomSettingsChanged, None),
            AuditEvent::OwnershipTransferred { target } => (AuditAction::OwnershipTransferred, Some(target)),
            AuditEvent::Playback(CommandKind::Play) => (AuditAction::PlaybackStarted, None),
            AuditEvent::Playback(CommandKind::Pause) => (AuditAction::PlaybackPaused, None),
            AuditEvent::Playback(CommandKind::SetSource) => (AuditAction::PlaybackVideoChanged, None),
            // Seeks and speeds are not among the deeds that SEC-5 names.
            AuditEvent::Playback(_) => return,
        };
        self.persister.add_audit(AuditEntry {
            id: new_id(now),
            at_ms: now.0,
            action,
            actor,
            address: None,
            target: target.map(|target| target.to_string()),
            metadata: serde_json::json!({ "room": self.room.id() }),
            success: true,
        });
    }
}
