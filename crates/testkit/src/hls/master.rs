//! The master playlist: by itself, and against the streams that it names.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use m3u8_rs::{AlternativeMedia, AlternativeMediaType, MasterPlaylist, VariantStream};

use super::complaint::{Complaints, Rule};
use super::media::Rendition;
use super::{MASTER, codecs};

pub(super) struct Master {
    parsed: MasterPlaylist,
}

impl Master {
    pub(super) fn variants(&self) -> impl Iterator<Item = &VariantStream> {
        self.parsed.variants.iter().filter(|variant| !variant.is_i_frame)
    }

    pub(super) fn sounds(&self) -> impl Iterator<Item = &AlternativeMedia> {
        self.of_type(AlternativeMediaType::Audio)
    }

    pub(super) fn subtitles(&self) -> impl Iterator<Item = &AlternativeMedia> {
        self.of_type(AlternativeMediaType::Subtitles)
    }

    fn of_type(&self, kind: AlternativeMediaType) -> impl Iterator<Item = &AlternativeMedia> {
        self.parsed.alternatives.iter().filter(move |media| media.media_type == kind)
    }
}

pub(super) fn read(folder: &Path, complaints: &mut Complaints) -> Option<Master> {
    let text = read_playlist(folder, MASTER, complaints)?;
    match m3u8_rs::parse_master_playlist_res(text.as_bytes()) {
        Ok(parsed) => {
            complaints.expect(parsed.independent_segments, MASTER, Rule::Independent, || "not said".to_owned());
            complaints.expect(!parsed.variants.is_empty(), MASTER, Rule::Playlist, || "no variant".to_owned());
            let master = Master { parsed };
            check_groups(&master, complaints);
            Some(master)
        }
        Err(error) => {
            complaints.add(MASTER, Rule::Playlist, format!("does not parse: {error}"));
            None
        }
    }
}

/// The text of a playlist, after a look at what a lenient parser would let pass.
pub(super) fn read_playlist(folder: &Path, file: &str, complaints: &mut Complaints) -> Option<String> {
    let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
        complaints.add(file, Rule::Listed, "is not there, or is no text");
        return None;
    };
    complaints.expect(text.lines().next() == Some("#EXTM3U"), file, Rule::Playlist, || "no #EXTM3U".to_owned());
    let versions: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#EXT-X-VERSION:")).collect();
    // Fragmented MP4 in a playlist of more than I-frames came with version 6, fractions of seconds with 3.
    let needed = if text.contains("#EXT-X-MAP:") { 6 } else { 3 };
    match versions.as_slice() {
        [version] if version.parse::<u32>().is_ok_and(|version| version >= needed) => {}
        [] if needed == 3 && !text.contains("#EXTINF:") => {}
        other => complaints.add(file, Rule::Version, format!("{other:?} where {needed} is the least")),
    }
    let foreign = if text.contains("#EXTINF:") { "#EXT-X-STREAM-INF:" } else { "#EXT-X-TARGETDURATION:" };
    complaints.expect(!text.contains(foreign), file, Rule::Playlist, || format!("{foreign} has no place here"));
    Some(text)
}

fn check_groups(master: &Master, complaints: &mut Complaints) {
    let mut groups: BTreeMap<(String, &str), Vec<&AlternativeMedia>> = BTreeMap::new();
    for media in &master.parsed.alternatives {
        groups.entry((media.media_type.to_string(), &media.group_id)).or_default().push(media);
    }
    let mut complain = |detail: String| complaints.add(MASTER, Rule::Groups, detail);
    for ((kind, group), members) in &groups {
        let names: HashSet<&str> = members.iter().map(|media| media.name.as_str()).collect();
        if names.len() != members.len() {
            complain(format!("{kind} {group}: two tracks have the same name"));
        }
        if members.iter().filter(|media| media.default).count() > 1 {
            complain(format!("{kind} {group}: more than one default"));
        }
        if members.iter().any(|media| media.default && !media.autoselect) {
            complain(format!("{kind} {group}: the default may not be selected by itself"));
        }
        if members.iter().any(|media| media.uri.is_none()) {
            complain(format!("{kind} {group}: a track has no address"));
        }
    }
    let mut used = HashSet::new();
    for variant in master.variants() {
        let wanted = [("AUDIO", &variant.audio), ("SUBTITLES", &variant.subtitles)];
        for (kind, group) in wanted.into_iter().filter_map(|(kind, group)| group.as_deref().map(|group| (kind, group)))
        {
            used.insert((kind.to_owned(), group));
            if !groups.contains_key(&(kind.to_owned(), group)) {
                complain(format!("{} wants the {kind} group {group}, which is not there", variant.uri));
            }
        }
    }
    for (kind, group) in groups.keys().filter(|key| !used.contains(*key)) {
        complain(format!("no variant uses the {kind} group {group}"));
    }
}

/// Holds what is said against what is there.
pub(super) fn check(master: &Master, renditions: &[Rendition], complaints: &mut Complaints) {
    let named = |uri: &str| renditions.iter().find(|rendition| rendition.uri == uri);
    for variant in master.variants() {
        let Some(picture) = named(&variant.uri) else { continue };
        let group = |media: &&AlternativeMedia| Some(&media.group_id) == variant.audio.as_ref();
        let sounds: Vec<&Rendition> =
            master.sounds().filter(group).filter_map(|media| named(media.uri.as_deref()?)).collect();
        check_codecs(variant, picture, &sounds, complaints);
        check_picture(variant, picture, complaints);
        check_bandwidth(variant, picture, &sounds, complaints);
    }
    for media in master.sounds() {
        let Some(sound) = media.uri.as_deref().and_then(named) else { continue };
        let (said, real) = (media.channels.as_deref(), sound.streams.first().and_then(|stream| stream.channels));
        let same = said.and_then(|said| said.parse().ok()) == real;
        complaints.expect(same, MASTER, Rule::Channels, || format!("{}: {said:?} instead of {real:?}", sound.uri));
    }
}

fn check_codecs(variant: &VariantStream, picture: &Rendition, sounds: &[&Rendition], complaints: &mut Complaints) {
    let text = variant.codecs.as_deref().unwrap_or_default();
    let said: HashSet<String> = text.split(',').map(|codec| codec.trim().to_owned()).collect();
    let real: HashSet<String> = std::iter::once(picture).chain(sounds.iter().copied()).flat_map(codecs::of).collect();
    // Text tracks may be named as well.
    let said: HashSet<String> = said.into_iter().filter(|codec| !matches!(codec.as_str(), "wvtt" | "stpp")).collect();
    let detail = || format!("{}: {said:?} instead of {real:?}", variant.uri);
    complaints.expect(said == real, MASTER, Rule::Codecs, detail);
}

fn check_picture(variant: &VariantStream, picture: &Rendition, complaints: &mut Complaints) {
    let said = variant.resolution.map(|size| (size.width as u32, size.height as u32));
    complaints.expect(said.is_some() && said == picture.size(), MASTER, Rule::Resolution, || {
        format!("{}: {said:?} instead of {:?}", variant.uri, picture.size())
    });
    // One picture has no rate.
    let Some(frame) = picture.frame_seconds() else { return };
    let said = variant.frame_rate.unwrap_or(0.0);
    let close = (said * frame - 1.0).abs() < 0.005;
    let detail = || format!("{}: {said} instead of {:.3}", variant.uri, 1.0 / frame);
    complaints.expect(close, MASTER, Rule::FrameRate, detail);
}

fn check_bandwidth(variant: &VariantStream, picture: &Rendition, sounds: &[&Rendition], complaints: &mut Complaints) {
    let peak = picture.peak_bps() + sounds.iter().map(|sound| sound.peak_bps()).fold(0.0, f64::max);
    let (said, average) = (variant.bandwidth as f64, variant.average_bandwidth.unwrap_or(variant.bandwidth) as f64);
    let detail = || format!("{}: a segment costs {peak:.0} bit/s, {said} are said", variant.uri);
    complaints.expect(peak <= said * 1.1, MASTER, Rule::Bandwidth, detail);
    let detail = || format!("{}: the average {average} is above the peak {said}", variant.uri);
    complaints.expect(average <= said, MASTER, Rule::Bandwidth, detail);
}
