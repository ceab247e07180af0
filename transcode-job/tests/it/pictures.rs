//! Reads back which picture is shown and which beep is heard when.

use std::path::{Path, PathBuf};
use std::process::Command;

use syncwatch_media::MediaPlaylist;

use crate::films::STRIPES;

/// A picture of a rendition: its number, and when it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shown {
    pub(crate) number: u32,
    pub(crate) at: f64,
}

/// Every picture of a rendition.
pub(crate) fn pictures(folder: &Path) -> Vec<Shown> {
    let film = joined(folder);
    let times = lines(
        Command::new("ffprobe").args(["-v", "error", "-select_streams", "v:0"]).args([
            "-show_entries",
            "frame=best_effort_timestamp_time",
            "-of",
            "csv=p=0",
        ]),
        &film,
    );
    let numbers = numbers(&film);
    assert_eq!(times.len(), numbers.len(), "every picture has a time");
    let times = times.iter().map(|time| time.trim_end_matches(',').parse::<f64>().unwrap());
    numbers.into_iter().zip(times).map(|(number, at)| Shown { number, at }).collect()
}

fn numbers(film: &Path) -> Vec<u32> {
    // The middle tenth of a stripe, so that blurred edges do not count; turned films are read as they are shown.
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-v", "error", "-i"]).arg(film);
    let scale = format!("scale={}:1:flags=area,format=gray", STRIPES);
    ffmpeg.args(["-vf", &scale, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]);
    let output = ffmpeg.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bits = |row: &[u8]| row.iter().rev().fold(0, |number, grey| number << 1 | u32::from(*grey > 127));
    output.stdout.chunks_exact(STRIPES as usize).map(bits).collect()
}

/// When each beep of a rendition begins.
pub(crate) fn beeps(folder: &Path) -> Vec<f64> {
    const RATE: f64 = 48_000.0;
    let film = joined(folder);
    let first = lines(
        Command::new("ffprobe").args(["-v", "error", "-select_streams", "a:0"]).args([
            "-read_intervals",
            "%+#1",
            "-show_entries",
            "frame=pts_time",
            "-of",
            "csv=p=0",
        ]),
        &film,
    );
    let first: f64 = first[0].trim_end_matches(',').parse().unwrap();
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-v", "error", "-i"]).arg(&film);
    let output = ffmpeg.args(["-ac", "1", "-ar", "48000", "-f", "s16le", "pipe:1"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let samples: Vec<i16> = output.stdout.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
    let (mut found, mut last_loud) = (Vec::new(), None::<usize>);
    for (at, sample) in samples.iter().enumerate() {
        if sample.unsigned_abs() > 6_000 {
            if last_loud.is_none_or(|last| at - last > 24_000) {
                found.push(first + at as f64 / RATE);
            }
            last_loud = Some(at);
        }
    }
    found
}

/// Init segment and segments in the playlist's order, as one file: exactly what a player appends.
fn joined(folder: &Path) -> PathBuf {
    let playlist = MediaPlaylist::parse(&std::fs::read_to_string(folder.join("index.m3u8")).unwrap()).unwrap();
    let mut bytes = std::fs::read(folder.join("init.mp4")).unwrap();
    for segment in playlist.segments() {
        bytes.extend(std::fs::read(folder.join(segment.file)).unwrap());
    }
    let joined = folder.join("joined.mp4");
    std::fs::write(&joined, bytes).unwrap();
    joined
}

/// Where each segment says that its decoding starts, in seconds: players place segments by it.
pub(crate) fn decode_times(folder: &Path, timescale: f64) -> Vec<f64> {
    let playlist = MediaPlaylist::parse(&std::fs::read_to_string(folder.join("index.m3u8")).unwrap()).unwrap();
    let times = playlist.segments().map(|segment| {
        let bytes = std::fs::read(folder.join(segment.file)).unwrap();
        let at = bytes.windows(4).position(|four| four == b"tfdt").expect("each segment has a decode time") + 8;
        assert_eq!(bytes[at - 4], 1, "64 bits");
        u64::from_be_bytes(bytes[at..at + 8].try_into().unwrap()) as f64 / timescale
    });
    times.collect()
}

fn lines(command: &mut Command, film: &Path) -> Vec<String> {
    let output = command.arg(film).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}
