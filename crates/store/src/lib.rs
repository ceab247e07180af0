//! What SyncWatch stores, in three roles: [`Rows`] (what must never be lost), [`State`] (what may be lost with the
//! process: announcements, limits, short-lived values) and [`Objects`] (files).
//!
//! Each role is one type. The embedded back end is a SQLite file, memory and a directory; others take their places
//! behind the same methods, so callers see no difference. The SQL is one text that PostgreSQL understands too.
//!
//! What it does not do: it makes no ids, reads no clock and decides nothing about rooms or people. Ids and times are
//! arguments; times are UTC milliseconds.
//!
//! The one rule for callers: what returned `Ok` is on the disk. Stop at once on [`StoreError::Fenced`].

mod error;
pub mod notices;
mod objects;
mod rows;
mod state;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use error::{StoreError, Unique};
pub use objects::{ObjectKey, ObjectReader, ObjectWriter, Objects, Weight};
pub use rows::{
    AuditAction, AuditEntry, ClaimedJob, ClaimedRoom, FilmLink, GuestRow, MediaFacts, NewLink, NewRoom, NewToken,
    NewUser, NewVideo, PersonRow, QueueCounts, RoomRow, RoomSave, Rows, SnapshotRow, Spending, StoredSubtitle, UserRow,
    VideoDetails, VideoRow,
};
pub use state::{Announcement, RateDecision, State, Subscription};

/// All three roles. Clones share everything.
#[derive(Debug, Clone)]
pub struct Store {
    /// What must never be lost.
    pub rows: Rows,
    /// What may be lost with the process.
    pub state: State,
    /// Files.
    pub objects: Objects,
    /// Held for as long as any clone lives; the system releases it even after `kill -9`.
    _folder: Arc<File>,
}

impl Store {
    /// Opens what is kept in `data_dir`, making what is missing and migrating what is older.
    ///
    /// A database that is newer, damaged or of another program is refused and left as it is.
    pub async fn open_embedded(data_dir: &Path) -> Result<Self, StoreError> {
        let folder = lock_folder(data_dir)?;
        let objects = Objects::in_directory(data_dir.join("media")).await?;
        let rows = Rows::open_file(&data_dir.join("syncwatch.db")).await?;
        Ok(Self { rows, state: State::in_memory(), objects, _folder: Arc::new(folder) })
    }
}

/// Takes the data folder for this process: two that transcode and clean up in one folder would undo each other's work.
fn lock_folder(data_dir: &Path) -> Result<File, StoreError> {
    let path = PathBuf::from(data_dir);
    let open = || {
        std::fs::create_dir_all(data_dir)?;
        File::options().create(true).truncate(false).write(true).open(data_dir.join("lock"))
    };
    let file = open().map_err(|source| StoreError::NotWritable { path: path.clone(), source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path }),
        Err(TryLockError::Error(source)) => Err(StoreError::NotWritable { path, source }),
    }
}
