//! Rows: what must never be lost. One file per subject; each holds its queries and the types they load.

mod audit;
mod columns;
mod database;
mod details;
mod film_life;
mod guests;
mod job_turns;
mod jobs;
mod links;
mod messages;
mod opening;
mod people;
mod room_life;
mod rooms;
mod scans;
mod sessions;
mod subtitles;
mod uploads;
mod users;
mod videos;

use std::path::Path;

pub use audit::{AuditAction, AuditEntry};
pub use details::VideoDetails;
pub use guests::GuestRow;
pub use jobs::{ClaimedJob, MediaFacts, QueueCounts};
pub use links::NewLink;
pub use people::PersonRow;
pub use room_life::{ClaimedRoom, RoomSave, SnapshotRow};
pub use rooms::{NewRoom, RoomRow};
pub use sessions::{NewToken, Spending};
pub use subtitles::StoredSubtitle;
pub use uploads::NewVideo;
pub use users::{NewUser, UserRow};
pub use videos::{FilmLink, VideoRow};

use self::database::Database;
use crate::StoreError;

/// The database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Rows {
    db: Database,
}

impl Rows {
    pub(crate) async fn open_file(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { db: opening::open(path).await? })
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(self.db.read()).await?;
        Ok(())
    }
}
