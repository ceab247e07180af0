//! What can go wrong with storing. Callers match on the variants that mean something to them; the rest is a failure.

use std::io;
use std::path::PathBuf;

/// A value that must be unique and is in use already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// An account's e-mail address.
    Email,
    /// An account's username.
    Username,
    /// A room's code.
    RoomCode,
}

/// Why something was not stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database was written by a later version; it is left as it is.
    #[error("the database has migration {found}, which this version does not know: it was written by a newer one")]
    Newer {
        /// The first migration that is not known here.
        found: i64,
    },
    /// The database cannot be read; it is left as it is.
    #[error("{} is damaged or not a SyncWatch database: {reason}", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What was seen.
        reason: String,
    },
    /// The data folder cannot be made or written.
    #[error("cannot write to the data folder {}: {source}", path.display())]
    NotWritable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process serves from this data folder.
    #[error("the data folder {} is in use by another syncwatch", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// A later owner of the room or job has taken over; this one must stop.
    #[error("somebody else has taken over")]
    Fenced,
    /// A unique value is in use.
    #[error("{0:?} is taken")]
    Taken(Unique),
    /// No space is left.
    #[error("the disk is full")]
    Full,
    /// A stored value cannot be understood, though the database can.
    #[error("column {column} holds something unexpected: {reason}")]
    Unreadable {
        /// The column.
        column: &'static str,
        /// What was seen.
        reason: String,
    },
    /// The database did not play along.
    #[error("database: {0}")]
    Database(sqlx::Error),
    /// The disk did not play along.
    #[error("disk: {0}")]
    Disk(io::Error),
}

/// Primary result codes of SQLite that have a meaning here (sqlite.org/rescode.html).
mod sqlite {
    pub(super) const BUSY: i32 = 5;
    pub(super) const FULL: i32 = 13;
}

impl StoreError {
    /// Whether the same call may succeed a moment later without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::PoolTimedOut) => true,
            Self::Database(error) => sqlite_code(error) == Some(sqlite::BUSY),
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if sqlite_code(&error) == Some(sqlite::FULL) { Self::Full } else { Self::Database(error) }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Disk(error),
        }
    }
}

/// SQLite's primary result code; the extended ones carry it in their low byte.
pub(crate) fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    let sqlx::Error::Database(error) = error else { return None };
    error.code()?.parse::<i32>().ok().map(|code| code & 0xff)
}
