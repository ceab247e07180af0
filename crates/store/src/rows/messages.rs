//! Chat: lines are added and read, in the order of their positions (CHAT-1).

use syncwatch_protocol::{ChatMessage, ChatPosition, RoomId, ServerTime};

use super::Rows;
use super::columns::{Columns, json_of, stored};
use super::database::{Row, Writing};
use crate::StoreError;

impl Rows {
    /// At most `limit` lines before a position, in order: the nearest ones.
    pub async fn messages_before(
        &self,
        room: RoomId,
        before: ChatPosition,
        limit: u32,
    ) -> Result<Vec<ChatMessage>, StoreError> {
        let rows = sqlx::query(BEFORE)
            .bind(room.to_string())
            .bind(stored(before.0))
            .bind(i64::from(limit))
            .fetch_all(self.db.read())
            .await?;
        rows.iter().rev().map(read_message).collect()
    }

    /// At most `limit` lines after a position, in order: the nearest ones.
    pub async fn messages_after(
        &self,
        room: RoomId,
        after: ChatPosition,
        limit: u32,
    ) -> Result<Vec<ChatMessage>, StoreError> {
        let rows = sqlx::query(
            "SELECT position, author_id, author_name, client_id, body, sent_at FROM messages
             WHERE room_id = $1 AND position > $2 ORDER BY position LIMIT $3",
        )
        .bind(room.to_string())
        .bind(stored(after.0))
        .bind(i64::from(limit))
        .fetch_all(self.db.read())
        .await?;
        rows.iter().map(read_message).collect()
    }
}

const BEFORE: &str = "SELECT position, author_id, author_name, client_id, body, sent_at FROM messages
                      WHERE room_id = $1 AND position < $2 ORDER BY position DESC LIMIT $3";

/// The last `limit` lines in order, and whether there are lines before them.
pub(super) async fn last_messages(
    writing: &mut Writing,
    room: RoomId,
    limit: u32,
) -> Result<(Vec<ChatMessage>, bool), StoreError> {
    let rows = sqlx::query(BEFORE)
        .bind(room.to_string())
        .bind(i64::MAX)
        .bind(i64::from(limit) + 1)
        .fetch_all(&mut **writing)
        .await?;
    let older = rows.len() > limit as usize;
    let messages = rows.iter().take(limit as usize).rev().map(read_message).collect::<Result<_, _>>()?;
    Ok((messages, older))
}

/// Adds lines. A position that is there already is the same line, stored by a call whose answer was lost.
pub(super) async fn append_messages(
    writing: &mut Writing,
    room: RoomId,
    messages: &[ChatMessage],
) -> Result<(), StoreError> {
    for message in messages {
        sqlx::query(
            "INSERT INTO messages (room_id, position, author_id, author_name, client_id, body, sent_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (room_id, position) DO NOTHING",
        )
        .bind(room.to_string())
        .bind(stored(message.position.0))
        .bind(message.author.map(|author| author.to_string()))
        .bind(&message.author_name)
        .bind(&message.client_id)
        .bind(json_of(&message.body))
        .bind(stored(message.sent_at_ms.0))
        .execute(&mut **writing)
        .await?;
    }
    Ok(())
}

fn read_message(row: &Row) -> Result<ChatMessage, StoreError> {
    Ok(ChatMessage {
        position: ChatPosition(row.count("position")?),
        sent_at_ms: ServerTime(row.count("sent_at")?),
        author: row.optional_id("author_id")?,
        author_name: row.text("author_name")?,
        client_id: row.optional_text("client_id")?,
        body: row.json("body")?,
    })
}
