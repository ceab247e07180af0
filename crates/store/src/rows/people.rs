//! Who is and was in a room, and who may not come back.

use sqlx::{Executor, Sqlite};

use syncwatch_protocol::{BannedPerson, ParticipantId, ParticipantKind, Role, RoomId, VideoId};

use super::columns::{Columns, stored, word_of};
use super::database::{Row, Writing};
use super::{NewRoom, Rows};
use crate::StoreError;

/// One member of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub id: ParticipantId,
    /// His name.
    pub name: String,
    /// With or without an account.
    pub kind: ParticipantKind,
    /// Owner, participant or guest.
    pub role: Role,
    /// His colour in this room.
    pub colour: u8,
    /// When he first came.
    pub joined_at_ms: u64,
    /// He has a place now, connected or away for a moment.
    pub present: bool,
    /// He was sent out: he is no member any more and must come in like a stranger.
    pub kicked: bool,
}

impl PersonRow {
    /// The owner of a room that nobody has entered yet.
    pub(super) fn owner_of(room: &NewRoom, now_ms: u64) -> Self {
        Self {
            id: room.owner,
            name: room.owner_name.clone(),
            kind: room.owner_kind,
            role: Role::Owner,
            colour: 0,
            joined_at_ms: now_ms,
            present: false,
            kicked: false,
        }
    }
}

impl Rows {
    /// Everybody who has been in a room, by the time they first came.
    pub async fn people(&self, room: RoomId) -> Result<Vec<PersonRow>, StoreError> {
        people_in(self.db.read(), room).await
    }

    /// Those who may not come back to a room.
    pub async fn bans(&self, room: RoomId) -> Result<Vec<BannedPerson>, StoreError> {
        let rows = sqlx::query(
            "SELECT participant_id, name, reason FROM bans WHERE room_id = $1 ORDER BY created_at, participant_id",
        )
        .bind(room.to_string())
        .fetch_all(self.db.read())
        .await?;
        rows.iter().map(read_ban).collect()
    }

    /// Whether somebody may not come back to a room.
    pub async fn is_banned(&self, room: RoomId, person: ParticipantId) -> Result<bool, StoreError> {
        Ok(self.bans(room).await?.iter().any(|ban| ban.id == person))
    }

    /// Whether somebody is a member of an open room that watches this video now (HLS-3).
    pub async fn watches(&self, person: ParticipantId, video: VideoId, now_ms: u64) -> Result<bool, StoreError> {
        let rooms: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM rooms
             JOIN participants ON participants.room_id = rooms.id AND participants.participant_id = $1
             WHERE rooms.source_video_id = $2 AND rooms.closed_at IS NULL AND rooms.expires_at > $3
               AND participants.kicked_at IS NULL",
        )
        .bind(person.to_string())
        .bind(video.to_string())
        .bind(stored(now_ms))
        .fetch_one(self.db.read())
        .await?;
        Ok(rooms > 0)
    }
}

pub(super) async fn people_in(
    database: impl Executor<'_, Database = Sqlite>,
    room: RoomId,
) -> Result<Vec<PersonRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT participant_id, name, kind, role, colour, joined_at, left_at, kicked_at
         FROM participants WHERE room_id = $1 ORDER BY joined_at, participant_id",
    )
    .bind(room.to_string())
    .fetch_all(database)
    .await?;
    rows.iter().map(read_person).collect()
}

/// Adds a member or brings his row up to date. The time he first came stays.
pub(super) async fn write_person(
    writing: &mut Writing,
    room: RoomId,
    person: &PersonRow,
    now_ms: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO participants (room_id, participant_id, name, kind, role, colour, joined_at, left_at, kicked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (room_id, participant_id) DO UPDATE
         SET name = excluded.name, kind = excluded.kind, role = excluded.role, colour = excluded.colour,
             left_at = excluded.left_at, kicked_at = excluded.kicked_at",
    )
    .bind(room.to_string())
    .bind(person.id.to_string())
    .bind(&person.name)
    .bind(word_of(person.kind))
    .bind(word_of(person.role))
    .bind(i64::from(person.colour))
    .bind(stored(person.joined_at_ms))
    .bind((!person.present).then(|| stored(now_ms)))
    .bind(person.kicked.then(|| stored(now_ms)))
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Makes `bans` those who may not come back.
pub(super) async fn replace_bans(
    writing: &mut Writing,
    room: RoomId,
    bans: &[BannedPerson],
    now_ms: u64,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM bans WHERE room_id = $1").bind(room.to_string()).execute(&mut **writing).await?;
    for ban in bans {
        sqlx::query("INSERT INTO bans (room_id, participant_id, name, reason, created_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(room.to_string())
            .bind(ban.id.to_string())
            .bind(&ban.name)
            .bind(&ban.reason)
            .bind(stored(now_ms))
            .execute(&mut **writing)
            .await?;
    }
    Ok(())
}

fn read_person(row: &Row) -> Result<PersonRow, StoreError> {
    Ok(PersonRow {
        id: row.id("participant_id")?,
        name: row.text("name")?,
        kind: row.word("kind")?,
        role: row.word("role")?,
        colour: row.count("colour")?.try_into().unwrap_or_default(),
        joined_at_ms: row.count("joined_at")?,
        present: row.optional_count("left_at")?.is_none(),
        kicked: row.optional_count("kicked_at")?.is_some(),
    })
}

fn read_ban(row: &Row) -> Result<BannedPerson, StoreError> {
    let (id, name) = (row.id("participant_id")?, row.text("name")?);
    Ok(BannedPerson { id, name, reason: row.optional_text("reason")? })
}
