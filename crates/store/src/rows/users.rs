//! Accounts (ACC-1, ACC-2).

use syncwatch_protocol::{ParticipantId, ParticipantKind, Role, RoomId};

use super::Rows;
use super::columns::{Columns, stored, word_of};
use super::database::{Row, Writing};
use crate::{StoreError, Unique};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// Who.
    pub id: ParticipantId,
    /// His e-mail address as he wrote it.
    pub email: String,
    /// His name as he wrote it.
    pub username: String,
    /// The bcrypt hash of his password.
    pub password_hash: String,
    /// Member since.
    pub created_at_ms: u64,
}

/// An account about to be made.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Its id; a guest's own when he registers.
    pub id: ParticipantId,
    /// E-mail address.
    pub email: String,
    /// Name.
    pub username: String,
    /// The bcrypt hash of the password.
    pub password_hash: String,
}

impl Rows {
    /// Makes an account. A guest of this id becomes the account: returns the rooms in which he has another name now.
    ///
    /// [`StoreError::Taken`] when e-mail or username are in use, in whatever case.
    pub async fn register(&self, user: &NewUser, now_ms: u64) -> Result<Vec<RoomId>, StoreError> {
        let mut writing = self.db.write().await?;
        insert_user(&mut writing, user, now_ms).await?;
        let rooms = promote_guest(&mut writing, user).await?;
        writing.commit().await?;
        Ok(rooms)
    }

    /// The account with this id.
    pub async fn user(&self, id: ParticipantId) -> Result<Option<UserRow>, StoreError> {
        let query = sqlx::query("SELECT id, email, username, password_hash, created_at FROM users WHERE id = $1");
        query.bind(id.to_string()).fetch_optional(self.db.read()).await?.map(|row| read_user(&row)).transpose()
    }

    /// The account with this e-mail address or username, in whatever case.
    pub async fn user_by_login(&self, login: &str) -> Result<Option<UserRow>, StoreError> {
        // A username has no `@` and an e-mail address has one, so at most one account matches.
        let query = sqlx::query(
            "SELECT id, email, username, password_hash, created_at FROM users
             WHERE email_key = $1 OR username_key = $1",
        );
        query.bind(key_of(login)).fetch_optional(self.db.read()).await?.map(|row| read_user(&row)).transpose()
    }

    /// Replaces a password's hash.
    pub async fn set_password(&self, id: ParticipantId, password_hash: &str) -> Result<(), StoreError> {
        let mut writing = self.db.write().await?;
        sqlx::query("UPDATE users SET password_hash = $2 WHERE id = $1")
            .bind(id.to_string())
            .bind(password_hash)
            .execute(&mut *writing)
            .await?;
        Ok(writing.commit().await?)
    }
}

async fn insert_user(writing: &mut Writing, user: &NewUser, now_ms: u64) -> Result<(), StoreError> {
    let inserted = sqlx::query(
        "INSERT INTO users (id, email, email_key, username, username_key, password_hash, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING",
    )
    .bind(user.id.to_string())
    .bind(&user.email)
    .bind(key_of(&user.email))
    .bind(&user.username)
    .bind(key_of(&user.username))
    .bind(&user.password_hash)
    .bind(stored(now_ms))
    .execute(&mut **writing)
    .await?;
    if inserted.rows_affected() > 0 {
        return Ok(());
    }
    let same_email: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users WHERE email_key = $1")
        .bind(key_of(&user.email))
        .fetch_one(&mut **writing)
        .await?;
    Err(StoreError::Taken(if same_email > 0 { Unique::Email } else { Unique::Username }))
}

async fn promote_guest(writing: &mut Writing, user: &NewUser) -> Result<Vec<RoomId>, StoreError> {
    let id = user.id.to_string();
    sqlx::query("DELETE FROM guests WHERE id = $1").bind(&id).execute(&mut **writing).await?;
    let rooms = sqlx::query(
        "UPDATE participants
         SET name = $2, kind = $3, role = CASE WHEN role = $4 THEN $5 ELSE role END
         WHERE participant_id = $1
         RETURNING room_id",
    )
    .bind(&id)
    .bind(&user.username)
    .bind(word_of(ParticipantKind::Account))
    .bind(word_of(Role::Guest))
    .bind(word_of(Role::Participant))
    .fetch_all(&mut **writing)
    .await?;
    rooms.iter().map(|row| row.id("room_id")).collect()
}

/// What makes two names or addresses the same.
fn key_of(text: &str) -> String {
    text.trim().to_lowercase()
}

fn read_user(row: &Row) -> Result<UserRow, StoreError> {
    Ok(UserRow {
        id: row.id("id")?,
        email: row.text("email")?,
        username: row.text("username")?,
        password_hash: row.text("password_hash")?,
        created_at_ms: row.count("created_at")?,
    })
}
