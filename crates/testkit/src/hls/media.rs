//! Media playlists: by themselves, and their segments as one stream.

use std::path::{Path, PathBuf};

use anyhow::Result;
use m3u8_rs::{AlternativeMediaType, MediaPlaylist, MediaPlaylistType};

use super::complaint::{Complaints, Rule};
use super::master::{Master, read_playlist};
use super::probe::{Packet, Stream, probe};

/// Whether a rendition is seen or heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Picture,
    Sound,
}

/// A picture or a sound: its playlist, its segments, and what is in them.
pub(super) struct Rendition {
    /// As the master playlist names it.
    pub(super) uri: String,
    pub(super) kind: Kind,
    /// Its init segment and all its segments in one file, as a player appends them.
    pub(super) joined: PathBuf,
    pub(super) init: Vec<u8>,
    pub(super) segments: Vec<Segment>,
    pub(super) streams: Vec<Stream>,
}

pub(super) struct Segment {
    pub(super) file: String,
    /// As the playlist says.
    pub(super) seconds: f64,
    pub(super) bytes: u64,
    /// In decoding order.
    pub(super) packets: Vec<Packet>,
}

impl Rendition {
    /// The file's name relative to the output folder.
    pub(super) fn name_of(&self, file: &str) -> String {
        beside(&self.uri, file)
    }

    pub(super) fn size(&self) -> Option<(u32, u32)> {
        self.streams.iter().find_map(|stream| Some((stream.width?, stream.height?)))
    }

    pub(super) fn packets(&self) -> impl Iterator<Item = &Packet> {
        self.segments.iter().flat_map(|segment| &segment.packets)
    }

    /// When each frame is shown or heard, in that order.
    pub(super) fn times(&self) -> Vec<f64> {
        let mut times: Vec<f64> = self.packets().filter(|packet| !packet.hidden).map(|packet| packet.shown).collect();
        times.sort_by(f64::total_cmp);
        times
    }

    /// The usual distance between two frames; `None` where there is only one.
    pub(super) fn frame_seconds(&self) -> Option<f64> {
        let times = self.times();
        let mut steps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        steps.sort_by(f64::total_cmp);
        let (first, last) = (times.first()?, times.last()?);
        let middle = *steps.get(steps.len() / 2)?;
        // Files count in whole milliseconds or worse; over many frames that does not matter any more.
        let even = (last - first) / steps.len() as f64;
        Some(if (even / middle - 1.0).abs() < 0.1 { even } else { middle })
    }

    /// When its last frame ends.
    pub(super) fn end(&self) -> f64 {
        self.packets().map(|packet| packet.shown + packet.seconds).fold(0.0, f64::max)
    }

    /// What its most expensive segment costs.
    pub(super) fn peak_bps(&self) -> f64 {
        let cost = |segment: &Segment| segment.bytes as f64 * 8.0 / segment.seconds.max(0.001);
        self.segments.iter().map(cost).fold(0.0, f64::max)
    }
}

impl Segment {
    /// When its first frame is shown.
    pub(super) fn start(&self) -> Option<f64> {
        self.packets.iter().map(|packet| packet.shown).min_by(f64::total_cmp)
    }
}

/// `index.m3u8` beside `720p/other.m3u8` is `720p/index.m3u8`.
pub(super) fn beside(uri: &str, file: &str) -> String {
    match uri.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{file}"),
        None => file.to_owned(),
    }
}

/// Reads all that can be read of the pictures and sounds; text tracks are checked for their playlists alone.
pub(super) fn read_all(
    folder: &Path,
    master: &Master,
    scratch: &Path,
    complaints: &mut Complaints,
) -> Result<Vec<Rendition>> {
    let pictures = master.variants().map(|variant| (Kind::Picture, variant.uri.clone()));
    let sounds = master.sounds().filter_map(|media| Some((Kind::Sound, media.uri.clone()?)));
    for media in master.subtitles().filter(|media| media.media_type == AlternativeMediaType::Subtitles) {
        let Some(uri) = &media.uri else { continue };
        if let Some(playlist) = read_media(folder, uri, complaints) {
            playlist.segments.iter().for_each(|segment| check_text(folder, &beside(uri, &segment.uri), complaints));
        }
    }
    let mut renditions = Vec::new();
    for (place, (kind, uri)) in pictures.chain(sounds).enumerate() {
        let Some(playlist) = read_media(folder, &uri, complaints) else { continue };
        let joined = scratch.join(format!("{place}.mp4"));
        let Some((init, segments)) = join(folder, &uri, &playlist, &joined, complaints)? else { continue };
        let mut rendition = Rendition { uri, kind, joined, init, segments, streams: Vec::new() };
        match probe(&rendition.joined)? {
            Ok((streams, packets)) => {
                rendition.streams = streams;
                rendition.sort_in(packets);
                check_segments(&rendition, complaints);
                renditions.push(rendition);
            }
            Err(words) => complaints.add(&rendition.uri, Rule::Decodes, words),
        }
    }
    Ok(renditions)
}

fn read_media(folder: &Path, uri: &str, complaints: &mut Complaints) -> Option<MediaPlaylist> {
    let text = read_playlist(folder, uri, complaints)?;
    let playlist = match m3u8_rs::parse_media_playlist_res(text.as_bytes()) {
        Ok(playlist) => playlist,
        Err(error) => {
            complaints.add(uri, Rule::Playlist, format!("does not parse: {error}"));
            return None;
        }
    };
    let targets = text.matches("#EXT-X-TARGETDURATION:").count();
    complaints.expect(targets == 1, uri, Rule::TargetDuration, || format!("it is there {targets} times"));
    for segment in &playlist.segments {
        let fits = segment.duration.round() as u64 <= playlist.target_duration && segment.duration > 0.0;
        let detail = || format!("{} lasts {} of {} s", segment.uri, segment.duration, playlist.target_duration);
        complaints.expect(fits, uri, Rule::TargetDuration, detail);
        complaints.expect(!segment.discontinuity, uri, Rule::Continuous, || format!("{} says it is not", segment.uri));
    }
    let vod = matches!(playlist.playlist_type, Some(MediaPlaylistType::Vod));
    complaints.expect(vod && playlist.end_list, uri, Rule::EndList, || "it says that more will come".to_owned());
    complaints.expect(!playlist.segments.is_empty(), uri, Rule::Playlist, || "no segment".to_owned());
    Some(playlist)
}

fn check_text(folder: &Path, file: &str, complaints: &mut Complaints) {
    let text = std::fs::read_to_string(folder.join(file));
    let good = text.is_ok_and(|text| text.starts_with("WEBVTT"));
    complaints.expect(good, file, Rule::Listed, || "is no WebVTT".to_owned());
}

type Joined = (Vec<u8>, Vec<Segment>);

/// Writes init segment and segments one after another into `to`; `None` when there is nothing to play.
fn join(
    folder: &Path,
    uri: &str,
    playlist: &MediaPlaylist,
    to: &Path,
    complaints: &mut Complaints,
) -> Result<Option<Joined>> {
    let map = playlist.segments.first().and_then(|segment| segment.map.as_ref());
    let Some(init) = map.and_then(|map| std::fs::read(folder.join(beside(uri, &map.uri))).ok()) else {
        complaints.add(uri, Rule::Map, "the first segment has no init segment before it");
        return Ok(None);
    };
    let (mut bytes, mut segments) = (init.clone(), Vec::new());
    for segment in &playlist.segments {
        let file = beside(uri, &segment.uri);
        let content = std::fs::read(folder.join(&file)).unwrap_or_default();
        complaints.expect(!content.is_empty(), &file, Rule::Listed, || "is not there, or empty".to_owned());
        let (seconds, length) = (f64::from(segment.duration), content.len() as u64);
        segments.push(Segment { file: segment.uri.clone(), seconds, bytes: length, packets: Vec::new() });
        bytes.extend(content);
    }
    std::fs::write(to, bytes)?;
    Ok(Some((init, segments)))
}

impl Rendition {
    /// Puts packets into the segments in whose bytes they are.
    fn sort_in(&mut self, packets: Vec<Packet>) {
        for packet in packets {
            let mut end = self.init.len() as u64;
            let segment = self.segments.iter_mut().find(|segment| {
                end += segment.bytes;
                packet.position < end
            });
            if let Some(segment) = segment {
                segment.packets.push(packet);
            }
        }
    }
}

fn check_segments(rendition: &Rendition, complaints: &mut Complaints) {
    let frame = rendition.frame_seconds().unwrap_or(0.1);
    let starts: Vec<Option<f64>> = rendition.segments.iter().map(Segment::start).collect();
    for (place, segment) in rendition.segments.iter().enumerate() {
        let file = rendition.name_of(&segment.file);
        let Some(start) = starts[place] else {
            complaints.add(&file, Rule::Decodes, "there is nothing in it");
            continue;
        };
        let end = starts.get(place + 1).copied().flatten().unwrap_or_else(|| rendition.end());
        let real = end - start;
        let detail = || format!("{} s are said, it lasts {real:.4}", segment.seconds);
        complaints.expect((real - segment.seconds).abs() <= frame + 0.001, &file, Rule::SegmentLength, detail);
    }
}
