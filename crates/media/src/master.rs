//! The master playlist: which qualities there are (TRN-1, DESIGN §9 rule 10).
//!
//! We write it ourselves. FFmpeg's own lacks FRAME-RATE and states a bandwidth that nobody measured.

use std::fmt;

use crate::Ratio;
use crate::ladder::Size;
use crate::playlist::Bandwidth;

/// A quality of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct VideoRendition {
    /// Its playlist, relative to the master.
    pub uri: String,
    /// Its size.
    pub size: Size,
    /// Its rate.
    pub rate: Ratio,
    /// RFC 6381 name, from its own init segment.
    pub codec: String,
    /// What it costs without sound.
    pub bandwidth: Bandwidth,
}

/// A track of sound for all qualities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioRendition {
    /// Its playlist, relative to the master.
    pub uri: String,
    /// RFC 6381 name, from its own init segment.
    pub codec: String,
    /// ISO 639 code, when known.
    pub language: Option<String>,
    /// Its line in a menu, unlike all others; without quotes.
    pub name: String,
    /// Plays when nobody chose; one of them all.
    pub default: bool,
    /// Nobody gets it unasked.
    pub extra: bool,
    /// How many.
    pub channels: u16,
    /// What it costs.
    pub bandwidth: Bandwidth,
}

/// A track of subtitles for all qualities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubtitleRendition {
    /// Its playlist, relative to the master.
    pub uri: String,
    /// ISO 639 code, when known.
    pub language: Option<String>,
    /// Its line in a menu, unlike all others; without quotes.
    pub name: String,
    /// Shown when nobody chose.
    pub default: bool,
    /// Only what everybody needs.
    pub forced: bool,
    /// It tells of sounds as well.
    pub hearing_impaired: bool,
}

/// The master playlist; its text is what `Display` writes.
#[derive(Debug, Clone, PartialEq)]
pub struct MasterPlaylist {
    /// Best first.
    pub video: Vec<VideoRendition>,
    /// None in a silent film.
    pub audio: Vec<AudioRendition>,
    /// None where the film has none, or they are not made yet.
    pub subtitles: Vec<SubtitleRendition>,
}

impl fmt::Display for MasterPlaylist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "#EXTM3U")?;
        writeln!(f, "#EXT-X-VERSION:7")?;
        writeln!(f, "#EXT-X-INDEPENDENT-SEGMENTS")?;
        for audio in &self.audio {
            write_audio(f, audio)?;
        }
        for track in &self.subtitles {
            write_subtitles(f, track)?;
        }
        for video in &self.video {
            write_video(f, video, &self.audio, !self.subtitles.is_empty())?;
        }
        Ok(())
    }
}

fn write_audio(f: &mut fmt::Formatter<'_>, audio: &AudioRendition) -> fmt::Result {
    write!(f, "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"{}\"", audio.name)?;
    if let Some(language) = &audio.language {
        write!(f, ",LANGUAGE=\"{language}\"")?;
    }
    // What plays by default must be one that may be chosen by itself (RFC 8216, 4.3.4.1).
    write!(f, ",DEFAULT={},AUTOSELECT={}", yes(audio.default), yes(audio.default || !audio.extra))?;
    writeln!(f, ",CHANNELS=\"{}\",URI=\"{}\"", audio.channels, audio.uri)
}

fn write_subtitles(f: &mut fmt::Formatter<'_>, track: &SubtitleRendition) -> fmt::Result {
    write!(f, "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subtitles\",NAME=\"{}\"", track.name)?;
    if let Some(language) = &track.language {
        write!(f, ",LANGUAGE=\"{language}\"")?;
    }
    write!(f, ",DEFAULT={},AUTOSELECT=YES,FORCED={}", yes(track.default), yes(track.forced))?;
    if track.hearing_impaired {
        // Apple's words for subtitles that tell of sounds (RFC 8216, 4.3.4.1).
        f.write_str(",CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound\"")?;
    }
    writeln!(f, ",URI=\"{}\"", track.uri)
}

const fn yes(is: bool) -> &'static str {
    if is { "YES" } else { "NO" }
}

/// The bandwidth of a quality holds for whichever track is heard with it, and its codecs name what any of them needs.
fn write_video(
    f: &mut fmt::Formatter<'_>,
    video: &VideoRendition,
    audio: &[AudioRendition],
    subtitles: bool,
) -> fmt::Result {
    let heard = audio
        .iter()
        .map(|track| track.bandwidth)
        .reduce(|one, other| Bandwidth { peak: one.peak.max(other.peak), average: one.average.max(other.average) });
    let total = video.bandwidth + heard.unwrap_or_default();
    write!(f, "#EXT-X-STREAM-INF:BANDWIDTH={},AVERAGE-BANDWIDTH={}", total.peak, total.average)?;
    write!(f, ",RESOLUTION={}x{}", video.size.width, video.size.height)?;
    if let Some(rate) = video.rate.value() {
        write!(f, ",FRAME-RATE={rate:.3}")?;
    }
    let mut codecs = vec![video.codec.as_str()];
    for track in audio {
        if !codecs.contains(&track.codec.as_str()) {
            codecs.push(&track.codec);
        }
    }
    write!(f, ",CODECS=\"{}\"", codecs.join(","))?;
    if !audio.is_empty() {
        write!(f, ",AUDIO=\"audio\"")?;
    }
    if subtitles {
        write!(f, ",SUBTITLES=\"subtitles\"")?;
    }
    writeln!(f, ",CLOSED-CAPTIONS=NONE\n{}", video.uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> VideoRendition {
        VideoRendition {
            uri: "720p/index.m3u8".to_owned(),
            size: Size { width: 1280, height: 720 },
            rate: Ratio::new(24_000, 1_001),
            codec: "avc1.64001f".to_owned(),
            bandwidth: Bandwidth { peak: 3_000_000, average: 1_500_000 },
        }
    }

    // TRN-1
    #[test]
    fn a_master_playlist_says_what_players_need_to_choose() {
        let text =
            MasterPlaylist { video: vec![picture()], audio: vec![track(1, "deu", 130_000)], subtitles: Vec::new() }
                .to_string();
        assert_eq!(
            text,
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n\
             #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"deu\",LANGUAGE=\"deu\",DEFAULT=YES,AUTOSELECT=YES,\
             CHANNELS=\"2\",URI=\"audio-1/index.m3u8\"\n\
             #EXT-X-STREAM-INF:BANDWIDTH=3130000,AVERAGE-BANDWIDTH=1628000,RESOLUTION=1280x720,FRAME-RATE=23.976,\
             CODECS=\"avc1.64001f,mp4a.40.2\",AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n720p/index.m3u8\n"
        );
        assert!(m3u8_rs::parse_master_playlist_res(text.as_bytes()).is_ok());
    }

    fn track(number: u8, language: &str, peak: u64) -> AudioRendition {
        AudioRendition {
            uri: format!("audio-{number}/index.m3u8"),
            codec: "mp4a.40.2".to_owned(),
            language: Some(language.to_owned()),
            name: language.to_owned(),
            default: number == 1,
            extra: number == 3,
            channels: 2,
            bandwidth: Bandwidth { peak, average: 128_000 },
        }
    }

    // SRC-6
    #[test]
    fn each_track_of_sound_is_listed_and_the_costliest_counts() {
        let audio = vec![track(1, "deu", 130_000), track(2, "eng", 190_000), track(3, "fra", 128_000)];
        let text = MasterPlaylist { video: vec![picture()], audio, subtitles: Vec::new() }.to_string();
        assert!(text.contains("NAME=\"eng\",LANGUAGE=\"eng\",DEFAULT=NO,AUTOSELECT=YES,"), "{text}");
        assert!(text.contains("NAME=\"fra\",LANGUAGE=\"fra\",DEFAULT=NO,AUTOSELECT=NO,"), "{text}");
        assert!(text.contains("BANDWIDTH=3190000,") && text.contains("CODECS=\"avc1.64001f,mp4a.40.2\""), "{text}");
        assert!(m3u8_rs::parse_master_playlist_res(text.as_bytes()).is_ok());
    }

    // SRC-6
    #[test]
    fn subtitles_are_listed_and_marked_as_the_file_marks_them() {
        let subtitles = vec![SubtitleRendition {
            uri: "subtitles-1/index.m3u8".to_owned(),
            language: Some("deu".to_owned()),
            name: "Deutsch".to_owned(),
            default: false,
            forced: true,
            hearing_impaired: false,
        }];
        let text = MasterPlaylist { video: vec![picture()], audio: Vec::new(), subtitles }.to_string();
        let line = "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subtitles\",NAME=\"Deutsch\",LANGUAGE=\"deu\",DEFAULT=NO,\
             AUTOSELECT=YES,FORCED=YES,URI=\"subtitles-1/index.m3u8\"\n";
        assert!(text.contains(line) && text.contains(",SUBTITLES=\"subtitles\","), "{text}");
        assert!(m3u8_rs::parse_master_playlist_res(text.as_bytes()).is_ok());
    }

    // TRN-2
    #[test]
    fn a_silent_film_names_no_sound() {
        let text = MasterPlaylist { video: vec![picture()], audio: Vec::new(), subtitles: Vec::new() }.to_string();
        assert!(!text.contains("AUDIO") && text.contains("CODECS=\"avc1.64001f\""), "{text}");
    }
}
