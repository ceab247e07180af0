//! Taking a room over, and writing through what happens in it. Every write names its epoch; an older one is refused.

use syncwatch_protocol::{BannedPerson, ChatMessage, ParticipantId, RoomId, RoomSettings, RoomStatus, VideoId};

use super::Rows;
use super::columns::{Columns, json_of, stored, word_of};
use super::database::Writing;
use super::messages::{append_messages, last_messages};
use super::people::{PersonRow, people_in, replace_bans, write_person};
use super::rooms::{RoomRow, room_in};
use crate::StoreError;

/// Lines of chat that come with a claimed room.
const CLAIMED_MESSAGES: u32 = 100;

/// A room that now belongs to the process that asked.
#[derive(Debug, Clone)]
pub struct ClaimedRoom {
    /// The room.
    pub room: RoomRow,
    /// To be named with every write.
    pub epoch: u64,
    /// Its newest state; none before its first command.
    pub snapshot: Option<SnapshotRow>,
    /// Everybody who has been in.
    pub people: Vec<PersonRow>,
    /// The last lines of its chat, in order.
    pub messages: Vec<ChatMessage>,
    /// There are lines before those.
    pub older: bool,
}

/// The newest stored state of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotRow {
    /// The sequence number that it stands at.
    pub sequence: u64,
    /// The engine's own text.
    pub body: String,
    /// When it was stored.
    pub saved_at_ms: u64,
}

/// What a room wants stored, all or nothing.
#[derive(Debug, Clone)]
pub struct RoomSave {
    /// Which room.
    pub room_id: RoomId,
    /// The epoch under which it was claimed.
    pub epoch: u64,
    /// The sequence number of `body`.
    pub sequence: u64,
    /// The engine's state, when that changed.
    pub body: Option<String>,
    /// What the owner set.
    pub settings: RoomSettings,
    /// Where it is in its life; a closed room stays closed.
    pub status: RoomStatus,
    /// Who decides.
    pub owner: ParticipantId,
    /// What it watches.
    pub source_video: Option<VideoId>,
    /// What it watches next, when that changed.
    pub queue: Option<Vec<VideoId>>,
    /// Those who came, left or changed.
    pub people: Vec<PersonRow>,
    /// Who may not come back, when that changed.
    pub bans: Option<Vec<BannedPerson>>,
    /// New lines of chat.
    pub messages: Vec<ChatMessage>,
    /// The time.
    pub now_ms: u64,
}

impl Rows {
    /// Takes a room over: raises its epoch, so that whoever had it before can store nothing more. None without such a room.
    pub async fn claim_room(&self, id: RoomId, now_ms: u64) -> Result<Option<ClaimedRoom>, StoreError> {
        let mut writing = self.db.write().await?;
        let claimed =
            sqlx::query("UPDATE rooms SET epoch = epoch + 1, last_active_at = $2 WHERE id = $1 RETURNING epoch")
                .bind(id.to_string())
                .bind(stored(now_ms))
                .fetch_optional(&mut *writing)
                .await?;
        let Some(claimed) = claimed else { return Ok(None) };
        let epoch = claimed.count("epoch")?;
        let Some(room) = room_in(&mut writing, id).await? else { return Ok(None) };
        let snapshot = snapshot_in(&mut writing, id).await?;
        let people = people_in(&mut *writing, id).await?;
        let (messages, older) = last_messages(&mut writing, id, CLAIMED_MESSAGES).await?;
        writing.commit().await?;
        Ok(Some(ClaimedRoom { room, epoch, snapshot, people, messages, older }))
    }

    /// Stores what a room did. [`StoreError::Fenced`] when another process has claimed it since: then nothing is stored.
    pub async fn save_room(&self, save: &RoomSave) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        update_room(&mut writing, save).await?;
        if let Some(body) = &save.body {
            write_snapshot(&mut writing, save, body).await?;
        }
        if let Some(queue) = &save.queue {
            replace_queue(&mut writing, save.room_id, queue).await?;
        }
        for person in &save.people {
            write_person(&mut writing, save.room_id, person, save.now_ms).await?;
        }
        if let Some(bans) = &save.bans {
            replace_bans(&mut writing, save.room_id, bans, save.now_ms).await?;
        }
        append_messages(&mut writing, save.room_id, &save.messages).await?;
        Ok(writing.commit().await?)
    }
}

async fn update_room(writing: &mut Writing, save: &RoomSave) -> Result<(), StoreError> {
    let closing = save.status == RoomStatus::Closed;
    let updated = sqlx::query(
        "UPDATE rooms
         SET settings = $3, owner_id = $4, source_video_id = $5, last_active_at = $6,
             status = CASE WHEN closed_at IS NULL THEN $7 ELSE status END,
             closed_at = COALESCE(closed_at, CAST($8 AS BIGINT))
         WHERE id = $1 AND epoch = $2",
    )
    .bind(save.room_id.to_string())
    .bind(stored(save.epoch))
    .bind(json_of(&save.settings))
    .bind(save.owner.to_string())
    .bind(save.source_video.map(|video| video.to_string()))
    .bind(stored(save.now_ms))
    .bind(word_of(save.status))
    .bind(closing.then(|| stored(save.now_ms)))
    .execute(&mut **writing)
    .await?;
    // No row: the epoch has been raised by somebody else, or the room is gone. Either way the writer has lost it.
    if updated.rows_affected() == 0 { Err(StoreError::Fenced) } else { Ok(()) }
}

async fn write_snapshot(writing: &mut Writing, save: &RoomSave, body: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO room_snapshots (room_id, epoch, sequence, body, saved_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (room_id) DO UPDATE
         SET epoch = excluded.epoch, sequence = excluded.sequence, body = excluded.body, saved_at = excluded.saved_at",
    )
    .bind(save.room_id.to_string())
    .bind(stored(save.epoch))
    .bind(stored(save.sequence))
    .bind(body)
    .bind(stored(save.now_ms))
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Makes `queue` the films that wait in a room. Their order stands in the snapshot; here they only count as in use.
async fn replace_queue(writing: &mut Writing, room: RoomId, queue: &[VideoId]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM queued_videos WHERE room_id = $1").bind(room.to_string()).execute(&mut **writing).await?;
    for video in queue {
        sqlx::query("INSERT INTO queued_videos (room_id, video_id) VALUES ($1, $2)")
            .bind(room.to_string())
            .bind(video.to_string())
            .execute(&mut **writing)
            .await?;
    }
    Ok(())
}

async fn snapshot_in(writing: &mut Writing, id: RoomId) -> Result<Option<SnapshotRow>, StoreError> {
    let row = sqlx::query("SELECT sequence, body, saved_at FROM room_snapshots WHERE room_id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut **writing)
        .await?;
    let read = |row: super::database::Row| {
        let (sequence, body) = (row.count("sequence")?, row.text("body")?);
        Ok(SnapshotRow { sequence, body, saved_at_ms: row.count("saved_at")? })
    };
    row.map(read).transpose()
}
