//! FFmpeg's filter graphs.

use crate::plan::{EncodedLadder, EncodedRung};
use crate::sprites::ACROSS;
use crate::{AudioPlan, Plan, Sprites};

/// One decoding, then a cascade: each rung is scaled from the next larger one. Costs 5 % less than scaling each rung from
/// the full picture, and a third less than decoding for each. FFmpeg turns the picture by itself before the graph.
///
/// `cut` lets the frames of a piece through. It comes after what looks at neighbouring frames, and before what costs most.
pub(super) fn picture_graph(ladder: &EncodedLadder, rungs: &[&EncodedRung], stream: usize, cut: &str) -> String {
    let mut prepare = Vec::new();
    if ladder.deinterlace {
        prepare.push("bwdif=mode=send_frame".to_owned());
    }
    prepare.push(cut.to_owned());
    if ladder.tone_map {
        prepare.push(TONE_MAP.to_owned());
    }
    let mut graph = String::new();
    let mut from = format!("[0:{stream}]");
    for (position, rung) in rungs.iter().enumerate() {
        let scale = format!("scale={}:{}:flags=bicubic,setsar=1,format=yuv420p", rung.size.width, rung.size.height);
        let before = if position == 0 { prepare.join(",") + "," } else { String::new() };
        let last = position + 1 == rungs.len();
        if last {
            graph.push_str(&format!("{from}{before}{scale}[{}]", rung.name));
        } else {
            graph.push_str(&format!("{from}{before}{scale},split[{}][below{position}];", rung.name));
            from = format!("[below{position}]");
        }
    }
    graph
}

/// From HDR to the colours of an ordinary screen: to linear light, compress the bright end, back.
const TONE_MAP: &str = "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,\
    tonemap=hable:desat=0,zscale=transfer=bt709:matrix=bt709:range=tv,format=yuv420p";

/// Among the pictures of two seconds, the one most like the others: neither a fade nor a black frame.
pub(super) fn poster(plan: &Plan) -> String {
    let size = plan.film.size.bounded_by(720);
    let tone_map = plan.encoded.as_ref().is_some_and(|ladder| ladder.tone_map);
    let before = if tone_map { format!("{TONE_MAP},") } else { String::new() };
    format!("thumbnail=n=48,{before}scale={}:{}:flags=bicubic,setsar=1,format=yuvj420p", size.width, size.height)
}

/// One picture for each interval, the last keyframe before its middle, in sheets. The last one is repeated where keyframes end
/// early, so that the number of pictures is the one that was reckoned with.
pub(super) fn sprites(plan: &Plan) -> String {
    let Sprites { interval, tile, count, .. } = Sprites::of(plan);
    let tone_map = plan.encoded.as_ref().is_some_and(|ladder| ladder.tone_map);
    let before = if tone_map { format!("{TONE_MAP},") } else { String::new() };
    let seconds = interval.0 / 1_000_000;
    format!(
        "fps=1/{seconds}:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop={count},trim=end_frame={count},\
         {before}scale={}:{}:flags=bicubic,setsar=1,format=yuvj420p,tile={ACROSS}x{ACROSS}",
        tile.width, tile.height
    )
}

/// Fills gaps and cuts what lies before the film, mixes down, and cuts exactly the 1024 samples that the AAC encoder will
/// put in front: its first packet then starts at zero, and no edit list is needed to hide it.
pub(super) fn sound(audio: &AudioPlan) -> String {
    let layout = if audio.channels == 1 { "mono" } else { "stereo" };
    format!("aformat=channel_layouts={layout},aresample=48000:async=1:first_pts=0,atrim=start_sample=1024")
}
