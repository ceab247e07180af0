//! Small things done to files of an output folder.

use std::io;
use std::path::Path;

use tokio::fs;
use tokio::io::AsyncWriteExt;

/// Writes beside and renames, so that nobody reads half of it.
pub(crate) async fn replace(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside).await?;
    file.write_all(text.as_bytes()).await?;
    file.sync_all().await?;
    fs::rename(&beside, path).await
}

/// The text of a file; `None` when there is no such file.
pub(crate) async fn read_if_there(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path).await {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Bytes of all files in a folder and the folders in it.
pub(crate) async fn size_of(folder: &Path) -> io::Result<u64> {
    let (mut total, mut open) = (0, vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        let mut entries = fs::read_dir(folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            let facts = entry.metadata().await?;
            if facts.is_dir() {
                open.push(entry.path());
            } else {
                total += facts.len();
            }
        }
    }
    Ok(total)
}
