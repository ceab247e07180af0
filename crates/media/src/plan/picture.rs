//! Sizes, rates and filters of the encoded rungs (DESIGN §9, rules 3 to 7).

use super::copy::{nominal_rate, varies};
use super::{CopiedRung, Decision, EncodedLadder, EncodedRung, FrameTiming, Keyframing};
use crate::ladder::{RungSettings, Size};
use crate::{LadderSettings, Ratio, Rejection, Transfer, VideoStream};

/// Below this nothing can be seen, and encoders refuse some of it.
const SMALLEST_SIDE: u32 = 16;

/// The rates of cameras and screens. Films with a rate of their own are brought to the nearest one.
const STANDARD_RATES: [Ratio; 9] = [
    Ratio::new(24_000, 1_001),
    Ratio::new(24, 1),
    Ratio::new(25, 1),
    Ratio::new(30_000, 1_001),
    Ratio::new(30, 1),
    Ratio::new(48, 1),
    Ratio::new(50, 1),
    Ratio::new(60_000, 1_001),
    Ratio::new(60, 1),
];

/// A copied picture that costs up to so much of a rung's bits serves as that rung.
const COPY_SERVES_UP_TO: f64 = 1.5;

/// The picture as people see it: square pixels, turned the right way. Pixels are made square by shrinking, so that the
/// result is never larger than what is stored.
pub(super) fn displayed_size(video: &VideoStream) -> Result<Size, Rejection> {
    let aspect = video.sample_aspect.value().unwrap_or(1.0).clamp(0.1, 10.0);
    let (width, height) = (f64::from(video.width), f64::from(video.height));
    let (width, height) = if aspect > 1.0 { (width, height / aspect) } else { (width * aspect, height) };
    let (width, height) = (width.round() as u32, height.round() as u32);
    let size = if video.rotation % 180 == 90 { Size { width: height, height: width } } else { Size { width, height } };
    if size.short_side() < SMALLEST_SIDE {
        let detail = format!("the picture is {width}×{height}, the smallest side is {SMALLEST_SIDE}");
        return Err(Rejection::UnsupportedFormat(detail));
    }
    Ok(size)
}

/// The rungs to encode; `None` when the copied picture is all that is needed.
pub(super) fn ladder(
    video: &VideoStream,
    size: Size,
    copied: Option<CopiedRung>,
    settings: &LadderSettings,
    decisions: &mut Vec<Decision>,
) -> Option<EncodedLadder> {
    let rungs = rungs(video, size, copied.is_some(), settings, decisions);
    if rungs.is_empty() {
        return None;
    }
    let timing = timing(video, copied.is_some(), decisions);
    let keyframes = if copied.is_some() { Keyframing::AsSource } else { Keyframing::EveryTwoSeconds };
    if video.interlaced {
        decisions.push(Decision::new("deinterlaced", "half pictures comb on moving edges"));
    }
    if video.rotation != 0 {
        decisions.push(Decision::new("turned", format!("the file asks for {} degrees", video.rotation)));
    }
    Some(EncodedLadder {
        rungs,
        timing,
        keyframes,
        deinterlace: video.interlaced,
        tone_map: tone_map(video, settings, decisions),
    })
}

fn rungs(
    video: &VideoStream,
    size: Size,
    copied: bool,
    settings: &LadderSettings,
    decisions: &mut Vec<Decision>,
) -> Vec<EncodedRung> {
    let fitting: Vec<&RungSettings> =
        settings.rungs.iter().filter(|rung| rung.short_side <= size.short_side()).collect();
    let mut rungs = Vec::new();
    for rung in &fitting {
        if copied && rung.short_side == size.short_side() && copy_is_cheap_enough(video, rung) {
            let reason = "the copied picture has this size and costs little more";
            decisions.push(Decision::new(format!("no rung {}p", rung.short_side), reason));
            continue;
        }
        rungs.push(encoded_rung(rung, size.bounded_by(rung.short_side)));
    }
    // In a very wide picture the long side is the bound, and neighbouring rungs come out alike.
    rungs.dedup_by(|lower, upper| lower.name == upper.name);
    if fitting.is_empty()
        && !copied
        && let Some(smallest) = settings.rungs.last()
    {
        let reason = format!("the film is smaller than {}p, and nothing is enlarged", smallest.short_side);
        decisions.push(Decision::new("one rung of the film's size", reason));
        rungs.push(encoded_rung(smallest, size.even()));
    }
    rungs
}

fn encoded_rung(rung: &RungSettings, size: Size) -> EncodedRung {
    EncodedRung { name: format!("{}p", size.short_side()), size, max_kbps: rung.video_kbps, crf: rung.crf }
}

fn copy_is_cheap_enough(video: &VideoStream, rung: &RungSettings) -> bool {
    video.bit_rate.is_none_or(|bits| bits as f64 <= f64::from(rung.video_kbps) * 1_000.0 * COPY_SERVES_UP_TO)
}

fn timing(video: &VideoStream, copied: bool, decisions: &mut Vec<Decision>) -> FrameTiming {
    let rate = nominal_rate(video);
    if copied {
        return FrameTiming::AsSource(rate);
    }
    let fastest = STANDARD_RATES[STANDARD_RATES.len() - 1];
    let too_fast = rate.value() > fastest.value();
    if !varies(video) && !too_fast {
        return FrameTiming::Constant(rate);
    }
    let nearest = nearest_standard(rate);
    let reason = if too_fast { "faster than screens show" } else { "the frame rate varies or is unknown" };
    decisions.push(Decision::new(format!("frame rate {nearest}"), reason));
    FrameTiming::Constant(nearest)
}

fn nearest_standard(rate: Ratio) -> Ratio {
    let wanted = rate.value().unwrap_or(30.0);
    let distance = |rate: &Ratio| (rate.value().unwrap_or(f64::MAX) - wanted).abs();
    let nearest = STANDARD_RATES.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.expect("the table is not empty")
}

fn tone_map(video: &VideoStream, settings: &LadderSettings, decisions: &mut Vec<Decision>) -> bool {
    if video.transfer == Transfer::Standard {
        return false;
    }
    if settings.can_tone_map {
        decisions.push(Decision::new("tone mapped", "the film has a high dynamic range, most screens do not"));
    } else {
        let reason = "this FFmpeg lacks the filters zscale and tonemap, so colours will look pale";
        decisions.push(Decision::new("not tone mapped", reason));
    }
    settings.can_tone_map
}
