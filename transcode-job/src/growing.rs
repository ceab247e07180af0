//! Makes the playlists that players read out of those that FFmpeg writes, while they grow and when they are complete.

use std::io;
use std::path::{Path, PathBuf};

use syncwatch_media::ffmpeg::{AUDIO_FOLDERS, INIT, PLAYLIST, WORKING_PLAYLIST};
use syncwatch_media::{FailureReason, MediaPlaylist, Micros, decode_end, decode_start, moment_of, timescale_of};
use tokio::fs;

use crate::TranscodeError;
use crate::files::{gone_is_fine, is_whole, read_head, read_if_there, replace};

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
    /// So many segments were listed before this run.
    already: usize,
}

impl Growing {
    /// Renditions whose run is about to begin. What a try before it listed stays listed: a list that people follow never
    /// gets shorter.
    pub(crate) async fn open(output: &Path, folders: &[String]) -> Result<Self, TranscodeError> {
        let mut renditions = Vec::new();
        for name in folders {
            let rendition = Rendition::open(name, output.join(name)).await;
            renditions.push(rendition.map_err(|error| TranscodeError::storage("cannot make a folder", &error))?);
        }
        Ok(Self { renditions })
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
    async fn open(name: &str, folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder).await?;
        gone_is_fine(fs::remove_file(folder.join(WORKING_PLAYLIST)).await)?;
        let before = read_if_there(&folder.join(PLAYLIST)).await?;
        let before = before.and_then(|text| MediaPlaylist::parse(&text).ok());
        Ok(Self {
            name: name.to_owned(),
            folder,
            timescale: None,
            starts: Vec::new(),
            published: String::new(),
            already: before.map_or(0, |list| list.segments().count()),
        })
    }

    async fn follow(&mut self) -> Result<bool, TranscodeError> {
        let text = read_if_there(&self.folder.join(WORKING_PLAYLIST)).await.map_err(|error| self.storage(&error))?;
        let Some(text) = text else { return Ok(false) };
        let playlist = self.parsed(&text)?;
        for segment in playlist.segments().skip(self.starts.len()) {
            let start = self.start_of(&segment.file).await?;
            self.starts.push(start);
        }
        let mut moments = self.starts.clone();
        if playlist.is_complete()
            && let Some(last) = playlist.segments().last()
        {
            // FFmpeg's own sum is short where a container counts in milliseconds.
            moments.push(self.end_of(&last.file).await?);
        }
        let published = playlist.for_players(&moments);
        let no_shorter = self.starts.len() >= self.already || playlist.is_complete();
        if !self.starts.is_empty() && no_shorter && published != self.published {
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

    async fn end_of(&self, segment: &str) -> Result<Micros, TranscodeError> {
        let bytes = fs::read(self.folder.join(segment)).await.map_err(|error| self.storage(&error))?;
        let end = decode_end(&bytes).and_then(|ticks| Some(moment_of(ticks, self.timescale?)));
        end.ok_or_else(|| self.cut_short(segment))
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
