//! Small things done to files of an output folder.

use std::io;
use std::path::Path;

use syncwatch_media::SEGMENT_HEAD_BYTES;
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

/// Writes beside and renames, so that nobody reads half of it.
pub(crate) async fn replace(path: &Path, text: &str) -> io::Result<()> {
    replace_bytes(&path.with_extension("new"), path, text.as_bytes()).await
}

/// Writes aside and renames: what stands under that name is whole, whatever happens.
pub(crate) async fn replace_bytes(aside: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(aside).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    fs::rename(aside, path).await
}

/// Something that is not there needs not be removed.
pub(crate) fn gone_is_fine(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
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

/// The first bytes of a segment, which hold its times.
pub(crate) async fn read_head(segment: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let file = fs::File::open(segment).await?;
    file.take(SEGMENT_HEAD_BYTES as u64).read_to_end(&mut head).await?;
    Ok(head)
}

/// The boxes of a segment, by the sizes that they state, end where the file ends.
pub(crate) async fn is_whole(segment: &Path) -> io::Result<bool> {
    let mut file = fs::File::open(segment).await?;
    let length = file.metadata().await?.len();
    let mut at = 0;
    while at < length {
        let mut header = [0; 16];
        file.seek(io::SeekFrom::Start(at)).await?;
        let read = file.read(&mut header).await?;
        let small = u64::from(u32::from_be_bytes([header[0], header[1], header[2], header[3]]));
        let size = match small {
            1 => u64::from_be_bytes(header[8..].try_into().expect("it is eight bytes")),
            size => size,
        };
        if read < 8 || size < 8 {
            return Ok(false);
        }
        at = at.saturating_add(size);
    }
    Ok(at == length && length > 0)
}
