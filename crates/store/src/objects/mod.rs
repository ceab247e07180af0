//! Objects: files that are too large for rows, under keys, in a directory.

mod buffers;
mod key;
mod listing;
mod reader;
mod writer;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;
use tokio::time::Instant;

pub use key::ObjectKey;
pub use listing::Weight;
pub use reader::ObjectReader;
pub use writer::ObjectWriter;

use self::buffers::Buffers;
use crate::StoreError;

/// Whoever writes into a folder that is to go is given so long to end.
const REMOVING: Duration = Duration::from_secs(5);
const REMOVE_AGAIN: Duration = Duration::from_millis(20);

/// Files under keys. Clones share the directory.
#[derive(Debug, Clone)]
pub struct Objects {
    directory: Arc<Path>,
    buffers: Buffers,
    restored: Arc<AtomicU64>,
}

impl Objects {
    /// Keeps objects in `directory`, which is made if need be.
    pub(crate) async fn in_directory(directory: PathBuf) -> Result<Self, StoreError> {
        let made = fs::create_dir_all(directory.join("uploads")).await;
        made.map_err(|source| StoreError::NotWritable { path: directory.clone(), source })?;
        Ok(Self { directory: directory.into(), buffers: Buffers::default(), restored: Arc::default() })
    }

    /// Where an object lies, for programs that read and write files by themselves. Embedded back end only.
    pub fn path(&self, key: &ObjectKey) -> PathBuf {
        self.directory.join(key.as_str())
    }

    /// Begins an empty object, known to the disk when this returns.
    pub async fn create(&self, key: &ObjectKey) -> Result<(), StoreError> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.directory);
        fs::create_dir_all(folder).await?;
        File::create(&path).await?.sync_all().await?;
        // Without this the file's content would be safe and its name would not.
        File::open(folder).await?.sync_all().await?;
        Ok(())
    }

    /// Writes a whole object: it appears with all its bytes, known to the disk, or not at all.
    pub async fn put(&self, key: &ObjectKey, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.directory);
        fs::create_dir_all(folder).await?;
        let beside = path.with_extension("new");
        let mut file = File::create(&beside).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        fs::rename(&beside, &path).await?;
        File::open(folder).await?.sync_all().await?;
        Ok(())
    }

    /// Opens an object to be written at its end. None when there is no such object.
    pub async fn append(&self, key: &ObjectKey) -> Result<Option<ObjectWriter>, StoreError> {
        let file = OpenOptions::new().append(true).open(self.path(key)).await;
        let Some(file) = existing(file)? else { return Ok(None) };
        let offset = file.metadata().await?.len();
        Ok(Some(ObjectWriter::new(file, offset)))
    }

    /// The length of an object, all of it known to the disk. None when there is no such object.
    ///
    /// After a crash a file may be longer than what was last acknowledged. Those bytes are good, once they are safe.
    pub async fn durable_length(&self, key: &ObjectKey) -> Result<Option<u64>, StoreError> {
        let Some(file) = existing(OpenOptions::new().append(true).open(self.path(key)).await)? else { return Ok(None) };
        file.sync_data().await?;
        Ok(Some(file.metadata().await?.len()))
    }

    /// Opens an object for reading. None when there is no such object.
    pub async fn open(&self, key: &ObjectKey) -> Result<Option<ObjectReader>, StoreError> {
        let path = self.path(key);
        let opening = move || {
            let file = std::fs::File::open(path)?;
            let facts = file.metadata()?;
            Ok((file, facts))
        };
        let opened = tokio::task::spawn_blocking(opening).await.map_err(io::Error::from)?;
        let Some((file, facts)) = existing(opened)? else { return Ok(None) };
        Ok(facts.is_file().then(|| ObjectReader::new(file, &facts, self.buffers.clone())))
    }

    /// Copies an object from a folder with the same layout. False when it is not there either.
    ///
    /// Nobody sees half of it: it is written beside its place, known to the disk, and then put there.
    pub async fn restore(&self, key: &ObjectKey, from: &Path) -> Result<bool, StoreError> {
        let (copy, place) = (from.join(key.as_str()), self.path(key));
        let Some(mut copy) = existing(File::open(copy).await)? else { return Ok(false) };
        if !copy.metadata().await?.is_file() {
            return Ok(false);
        }
        fs::create_dir_all(place.parent().unwrap_or(&self.directory)).await?;
        // Two who restore the same object do not write into each other's file.
        let turn = self.restored.fetch_add(1, Ordering::Relaxed);
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(format!(".restoring-{turn}"));
        let beside = place.with_file_name(name);
        let mut file = File::create(&beside).await?;
        tokio::io::copy(&mut copy, &mut file).await?;
        file.sync_all().await?;
        fs::rename(&beside, &place).await?;
        Ok(true)
    }

    /// Removes one object. It is no failure when there is none.
    pub async fn remove(&self, key: &ObjectKey) -> Result<(), StoreError> {
        existing(fs::remove_file(self.path(key)).await)?;
        Ok(())
    }

    /// Removes everything under a key. It is no failure when there is nothing.
    ///
    /// A program that is being stopped may still write there: then a folder is not empty when its turn comes, and it is
    /// tried again for a moment.
    pub async fn remove_prefix(&self, key: &ObjectKey) -> Result<(), StoreError> {
        let give_up_at = Instant::now() + REMOVING;
        loop {
            match fs::remove_dir_all(self.path(key)).await {
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty && Instant::now() < give_up_at => {
                    tokio::time::sleep(REMOVE_AGAIN).await;
                }
                removed => return existing(removed).map(|_| ()),
            }
        }
    }
}

/// Turns "there is no such file" into none.
fn existing<T>(result: io::Result<T>) -> Result<Option<T>, StoreError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
