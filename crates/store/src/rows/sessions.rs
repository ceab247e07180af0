//! Refresh tokens: single use, kept as hashes, in families that fall together (ACC-3).

use syncwatch_protocol::ParticipantId;
use uuid::Uuid;

use super::Rows;
use super::columns::{Columns, stored};
use super::database::{Row, Writing};
use crate::StoreError;

/// A refresh token about to be handed out.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Hash of the token; the token itself is never stored.
    pub token_hash: String,
    /// When it ends.
    pub expires_at_ms: u64,
}

/// What became of a token that somebody wanted to spend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spending {
    /// Spent; the next one of its family is stored.
    Rotated {
        /// Whose it is.
        user: ParticipantId,
        /// The log-in it belongs to.
        family: Uuid,
    },
    /// It had been spent before: somebody has a copy. Its family is revoked.
    Reused {
        /// Whose it was.
        user: ParticipantId,
        /// The log-in that ended.
        family: Uuid,
    },
    /// It never was, has expired or was revoked.
    Void,
}

impl Rows {
    /// Stores the first token of a log-in.
    pub async fn start_session(
        &self,
        user: ParticipantId,
        family: Uuid,
        token: &NewToken,
        now_ms: u64,
    ) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        insert(&mut writing, user, family, token, now_ms).await?;
        Ok(writing.commit().await?)
    }

    /// Spends a token and stores the one that takes its place.
    ///
    /// Within `grace_ms` of being spent it may be spent again: two tabs that wake together send the same cookie.
    pub async fn spend_token(
        &self,
        token_hash: &str,
        next: &NewToken,
        now_ms: u64,
        grace_ms: u64,
    ) -> Result<Spending, StoreError> {
        let mut writing = self.db.write().await?;
        let spending = match token_in(&mut writing, token_hash).await? {
            Some(token) if token.is_void(now_ms) => Spending::Void,
            Some(token) if token.was_spent_before(now_ms.saturating_sub(grace_ms)) => {
                revoke_families(&mut writing, token.user, Some(token.family), None, now_ms).await?;
                Spending::Reused { user: token.user, family: token.family }
            }
            Some(token) => {
                mark_spent(&mut writing, token_hash, now_ms).await?;
                insert(&mut writing, token.user, token.family, next, now_ms).await?;
                Spending::Rotated { user: token.user, family: token.family }
            }
            None => Spending::Void,
        };
        writing.commit().await?;
        Ok(spending)
    }

    /// Ends the log-in that a token belongs to, and says whose it was.
    pub async fn end_session(
        &self,
        token_hash: &str,
        now_ms: u64,
    ) -> Result<Option<(ParticipantId, Uuid)>, StoreError> {
        let mut writing = self.db.write().await?;
        let Some(token) = token_in(&mut writing, token_hash).await? else { return Ok(None) };
        revoke_families(&mut writing, token.user, Some(token.family), None, now_ms).await?;
        writing.commit().await?;
        Ok(Some((token.user, token.family)))
    }

    /// Ends all log-ins of a user but one.
    pub async fn end_other_sessions(
        &self,
        user: ParticipantId,
        keep: Uuid,
        now_ms: u64,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut writing = self.db.write().await?;
        let ended = revoke_families(&mut writing, user, None, Some(keep), now_ms).await?;
        writing.commit().await?;
        Ok(ended)
    }

    /// Forgets tokens that ended before `before_ms`. Returns how many.
    pub async fn forget_tokens(&self, before_ms: u64) -> Result<u64, StoreError> {
        let mut writing = self.db.write().await?;
        let forgotten = sqlx::query("DELETE FROM refresh_tokens WHERE expires_at < $1")
            .bind(stored(before_ms))
            .execute(&mut *writing)
            .await?;
        writing.commit().await?;
        Ok(forgotten.rows_affected())
    }
}

/// A stored token.
struct Token {
    user: ParticipantId,
    family: Uuid,
    expires_at_ms: u64,
    spent_at_ms: Option<u64>,
    revoked: bool,
}

impl Token {
    fn is_void(&self, now_ms: u64) -> bool {
        self.revoked || self.expires_at_ms <= now_ms
    }

    fn was_spent_before(&self, moment_ms: u64) -> bool {
        self.spent_at_ms.is_some_and(|spent| spent < moment_ms)
    }
}

async fn token_in(writing: &mut Writing, token_hash: &str) -> Result<Option<Token>, StoreError> {
    let row = sqlx::query(
        "SELECT user_id, family, expires_at, spent_at, revoked_at FROM refresh_tokens WHERE token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(&mut **writing)
    .await?;
    let read = |row: Row| {
        Ok(Token {
            user: row.id("user_id")?,
            family: row.id("family")?,
            expires_at_ms: row.count("expires_at")?,
            spent_at_ms: row.optional_count("spent_at")?,
            revoked: row.optional_count("revoked_at")?.is_some(),
        })
    };
    row.map(read).transpose()
}

async fn mark_spent(writing: &mut Writing, token_hash: &str, now_ms: u64) -> Result<(), StoreError> {
    // The first time counts: spending it again within the grace must not prolong the grace.
    sqlx::query("UPDATE refresh_tokens SET spent_at = COALESCE(spent_at, $2) WHERE token_hash = $1")
        .bind(token_hash)
        .bind(stored(now_ms))
        .execute(&mut **writing)
        .await?;
    Ok(())
}

async fn insert(
    writing: &mut Writing,
    user: ParticipantId,
    family: Uuid,
    token: &NewToken,
    now_ms: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO refresh_tokens (token_hash, family, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&token.token_hash)
    .bind(family.to_string())
    .bind(user.to_string())
    .bind(stored(now_ms))
    .bind(stored(token.expires_at_ms))
    .execute(&mut **writing)
    .await?;
    Ok(())
}

/// Revokes a user's families: `only` this one, or all but `keep`.
async fn revoke_families(
    writing: &mut Writing,
    user: ParticipantId,
    only: Option<Uuid>,
    keep: Option<Uuid>,
    now_ms: u64,
) -> Result<Vec<Uuid>, StoreError> {
    let rows = sqlx::query(
        "UPDATE refresh_tokens SET revoked_at = $2
         WHERE user_id = $1 AND revoked_at IS NULL
           AND (CAST($3 AS TEXT) IS NULL OR family = $3) AND (CAST($4 AS TEXT) IS NULL OR family <> $4)
         RETURNING family",
    )
    .bind(user.to_string())
    .bind(stored(now_ms))
    .bind(only.map(|family| family.to_string()))
    .bind(keep.map(|family| family.to_string()))
    .fetch_all(&mut **writing)
    .await?;
    let mut families = rows.iter().map(|row| row.id("family")).collect::<Result<Vec<Uuid>, _>>()?;
    families.sort_unstable();
    families.dedup();
    Ok(families)
}
