//! The ladder of qualities and the arithmetic of picture sizes (TRN-1).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Micros;

/// What a rung aims at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RungSettings {
    /// The shorter side of the picture, in pixels.
    pub short_side: u32,
    /// The most it may cost, in kilobits per second. Quiet scenes cost less.
    pub video_kbps: u32,
    /// x264's constant quality; lower is better.
    pub crf: u8,
}

/// What the installation wants of its renditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LadderSettings {
    /// The rungs, best first.
    pub rungs: Vec<RungSettings>,
    /// Kilobits per second of the sound.
    pub audio_kbps: u32,
    /// Seconds a segment lasts.
    pub segment_seconds: u32,
    /// The longest film that is taken, in minutes.
    pub max_minutes: u64,
    /// The longest way between two keyframes with which a film is still copied. A segment cannot be shorter than that, and
    /// a player that jumps decodes up to so much before it shows anything. 6.5 rather than 6 seconds because a playlist
    /// counts in whole seconds, and 6.5 is what still rounds into a target duration of six.
    pub copy_max_gop: Duration,
    /// x264's preset.
    pub preset: String,
    /// FFmpeg has the filters `zscale` and `tonemap`; the program that runs it finds out.
    pub can_tone_map: bool,
}

impl Default for LadderSettings {
    fn default() -> Self {
        Self {
            rungs: vec![
                RungSettings { short_side: 720, video_kbps: 3_000, crf: 22 },
                RungSettings { short_side: 480, video_kbps: 1_500, crf: 23 },
                RungSettings { short_side: 360, video_kbps: 800, crf: 24 },
            ],
            audio_kbps: 128,
            segment_seconds: 6,
            max_minutes: 180,
            copy_max_gop: Duration::from_millis(6_500),
            preset: "veryfast".to_owned(),
            can_tone_map: true,
        }
    }
}

impl LadderSettings {
    /// The longest film that is taken.
    pub fn longest_film(&self) -> Micros {
        Micros(i64::try_from(self.max_minutes.saturating_mul(60_000_000)).unwrap_or(i64::MAX))
    }
}

/// A picture's size in square pixels, as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// H.264 decoders of telephones stop at 4096 pixels; only very wide pictures reach it.
const LONG_SIDE_MAX: u32 = 4096;

impl Size {
    /// The shorter side: it names a rung, so that a film taken with a telephone held upright has `720p` too.
    pub fn short_side(self) -> u32 {
        self.width.min(self.height)
    }

    /// The longer side.
    pub fn long_side(self) -> u32 {
        self.width.max(self.height)
    }

    /// This size with both sides even, as 4:2:0 needs it, and nothing larger than before.
    #[must_use]
    pub fn even(self) -> Self {
        Self { width: self.width & !1, height: self.height & !1 }
    }

    /// This picture made as large as `short_side` allows: same shape, even sides, never larger than it is.
    #[must_use]
    pub fn bounded_by(self, short_side: u32) -> Self {
        let by_short = f64::from(short_side) / f64::from(self.short_side());
        let by_long = f64::from(LONG_SIDE_MAX) / f64::from(self.long_side());
        let factor = by_short.min(by_long).min(1.0);
        let side = |length: u32| {
            let nearest_even = (f64::from(length) * factor / 2.0).round() as u32 * 2;
            nearest_even.clamp(2, (length & !1).max(2))
        };
        Self { width: side(self.width), height: side(self.height) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // TRN-1
    #[test]
    fn usual_pictures_get_the_sizes_everybody_knows() {
        let film = Size { width: 1920, height: 1080 };
        assert_eq!(film.bounded_by(720), Size { width: 1280, height: 720 });
        assert_eq!(film.bounded_by(480), Size { width: 854, height: 480 });
        assert_eq!(film.bounded_by(360), Size { width: 640, height: 360 });
        let upright = Size { width: 1080, height: 1920 };
        assert_eq!(upright.bounded_by(720), Size { width: 720, height: 1280 });
    }

    proptest! {
        // TRN-1
        #[test]
        fn a_rung_is_never_larger_than_the_film_has_even_sides_and_keeps_its_shape(
            width in 16u32..8200, height in 16u32..8200, short_side in (90u32..1100).prop_map(|s| s * 2)
        ) {
            let film = Size { width, height };
            let rung = film.bounded_by(short_side);
            prop_assert!(rung.width <= width && rung.height <= height);
            prop_assert!(rung.width.is_multiple_of(2) && rung.height.is_multiple_of(2));
            prop_assert!(rung.short_side() <= short_side && rung.long_side() <= LONG_SIDE_MAX);
            // Each side is rounded to even, and odd films lose a line: two pixels of the longer side's ideal at most.
            let ideal_height = f64::from(rung.width) * f64::from(height) / f64::from(width);
            let tolerance = 2.0 * (1.0 + f64::from(height) / f64::from(width));
            prop_assert!((f64::from(rung.height) - ideal_height).abs() <= tolerance);
        }
    }
}
