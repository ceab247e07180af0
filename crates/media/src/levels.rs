//! Which H.264 level a rung needs (Annex A), so that its name can stand in the playlist before its first picture is made.

use crate::ladder::Size;
use crate::plan::{EncodedRung, FrameTiming};

/// What a level allows: number, macroblocks in a second, in a picture, in the decoder's memory, and kilobits: in a second and
/// in its buffer, of the High profile.
const LEVELS: [(u8, f64, u32, u32, u32, u32); 16] = [
    (10, 1_485.0, 99, 396, 80, 218),
    (11, 3_000.0, 396, 900, 240, 625),
    (12, 6_000.0, 396, 2_376, 480, 1_250),
    (13, 11_880.0, 396, 2_376, 960, 2_500),
    (20, 11_880.0, 396, 2_376, 2_500, 2_500),
    (21, 19_800.0, 792, 4_752, 5_000, 5_000),
    (22, 20_250.0, 1_620, 8_100, 5_000, 5_000),
    (30, 40_500.0, 1_620, 8_100, 12_500, 12_500),
    (31, 108_000.0, 3_600, 18_000, 17_500, 17_500),
    (32, 216_000.0, 5_120, 20_480, 25_000, 25_000),
    (40, 245_760.0, 8_192, 32_768, 25_000, 31_250),
    (41, 245_760.0, 8_192, 32_768, 62_500, 78_125),
    (42, 522_240.0, 8_704, 34_816, 62_500, 78_125),
    (50, 589_824.0, 22_080, 110_400, 168_750, 168_750),
    (51, 983_040.0, 36_864, 184_320, 300_000, 300_000),
    (52, 2_073_600.0, 36_864, 184_320, 300_000, 300_000),
];

/// x264 keeps so many pictures at least, for pictures that are built from later ones.
const FEWEST_KEPT: u32 = 4;

/// Pictures that x264's presets refer to.
fn references(preset: &str) -> u32 {
    match preset {
        "faster" | "fast" => 2,
        "medium" => 3,
        "slow" => 5,
        "slower" => 8,
        "veryslow" | "placebo" => 16,
        _ => 1,
    }
}

/// The level of a rung, times ten as it is written.
pub(crate) fn level_of(rung: &EncodedRung, timing: FrameTiming, preset: &str) -> u8 {
    let Size { width, height } = rung.size;
    let picture = width.div_ceil(16) * height.div_ceil(16);
    let second = f64::from(picture) * timing.rate().value().unwrap_or(60.0);
    let kept = picture * references(preset).max(FEWEST_KEPT);
    let longest_side = width.div_ceil(16).max(height.div_ceil(16));
    let fits = |(_, in_second, in_picture, in_memory, kbps, buffer): &&(u8, f64, u32, u32, u32, u32)| {
        let not_too_long = u64::from(longest_side).pow(2) <= 8 * u64::from(*in_picture);
        second <= *in_second
            && picture <= *in_picture
            && kept <= *in_memory
            && not_too_long
            && rung.max_kbps <= *kbps
            && rung.max_kbps.saturating_mul(2) <= *buffer
    };
    LEVELS.iter().find(fits).map_or(52, |level| level.0)
}

/// RFC 6381 name of what x264 makes for a rung.
pub fn promised_codec(rung: &EncodedRung, timing: FrameTiming, preset: &str) -> String {
    format!("avc1.6400{:02x}", level_of(rung, timing, preset))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::Ratio;

    // TRN-1
    #[rstest]
    #[case(1280, 720, 3_000, 24, "avc1.64001f")]
    #[case(1280, 720, 3_000, 60, "avc1.640020")]
    #[case(854, 480, 1_500, 24, "avc1.64001e")]
    #[case(854, 480, 1_500, 30, "avc1.64001f")]
    #[case(640, 360, 800, 24, "avc1.64001e")]
    #[case(426, 240, 800, 24, "avc1.640015")]
    #[case(1920, 1080, 6_000, 25, "avc1.640028")]
    fn a_rung_s_level_follows_from_its_size_rate_and_cost(
        #[case] width: u32,
        #[case] height: u32,
        #[case] max_kbps: u32,
        #[case] rate: u32,
        #[case] codec: &str,
    ) {
        let rung = EncodedRung { name: "rung".to_owned(), size: Size { width, height }, max_kbps, crf: 22 };
        assert_eq!(promised_codec(&rung, FrameTiming::Constant(Ratio::new(rate, 1)), "veryfast"), codec);
    }
}
