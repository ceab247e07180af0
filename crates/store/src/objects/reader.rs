//! Reading an object, whole or in part.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use futures_util::Stream;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, SeekFrom};
use tokio_util::io::ReaderStream;

use crate::StoreError;

/// One read from the disk. Larger ones gain nothing measurable and cost memory for each viewer.
const CHUNK_BYTES: usize = 128 * 1024;

/// An object opened for reading.
#[derive(Debug)]
pub struct ObjectReader {
    file: File,
    /// Bytes of the whole object.
    pub size_bytes: u64,
    /// When it was last written, UTC.
    pub modified_ms: u64,
}

impl ObjectReader {
    pub(super) fn new(file: File, metadata: &Metadata) -> Self {
        Self { file, size_bytes: metadata.len(), modified_ms: modified_ms(metadata) }
    }

    /// Its bytes from `start` on, `length` of them.
    pub async fn stream(
        mut self,
        start: u64,
        length: u64,
    ) -> Result<impl Stream<Item = std::io::Result<Bytes>> + Send + use<>, StoreError> {
        self.file.seek(SeekFrom::Start(start)).await?;
        Ok(ReaderStream::with_capacity(self.file.take(length), CHUNK_BYTES))
    }

    /// At most `limit` bytes from its start.
    pub async fn read_start(self, limit: u64) -> Result<Bytes, StoreError> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size_bytes.min(limit)).unwrap_or_default());
        self.file.take(limit).read_to_end(&mut bytes).await?;
        Ok(bytes.into())
    }
}

/// When a file was last written, UTC.
pub(super) fn modified_ms(facts: &Metadata) -> u64 {
    let modified = facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    modified.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
