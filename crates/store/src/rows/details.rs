//! What was found in a film's file and decided about it, for its owner (UPL-2).

use syncwatch_protocol::VideoId;

use super::Rows;
use super::columns::Columns;
use crate::StoreError;

/// What was found and decided, as JSON that the store does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoDetails {
    /// The probe's report; none before there was one.
    pub report: Option<String>,
    /// An array of choices and their reasons.
    pub decisions: String,
}

impl Rows {
    /// Keeps what the probe found. What was decided about an earlier report goes.
    pub async fn note_report(&self, id: VideoId, report: &str) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query("UPDATE videos SET report = $2, decisions = '[]' WHERE id = $1")
            .bind(id.to_string())
            .bind(report)
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Keeps what was decided.
    pub async fn note_decisions(&self, id: VideoId, decisions: &str) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query("UPDATE videos SET decisions = $2 WHERE id = $1")
            .bind(id.to_string())
            .bind(decisions)
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// What was found and decided; none when there is no such video.
    pub async fn video_details(&self, id: VideoId) -> Result<Option<VideoDetails>, StoreError> {
        let query = sqlx::query("SELECT report, decisions FROM videos WHERE id = $1").bind(id.to_string());
        let Some(row) = query.fetch_optional(self.db.read()).await? else { return Ok(None) };
        Ok(Some(VideoDetails { report: row.optional_text("report")?, decisions: row.text("decisions")? }))
    }
}
