//! The audit log: who did what, for as long as the kind of deed asks for (SEC-5).

use serde::{Deserialize, Serialize};
use syncwatch_protocol::ParticipantId;
use uuid::Uuid;

use super::Rows;
use super::columns::{json_of, stored, word_of};
use crate::StoreError;

macro_rules! actions {
    ($($variant:ident = $name:literal, $days:literal;)*) => {
        /// What somebody did.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum AuditAction {
            $(#[doc = $name] #[serde(rename = $name)] $variant,)*
        }

        impl AuditAction {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the log.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Days for which it is kept.
            const fn kept_days(self) -> u64 {
                match self { $(Self::$variant => $days,)* }
            }
        }
    };
}

// Security 365 days, moderation 90, activity 30.
actions! {
    RoomCreated = "room.created", 90;
    RoomDeleted = "room.deleted", 90;
    RoomSettingsChanged = "room.settings_changed", 90;
    ParticipantJoined = "participant.joined", 30;
    ParticipantLeft = "participant.left", 30;
    ParticipantKicked = "participant.kicked", 90;
    ParticipantBanned = "participant.banned", 365;
    PermissionGranted = "permission.granted", 90;
    PermissionRevoked = "permission.revoked", 90;
    OwnershipTransferred = "ownership.transferred", 90;
    PlaybackStarted = "playback.started", 30;
    PlaybackPaused = "playback.paused", 30;
    PlaybackVideoChanged = "playback.video_changed", 30;
    Login = "auth.login", 365;
    Logout = "auth.logout", 365;
    LoginFailed = "auth.login_failed", 365;
    PasswordChanged = "auth.password_changed", 365;
}

/// One line of the audit log.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// Its own id.
    pub id: Uuid,
    /// When.
    pub at_ms: u64,
    /// What.
    pub action: AuditAction,
    /// Who; none for the room itself or for somebody unknown.
    pub actor: Option<ParticipantId>,
    /// From where; none where no request led to it.
    pub address: Option<String>,
    /// To whom or what: an id.
    pub target: Option<String>,
    /// What else is worth knowing.
    pub metadata: serde_json::Value,
    /// Whether it was allowed and worked.
    pub success: bool,
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

impl Rows {
    /// Adds a line, to the table and to the process's log. The address stays out of the latter.
    pub async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let (actor, target) = (entry.actor.map(|actor| actor.to_string()), entry.target.as_deref());
        tracing::info!(audit = true, action = entry.action.as_str(), actor, target, success = entry.success, "audit");
        let mut writing = self.db.write().await?;
        sqlx::query(
            "INSERT INTO audit_log (id, at, action, actor_id, address, target, metadata, success)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(entry.id.to_string())
        .bind(stored(entry.at_ms))
        .bind(word_of(entry.action))
        .bind(actor)
        .bind(&entry.address)
        .bind(target)
        .bind(json_of(&entry.metadata))
        .bind(entry.success)
        .execute(&mut *writing)
        .await?;
        Ok(writing.commit().await?)
    }

    /// Forgets what has been kept long enough. Returns how many lines.
    pub async fn forget_audit(&self, now_ms: u64) -> Result<u64, StoreError> {
        let mut writing = self.db.write().await?;
        let mut forgotten = 0;
        for action in AuditAction::ALL {
            let deleted = sqlx::query("DELETE FROM audit_log WHERE action = $1 AND at < $2")
                .bind(action.as_str())
                .bind(stored(now_ms.saturating_sub(action.kept_days() * DAY_MS)))
                .execute(&mut *writing)
                .await?;
            forgotten += deleted.rows_affected();
        }
        writing.commit().await?;
        Ok(forgotten)
    }
}
