//! Films that have lost files (HLS-4): noticed when somebody asks for one that a playlist of a finished film names.
//!
//! What the backup has is put back. Of what is missing then, the film is made anew when its source is kept; else its row
//! says that it is damaged. That happens once for a film, however many people ask for however many of its segments.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use syncwatch_protocol::{VideoId, VideoStatus};
use syncwatch_store::{ObjectKey, StoreError, VideoRow, notices};
use tracing::{error, info, warn};

use crate::media::{FileKind, MASTER_PLAYLIST};
use crate::metrics;
use crate::state::ApiState;

/// A film that could not be repaired is not looked through again for so long.
const LOOK_AGAIN_MS: u64 = 10 * 60 * 1_000;

/// A playlist is small. One that is not is damaged.
const PLAYLIST_MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Films that are being repaired or were a while ago.
#[derive(Debug, Default)]
pub(crate) struct Repairs {
    begun_ms: Mutex<HashMap<(VideoId, u32), u64>>,
}

impl Repairs {
    /// Whether it is this caller's to repair.
    fn begin(&self, film: VideoId, attempt: u32, now_ms: u64) -> bool {
        let mut begun = self.begun_ms.lock().unwrap_or_else(PoisonError::into_inner);
        begun.retain(|_, at| now_ms.saturating_sub(*at) < LOOK_AGAIN_MS);
        begun.insert((film, attempt), now_ms).is_none()
    }
}

/// The files that a film's playlists name, and those of them that are gone.
#[derive(Debug, Default, PartialEq, Eq)]
struct Inventory {
    named: usize,
    missing: Vec<String>,
}

/// Sees to a file that was asked for and is not there. True when it is there now.
pub(crate) async fn missing(state: &ApiState, id: VideoId, attempt: u32, file: &str) -> Result<bool, StoreError> {
    let Some(film) = state.store.rows.video(id).await? else { return Ok(false) };
    // While a film is made, what is not there yet is not gone; and nobody promises what an earlier attempt had.
    if film.status != VideoStatus::Ready || film.attempt != attempt || !is_named(state, &film, file).await? {
        return Ok(false);
    }
    metrics::segment_missing();
    let restored = restore(state, &film, file).await?;
    if state.repairs.begin(id, attempt, state.now_ms()) {
        let own = state.clone();
        state.tasks.spawn("repair", async move {
            if let Err(failure) = repair(&own, &film).await {
                error!(error = %failure, video.id = %film.id, "a damaged film could not be repaired");
            }
        });
    }
    Ok(restored)
}

async fn repair(state: &ApiState, film: &VideoRow) -> Result<(), StoreError> {
    let mut lost = look_through(state, film).await?;
    let (named, gone) = (lost.named, lost.missing.len());
    warn!(video.id = %film.id, files.named = named, files.missing = gone, "{gone} of {named} files of a film are gone");
    let mut left = Vec::new();
    for file in std::mem::take(&mut lost.missing) {
        if !restore(state, film, &file).await? {
            left.push(file);
        }
    }
    // A playlist that came back names files of its own.
    if left.len() < gone {
        left = look_through(state, film).await?.missing;
    }
    if left.is_empty() {
        info!(video.id = %film.id, "a film was repaired from the backup");
        metrics::film_repaired("restored");
        return Ok(());
    }
    make_missing(state, film, &left, named).await
}

/// Makes what is gone anew: the whole film, as nothing makes single segments.
async fn make_missing(state: &ApiState, film: &VideoRow, gone: &[String], named: usize) -> Result<(), StoreError> {
    let source = state.store.objects.weigh(&ObjectKey::upload(film.id)).await?;
    if source.is_some_and(|source| source.bytes == film.size_bytes) {
        state.store.rows.enqueue_transcode(film.id, state.now_ms()).await?;
        state.store.state.publish(notices::JOBS_TOPIC, "").await;
        metrics::film_repaired("made_anew");
        info!(video.id = %film.id, "a damaged film is made anew");
    } else {
        // What is left of it may be watched as long as that is most of it.
        let playable = gone.len() * 2 <= named;
        state.store.rows.film_damaged(film.id, film.attempt, playable, state.now_ms()).await?;
        metrics::film_repaired("lost");
        error!(video.id = %film.id, "a damaged film cannot be repaired: there is neither a backup nor its source");
    }
    state.announce_change_of(film.id).await
}

/// Asked for each file that is not there, so it looks at playlists only.
async fn is_named(state: &ApiState, film: &VideoRow, file: &str) -> Result<bool, StoreError> {
    Ok(named(state, film).await?.iter().any(|named| named == file))
}

/// Looks for everything that the playlists name.
async fn look_through(state: &ApiState, film: &VideoRow) -> Result<Inventory, StoreError> {
    let files = named(state, film).await?;
    let mut inventory = Inventory { named: files.len(), missing: Vec::new() };
    for file in files {
        if let Some(key) = ObjectKey::attempt_file(film.id, film.attempt, &file)
            && state.store.objects.weigh(&key).await?.is_none()
        {
            inventory.missing.push(file);
        }
    }
    Ok(inventory)
}

/// What the playlists name, from the first one on, which is among it.
async fn named(state: &ApiState, film: &VideoRow) -> Result<Vec<String>, StoreError> {
    let (mut files, mut open) = (HashSet::new(), vec![MASTER_PLAYLIST.to_owned()]);
    while let Some(file) = open.pop() {
        if !files.insert(file.clone()) || FileKind::of(&file) != FileKind::Playlist {
            continue;
        }
        if let Some(key) = ObjectKey::attempt_file(film.id, film.attempt, &file)
            && let Some(playlist) = state.store.objects.open(&key).await?
        {
            let text = playlist.read_start(PLAYLIST_MAX_BYTES).await?;
            open.extend(named_in(&String::from_utf8_lossy(&text), &file));
        }
    }
    Ok(files.into_iter().collect())
}

/// The files that a playlist names, from the attempt's folder: those on lines of their own and those in `URI` attributes.
fn named_in(playlist: &str, file: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let uri = |line: &str| Some(line.split_once("URI=\"")?.1.split_once('"')?.0.to_owned());
    let lines = playlist.lines().map(str::trim).filter(|line| !line.is_empty());
    let names = lines.filter_map(|line| if line.starts_with('#') { uri(line) } else { Some(line.to_owned()) });
    names.map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") }).collect()
}

/// Takes one file from the backup. False when the backup does not have it either.
async fn restore(state: &ApiState, film: &VideoRow, file: &str) -> Result<bool, StoreError> {
    let backup = &state.settings.media.backup_folder;
    let key = ObjectKey::attempt_file(film.id, film.attempt, file);
    match key {
        Some(key) if !backup.is_empty() => state.store.objects.restore(&key, Path::new(backup)).await,
        _ => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    // HLS-4
    #[test]
    fn a_playlist_names_its_segments_its_beginning_and_other_playlists() {
        let master = "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",URI=\"audio/index.m3u8\"\n\n\
                      #EXT-X-STREAM-INF:BANDWIDTH=1\n720p/index.m3u8\n";
        assert_eq!(named_in(master, "master.m3u8"), ["audio/index.m3u8", "720p/index.m3u8"]);
        let media = "#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:6.0,\n00000.m4s\r\n#EXT-X-ENDLIST\n";
        assert_eq!(named_in(media, "720p/index.m3u8"), ["720p/init.mp4", "720p/00000.m4s"]);
    }

    // HLS-4
    #[test]
    fn a_film_is_seen_to_once_and_again_when_a_while_has_passed() {
        let (repairs, film) = (Repairs::default(), VideoId::new(Uuid::from_u128(1)));
        assert!(repairs.begin(film, 1, 1_000));
        assert!(!repairs.begin(film, 1, 2_000));
        assert!(repairs.begin(film, 2, 2_000));
        assert!(repairs.begin(film, 1, 2_000 + LOOK_AGAIN_MS));
    }
}
