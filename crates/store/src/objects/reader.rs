//! Reading an object, whole or in part.
//!
//! What the system has in its page cache is read at once, where it is asked for: handing a read of 20 µs to another thread
//! and back costs as much again. Only what must come from the disk goes to a thread that may wait.

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use bytes::{Bytes, BytesMut};
use futures_util::stream::unfold;
use futures_util::{Stream, TryStreamExt};

use super::buffers::{Buffer, Buffers};
use crate::StoreError;

/// An object opened for reading.
#[derive(Debug)]
pub struct ObjectReader {
    file: Arc<File>,
    buffers: Buffers,
    /// Bytes of the whole object.
    pub size_bytes: u64,
    /// When it was last written, UTC.
    pub modified_ms: u64,
}

impl ObjectReader {
    pub(super) fn new(file: File, facts: &Metadata, buffers: Buffers) -> Self {
        Self { file: Arc::new(file), buffers, size_bytes: facts.len(), modified_ms: modified_ms(facts) }
    }

    /// Its bytes from `start` on, `length` of them.
    pub fn stream(self, start: u64, length: u64) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        unfold((self, start, length), async |(reader, at, left)| {
            if left == 0 {
                return None;
            }
            match reader.piece(at, left).await {
                Ok(piece) => {
                    let read = piece.len() as u64;
                    Some((Ok(piece), (reader, at + read, left - read)))
                }
                Err(error) => Some((Err(error), (reader, at, 0))),
            }
        })
    }

    /// At most `limit` bytes from its start.
    pub async fn read_start(self, limit: u64) -> Result<Bytes, StoreError> {
        let length = self.size_bytes.min(limit);
        let mut bytes = BytesMut::with_capacity(usize::try_from(length).unwrap_or_default());
        let mut pieces = Box::pin(self.stream(0, length));
        while let Some(piece) = pieces.try_next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.freeze())
    }

    /// What stands at a place: a buffer full, or all that is left.
    async fn piece(&self, at: u64, left: u64) -> io::Result<Bytes> {
        let mut buffer = self.buffers.take(left);
        let read = match read_cached(&self.file, &mut buffer, at) {
            Some(read) => read,
            None => {
                let file = self.file.clone();
                let reading = move || {
                    let read = file.read_at(buffer.space(), at);
                    (buffer, read)
                };
                let (filled, read) = tokio::task::spawn_blocking(reading).await?;
                buffer = filled;
                read?
            }
        };
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(buffer.into_bytes(read))
    }
}

/// Reads what is in memory already. None when the disk would have to be waited for, or the system cannot tell.
#[cfg(target_os = "linux")]
fn read_cached(file: &File, buffer: &mut Buffer, at: u64) -> Option<usize> {
    use rustix::io::{ReadWriteFlags, preadv2};
    let mut space = [io::IoSliceMut::new(buffer.space())];
    preadv2(file, &mut space, at, ReadWriteFlags::NOWAIT).ok().filter(|read| *read > 0)
}

#[cfg(not(target_os = "linux"))]
fn read_cached(_: &File, _: &mut Buffer, _: u64) -> Option<usize> {
    None
}

/// When a file was last written, UTC.
pub(super) fn modified_ms(facts: &Metadata) -> u64 {
    let modified = facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    modified.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
