//! When films expire (UPL-6), and what becomes of those that lost files (HLS-4).

use syncwatch_protocol::{Code, VideoId};

use super::Rows;
use super::columns::{Columns, stored, word_of};
use crate::StoreError;

impl Rows {
    /// Gives every film its day. `lifetime_ms` is counted from now for those that have none yet and those that an open room
    /// shows or has in its queue; a day that is further off is brought nearer. None takes the days away.
    ///
    /// So nobody's film expires on the day on which somebody sets a lifetime, and none that is still being watched.
    pub async fn set_film_expiry(&self, lifetime_ms: Option<u64>, now_ms: u64) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        match lifetime_ms {
            None => sqlx::query("UPDATE videos SET expires_at = NULL WHERE expires_at IS NOT NULL"),
            Some(lifetime_ms) => sqlx::query(
                "UPDATE videos SET expires_at = $1
                 WHERE status <> 'uploading'
                   AND (expires_at IS NULL OR expires_at > $1
                        OR id IN (SELECT source_video_id FROM rooms WHERE closed_at IS NULL AND expires_at > $2)
                        OR id IN (SELECT video_id FROM queued_videos
                                  JOIN rooms ON rooms.id = queued_videos.room_id
                                  WHERE closed_at IS NULL AND rooms.expires_at > $2))",
            )
            .bind(stored(now_ms.saturating_add(lifetime_ms)))
            .bind(stored(now_ms)),
        }
        .execute(&mut *writing)
        .await?;
        Ok(writing.commit().await?)
    }

    /// Notes that a finished film has lost files for good. Nothing happens when it is not finished, or another attempt is served.
    pub async fn film_damaged(&self, id: VideoId, attempt: u32, playable: bool, now_ms: u64) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query(
            "UPDATE videos SET status = 'failed', failure = $3, playable = $4, updated_at = $5
             WHERE id = $1 AND attempt = $2 AND status = 'ready'",
        )
        .bind(id.to_string())
        .bind(i64::from(attempt))
        .bind(word_of(Code::Storage))
        .bind(playable)
        .bind(stored(now_ms))
        .execute(&mut *writing)
        .await?;
        Ok(writing.commit().await?)
    }

    /// Films whose day has come, the oldest first.
    pub async fn expired_films(&self, now_ms: u64) -> Result<Vec<VideoId>, StoreError> {
        let query = sqlx::query("SELECT id FROM videos WHERE expires_at <= $1 ORDER BY expires_at, id");
        let rows = query.bind(stored(now_ms)).fetch_all(self.db.read()).await?;
        rows.iter().map(|row| row.id("id")).collect()
    }
}
