//! What films have beside their renditions. Subtitles: those that an attempt made of the file, and those that the owner added (SRC-6).

use serde::{Deserialize, Serialize};
use syncwatch_protocol::{SubtitleNote, VideoId};

use super::Rows;
use super::columns::json_of;
use super::videos::video_in;
use crate::StoreError;

/// A track of subtitles as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSubtitle {
    /// Which of the film's.
    pub id: String,
    /// Its line in a menu.
    pub label: String,
    /// ISO 639 code, when somebody said which.
    pub language: Option<String>,
    /// Only what everybody needs.
    pub forced: bool,
    /// What a viewer should know.
    pub note: Option<SubtitleNote>,
    /// Its file, below the attempt or below the film.
    pub file: String,
}

impl Rows {
    /// Notes which subtitles an attempt made. Nothing happens when another attempt is served.
    pub async fn note_subtitles(
        &self,
        id: VideoId,
        attempt: u32,
        subtitles: &[StoredSubtitle],
    ) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query("UPDATE videos SET subtitles = $3 WHERE id = $1 AND attempt = $2")
            .bind(id.to_string())
            .bind(i64::from(attempt))
            .bind(json_of(&subtitles))
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Notes that an attempt has pictures for the seek bar. Nothing happens when another attempt is served.
    pub async fn note_thumbnails(&self, id: VideoId, attempt: u32) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query("UPDATE videos SET thumbnails = TRUE WHERE id = $1 AND attempt = $2")
            .bind(id.to_string())
            .bind(i64::from(attempt))
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Changes the subtitles that the owner added. What `change` refuses is not written; none when there is no such video.
    pub async fn change_added_subtitles<T, E>(
        &self,
        id: VideoId,
        change: impl FnOnce(&mut Vec<StoredSubtitle>) -> Result<T, E>,
    ) -> Result<Option<Result<T, E>>, StoreError> {
        let mut writing = self.db.write().await?;
        let Some(video) = video_in(&mut writing, id).await? else { return Ok(None) };
        let mut added = video.added_subtitles;
        let changed = match change(&mut added) {
            Ok(changed) => changed,
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        sqlx::query("UPDATE videos SET added_subtitles = $2 WHERE id = $1")
            .bind(id.to_string())
            .bind(json_of(&added))
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(Some(Ok(changed)))
    }
}
