//! Films on other people's servers (SRC-4).

use syncwatch_protocol::{ParticipantId, VideoId, VideoStatus};

use super::columns::{stored, word_of};
use super::{FilmLink, Rows};
use crate::StoreError;

/// A film that has been looked at and can be watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// Its id.
    pub id: VideoId,
    /// Whose it is.
    pub owner: ParticipantId,
    /// Its name for people.
    pub title: String,
    /// Where it is.
    pub link: FilmLink,
    /// How long it is.
    pub duration_ms: u64,
    /// Width and height of its picture, where they are known.
    pub size: Option<(u32, u32)>,
}

impl Rows {
    /// Keeps a link as a film that is ready. It takes no storage.
    pub async fn add_link(&self, film: &NewLink, now_ms: u64) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query(
            "INSERT INTO videos (id, owner_id, title, file_name, mime, size_bytes, status, playable, progress, duration_ms,
                                 width, height, source_stored, link_url, link_kind, created_at, updated_at)
             VALUES ($1, $2, $3, '', '', 0, $4, TRUE, 1, $5, $6, $7, FALSE, $8, $9, $10, $10)",
        )
        .bind(film.id.to_string())
        .bind(film.owner.to_string())
        .bind(&film.title)
        .bind(word_of(VideoStatus::Ready))
        .bind(stored(film.duration_ms))
        .bind(film.size.map(|(width, _)| i64::from(width)))
        .bind(film.size.map(|(_, height)| i64::from(height)))
        .bind(&film.link.url)
        .bind(word_of(film.link.kind))
        .bind(stored(now_ms))
        .execute(&mut *writing)
        .await?;
        Ok(writing.commit().await?)
    }

    /// How many links somebody has: they take no storage, so their number is what is limited.
    pub async fn links_of(&self, owner: ParticipantId) -> Result<u64, StoreError> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM videos WHERE owner_id = $1 AND link_url IS NOT NULL");
        let links: i64 = query.bind(owner.to_string()).fetch_one(self.db.read()).await?;
        Ok(u64::try_from(links).unwrap_or_default())
    }
}
