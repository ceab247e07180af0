//! What is there, for whoever tidies up.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use super::reader::modified_ms;
use super::{ObjectKey, Objects, existing};
use crate::StoreError;

/// What an object, or everything under a key, amounts to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of all files.
    pub bytes: u64,
    /// When anything of it was last written, UTC.
    pub modified_ms: u64,
}

impl Objects {
    /// The names directly under a key, in no order. Nothing where there is nothing.
    pub async fn names_under(&self, key: &ObjectKey) -> Result<Vec<String>, StoreError> {
        let path = self.path(key);
        let names = move || {
            let Some(entries) = existing(fs::read_dir(path))? else { return Ok(Vec::new()) };
            let names = entries.map(|entry| entry.map(|entry| entry.file_name().into_string()));
            // Names of ours are plain text. Whatever else lies there is somebody else's.
            Ok(names.collect::<io::Result<Vec<_>>>()?.into_iter().filter_map(Result::ok).collect())
        };
        tokio::task::spawn_blocking(names).await.map_err(io::Error::from)?
    }

    /// What lies under a key, or the one object of this name. None when there is neither.
    pub async fn weigh(&self, key: &ObjectKey) -> Result<Option<Weight>, StoreError> {
        let path = self.path(key);
        let weighed = tokio::task::spawn_blocking(move || {
            let Some(facts) = existing(fs::symlink_metadata(&path))? else { return Ok(None) };
            let mut weight = Weight::default();
            weigh(&path, &facts, &mut weight)?;
            Ok(Some(weight))
        });
        weighed.await.map_err(io::Error::from)?
    }
}

/// A folder's own date counts: one that was just made is about to be filled.
fn weigh(path: &Path, facts: &Metadata, weight: &mut Weight) -> Result<(), StoreError> {
    weight.modified_ms = weight.modified_ms.max(modified_ms(facts));
    if !facts.is_dir() {
        weight.bytes += facts.len();
        return Ok(());
    }
    let Some(entries) = existing(fs::read_dir(path))? else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        if let Some(facts) = existing(entry.metadata())? {
            weigh(&entry.path(), &facts, weight)?;
        }
    }
    Ok(())
}
