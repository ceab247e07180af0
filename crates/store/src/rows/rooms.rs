//! Rooms: making, finding and closing them.

use syncwatch_protocol::{ParticipantId, ParticipantKind, RoomCode, RoomId, RoomSettings, RoomStatus, VideoId};

use super::columns::{Columns, json_of, stored, word_of};
use super::database::{Row, Writing};
use super::people::{PersonRow, write_person};
use super::{Rows, guests};
use crate::{StoreError, Unique};

/// A room as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomRow {
    /// Which one.
    pub id: RoomId,
    /// How people find it.
    pub code: RoomCode,
    /// Who decides.
    pub owner: ParticipantId,
    /// His name.
    pub owner_name: String,
    /// Whether he has an account.
    pub owner_kind: ParticipantKind,
    /// The bcrypt hash of its password, if it has one.
    pub password_hash: Option<String>,
    /// Where it is in its life.
    pub status: RoomStatus,
    /// What the owner set.
    pub settings: RoomSettings,
    /// What it watches.
    pub source_video: Option<VideoId>,
    /// When it was made.
    pub created_at_ms: u64,
    /// When it closes by itself.
    pub expires_at_ms: u64,
    /// When it was closed, if it is.
    pub closed_at_ms: Option<u64>,
}

/// A room about to be made.
#[derive(Debug, Clone)]
pub struct NewRoom {
    /// Its id.
    pub id: RoomId,
    /// Its code.
    pub code: RoomCode,
    /// Who makes it.
    pub owner: ParticipantId,
    /// His name.
    pub owner_name: String,
    /// A guest owner gets his guest row with the room.
    pub owner_kind: ParticipantKind,
    /// The bcrypt hash of its password, if it has one.
    pub password_hash: Option<String>,
    /// What the owner set.
    pub settings: RoomSettings,
    /// The film that it begins with.
    pub source_video: Option<VideoId>,
    /// When it closes by itself.
    pub expires_at_ms: u64,
}

macro_rules! select_rooms {
    ($rest:literal) => {
        concat!(
            "SELECT rooms.id, rooms.code, rooms.owner_id, COALESCE(owner.name, '') AS owner_name,
                    COALESCE(owner.kind, 'guest') AS owner_kind, rooms.password_hash, rooms.status, rooms.settings,
                    rooms.source_video_id, rooms.created_at, rooms.expires_at, rooms.closed_at
             FROM rooms LEFT JOIN participants AS owner
                  ON owner.room_id = rooms.id AND owner.participant_id = rooms.owner_id ",
            $rest
        )
    };
}

impl Rows {
    /// Makes a room with its owner as first member, not yet present. [`StoreError::Taken`] when the code is in use.
    pub async fn create_room(&self, room: &NewRoom, now_ms: u64) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        insert_room(&mut writing, room, now_ms).await?;
        let owner = PersonRow::owner_of(room, now_ms);
        write_person(&mut writing, room.id, &owner, now_ms).await?;
        if room.owner_kind == ParticipantKind::Guest {
            guests::insert(&mut writing, room.owner, room.id, &room.owner_name, now_ms).await?;
        }
        Ok(writing.commit().await?)
    }

    /// The room with this id, closed or not.
    pub async fn room(&self, id: RoomId) -> Result<Option<RoomRow>, StoreError> {
        let query = sqlx::query(select_rooms!("WHERE rooms.id = $1")).bind(id.to_string());
        query.fetch_optional(self.db.read()).await?.map(|row| read_room(&row)).transpose()
    }

    /// The room with this code, closed or not.
    pub async fn room_by_code(&self, code: &RoomCode) -> Result<Option<RoomRow>, StoreError> {
        let query = sqlx::query(select_rooms!("WHERE rooms.code = $1")).bind(code.as_str());
        query.fetch_optional(self.db.read()).await?.map(|row| read_room(&row)).transpose()
    }

    /// Open rooms that somebody owns or has been in and was not sent out of, newest first.
    pub async fn rooms_of(&self, person: ParticipantId, now_ms: u64, limit: u32) -> Result<Vec<RoomRow>, StoreError> {
        let query = sqlx::query(select_rooms!(
            "JOIN participants AS me ON me.room_id = rooms.id AND me.participant_id = $1
             WHERE rooms.closed_at IS NULL AND rooms.expires_at > $2 AND me.kicked_at IS NULL
             ORDER BY rooms.created_at DESC, rooms.id DESC LIMIT $3"
        ));
        let query = query.bind(person.to_string()).bind(stored(now_ms)).bind(i64::from(limit));
        query.fetch_all(self.db.read()).await?.iter().map(read_room).collect()
    }

    /// Whether an open room watches this video or will (UPL-6).
    pub async fn video_in_use(&self, video: VideoId, now_ms: u64) -> Result<bool, StoreError> {
        let query = sqlx::query_scalar(
            "SELECT COUNT(*) FROM rooms
             WHERE closed_at IS NULL AND expires_at > $2
               AND (source_video_id = $1 OR id IN (SELECT room_id FROM queued_videos WHERE video_id = $1))",
        );
        let rooms: i64 = query.bind(video.to_string()).bind(stored(now_ms)).fetch_one(self.db.read()).await?;
        Ok(rooms > 0)
    }

    /// Closes a room for good. False when it was closed already or never was.
    pub async fn close_room(&self, id: RoomId, now_ms: u64) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        let closed = sqlx::query("UPDATE rooms SET status = $2, closed_at = $3 WHERE id = $1 AND closed_at IS NULL")
            .bind(id.to_string())
            .bind(word_of(RoomStatus::Closed))
            .bind(stored(now_ms))
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(closed.rows_affected() > 0)
    }

    /// Open rooms whose time is over, and rooms of guests that have been empty since before `empty_before_ms` (WT-2).
    pub async fn rooms_to_close(&self, now_ms: u64, empty_before_ms: u64) -> Result<Vec<RoomId>, StoreError> {
        let query = sqlx::query(
            "SELECT rooms.id FROM rooms
             WHERE rooms.closed_at IS NULL AND (rooms.expires_at <= $1
                OR (rooms.last_active_at < $2
                    AND EXISTS (SELECT 1 FROM guests WHERE guests.id = rooms.owner_id)
                    AND NOT EXISTS (SELECT 1 FROM participants
                                    WHERE participants.room_id = rooms.id AND participants.left_at IS NULL)))",
        );
        let rows = query.bind(stored(now_ms)).bind(stored(empty_before_ms)).fetch_all(self.db.read()).await?;
        rows.iter().map(|row| row.id("id")).collect()
    }

    /// Number of rooms that are open.
    pub async fn open_rooms(&self, now_ms: u64) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS open FROM rooms WHERE closed_at IS NULL AND expires_at > $1")
            .bind(stored(now_ms))
            .fetch_one(self.db.read())
            .await?;
        row.count("open")
    }
}

async fn insert_room(writing: &mut Writing, room: &NewRoom, now_ms: u64) -> Result<(), StoreError> {
    let inserted = sqlx::query(
        "INSERT INTO rooms (id, code, owner_id, password_hash, status, settings, source_video_id, created_at,
                            expires_at, last_active_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)
         ON CONFLICT (code) DO NOTHING",
    )
    .bind(room.id.to_string())
    .bind(room.code.as_str())
    .bind(room.owner.to_string())
    .bind(&room.password_hash)
    .bind(word_of(RoomStatus::Created))
    .bind(json_of(&room.settings))
    .bind(room.source_video.map(|video| video.to_string()))
    .bind(stored(now_ms))
    .bind(stored(room.expires_at_ms))
    .execute(&mut **writing)
    .await?;
    if inserted.rows_affected() == 0 { Err(StoreError::Taken(Unique::RoomCode)) } else { Ok(()) }
}

/// The row of one room, inside a transaction.
pub(super) async fn room_in(writing: &mut Writing, id: RoomId) -> Result<Option<RoomRow>, StoreError> {
    let query = sqlx::query(select_rooms!("WHERE rooms.id = $1")).bind(id.to_string());
    query.fetch_optional(&mut **writing).await?.map(|row| read_room(&row)).transpose()
}

fn read_room(row: &Row) -> Result<RoomRow, StoreError> {
    Ok(RoomRow {
        id: row.id("id")?,
        code: row.id("code")?,
        owner: row.id("owner_id")?,
        owner_name: row.text("owner_name")?,
        owner_kind: row.word("owner_kind")?,
        password_hash: row.optional_text("password_hash")?,
        status: row.word("status")?,
        settings: row.json("settings")?,
        source_video: row.optional_id("source_video_id")?,
        created_at_ms: row.count("created_at")?,
        expires_at_ms: row.count("expires_at")?,
        closed_at_ms: row.optional_count("closed_at")?,
    })
}
