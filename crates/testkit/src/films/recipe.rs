//! How a film is made.

use std::hash::{DefaultHasher, Hash, Hasher};

/// How a film is made: a generated picture and generated sounds, encoded, then perhaps written anew or cut off.
#[derive(Debug, Clone, Hash)]
pub struct Recipe {
    /// Of the generated picture.
    pub size: (u32, u32),
    /// Frames per second, as a fraction.
    pub rate: (u32, u32),
    /// Milliseconds.
    pub millis: u32,
    /// Generated sounds, the inputs after the picture.
    pub sounds: Vec<Sound>,
    /// More inputs. FFmpeg runs in a folder with the files of [`SIDE_FILES`].
    pub inputs: &'static str,
    /// Options of the encoded file.
    pub options: Vec<&'static str>,
    /// Options before and after the encoded file, when it is written anew without encoding.
    pub rewritten: Option<(&'static str, &'static str)>,
    /// So many thousandths of the file are left.
    pub kept: Option<u32>,
    /// The file is just these bytes.
    pub bytes: Option<&'static [u8]>,
}

/// A sound that beeps when the picture flashes.
#[derive(Debug, Clone, Copy, Hash)]
pub struct Sound {
    /// Samples per second.
    pub rate: u32,
    /// Of the beep.
    pub hertz: u32,
}

/// Files that recipes may name.
pub(super) const SIDE_FILES: [(&str, &str); 4] = [
    (
        "captions.srt",
        "1\n00:00:01,000 --> 00:00:02,500\nHello, <i>world</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nGood bye\n",
    ),
    (
        "captions.ass",
        "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\nStyle: Default,Sans,20\n\n\
         [Events]\nFormat: Layer, Start, End, Style, Text\n\
         Dialogue: 0,0:00:01.00,0:00:02.50,Default,{\\an8\\b1}Hello, {\\i1}world\\NGood bye\n",
    ),
    ("chapters.txt", ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=3\ntitle=One\n"),
    ("font.ttf", "not really a font"),
];

impl Recipe {
    /// Seconds from one flash to the next: a whole number of frames.
    pub fn period(&self) -> f64 {
        f64::from(self.frames_per_period() * self.rate.1) / f64::from(self.rate.0)
    }

    fn frames_per_period(&self) -> u32 {
        self.rate.0.div_ceil(self.rate.1)
    }

    /// FFmpeg's description of the picture: dark and moving, white for a moment at the start of each period.
    pub(super) fn picture(&self) -> String {
        let Self { size: (width, height), rate: (frames, seconds), .. } = self;
        let period = self.frames_per_period();
        // As long as one frame of a film in a cinema, so that no change of the rate makes it vanish.
        let white = (period / 24).max(1);
        format!(
            "testsrc2=s={width}x{height}:r={frames}/{seconds}:d={},format=yuv444p,lutyuv=y='16+(val-16)/5',\
             drawbox=w=iw:h=ih:color=white:t=fill:enable='lt(mod(n,{period}),{white})'",
            f64::from(self.millis) / 1_000.0
        )
    }

    pub(super) fn beeps(&self, sound: Sound) -> String {
        let Sound { rate, hertz } = sound;
        let (period, seconds) = (self.period(), f64::from(self.millis) / 1_000.0);
        format!("aevalsrc='if(lt(mod(t,{period}),0.05),0.8*sin(2*PI*{hertz}*t),0)':s={rate}:d={seconds}")
    }

    /// Differs when the film would.
    pub(super) fn key(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self, SIDE_FILES).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }
}
