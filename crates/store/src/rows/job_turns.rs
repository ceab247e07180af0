//! Handing jobs back, giving them up, and looking at the queue as a whole.

use syncwatch_protocol::{Code, VideoId};

use super::columns::{Columns, stored, word_of};
use super::{QueueCounts, Rows};
use crate::StoreError;

impl Rows {
    /// Hands a running job back untried, as a process does that stops (OBS-6). Nothing happens when it does not run.
    pub async fn release_transcode(&self, id: VideoId) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query(
            "UPDATE videos SET status = 'pending', progress = 0, eta_seconds = NULL, stalled = FALSE
             WHERE id = (SELECT video_id FROM jobs WHERE video_id = $1 AND state = 'running')",
        )
        .bind(id.to_string())
        .execute(&mut *writing)
        .await?;
        sqlx::query(
            "UPDATE jobs SET state = 'queued', tries = tries - 1, lease_until = NULL
             WHERE video_id = $1 AND state = 'running'",
        )
        .bind(id.to_string())
        .execute(&mut *writing)
        .await?;
        Ok(writing.commit().await?)
    }

    /// Gives a job up that waits or runs, because its film is about to go. False when there is no such job.
    ///
    /// From now on its worker is refused every write. The lease stays until it runs out or the worker has
    /// [left](Self::leave_transcode), so that one can wait for that: [`is_worked_on`](Self::is_worked_on).
    pub async fn cancel_transcode(&self, id: VideoId, now_ms: u64) -> Result<bool, StoreError> {
        let mut writing = self.db.write().await?;
        let cancelled =
            sqlx::query("UPDATE jobs SET state = 'failed' WHERE video_id = $1 AND state IN ('queued', 'running')")
                .bind(id.to_string())
                .execute(&mut *writing)
                .await?;
        if cancelled.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(
            "UPDATE videos SET status = 'failed', failure = $2, playable = FALSE, eta_seconds = NULL, stalled = FALSE,
                    updated_at = $3
             WHERE id = $1",
        )
        .bind(id.to_string())
        .bind(word_of(Code::Cancelled))
        .bind(stored(now_ms))
        .execute(&mut *writing)
        .await?;
        writing.commit().await?;
        Ok(true)
    }

    /// Says that the worker of a cancelled job has ended and will touch none of its files any more.
    pub async fn leave_transcode(&self, id: VideoId, attempt: u32) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query("UPDATE jobs SET lease_until = NULL WHERE video_id = $1 AND attempt = $2 AND state = 'failed'")
            .bind(id.to_string())
            .bind(i64::from(attempt))
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }

    /// Whether a worker may still be busy with the files of a video.
    pub async fn is_worked_on(&self, id: VideoId, now_ms: u64) -> Result<bool, StoreError> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM jobs WHERE video_id = $1 AND lease_until >= $2");
        let jobs: i64 = query.bind(id.to_string()).bind(stored(now_ms)).fetch_one(self.db.read()).await?;
        Ok(jobs > 0)
    }

    /// Stops offering an output, because it is gone. Another one stays.
    pub async fn withdraw_output(&self, id: VideoId, output: u32) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query(
            "UPDATE videos SET playable = FALSE, poster = FALSE, renditions = '[]', subtitles = '[]', thumbnails = FALSE
             WHERE id = $1 AND attempt = $2",
        )
        .bind(id.to_string())
        .bind(i64::from(output))
        .execute(&mut *writing)
        .await?;
        Ok(writing.commit().await?)
    }

    /// Queues every running job anew: at start, when whoever worked on them is gone. Returns how many there were.
    ///
    /// Their tries stay counted, so that a film which takes the whole process down is given up in the end.
    pub async fn recover_running_jobs(&self, now_ms: u64) -> Result<u64, StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query(
            "UPDATE videos SET status = 'pending', progress = 0, eta_seconds = NULL, stalled = FALSE
             WHERE id IN (SELECT video_id FROM jobs WHERE state = 'running')",
        )
        .execute(&mut *writing)
        .await?;
        let jobs =
            sqlx::query("UPDATE jobs SET state = 'queued', run_at = $1, lease_until = NULL WHERE state = 'running'")
                .bind(stored(now_ms))
                .execute(&mut *writing)
                .await?;
        // Whoever had been told to give up a job is gone as well.
        sqlx::query("UPDATE jobs SET lease_until = NULL").execute(&mut *writing).await?;
        writing.commit().await?;
        Ok(jobs.rows_affected())
    }

    /// When the next waiting job may run; none when nothing waits. Lets a worker sleep through a retry's delay.
    pub async fn next_transcode_at(&self) -> Result<Option<u64>, StoreError> {
        let row = sqlx::query("SELECT MIN(run_at) AS next FROM jobs WHERE state = 'queued'")
            .fetch_one(self.db.read())
            .await?;
        row.optional_count("next")
    }

    /// How many videos have their turn before this one; none when it does not wait (TRN-12).
    pub async fn place_in_queue(&self, id: VideoId) -> Result<Option<u64>, StoreError> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM jobs AS other
                     WHERE other.state = 'queued'
                       AND (other.priority > me.priority
                            OR (other.priority = me.priority AND (other.run_at, other.video_id) < (me.run_at, me.video_id))))
                    AS place
             FROM jobs AS me WHERE me.video_id = $1 AND me.state = 'queued'",
        )
        .bind(id.to_string())
        .fetch_optional(self.db.read())
        .await?;
        row.map(|row| row.count("place")).transpose()
    }

    /// How many jobs are where.
    pub async fn transcode_counts(&self) -> Result<QueueCounts, StoreError> {
        let rows =
            sqlx::query("SELECT state, COUNT(*) AS jobs FROM jobs GROUP BY state").fetch_all(self.db.read()).await?;
        let mut counts = QueueCounts::default();
        for row in rows {
            let jobs = row.count("jobs")?;
            match row.text("state")?.as_str() {
                "queued" => counts.queued = jobs,
                "running" => counts.running = jobs,
                "done" => counts.done = jobs,
                _ => counts.failed = jobs,
            }
        }
        Ok(counts)
    }
}
