//! Videos, from the first byte of their upload on.

use syncwatch_protocol::{
    Code, LinkKind, LinkView, MediaTime, ParticipantId, Rendition, SubtitleOrigin, SubtitleTrack, VideoId, VideoStatus,
    VideoView,
};

use super::Rows;
use super::columns::{Columns, stored};
use super::database::{Row, Writing};
use super::subtitles::StoredSubtitle;
use crate::StoreError;

/// The poster among the files of an attempt, as `syncwatch-media` names it.
const POSTER: &str = "poster.jpg";

/// What names the pictures for the seek bar.
const THUMBNAILS: &str = "sprites/index.vtt";

/// A video as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct VideoRow {
    /// Which one; also the id of its upload.
    pub id: VideoId,
    /// Whose it is.
    pub owner: ParticipantId,
    /// Its name for people.
    pub title: String,
    /// The name of the file that was uploaded.
    pub file_name: String,
    /// The type that was declared for it.
    pub mime: String,
    /// Bytes of the whole file.
    pub size_bytes: u64,
    /// Bytes seen to arrive, for people; the file's length is what an upload goes on from.
    pub received_bytes: u64,
    /// Where it is on its way.
    pub status: VideoStatus,
    /// It can be watched.
    pub playable: bool,
    /// 0 to 1, of the work on it.
    pub progress: f64,
    /// Seconds until the work is done, as far as known.
    pub eta_seconds: Option<f64>,
    /// Nothing has moved for a while.
    pub stalled: bool,
    /// Its length, once known.
    pub duration_ms: Option<u64>,
    /// Picture width, once known.
    pub width: Option<u32>,
    /// Picture height, once known.
    pub height: Option<u32>,
    /// What can be watched now.
    pub renditions: Vec<Rendition>,
    /// The subtitles that were in its file.
    pub subtitles: Vec<StoredSubtitle>,
    /// The subtitles that its owner added.
    pub added_subtitles: Vec<StoredSubtitle>,
    /// Why it failed.
    pub failure: Option<Code>,
    /// The output that is served; 0 before there is one.
    pub attempt: u32,
    /// It has a poster.
    pub poster: bool,
    /// Where it is, when it was not uploaded.
    pub link: Option<FilmLink>,
    /// It has pictures for the seek bar.
    pub thumbnails: bool,
    /// When its upload began.
    pub created_at_ms: u64,
    /// When its row last changed.
    pub updated_at_ms: u64,
    /// When its upload is given up; none once it is complete.
    pub upload_expires_at_ms: Option<u64>,
    /// When it expires; none where films are kept.
    pub expires_at_ms: Option<u64>,
}

/// A film on another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilmLink {
    /// Its address.
    pub url: String,
    /// How it is played.
    pub kind: LinkKind,
}

impl FilmLink {
    /// The server's name, with its port when that is not the usual one.
    pub fn host(&self) -> &str {
        let after = self.url.split_once("://").map_or(self.url.as_str(), |(_, after)| after);
        after.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

impl VideoRow {
    /// The video as people see it. `address` gives the signed path of a file of an attempt; those of attempt 0 belong to the
    /// film, whatever is made of it.
    pub fn view(&self, address: impl Fn(u32, &str) -> String) -> VideoView {
        VideoView {
            id: self.id,
            title: self.title.clone(),
            status: self.status,
            playable: self.playable,
            progress: self.shown_progress(),
            eta_seconds: self.eta_seconds,
            stalled: self.stalled,
            duration_ms: self.duration_ms.map(MediaTime),
            width: self.width,
            height: self.height,
            renditions: self.renditions.clone(),
            subtitles: self.subtitle_tracks(&address),
            failure: self.failure,
            size_bytes: self.size_bytes,
            link: self.link.as_ref().map(|link| LinkView { kind: link.kind, host: link.host().to_owned() }),
            poster_url: self.poster.then(|| address(self.attempt, POSTER)),
            thumbnails_url: self.thumbnails.then(|| address(self.attempt, THUMBNAILS)),
            created_at_ms: self.created_at_ms,
            expires_at_ms: self.expires_at_ms,
        }
    }

    fn subtitle_tracks(&self, address: impl Fn(u32, &str) -> String) -> Vec<SubtitleTrack> {
        let track = |stored: &StoredSubtitle, origin, attempt| SubtitleTrack {
            id: stored.id.clone(),
            label: stored.label.clone(),
            language: stored.language.clone(),
            forced: stored.forced,
            origin,
            note: stored.note,
            url: address(attempt, &stored.file),
        };
        let embedded = self.subtitles.iter().map(|stored| track(stored, SubtitleOrigin::Embedded, self.attempt));
        let added = self.added_subtitles.iter().map(|stored| track(stored, SubtitleOrigin::Added, 0));
        embedded.chain(added).collect()
    }

    fn shown_progress(&self) -> f64 {
        match self.status {
            VideoStatus::Uploading => self.received_bytes as f64 / self.size_bytes.max(1) as f64,
            VideoStatus::Scanning => 0.0,
            VideoStatus::Ready => 1.0,
            VideoStatus::Pending | VideoStatus::Processing | VideoStatus::Failed => self.progress,
        }
    }
}

macro_rules! select_videos {
    ($rest:literal) => {
        concat!(
            "SELECT id, owner_id, title, file_name, mime, size_bytes, received_bytes, status, playable, progress,
                    eta_seconds, stalled, duration_ms, width, height, renditions, subtitles, added_subtitles, failure,
                    attempt, poster, thumbnails, link_url, link_kind, created_at, updated_at, upload_expires_at,
                    expires_at
             FROM videos ",
            $rest
        )
    };
}

impl Rows {
    /// The video with this id.
    pub async fn video(&self, id: VideoId) -> Result<Option<VideoRow>, StoreError> {
        let query = sqlx::query(select_videos!("WHERE id = $1")).bind(id.to_string());
        query.fetch_optional(self.db.read()).await?.map(|row| read_video(&row)).transpose()
    }

    /// Somebody's videos, newest first.
    pub async fn videos_of(&self, owner: ParticipantId, limit: u32) -> Result<Vec<VideoRow>, StoreError> {
        let query = sqlx::query(select_videos!("WHERE owner_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2"));
        let rows = query.bind(owner.to_string()).bind(i64::from(limit)).fetch_all(self.db.read()).await?;
        rows.iter().map(read_video).collect()
    }

    /// Every upload that is not complete, the oldest first.
    pub async fn unfinished_uploads(&self) -> Result<Vec<VideoRow>, StoreError> {
        let rows = sqlx::query(select_videos!("WHERE status = 'uploading' ORDER BY created_at, id"))
            .fetch_all(self.db.read())
            .await?;
        rows.iter().map(read_video).collect()
    }

    /// Bytes that somebody's videos take, uploads in their full size. What has been removed takes none.
    pub async fn storage_used(&self, owner: ParticipantId) -> Result<u64, StoreError> {
        used_bytes(sqlx::query(USED).bind(owner.to_string()).fetch_one(self.db.read()).await?)
    }

    /// Films of guests whose room was closed before `closed_before_ms`: nobody can reach them any more.
    pub async fn abandoned_videos(&self, closed_before_ms: u64) -> Result<Vec<VideoId>, StoreError> {
        let rows = sqlx::query(
            "SELECT videos.id FROM videos
             JOIN guests ON guests.id = videos.owner_id
             JOIN rooms ON rooms.id = guests.room_id
             WHERE rooms.closed_at < $1 ORDER BY videos.id",
        )
        .bind(stored(closed_before_ms))
        .fetch_all(self.db.read())
        .await?;
        rows.iter().map(|row| row.id("id")).collect()
    }

    /// Gives a video another title. False when there is no such video.
    pub async fn rename_video(&self, id: VideoId, title: &str, now_ms: u64) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        let renamed = sqlx::query("UPDATE videos SET title = $2, updated_at = $3 WHERE id = $1")
            .bind(id.to_string())
            .bind(title)
            .bind(stored(now_ms))
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(renamed.rows_affected() > 0)
    }

    /// Notes that the file that was uploaded for a video is gone, and the space it took with it.
    pub async fn source_removed(&self, id: VideoId) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query("UPDATE videos SET source_stored = FALSE WHERE id = $1")
            .bind(id.to_string())
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Forgets a video and its job. Its files are the caller's to remove. False when there was none.
    pub async fn delete_video(&self, id: VideoId) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        let deleted =
            sqlx::query("DELETE FROM videos WHERE id = $1").bind(id.to_string()).execute(&mut *writing).await?;
        writing.commit().await?;
        Ok(deleted.rows_affected() > 0)
    }
}

pub(super) const USED: &str =
    "SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) AS used FROM videos WHERE owner_id = $1 AND source_stored";

pub(super) fn used_bytes(row: Row) -> Result<u64, StoreError> {
    row.count("used")
}

/// The row of one video, inside a transaction.
pub(super) async fn video_in(writing: &mut Writing, id: VideoId) -> Result<Option<VideoRow>, StoreError> {
    let query = sqlx::query(select_videos!("WHERE id = $1")).bind(id.to_string());
    query.fetch_optional(&mut **writing).await?.map(|row| read_video(&row)).transpose()
}

fn read_video(row: &Row) -> Result<VideoRow, StoreError> {
    let pixels = |column| Ok::<_, StoreError>(row.optional_count(column)?.and_then(|count| u32::try_from(count).ok()));
    Ok(VideoRow {
        id: row.id("id")?,
        owner: row.id("owner_id")?,
        title: row.text("title")?,
        file_name: row.text("file_name")?,
        mime: row.text("mime")?,
        size_bytes: row.count("size_bytes")?,
        received_bytes: row.count("received_bytes")?,
        status: row.word("status")?,
        playable: row.flag("playable")?,
        progress: row.optional_real("progress")?.unwrap_or_default(),
        eta_seconds: row.optional_real("eta_seconds")?,
        stalled: row.flag("stalled")?,
        duration_ms: row.optional_count("duration_ms")?,
        width: pixels("width")?,
        height: pixels("height")?,
        renditions: row.json("renditions")?,
        subtitles: row.json("subtitles")?,
        added_subtitles: row.json("added_subtitles")?,
        failure: row.optional_word("failure")?,
        attempt: row.count("attempt")?.try_into().unwrap_or_default(),
        poster: row.flag("poster")?,
        link: match (row.optional_text("link_url")?, row.optional_word("link_kind")?) {
            (Some(url), Some(kind)) => Some(FilmLink { url, kind }),
            _ => None,
        },
        thumbnails: row.flag("thumbnails")?,
        created_at_ms: row.count("created_at")?,
        updated_at_ms: row.count("updated_at")?,
        upload_expires_at_ms: row.optional_count("upload_expires_at")?,
        expires_at_ms: row.optional_count("expires_at")?,
    })
}
