//! Advanced SubStation Alpha. What is said is kept; where, how large, in which colour and how it moves is lost.

use super::{CUES_MAX, Cue, markup};
use crate::Micros;

/// Columns of an event where a file does not name them.
const USUAL: [&str; 10] = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"];

pub(super) fn cues(text: &str) -> Vec<Cue> {
    let mut columns: Vec<String> = USUAL.map(str::to_owned).to_vec();
    let (mut in_events, mut cues) = (false, Vec::new());
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') && line.ends_with(']') {
            in_events = line.eq_ignore_ascii_case("[events]");
        } else if !in_events {
            continue;
        } else if let Some(format) = line.strip_prefix("Format:") {
            columns = format.split(',').map(|column| column.trim().to_ascii_lowercase()).collect();
        } else if let Some(event) = line.strip_prefix("Dialogue:")
            && cues.len() < CUES_MAX
        {
            cues.extend(cue(event, &columns));
        }
    }
    cues
}

fn cue(event: &str, columns: &[String]) -> Option<Cue> {
    // The text comes last, and may contain commas.
    let values: Vec<&str> = event.splitn(columns.len(), ',').collect();
    let value = |name: &str| columns.iter().position(|column| column == name).and_then(|at| values.get(at).copied());
    let (start, end) = (time(value("start")?)?, time(value("end")?)?);
    let (text, top) = markup::overridden(value("text")?);
    (!text.is_empty()).then_some(Cue { start, end, text, top })
}

/// `0:01:02.50`
fn time(text: &str) -> Option<Micros> {
    if text.contains('-') {
        // Before the film.
        return Some(Micros::ZERO);
    }
    let mut parts = text.trim().splitn(3, ':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str| part.parse::<u32>().ok().filter(|number| *number < 10_000).map(f64::from);
    let seconds: f64 = seconds.parse().ok().filter(|seconds| (0.0..10_000.0).contains(seconds))?;
    Some(Micros::from_seconds(number(hours)? * 3_600.0 + number(minutes)? * 60.0 + seconds))
}
