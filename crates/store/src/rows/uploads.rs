//! Uploads: videos whose bytes are still arriving (UPL-1).

use syncwatch_protocol::{ParticipantId, VideoId, VideoStatus};

use super::Rows;
use super::columns::{stored, word_of};
use super::database::Writing;
use super::videos::{USED, used_bytes};
use crate::StoreError;

/// An upload about to begin.
#[derive(Debug, Clone)]
pub struct NewVideo {
    /// Its id.
    pub id: VideoId,
    /// Whose it is.
    pub owner: ParticipantId,
    /// Its name for people.
    pub title: String,
    /// The file's name.
    pub file_name: String,
    /// The type declared for it.
    pub mime: String,
    /// Bytes of the whole file.
    pub size_bytes: u64,
    /// When it is given up unless it goes on.
    pub upload_expires_at_ms: u64,
}

impl Rows {
    /// Begins an upload, unless it and the owner's other videos need more than `quota_bytes`: then false.
    ///
    /// The whole size counts from the start, so that several uploads side by side cannot go over the quota together.
    pub async fn create_video(&self, video: &NewVideo, quota_bytes: u64, now_ms: u64) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        let used = used_bytes(sqlx::query(USED).bind(video.owner.to_string()).fetch_one(&mut *writing).await?)?;
        if used.saturating_add(video.size_bytes) > quota_bytes {
            return Ok(false);
        }
        insert_video(&mut writing, video, now_ms).await?;
        writing.commit().await?;
        Ok(true)
    }

    /// Notes how much of an upload has arrived, and puts off its end.
    pub async fn upload_advanced(
        &self,
        id: VideoId,
        received_bytes: u64,
        expires_at_ms: u64,
        now_ms: u64,
    ) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query(
            "UPDATE videos SET received_bytes = $2, upload_expires_at = $3, updated_at = $4
             WHERE id = $1 AND status = 'uploading'",
        )
        .bind(id.to_string())
        .bind(stored(received_bytes))
        .bind(stored(expires_at_ms))
        .bind(stored(now_ms))
        .execute(&mut *writing)
        .await?;
        Ok(writing.commit().await?)
    }
}

async fn insert_video(writing: &mut Writing, video: &NewVideo, now_ms: u64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO videos (id, owner_id, title, file_name, mime, size_bytes, status, created_at, updated_at,
                             upload_expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
    )
    .bind(video.id.to_string())
    .bind(video.owner.to_string())
    .bind(&video.title)
    .bind(&video.file_name)
    .bind(&video.mime)
    .bind(stored(video.size_bytes))
    .bind(word_of(VideoStatus::Uploading))
    .bind(stored(now_ms))
    .bind(stored(video.upload_expires_at_ms))
    .execute(&mut **writing)
    .await?;
    Ok(())
}
