//! `syncwatch media plan FILE`: what is in a film, and what would be made of it and why.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;
use syncwatch_media::{
    AudioStream, AudioWork, FrameRateKind, Plan, ProbeReport, Ratio, SubtitleStream, VideoStream, plan,
};
use syncwatch_transcode_job::{Tools, TranscodeError, probe};

use crate::{Config, PlanArguments};

/// Prints the plan of a film. The program ends with 1 when the film would be refused.
///
/// # Errors
/// When there is no such file, or the probe cannot be asked.
pub async fn media_plan(config: &Config, wanted: &PlanArguments) -> anyhow::Result<ExitCode> {
    let settings = &config.transcode.transcode;
    let tools = Tools::beside(&std::env::current_exe().context("the program does not know where it lies")?);
    let file = std::path::absolute(&wanted.file)?;
    std::fs::metadata(&file).with_context(|| format!("cannot open {}", wanted.file.display()))?;
    let mut ladder = settings.ladder.clone();
    // Whoever asks for a plan need not have FFmpeg itself; the probe has its libraries.
    if let Ok(capabilities) = tools.check().await {
        ladder.can_tone_map = capabilities.tone_map;
    }
    let planned = match probe(&file, &tools, settings).await {
        Ok(report) => {
            plan(&report, &ladder).map(|plan| (report.clone(), plan)).map_err(|rejection| (Some(report), rejection))
        }
        Err(TranscodeError::Rejected(rejection)) => Err((None, rejection)),
        Err(failure) => return Err(failure.into()),
    };
    let (text, json, code) = match &planned {
        Ok((report, plan)) => (told(report, plan), json!({ "report": report, "plan": plan }), ExitCode::SUCCESS),
        Err((report, rejection)) => {
            let streams = report.as_ref().map(streams).unwrap_or_default();
            let text = format!("{streams}refused ({}): {rejection}\n", rejection.code().as_str());
            (text, json!({ "report": report, "rejection": rejection }), ExitCode::FAILURE)
        }
    };
    if wanted.json {
        println!("{json:#}");
    } else {
        print!("{text}");
    }
    Ok(code)
}

fn told(report: &ProbeReport, plan: &Plan) -> String {
    let mut text = streams(report);
    text.push_str("\nwhat is made of it\n");
    let mut line = |name: &str, what: String| {
        let _ = writeln!(text, "  {name:<13} {what}");
    };
    if let Some(copied) = plan.copied {
        line("source", format!("{}\u{d7}{}, {} fps, copied", copied.size.width, copied.size.height, fps(copied.rate)));
    }
    if let Some(ladder) = &plan.encoded {
        for rung in &ladder.rungs {
            let (size, rate) = (rung.size, fps(ladder.timing.rate()));
            line(
                &rung.name,
                format!("{}\u{d7}{}, {rate} fps, at most {} kbit/s", size.width, size.height, rung.max_kbps),
            );
        }
    }
    for track in &plan.audio {
        let work = match track.work {
            AudioWork::Copy { .. } => "copied".to_owned(),
            AudioWork::Encode { kbps } => format!("encoded, {kbps} kbit/s"),
        };
        let default = if track.default { ", default" } else { "" };
        line(&track.folder, format!("{}: stream {}, {work}{default}", track.name, track.index));
    }
    for track in &plan.subtitles {
        let forced = if track.forced { ", forced" } else { "" };
        line(&track.folder, format!("{}: stream {}{forced}", track.name, track.index));
    }
    text.push_str("\nwhy\n");
    for decision in &plan.decisions {
        let _ = writeln!(text, "  {decision}");
    }
    text
}

fn streams(report: &ProbeReport) -> String {
    let mut text = String::new();
    let size = report.size_bytes as f64 / 1e6;
    let _ = writeln!(text, "{:?}, {:.1} s, {size:.1} MB", report.container, report.duration.seconds());
    let mut lines: Vec<(usize, String)> = report.video.iter().map(|stream| (stream.index, picture(stream))).collect();
    lines.extend(report.audio.iter().map(|stream| (stream.index, sound(stream))));
    lines.extend(report.subtitles.iter().map(|stream| (stream.index, subtitles(stream))));
    lines.sort_by_key(|(index, _)| *index);
    for (index, line) in lines {
        let _ = writeln!(text, "  {:<13} {line}", format!("stream {index}"));
    }
    if report.chapters > 0 {
        let _ = writeln!(text, "  {} chapters", report.chapters);
    }
    text
}

fn picture(stream: &VideoStream) -> String {
    if stream.cover {
        return format!("picture on the box, {}", stream.codec);
    }
    let mut facts = vec![
        format!("picture, {} {}", stream.codec, stream.profile).trim_end().to_owned(),
        format!("{}\u{d7}{}", stream.width, stream.height),
        format!("{} fps", fps(stream.average_rate)),
        stream.pixel_format.clone(),
    ];
    if stream.groups.frame_rate == FrameRateKind::Variable {
        facts.push("uneven".to_owned());
    }
    let colour = [&stream.colour.primaries, &stream.colour.transfer, &stream.colour.matrix, &stream.colour.range];
    let colour: Vec<&str> = colour.into_iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    if !colour.is_empty() {
        facts.push(colour.join("/"));
    }
    if stream.interlaced {
        facts.push("interlaced".to_owned());
    }
    if stream.rotation != 0 {
        facts.push(format!("turned by {} degrees", stream.rotation));
    }
    facts.push(format!("keyframes up to {:.1} s apart", stream.keyframes.longest_gap.seconds()));
    if stream.groups.open > 0 {
        facts.push("open groups".to_owned());
    }
    if let Some(bits) = stream.groups.bits_per_second.or(stream.bit_rate) {
        facts.push(format!("{} kbit/s", bits / 1_000));
    }
    facts.extend(stream.title.iter().map(|title| format!("{title:?}")));
    facts.join(", ")
}

fn sound(stream: &AudioStream) -> String {
    let mut facts = vec![format!("sound, {} {}", stream.codec, stream.profile).trim_end().to_owned()];
    facts.push(format!("{} channels", stream.channels));
    facts.push(format!("{} Hz", stream.sample_rate));
    facts.extend(stream.language.iter().map(|language| language.escape_debug().to_string()));
    facts.extend(stream.title.iter().map(|title| format!("{title:?}")));
    let marks =
        [(stream.default, "default"), (stream.commentary, "commentary"), (stream.describes, "describes what is seen")];
    facts.extend(marked(&marks));
    facts.join(", ")
}

fn subtitles(stream: &SubtitleStream) -> String {
    let mut facts = vec![format!("subtitles, {}", stream.codec)];
    facts.extend(stream.language.iter().map(|language| language.escape_debug().to_string()));
    facts.extend(stream.title.iter().map(|title| format!("{title:?}")));
    let marks = [(stream.default, "default"), (stream.forced, "forced"), (stream.hearing_impaired, "tells of sounds")];
    facts.extend(marked(&marks));
    facts.join(", ")
}

fn marked<'a>(marks: &'a [(bool, &'a str)]) -> impl Iterator<Item = String> + 'a {
    marks.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned())
}

/// `23.976`, `25`.
fn fps(rate: Ratio) -> String {
    let text = format!("{:.3}", rate.value().unwrap_or(0.0));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
