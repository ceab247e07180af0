//! What must become of a film.

use std::fmt;

use syncwatch_protocol::Code;

use super::Recipe;

/// What must become of a film.
#[derive(Debug, Clone)]
pub enum Expected {
    /// It can be watched.
    Plays(Plays),
    /// It is refused, and people are told why.
    Refused(Code),
}

/// How a film must be watchable.
#[derive(Debug, Clone)]
pub struct Plays {
    /// The picture is also there as it is.
    pub copied: bool,
    /// The short sides of all qualities, best first.
    pub rungs: &'static [u32],
    /// The film as people see it: turned, and with square pixels. No quality is larger.
    pub size: (u32, u32),
    /// How long the picture is, in seconds.
    pub seconds: f64,
    /// By how much that may be missed.
    pub slack: f64,
    /// Tracks of sound to choose from.
    pub sounds: usize,
    /// Tracks of subtitles to choose from.
    pub subtitles: usize,
    /// From when to when there is sound, in seconds.
    pub heard: (f64, f64),
    /// How many flashes are seen.
    pub flashes: usize,
    /// Its colours were brought into the range of ordinary screens.
    pub tone_mapped: bool,
}

impl Plays {
    /// What becomes of an ordinary film: its picture encoded into the rungs that fit, and its sound.
    pub(super) fn ordinary(recipe: &Recipe) -> Self {
        let seconds = f64::from(recipe.millis) / 1_000.0;
        Self {
            copied: false,
            rungs: &[160, 120],
            size: recipe.size,
            seconds,
            slack: 0.1,
            sounds: recipe.sounds.len(),
            subtitles: 0,
            heard: (0.0, seconds),
            flashes: ((seconds - 0.001) / recipe.period()).floor() as usize + 1,
            tone_mapped: false,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(code) => write!(f, "refused: {}", code.as_str()),
            Self::Plays(plays) => {
                let how = if plays.copied { "copied" } else { "encoded" };
                let rungs = plays.rungs.iter().map(|side| format!("{side}p")).collect::<Vec<_>>().join(" ");
                write!(f, "{how} {rungs}, {} s, sounds {}", plays.seconds, plays.sounds)?;
                if plays.subtitles > 0 {
                    write!(f, ", subtitles {}", plays.subtitles)?;
                }
                if plays.tone_mapped { f.write_str(", tone mapped") } else { Ok(()) }
            }
        }
    }
}
