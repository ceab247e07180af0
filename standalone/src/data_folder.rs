//! The data folder, and what to say when it cannot be used.

use std::io;
use std::path::{Path, PathBuf};

use nix::sys::statvfs::statvfs;
use nix::unistd::{AccessFlags, access};
use syncwatch_store::StoreError;

/// What the program writes there. The database's companions belong to whoever ran the program last.
const WRITTEN: [&str; 6] = ["lock", "keys.json", "media", "syncwatch.db", "syncwatch.db-wal", "syncwatch.db-shm"];

/// With less the database does not open: it keeps an index of 32 KiB beside it, and the first clean-up writes.
const LEAST_FREE_BYTES: u64 = 1024 * 1024;

/// The data folder cannot be used. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataFolderError {
    /// It cannot be made or written.
    #[error(
        "cannot write to the data folder {}: {reason}; let the user that runs syncwatch write there, or choose another folder with --data",
        path.display()
    )]
    NotWritable { path: PathBuf, reason: io::Error },
    /// Something in it belongs to somebody else, such as to root after a start with sudo.
    #[error(
        "cannot write to {}: {reason}; give the data folder to the user that runs syncwatch with all that is in it (chown -R)",
        path.display()
    )]
    PartNotWritable { path: PathBuf, reason: io::Error },
    /// The store does not open.
    #[error("{reason}; {advice}")]
    Store { reason: String, advice: &'static str },
}

/// Makes the folder if it is not there, and looks whether all in it can be written.
///
/// The database cannot tell: of a file that it may not open, or beside which there is no room, it says that it is damaged.
pub(crate) fn prepare(folder: &Path) -> Result<(), DataFolderError> {
    let not_writable = |reason| DataFolderError::NotWritable { path: folder.to_owned(), reason };
    std::fs::create_dir_all(folder).map_err(not_writable)?;
    let may = |path: &Path, what| access(path, what).map_err(io::Error::from);
    may(folder, AccessFlags::R_OK | AccessFlags::W_OK | AccessFlags::X_OK).map_err(not_writable)?;
    for path in WRITTEN.map(|name| folder.join(name)).into_iter().filter(|path| path.exists()) {
        may(&path, AccessFlags::R_OK | AccessFlags::W_OK)
            .map_err(|reason| DataFolderError::PartNotWritable { path, reason })?;
    }
    match statvfs(folder) {
        Ok(disk) if is_full(disk.blocks(), disk.blocks_available(), disk.fragment_size()) => {
            Err(explained(folder, &StoreError::Full))
        }
        _ => Ok(()),
    }
}

/// Some file systems do not count and have no blocks at all.
fn is_full(blocks: u64, available: u64, block_bytes: u64) -> bool {
    blocks > 0 && available.saturating_mul(block_bytes) < LEAST_FREE_BYTES
}

/// Why the store in `folder` does not open, with what to do about it.
pub(crate) fn explained(folder: &Path, error: &StoreError) -> DataFolderError {
    let reason = match error {
        StoreError::Full => format!("the disk with the data folder {} is full", folder.display()),
        other => other.to_string(),
    };
    let advice = match error {
        StoreError::Full => "make room there, or choose a folder on another disk with --data",
        StoreError::InUse { .. } => "stop that one, or choose another folder with --data",
        StoreError::Newer { .. } => {
            "install that version again, or go back to a copy of the data folder from before it"
        }
        StoreError::Corrupt { .. } => "nothing was changed: go back to a copy of it, or move it away to start anew",
        _ => "look at the disk and at the rights of the data folder, or choose another one with --data",
    };
    DataFolderError::Store { reason, advice }
}

#[cfg(test)]
mod tests {
    use super::*;

    // DATA-1
    #[test]
    fn a_folder_that_is_not_there_is_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("a/b");
        prepare(&data).expect("made");
        assert!(data.is_dir());
    }

    // DATA-1
    #[test]
    fn a_full_disk_is_told_with_the_folder_and_what_to_do() {
        let told = explained(Path::new("/srv/sw"), &StoreError::Full).to_string();
        assert!(told.contains("/srv/sw is full") && told.contains("--data") && told.lines().count() == 1, "{told}");
    }

    // DATA-1
    #[test]
    fn a_disk_is_full_when_the_database_would_not_open_and_not_where_nobody_counts() {
        assert!(is_full(1_000_000, 0, 4_096) && is_full(1_000_000, 255, 4_096));
        assert!(!is_full(1_000_000, 256, 4_096) && !is_full(0, 0, 4_096));
    }

    // DATA-1
    #[test]
    fn whatever_keeps_the_store_shut_comes_with_a_way_on() {
        let path = || PathBuf::from("/srv/sw");
        for error in [
            StoreError::InUse { path: path() },
            StoreError::Newer { found: 99 },
            StoreError::Corrupt { path: path(), reason: "rubbish".into() },
            StoreError::Disk(io::Error::other("the cable is out")),
        ] {
            let told = explained(&path(), &error).to_string();
            assert!(told.starts_with(&format!("{error}; ")), "{told}");
        }
    }
}
