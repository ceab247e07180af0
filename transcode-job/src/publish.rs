//! Writes the master playlist from what is there to be played.

use std::io;
use std::path::{Path, PathBuf};

use syncwatch_media::ffmpeg::{INIT, PLAYLIST, SOURCE_FOLDER};
use syncwatch_media::{
    AudioRendition, Bandwidth, FailureReason, LadderSettings, MasterPlaylist, MediaPlaylist, Plan, Ratio, Size,
    SubtitleRendition, VideoRendition, codec_of, promised_codec,
};
use tokio::fs;

use crate::files::{read_if_there, replace};
use crate::{RenditionInfo, TranscodeError};

/// The playlist that names all others.
pub(crate) const MASTER: &str = "master.m3u8";

/// The output folder of one attempt.
pub(crate) struct Publication<'a> {
    pub(crate) folder: &'a Path,
    plan: &'a Plan,
    ladder: &'a LadderSettings,
}

/// A picture that the plan promises: its folder, size, rate, what it may cost while it cannot be measured, and its codec
/// where that is known before its first segment is there.
struct Promised {
    folder: String,
    size: Size,
    rate: Ratio,
    expected_bps: u64,
    codec: Option<String>,
}

/// What can be measured of a rendition now.
struct Measured {
    codec: String,
    bandwidth: Bandwidth,
    complete: bool,
}

impl<'a> Publication<'a> {
    pub(crate) fn new(folder: &'a Path, plan: &'a Plan, ladder: &'a LadderSettings) -> Self {
        Self { folder, plan, ladder }
    }

    /// Takes everything but the copied rung out of a master playlist.
    pub(crate) async fn withdraw_rungs(folder: &Path) -> io::Result<()> {
        let path = folder.join(MASTER);
        let Some(text) = read_if_there(&path).await? else { return Ok(()) };
        let copied = format!("{SOURCE_FOLDER}/{PLAYLIST}");
        let mut kept = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let uri = if line.starts_with("#EXT-X-STREAM-INF:") { lines.next() } else { None };
            if uri.is_none_or(|uri| uri == copied) {
                kept.extend([Some(line), uri].into_iter().flatten().flat_map(|line| [line, "\n"]));
            }
        }
        replace(&path, &kept).await
    }

    /// Writes the master playlist with all renditions that are listed, and tells which of them can be watched now.
    pub(crate) async fn write_master(&self) -> Result<Vec<RenditionInfo>, TranscodeError> {
        let audio = self.audio_renditions().await?;
        let (mut video, mut renditions) = (Vec::new(), Vec::new());
        for promised in self.promised() {
            let Some(measured) = self.measure(&promised.folder, promised.codec.as_deref()).await? else { continue };
            if self.folder.join(&promised.folder).join(INIT).exists() {
                renditions.push(RenditionInfo { name: promised.folder.clone(), size: promised.size });
            }
            video.push(VideoRendition {
                uri: format!("{}/{PLAYLIST}", promised.folder),
                size: promised.size,
                rate: promised.rate,
                codec: measured.codec,
                bandwidth: at_least(measured.bandwidth, promised.expected_bps, measured.complete),
            });
        }
        let subtitles = self.subtitle_renditions().await;
        let text = MasterPlaylist { video, audio, subtitles }.to_string();
        replace(&self.folder.join(MASTER), &text).await.map_err(|error| storage(MASTER, &error))?;
        Ok(renditions)
    }

    fn promised(&self) -> Vec<Promised> {
        let copied = self.plan.copied.iter().map(|copied| Promised {
            folder: SOURCE_FOLDER.to_owned(),
            size: copied.size,
            rate: copied.rate,
            expected_bps: copied.expected_bps,
            codec: None,
        });
        let encoded = self.plan.encoded.iter().flat_map(|ladder| {
            ladder.rungs.iter().map(|rung| Promised {
                folder: rung.name.clone(),
                size: rung.size,
                rate: ladder.timing.rate(),
                expected_bps: u64::from(rung.max_kbps) * 1_000,
                codec: Some(promised_codec(rung, ladder.timing, &self.ladder.preset)),
            })
        });
        copied.chain(encoded).collect()
    }

    async fn audio_renditions(&self) -> Result<Vec<AudioRendition>, TranscodeError> {
        let mut renditions = Vec::new();
        for track in &self.plan.audio {
            let Some(measured) = self.measure(&track.folder, None).await? else { continue };
            renditions.push(AudioRendition {
                uri: format!("{}/{PLAYLIST}", track.folder),
                codec: measured.codec,
                language: track.language.clone(),
                name: track.name.clone(),
                default: track.default,
                extra: track.extra,
                channels: track.channels,
                bandwidth: measured.bandwidth,
            });
        }
        Ok(renditions)
    }

    /// Those that are complete: their playlist is written last.
    async fn subtitle_renditions(&self) -> Vec<SubtitleRendition> {
        let mut renditions = Vec::new();
        for track in &self.plan.subtitles {
            if fs::try_exists(self.playlist(&track.folder)).await.unwrap_or(false) {
                renditions.push(SubtitleRendition {
                    uri: format!("{}/{PLAYLIST}", track.folder),
                    language: track.language.clone(),
                    name: track.name.clone(),
                    default: track.default,
                    forced: track.forced,
                    hearing_impaired: track.hearing_impaired,
                });
            }
        }
        renditions
    }

    /// `None` while there is nothing to play. A rung with a promised codec lists what is not there yet, and is measured when
    /// it is complete.
    async fn measure(&self, folder: &str, promised: Option<&str>) -> Result<Option<Measured>, TranscodeError> {
        let Some(text) = read_if_there(&self.playlist(folder)).await.map_err(|error| storage(folder, &error))? else {
            return Ok(None);
        };
        let playlist = MediaPlaylist::parse(&text).map_err(|error| internal(folder, &error.to_string()))?;
        if let Some(codec) = promised.filter(|_| !playlist.is_complete()) {
            return Ok(Some(Measured { codec: codec.to_owned(), bandwidth: Bandwidth::default(), complete: false }));
        }
        let mut sizes = Vec::new();
        for segment in playlist.segments() {
            let size = fs::metadata(self.folder.join(folder).join(&segment.file)).await;
            sizes.push(size.map_err(|error| storage(&segment.file, &error))?.len());
        }
        if sizes.is_empty() {
            return Ok(None);
        }
        let init = fs::read(self.folder.join(folder).join(INIT)).await.map_err(|error| storage(INIT, &error))?;
        let codec = codec_of(&init).ok_or_else(|| internal(folder, "its codec cannot be named"))?;
        if promised.is_some_and(|promised| promised != codec) {
            return Err(internal(folder, &format!("its codec is {codec}, which was not promised")));
        }
        Ok(Some(Measured { codec, bandwidth: playlist.bandwidth(&sizes), complete: playlist.is_complete() }))
    }

    fn playlist(&self, folder: &str) -> PathBuf {
        self.folder.join(folder).join(PLAYLIST)
    }
}

/// While a rendition grows, what was measured says little about what is to come.
fn at_least(measured: Bandwidth, expected_bps: u64, complete: bool) -> Bandwidth {
    if complete {
        return measured;
    }
    Bandwidth { peak: measured.peak.max(expected_bps), average: measured.average.max(expected_bps) }
}

fn storage(what: &str, error: &io::Error) -> TranscodeError {
    TranscodeError::storage(&format!("cannot publish {what}"), error)
}

fn internal(folder: &str, what: &str) -> TranscodeError {
    TranscodeError::failed(FailureReason::Internal, format!("playlist of {folder}: {what}"))
}
