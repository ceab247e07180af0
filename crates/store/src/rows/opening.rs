//! Opening the database file: refuse what is not ours before anything is written to it, then migrate.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};

use super::database::Database;
use crate::StoreError;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Larger files are not read as a whole at start: 64 MiB take about a tenth of a second.
const WHOLE_CHECK_MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reading connections. Queries take well under a millisecond, so a few serve many requests.
const READERS: u32 = 4;

/// How long a write waits for another process, such as a backup that runs.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Opens or makes the database at `path` and brings it to the present shape.
pub(super) async fn open(path: &Path) -> Result<Database, StoreError> {
    if path.exists() {
        inspect(path).await?;
    }
    let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options(path)).await?;
    migrate(path, &writer).await?;
    let readers = SqlitePoolOptions::new().min_connections(1).max_connections(READERS);
    Ok(Database::new(readers.connect_with(options(path)).await?, writer))
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
}

/// Reads what is there without writing, and refuses what this version must not touch.
async fn inspect(path: &Path) -> Result<(), StoreError> {
    let corrupt = |error: sqlx::Error| StoreError::Corrupt { path: path.to_owned(), reason: error.to_string() };
    let options = SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(BUSY_TIMEOUT);
    let mut reading = SqliteConnection::connect_with(&options).await.map_err(corrupt)?;
    let seen = look(path, &mut reading).await.map_err(corrupt)?;
    reading.close().await.map_err(corrupt)?;
    match seen {
        Seen::Empty | Seen::Ours { newest: None } => Ok(()),
        Seen::Ours { newest: Some(found) } if !MIGRATIONS.version_exists(found) => Err(StoreError::Newer { found }),
        Seen::Ours { .. } => Ok(()),
        Seen::Damaged(reason) => Err(StoreError::Corrupt { path: path.to_owned(), reason }),
        Seen::Foreign => {
            Err(StoreError::Corrupt { path: path.to_owned(), reason: "it holds another program's tables".into() })
        }
    }
}

/// What an existing file turns out to be.
enum Seen {
    Empty,
    Ours { newest: Option<i64> },
    Foreign,
    Damaged(String),
}

async fn look(path: &Path, reading: &mut SqliteConnection) -> Result<Seen, sqlx::Error> {
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(&mut *reading).await?;
    if tables.is_empty() {
        return Ok(Seen::Empty);
    }
    if !tables.iter().any(|table| table == "_sqlx_migrations") {
        return Ok(Seen::Foreign);
    }
    if std::fs::metadata(path).is_ok_and(|file| file.len() <= WHOLE_CHECK_MAX_BYTES) {
        let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *reading).await?;
        if verdict != "ok" {
            return Ok(Seen::Damaged(verdict));
        }
    }
    let newest = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut *reading).await?;
    Ok(Seen::Ours { newest })
}

async fn migrate(path: &Path, writer: &sqlx::SqlitePool) -> Result<(), StoreError> {
    MIGRATIONS.run(writer).await.map_err(|error| match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        MigrateError::VersionMissing(found) => StoreError::Newer { found },
        other => StoreError::Corrupt { path: path.to_owned(), reason: other.to_string() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn raw(path: &Path) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    // DATA-1
    #[tokio::test]
    async fn an_older_database_is_migrated_and_keeps_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        let mut old = raw(&path).await;
        MIGRATIONS.run_to(1, &mut old).await.unwrap();
        let insert = "INSERT INTO guests (id, room_id, nickname, created_at) VALUES ('g', 'r', 'Ada', 1)";
        sqlx::query(insert).execute(&mut old).await.unwrap();
        old.close().await.unwrap();

        let db = open(&path).await.unwrap();

        let nickname: String = sqlx::query_scalar("SELECT nickname FROM guests").fetch_one(db.read()).await.unwrap();
        assert_eq!(nickname, "Ada");
        let rooms: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM rooms").fetch_one(db.read()).await.unwrap();
        assert_eq!(rooms, 0);
    }

    // DATA-1
    #[tokio::test]
    async fn a_newer_database_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.db");
        drop(open(&path).await.unwrap());
        let mut newer = raw(&path).await;
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                      VALUES (9999, 'from the future', TRUE, x'00', 1)";
        sqlx::query(insert).execute(&mut newer).await.unwrap();
        newer.close().await.unwrap();

        let refused = open(&path).await.expect_err("opened a newer database");

        assert!(matches!(refused, StoreError::Newer { found: 9999 }), "{refused}");
    }

    // DATA-1
    #[tokio::test]
    async fn a_full_disk_is_told_apart_from_other_failures() {
        let folder = tempfile::tempdir().unwrap();
        let db = open(&folder.path().join("full.db")).await.unwrap();
        let mut writing = db.write().await.unwrap();
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *writing).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}")))
            .execute(&mut *writing)
            .await
            .unwrap();
        let insert = "INSERT INTO guests (id, room_id, nickname, created_at) VALUES ('g', 'r', $1, 1)";

        let refused = sqlx::query(insert).bind("x".repeat(1_000_000)).execute(&mut *writing).await;

        let error = StoreError::from(refused.expect_err("a full database took a megabyte"));
        assert!(matches!(error, StoreError::Full), "{error}");
    }
}
