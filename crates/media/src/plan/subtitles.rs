//! Which subtitles are offered (DESIGN §9, rule 9).

use super::{Decision, SubtitlePlan, SubtitleWork, names};
use crate::ffmpeg::SUBTITLE_FOLDERS;
use crate::{ProbeReport, SubtitleStream};

/// A menu of more is no help. Discs with every language of a continent have some thirty.
const TRACKS_MAX: usize = 40;

/// The tracks of text; pictures of text are not offered, because WebVTT cannot hold them and reading them is guesswork.
pub(super) fn tracks(report: &ProbeReport, decisions: &mut Vec<Decision>) -> Vec<SubtitlePlan> {
    let mut tracks: Vec<SubtitlePlan> = Vec::new();
    for stream in &report.subtitles {
        let Some(work) = work(&stream.codec) else {
            let choice = format!("subtitles of stream {} left out", stream.index);
            let what =
                if is_pictures(&stream.codec) { "pictures of text, not text" } else { "not a form that is read" };
            let language = names::language(stream.language.as_deref());
            let language = language.map(|language| format!(", {language}")).unwrap_or_default();
            decisions.push(Decision::new(choice, format!("{} is {what}{language}", stream.codec)));
            continue;
        };
        if tracks.len() == TRACKS_MAX {
            let choice = format!("subtitles of stream {} left out", stream.index);
            decisions.push(Decision::new(choice, format!("there are more than {TRACKS_MAX} tracks")));
            continue;
        }
        if work == SubtitleWork::CopyAss {
            let choice = format!("subtitles of stream {} converted", stream.index);
            decisions.push(Decision::new(choice, "places, fonts, colours and movement of ASS are lost in WebVTT"));
        }
        let track = track(stream, work, &tracks);
        tracks.push(track);
    }
    tracks
}

fn track(stream: &SubtitleStream, work: SubtitleWork, others: &[SubtitlePlan]) -> SubtitlePlan {
    let taken: Vec<String> = others.iter().map(|track| track.name.clone()).collect();
    let (title, language) = (names::title(stream.title.as_deref()), names::language(stream.language.as_deref()));
    SubtitlePlan {
        folder: format!("{SUBTITLE_FOLDERS}{}", others.len() + 1),
        index: stream.index,
        name: names::unused(title.as_deref(), language.as_deref(), "subtitles", &taken),
        language,
        default: stream.default && !others.iter().any(|other| other.default),
        forced: stream.forced,
        hearing_impaired: stream.hearing_impaired,
        work,
    }
}

fn work(codec: &str) -> Option<SubtitleWork> {
    match codec {
        "subrip" => Some(SubtitleWork::CopySubRip),
        "webvtt" => Some(SubtitleWork::CopyWebVtt),
        "ass" => Some(SubtitleWork::CopyAss),
        "mov_text" | "text" | "srt" | "ssa" => Some(SubtitleWork::ToSubRip),
        _ => None,
    }
}

fn is_pictures(codec: &str) -> bool {
    matches!(codec, "hdmv_pgs_subtitle" | "dvd_subtitle" | "dvb_subtitle" | "xsub")
}
