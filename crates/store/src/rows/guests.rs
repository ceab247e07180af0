//! Guests: people without an account, each bound to one room (ACC-6).

use syncwatch_protocol::{ParticipantId, RoomId};

use super::Rows;
use super::columns::{Columns, stored};
use super::database::Writing;
use crate::StoreError;

/// A guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestRow {
    /// Who.
    pub id: ParticipantId,
    /// The one room that he may enter.
    pub room: RoomId,
    /// What he calls himself.
    pub nickname: String,
}

impl Rows {
    /// Adds a guest, or gives him another nickname.
    pub async fn put_guest(&self, guest: &GuestRow, now_ms: u64) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        insert(&mut writing, guest.id, guest.room, &guest.nickname, now_ms).await?;
        Ok(writing.commit().await?)
    }

    /// The guest with this id; none once he has registered.
    pub async fn guest(&self, id: ParticipantId) -> Result<Option<GuestRow>, StoreError> {
        let row = sqlx::query("SELECT id, room_id, nickname FROM guests WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.db.read())
            .await?;
        let read = |row: super::database::Row| {
            Ok(GuestRow { id: row.id("id")?, room: row.id("room_id")?, nickname: row.text("nickname")? })
        };
        row.map(read).transpose()
    }
}

pub(super) async fn insert(
    writing: &mut Writing,
    id: ParticipantId,
    room: RoomId,
    nickname: &str,
    now_ms: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO guests (id, room_id, nickname, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET nickname = excluded.nickname",
    )
    .bind(id.to_string())
    .bind(room.to_string())
    .bind(nickname)
    .bind(stored(now_ms))
    .execute(&mut **writing)
    .await?;
    Ok(())
}
