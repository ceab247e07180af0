//! Films whose file is looked through for malware before they are queued (UPL-4).

use syncwatch_protocol::{Code, VideoId};

use super::Rows;
use super::columns::{Columns, stored, word_of};
use crate::StoreError;

impl Rows {
    /// Notes that a complete upload, or a film that failed, is being scanned. False when it is neither.
    pub async fn begin_scan(&self, id: VideoId, now_ms: u64) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        let begun = sqlx::query(
            "UPDATE videos SET status = 'scanning', received_bytes = size_bytes, upload_expires_at = NULL, progress = 0,
                    eta_seconds = NULL, stalled = FALSE, failure = NULL, updated_at = $2
             WHERE id = $1 AND status IN ('uploading', 'failed')",
        )
        .bind(id.to_string())
        .bind(stored(now_ms))
        .execute(&mut *writing)
        .await?;
        writing.commit().await?;
        Ok(begun.rows_affected() > 0)
    }

    /// Films that were being scanned when the process ended, or are now.
    pub async fn scanning(&self) -> Result<Vec<VideoId>, StoreError> {
        let rows = sqlx::query("SELECT id FROM videos WHERE status = 'scanning' ORDER BY id")
            .fetch_all(self.db.read())
            .await?;
        rows.iter().map(|row| row.id("id")).collect()
    }

    /// Refuses a film that was being scanned. False when it is not any more.
    pub async fn refuse_scanned(&self, id: VideoId, failure: Code, now_ms: u64) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        let refused = sqlx::query(
            "UPDATE videos SET status = 'failed', failure = $2, updated_at = $3 WHERE id = $1 AND status = 'scanning'",
        )
        .bind(id.to_string())
        .bind(word_of(failure))
        .bind(stored(now_ms))
        .execute(&mut *writing)
        .await?;
        writing.commit().await?;
        Ok(refused.rows_affected() > 0)
    }
}
