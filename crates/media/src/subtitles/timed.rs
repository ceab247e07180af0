//! SubRip and WebVTT: lines of text under a line of times.

use super::{CUES_MAX, Cue, markup};
use crate::Micros;

/// The cues of a SubRip file. Files in the wild lack blank lines or have some inside a cue, so a cue goes on until the next
/// line of times, less the number above that.
pub(super) fn sub_rip(text: &str) -> Vec<Cue> {
    let lines: Vec<&str> = text.lines().collect();
    let marks: Vec<usize> = (0..lines.len()).filter(|at| times(lines[*at]).is_some()).take(CUES_MAX).collect();
    let mut cues = Vec::new();
    for (place, mark) in marks.iter().enumerate() {
        let next = marks.get(place + 1).copied();
        let mut end = next.unwrap_or(lines.len());
        let numbered = next.is_some() && end > mark + 1 && is_number(lines[end - 1]);
        if numbered {
            end -= 1;
        }
        cues.extend(cue(lines[*mark], &lines[mark + 1..end]));
    }
    cues
}

/// The cues of a WebVTT file: blocks between blank lines. Those without times are notes, styles and regions.
pub(super) fn web_vtt(text: &str) -> Vec<Cue> {
    let mut cues = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if times(line).is_some() && cues.len() < CUES_MAX {
            let text: Vec<&str> = lines.by_ref().take_while(|line| !line.trim().is_empty()).collect();
            cues.extend(cue(line, &text));
        }
    }
    cues
}

fn cue(mark: &str, lines: &[&str]) -> Option<Cue> {
    let (start, end) = times(mark)?;
    let (text, top) = markup::tagged(&lines.join("\n"));
    (!text.is_empty()).then_some(Cue { start, end, text, top })
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// `00:01:02,500 --> 00:01:04,000`, with whatever settings behind it.
pub(super) fn times(line: &str) -> Option<(Micros, Micros)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((time(start.trim())?, time(end)?))
}

/// `[h:]mm:ss[,.]fff`; a fraction of any length.
fn time(text: &str) -> Option<Micros> {
    if text.contains('-') {
        // Before the film, as FFmpeg writes it: with a minus before any of the numbers.
        return time(&text.replace('-', "")).map(|_| Micros::ZERO);
    }
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, ""));
    let mut seconds = 0i64;
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for part in parts {
        let part = part.trim();
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        seconds = seconds * 60 + part.parse::<i64>().ok()?;
    }
    let fraction = fraction.trim();
    if fraction.len() > 6 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let micros = if fraction.is_empty() { 0 } else { format!("{fraction:0<6}").parse::<i64>().ok()? };
    Some(Micros(seconds * 1_000_000 + micros))
}
