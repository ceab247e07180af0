//! The queue of transcodes. A claim raises the job's attempt, which fences whoever worked on it before (TRN-4, TRN-12).

use syncwatch_protocol::{Code, Rendition, VideoId};

use super::Rows;
use super::columns::{Columns, json_of, stored, word_of};
use super::database::Writing;
use super::videos::{VideoRow, video_in};
use crate::StoreError;

/// A transcode that now belongs to the worker that asked.
#[derive(Debug, Clone)]
pub struct ClaimedJob {
    /// The video to be made.
    pub video: VideoRow,
    /// Goes with every call about this job, and grows with every claim.
    pub attempt: u32,
    /// The output that it fills: that of the try before it, until [`begin_output`](Rows::begin_output) says otherwise.
    pub output: u32,
    /// How often it was claimed since somebody wanted it made, this time included.
    pub tries: u32,
}

/// What is known of a video once it has been probed and partly made.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaFacts {
    /// Its length.
    pub duration_ms: u64,
    /// Picture width.
    pub width: u32,
    /// Picture height.
    pub height: u32,
    /// What can be watched.
    pub renditions: Vec<Rendition>,
    /// There is a poster.
    pub poster: bool,
}

/// How many jobs are where (OBS-4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Waiting for their turn.
    pub queued: u64,
    /// Being worked on.
    pub running: u64,
    /// Finished.
    pub done: u64,
    /// Given up.
    pub failed: u64,
}

impl Rows {
    /// Puts a complete upload into the queue; calling it again while it waits or runs changes nothing.
    ///
    /// False when there is no such video. Announce `notices::JOBS_TOPIC` afterwards.
    pub async fn enqueue_transcode(&self, id: VideoId, now_ms: u64) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        if video_in(&mut writing, id).await?.is_none() {
            return Ok(false);
        }
        let queued = sqlx::query(
            "INSERT INTO jobs (video_id, state, run_at, enqueued_at) VALUES ($1, 'queued', $2, $2)
             ON CONFLICT (video_id) DO UPDATE
             SET state = 'queued', tries = 0, run_at = excluded.run_at, enqueued_at = excluded.enqueued_at,
                 lease_until = NULL
             WHERE jobs.state IN ('done', 'failed')",
        );
        let queued = queued.bind(id.to_string()).bind(stored(now_ms)).execute(&mut *writing).await?;
        if queued.rows_affected() > 0 {
            sqlx::query(
                "UPDATE videos SET status = 'pending', received_bytes = size_bytes, upload_expires_at = NULL,
                        progress = 0, eta_seconds = NULL, stalled = FALSE, failure = NULL, updated_at = $2
                 WHERE id = $1",
            )
            .bind(id.to_string())
            .bind(stored(now_ms))
            .execute(&mut *writing)
            .await?;
        }
        writing.commit().await?;
        Ok(true)
    }

    /// Takes the next job whose time has come, or one whose worker let its lease run out.
    pub async fn claim_transcode(&self, now_ms: u64, lease_ms: u64) -> Result<Option<ClaimedJob>, StoreError> {
        let mut writing = self.db.write().await?;
        let claimed = sqlx::query(
            "UPDATE jobs SET state = 'running', attempt = attempt + 1, tries = tries + 1, lease_until = $2,
                    output = CASE WHEN output = 0 THEN attempt + 1 ELSE output END
             WHERE video_id = (SELECT video_id FROM jobs
                               WHERE (state = 'queued' AND run_at <= $1) OR (state = 'running' AND lease_until < $1)
                               ORDER BY priority DESC, run_at, video_id LIMIT 1)
             RETURNING video_id, attempt, output, tries",
        );
        let claimed =
            claimed.bind(stored(now_ms)).bind(stored(now_ms + lease_ms)).fetch_optional(&mut *writing).await?;
        let Some(job) = claimed else { return Ok(None) };
        let id = job.id("video_id")?;
        sqlx::query(
            "UPDATE videos SET status = 'processing', progress = 0, eta_seconds = NULL, stalled = FALSE, failure = NULL,
                    updated_at = $2
             WHERE id = $1",
        )
        .bind(job.text("video_id")?)
        .bind(stored(now_ms))
        .execute(&mut *writing)
        .await?;
        let Some(video) = video_in(&mut writing, id).await? else { return Ok(None) };
        writing.commit().await?;
        let number = |column| Ok::<_, StoreError>(u32::try_from(job.count(column)?).unwrap_or(u32::MAX));
        let (attempt, output, tries) = (number("attempt")?, number("output")?, number("tries")?);
        Ok(Some(ClaimedJob { video, attempt, output, tries }))
    }

    /// Lets this claim fill another output than the try before it, and the next ones go on with that.
    pub async fn begin_output(&self, id: VideoId, attempt: u32, output: u32) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        hold(&mut writing, id, attempt).await?;
        sqlx::query("UPDATE jobs SET output = $2 WHERE video_id = $1")
            .bind(id.to_string())
            .bind(i64::from(output))
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Keeps a job for another `lease_ms`.
    pub async fn renew_transcode(
        &self,
        id: VideoId,
        attempt: u32,
        now_ms: u64,
        lease_ms: u64,
    ) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        hold(&mut writing, id, attempt).await?;
        sqlx::query("UPDATE jobs SET lease_until = $2 WHERE video_id = $1")
            .bind(id.to_string())
            .bind(stored(now_ms + lease_ms))
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Notes how far the work is, 0 to 1.
    pub async fn update_progress(
        &self,
        id: VideoId,
        attempt: u32,
        progress: f64,
        eta_seconds: Option<f64>,
        stalled: bool,
    ) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        hold(&mut writing, id, attempt).await?;
        sqlx::query("UPDATE videos SET progress = $2, eta_seconds = $3, stalled = $4 WHERE id = $1")
            .bind(id.to_string())
            .bind(progress)
            .bind(eta_seconds)
            .bind(stalled)
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Serves the output that this claim fills from now on, though it is not finished (TRN-3).
    pub async fn mark_playable(&self, id: VideoId, attempt: u32, facts: &MediaFacts) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        hold(&mut writing, id, attempt).await?;
        publish_output(&mut writing, id, facts).await?;
        Ok(writing.commit().await?)
    }

    /// Ends a job well.
    pub async fn finish_transcode(&self, id: VideoId, attempt: u32, facts: &MediaFacts) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        hold(&mut writing, id, attempt).await?;
        publish_output(&mut writing, id, facts).await?;
        sqlx::query(
            "UPDATE videos SET status = 'ready', progress = 1, eta_seconds = NULL, stalled = FALSE WHERE id = $1",
        )
        .bind(id.to_string())
        .execute(&mut *writing)
        .await?;
        set_state(&mut writing, id, "done", None).await?;
        Ok(writing.commit().await?)
    }

    /// Ends a try badly: to be tried again at `retry_at_ms`, or given up. What was playable stays so.
    pub async fn fail_transcode(
        &self,
        id: VideoId,
        attempt: u32,
        failure: Code,
        retry_at_ms: Option<u64>,
    ) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        hold(&mut writing, id, attempt).await?;
        let (state, status) = if retry_at_ms.is_some() { ("queued", "pending") } else { ("failed", "failed") };
        sqlx::query("UPDATE videos SET status = $2, failure = $3, eta_seconds = NULL, stalled = FALSE WHERE id = $1")
            .bind(id.to_string())
            .bind(status)
            .bind(word_of(failure))
            .execute(&mut *writing)
            .await?;
        set_state(&mut writing, id, state, retry_at_ms).await?;
        Ok(writing.commit().await?)
    }
}

/// Makes sure that the caller's attempt is the one that runs, for the rest of the transaction.
async fn hold(writing: &mut Writing, id: VideoId, attempt: u32) -> Result<(), StoreError> {
    let running = sqlx::query("SELECT attempt FROM jobs WHERE video_id = $1 AND state = 'running'")
        .bind(id.to_string())
        .fetch_optional(&mut **writing)
        .await?;
    match running {
        Some(row) if row.count("attempt")? == u64::from(attempt) => Ok(()),
        _ => Err(StoreError::Fenced),
    }
}

async fn publish_output(writing: &mut Writing, id: VideoId, facts: &MediaFacts) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE videos SET playable = TRUE, attempt = (SELECT output FROM jobs WHERE video_id = $1), duration_ms = $2,
                width = $3, height = $4, renditions = $5, poster = $6,
                subtitles = CASE WHEN attempt = (SELECT output FROM jobs WHERE video_id = $1) THEN subtitles ELSE '[]' END,
                thumbnails = thumbnails AND attempt = (SELECT output FROM jobs WHERE video_id = $1)
         WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(stored(facts.duration_ms))
    .bind(i64::from(facts.width))
    .bind(i64::from(facts.height))
    .bind(json_of(&facts.renditions))
    .bind(facts.poster)
    .execute(&mut **writing)
    .await?;
    Ok(())
}

async fn set_state(writing: &mut Writing, id: VideoId, state: &str, run_at_ms: Option<u64>) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE jobs SET state = $2, run_at = COALESCE(CAST($3 AS BIGINT), run_at), lease_until = NULL WHERE video_id = $1",
    )
    .bind(id.to_string())
    .bind(state)
    .bind(run_at_ms.map(stored))
    .execute(&mut **writing)
    .await?;
    Ok(())
}
