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

/// The sound of all qualities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioRendition {
    /// Its playlist, relative to the master.
    pub uri: String,
    /// RFC 6381 name, from its own init segment.
    pub codec: String,
    /// ISO 639 code, when known.
    pub language: Option<String>,
    /// How many.
    pub channels: u16,
    /// What it costs.
    pub bandwidth: Bandwidth,
}

/// The master playlist; its text is what `Display` writes.
#[derive(Debug, Clone, PartialEq)]
pub struct MasterPlaylist {
    /// Best first.
    pub video: Vec<VideoRendition>,
    /// Missing in a silent film.
    pub audio: Option<AudioRendition>,
}

impl fmt::Display for MasterPlaylist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "#EXTM3U")?;
        writeln!(f, "#EXT-X-VERSION:7")?;
        writeln!(f, "#EXT-X-INDEPENDENT-SEGMENTS")?;
        if let Some(audio) = &self.audio {
            write_audio(f, audio)?;
        }
        for video in &self.video {
            write_video(f, video, self.audio.as_ref())?;
        }
        Ok(())
    }
}

fn write_audio(f: &mut fmt::Formatter<'_>, audio: &AudioRendition) -> fmt::Result {
    write!(f, "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"{}\"", audio.language.as_deref().unwrap_or("main"))?;
    if let Some(language) = &audio.language {
        write!(f, ",LANGUAGE=\"{language}\"")?;
    }
    writeln!(f, ",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"{}\",URI=\"{}\"", audio.channels, audio.uri)
}

fn write_video(f: &mut fmt::Formatter<'_>, video: &VideoRendition, audio: Option<&AudioRendition>) -> fmt::Result {
    let total = video.bandwidth + audio.map(|audio| audio.bandwidth).unwrap_or_default();
    write!(f, "#EXT-X-STREAM-INF:BANDWIDTH={},AVERAGE-BANDWIDTH={}", total.peak, total.average)?;
    write!(f, ",RESOLUTION={}x{}", video.size.width, video.size.height)?;
    if let Some(rate) = video.rate.value() {
        write!(f, ",FRAME-RATE={rate:.3}")?;
    }
    match audio {
        Some(audio) => write!(f, ",CODECS=\"{},{}\",AUDIO=\"audio\"", video.codec, audio.codec)?,
        None => write!(f, ",CODECS=\"{}\"", video.codec)?,
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
        let audio = AudioRendition {
            uri: "audio/index.m3u8".to_owned(),
            codec: "mp4a.40.2".to_owned(),
            language: Some("deu".to_owned()),
            channels: 2,
            bandwidth: Bandwidth { peak: 130_000, average: 128_000 },
        };
        let text = MasterPlaylist { video: vec![picture()], audio: Some(audio) }.to_string();
        assert_eq!(
            text,
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n\
             #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"deu\",LANGUAGE=\"deu\",DEFAULT=YES,AUTOSELECT=YES,\
             CHANNELS=\"2\",URI=\"audio/index.m3u8\"\n\
             #EXT-X-STREAM-INF:BANDWIDTH=3130000,AVERAGE-BANDWIDTH=1628000,RESOLUTION=1280x720,FRAME-RATE=23.976,\
             CODECS=\"avc1.64001f,mp4a.40.2\",AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n720p/index.m3u8\n"
        );
        assert!(m3u8_rs::parse_master_playlist_res(text.as_bytes()).is_ok());
    }

    // TRN-2
    #[test]
    fn a_silent_film_names_no_sound() {
        let text = MasterPlaylist { video: vec![picture()], audio: None }.to_string();
        assert!(!text.contains("AUDIO") && text.contains("CODECS=\"avc1.64001f\""), "{text}");
    }
}
