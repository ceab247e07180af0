//! Makes the playlists that players read out of those that FFmpeg writes, while they grow and when they are complete.

use std::io;
use std::path::{Path, PathBuf};

use syncwatch_media::ffmpeg::{AUDIO_FOLDERS, INIT, PLAYLIST, WORKING_PLAYLIST};
use syncwatch_media::{FailureReason, MediaPlaylist, Micros, SEGMENT_HEAD_BYTES, decode_start, timescale_of};
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::TranscodeError;
use crate::files::{read_if_there, replace};

/// The renditions that one run makes.
pub(crate) struct Growing {
    renditions: Vec<Rendition>,
}

struct Rendition {
    name: String,
    folder: PathBuf,
    timescale: Option<u32>,
    /// When each segment's decoding starts; segments do not change, so each is read once.
    starts: Vec<Micros>,
    published: String,
}

impl Growing {
    pub(crate) fn new(output: &Path, folders: &[String]) -> Self {
        let rendition = |name: &String| Rendition {
            name: name.clone(),
            folder: output.join(name),
            timescale: None,
            starts: Vec::new(),
            published: String::new(),
        };
        Self { renditions: folders.iter().map(rendition).collect() }
    }

    /// Publishes what was added. True when all renditions can be played from their start.
    pub(crate) async fn follow(&mut self) -> Result<bool, TranscodeError> {
        let mut playable = true;
        for rendition in &mut self.renditions {
            playable &= rendition.follow().await?;
        }
        Ok(playable)
    }

    /// Publishes the end, after looking whether the renditions hold the whole film.
    pub(crate) async fn close(&mut self, film: Micros) -> Result<(), TranscodeError> {
        for rendition in &mut self.renditions {
            rendition.follow().await?;
            rendition.check_whole(film)?;
            rendition.check_segments().await?;
            let working = rendition.folder.join(WORKING_PLAYLIST);
            fs::remove_file(working).await.map_err(|error| rendition.storage(&error))?;
        }
        Ok(())
    }
}

impl Rendition {
    async fn follow(&mut self) -> Result<bool, TranscodeError> {
        let text = read_if_there(&self.folder.join(WORKING_PLAYLIST)).await.map_err(|error| self.storage(&error))?;
        let Some(text) = text else { return Ok(false) };
        let playlist = self.parsed(&text)?;
        for segment in playlist.segments().skip(self.starts.len()) {
            let start = self.start_of(&segment.file).await?;
            self.starts.push(start);
        }
        let published = playlist.for_players(&self.starts);
        if !self.starts.is_empty() && published != self.published {
            replace(&self.folder.join(PLAYLIST), &published).await.map_err(|error| self.storage(&error))?;
            self.published = published;
        }
        Ok(!self.starts.is_empty())
    }

    async fn start_of(&mut self, segment: &str) -> Result<Micros, TranscodeError> {
        if self.timescale.is_none() {
            let init = fs::read(self.folder.join(INIT)).await.map_err(|error| self.storage(&error))?;
            self.timescale = timescale_of(&init);
        }
        let head = read_head(&self.folder.join(segment)).await.map_err(|error| self.storage(&error))?;
        self.timescale.and_then(|timescale| decode_start(&head, timescale)).ok_or_else(|| self.cut_short(segment))
    }

    /// FFmpeg ends well even when the film's second half could not be read. Sound may end earlier than the picture.
    fn check_whole(&self, film: Micros) -> Result<(), TranscodeError> {
        let playlist = self.parsed(&self.published)?;
        let slack = Micros::from_seconds((film.seconds() * 0.02).max(2.0));
        if !playlist.is_complete() {
            return Err(self.cut_short(WORKING_PLAYLIST));
        }
        if !self.name.starts_with(AUDIO_FOLDERS) && playlist.duration() + slack < film {
            let detail = format!("{} shows {} of {film} seconds", self.name, playlist.duration());
            return Err(TranscodeError::failed(FailureReason::FormatError, detail));
        }
        Ok(())
    }

    /// FFmpeg does not notice when a segment cannot be written to its end: it says nothing, and ends well.
    async fn check_segments(&self) -> Result<(), TranscodeError> {
        for segment in self.parsed(&self.published)?.segments() {
            let whole = is_whole(&self.folder.join(&segment.file)).await.map_err(|error| self.storage(&error))?;
            if !whole {
                return Err(self.cut_short(&segment.file));
            }
        }
        Ok(())
    }

    /// Playlists are written aside and renamed, so a broken one was not met half-way: its end could not be written.
    fn parsed(&self, text: &str) -> Result<MediaPlaylist, TranscodeError> {
        MediaPlaylist::parse(text).map_err(|_| self.cut_short(WORKING_PLAYLIST))
    }

    fn cut_short(&self, file: &str) -> TranscodeError {
        let detail = format!("{}/{file} was cut short: the disk is full or broken", self.name);
        TranscodeError::failed(FailureReason::Storage, detail)
    }

    fn storage(&self, error: &io::Error) -> TranscodeError {
        TranscodeError::storage(&format!("cannot publish {}", self.name), error)
    }
}

async fn read_head(segment: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let file = fs::File::open(segment).await?;
    file.take(SEGMENT_HEAD_BYTES as u64).read_to_end(&mut head).await?;
    Ok(head)
}

/// The boxes of a segment, by the sizes that they state, end where the file ends.
async fn is_whole(segment: &Path) -> io::Result<bool> {
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
