//! Writing an object at its end.

use bytes::Bytes;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::StoreError;

/// Written bytes are sent to the disk after this many, so that a fast network cannot pile up gigabytes in the page
/// cache and make the last `sync` of an upload take a minute.
const SYNC_EVERY_BYTES: u64 = 16 * 1024 * 1024;

/// Appends to one object. Bytes are safe once [`sync`](Self::sync) has returned.
#[derive(Debug)]
pub struct ObjectWriter {
    file: File,
    offset: u64,
    unsynced: u64,
}

impl ObjectWriter {
    pub(super) fn new(file: File, offset: u64) -> Self {
        Self { file, offset, unsynced: 0 }
    }

    /// Where the next byte goes.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Writes bytes at the end. After a failure the object may hold some of them: ask for its length.
    pub async fn write(&mut self, bytes: &Bytes) -> Result<(), StoreError> {
        self.file.write_all(bytes).await?;
        self.offset += bytes.len() as u64;
        self.unsynced += bytes.len() as u64;
        if self.unsynced >= SYNC_EVERY_BYTES {
            self.sync().await?;
        }
        Ok(())
    }

    /// Makes everything written so far survive a power cut, and says where the object ends.
    pub async fn sync(&mut self) -> Result<u64, StoreError> {
        self.file.flush().await?;
        self.file.sync_data().await?;
        self.unsynced = 0;
        Ok(self.offset)
    }
}
