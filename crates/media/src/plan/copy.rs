//! May the picture be copied as it is (DESIGN §9, rule 2)?

use super::{CopiedRung, Decision};
use crate::ladder::Size;
use crate::{LadderSettings, Micros, ProbeReport, Ratio, Transfer, VideoStream};

/// What level 4.2 allows: macroblocks in a picture, and in a second.
const LEVEL_42_FRAME: u32 = 8_704;
const LEVEL_42_SECOND: f64 = 522_240.0;

/// The shortest way from one picture to the next that is a gap.
const GAP_MIN: Micros = Micros::from_ms(250);

/// The copied rung, or the decision why there is none.
pub(super) fn copied_rung(
    report: &ProbeReport,
    video: &VideoStream,
    size: Size,
    settings: &LadderSettings,
    decisions: &mut Vec<Decision>,
) -> Option<CopiedRung> {
    if let Some(obstacle) = obstacle(video, settings) {
        decisions.push(Decision::new("picture encoded", obstacle));
        return None;
    }
    let gap = video.keyframes.longest_gap;
    let scan = if video.keyframes.complete { "" } else { " as far as was looked" };
    let reason = format!("H.264 {} that every browser plays, keyframes at most {gap} s apart{scan}", video.profile);
    decisions.push(Decision::new("picture copied", reason));
    let whole_file = (report.size_bytes as f64 * 8.0 / report.duration.seconds().max(0.001)) as u64;
    Some(CopiedRung { size, rate: nominal_rate(video), expected_bps: video.bit_rate.unwrap_or(whole_file) })
}

/// The first thing in the way of copying.
fn obstacle(video: &VideoStream, settings: &LadderSettings) -> Option<String> {
    if video.codec != "h264" {
        return Some(format!("{} is not played by every browser", video.codec));
    }
    if !matches!(video.profile.as_str(), "Baseline" | "ConstrainedBaseline" | "Main" | "High") {
        return Some(format!("H.264 profile {} is above High", video.profile));
    }
    if !matches!(video.pixel_format.as_str(), "yuv420p" | "yuvj420p") {
        return Some(format!("{} is not 8-bit 4:2:0", video.pixel_format));
    }
    if video.transfer != Transfer::Standard {
        return Some("high dynamic range needs tone mapping".to_owned());
    }
    if video.interlaced {
        return Some("it is interlaced".to_owned());
    }
    if video.rotation != 0 {
        return Some(format!("it must be turned by {} degrees", video.rotation));
    }
    if video.sample_aspect.value().is_some_and(|aspect| (aspect - 1.0).abs() > 0.001) {
        return Some(format!("its pixels are {}, not square", video.sample_aspect));
    }
    if !video.clean_start {
        return Some("it begins inside a group of pictures".to_owned());
    }
    if exceeds_level_42(video) {
        return Some(format!("{}×{} at {} is above level 4.2", video.width, video.height, video.average_rate));
    }
    if varies(video) {
        // In a copy, segment times come from decode times, which wander against the pictures when the rate varies.
        return Some("its frame rate varies".to_owned());
    }
    if let Some(obstacle) = uncuttable(video) {
        return Some(obstacle);
    }
    if !video.keyframes.closed {
        return Some("some of its keyframes need pictures from before them".to_owned());
    }
    let limit = Micros(i64::try_from(settings.copy_max_gop.as_micros()).unwrap_or(i64::MAX));
    if video.keyframes.seen == 0 || video.keyframes.longest_gap > limit {
        return Some(format!("keyframes are up to {} s apart, {limit} s is the most", video.keyframes.longest_gap));
    }
    None
}

/// What makes segments that begin with a keyframe and still cannot stand alone, or a hole that players fall into.
fn uncuttable(video: &VideoStream) -> Option<String> {
    let groups = &video.groups;
    if groups.open > 0 {
        let (open, seen) = (groups.open, groups.keyframes);
        return Some(format!("{open} of {seen} keyframes begin open groups, which cannot be cut apart"));
    }
    if groups.recovery_points > 0 {
        return Some(
            "keyframes are recovery points, after which a player that jumped there shows damaged pictures".to_owned(),
        );
    }
    let frame = video.average_rate.value().map_or(Micros::ZERO, |rate| Micros::from_seconds(1.0 / rate));
    if groups.longest_step > GAP_MIN.max(Micros(frame.0.saturating_mul(3))) {
        return Some(format!("there is no picture for {} s, and players stop at such a gap", groups.longest_step));
    }
    None
}

/// Levels as written in files are often higher than needed; what counts for a decoder is how much there is to decode.
fn exceeds_level_42(video: &VideoStream) -> bool {
    let macroblocks = video.width.div_ceil(16) * video.height.div_ceil(16);
    let rate = video.average_rate.value().unwrap_or(0.0);
    macroblocks > LEVEL_42_FRAME || f64::from(macroblocks) * rate > LEVEL_42_SECOND
}

/// Frames do not come evenly. The two rates of an even film differ only by rounding.
pub(super) fn varies(video: &VideoStream) -> bool {
    match (video.average_rate.value(), video.base_rate.value()) {
        (Some(average), Some(base)) => (average - base).abs() / base > 0.005,
        _ => true,
    }
}

/// The rate on the label of an even film: averages of short films are off by a fraction of a frame.
pub(super) fn nominal_rate(video: &VideoStream) -> Ratio {
    if varies(video) { video.average_rate } else { video.base_rate }
}
