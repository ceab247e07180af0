//! The two ways into the database: reading side by side, writing one after the other.

use sqlx::{Sqlite, SqlitePool, Transaction};

use crate::StoreError;

/// A row as the driver gives it.
pub(super) type Row = sqlx::sqlite::SqliteRow;

/// A write transaction; rolled back when dropped without `commit`.
pub(super) type Writing = Transaction<'static, Sqlite>;

/// Connections to one database.
///
/// There is one writing connection: SQLite lets one write at a time anyhow, and waiting for it in a fair queue costs
/// nothing, while its own busy handler sleeps and lets the unlucky ones starve.
#[derive(Debug, Clone)]
pub(super) struct Database {
    readers: SqlitePool,
    writer: SqlitePool,
}

impl Database {
    pub(super) fn new(readers: SqlitePool, writer: SqlitePool) -> Self {
        Self { readers, writer }
    }

    /// For queries that change nothing. They see everything that was committed before they began.
    pub(super) fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// Begins a transaction that writes. `IMMEDIATE`, because a transaction that reads first and then wants to write
    /// fails at once when another one wrote in between, whatever the busy time-out.
    pub(super) async fn write(&self) -> Result<Writing, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}
