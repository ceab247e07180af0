//! What FFmpeg's tools say of a file.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

/// A stream as ffprobe describes it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Stream {
    #[serde(default)]
    pub(super) codec_name: String,
    #[serde(default)]
    pub(super) profile: String,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    pub(super) pix_fmt: Option<String>,
    pub(super) field_order: Option<String>,
    pub(super) sample_aspect_ratio: Option<String>,
    pub(super) color_space: Option<String>,
    pub(super) color_transfer: Option<String>,
    pub(super) color_primaries: Option<String>,
    pub(super) channels: Option<u32>,
    pub(super) sample_rate: Option<String>,
    #[serde(default)]
    pub(super) side_data_list: Vec<serde_json::Value>,
}

/// A packet: times in seconds, its place in the file in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Packet {
    pub(super) shown: f64,
    pub(super) decoded: f64,
    pub(super) seconds: f64,
    pub(super) position: u64,
    pub(super) size: u64,
    /// It is decoded, but not shown.
    pub(super) hidden: bool,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    packets: Vec<Written>,
}

/// Numbers are written as text.
#[derive(Deserialize)]
struct Written {
    pts_time: Option<String>,
    dts_time: Option<String>,
    duration_time: Option<String>,
    pos: Option<String>,
    size: String,
    flags: String,
}

type Found = (Vec<Stream>, Vec<Packet>);

/// What is in a file, or ffprobe's words when it cannot say.
pub(super) fn probe(file: &Path) -> Result<Result<Found, String>> {
    let mut ffprobe = Command::new("ffprobe");
    ffprobe.args(["-v", "error", "-show_streams", "-show_packets", "-of", "json"]).arg(file);
    let output = run(&mut ffprobe)?;
    let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let answer: Option<Answer> = serde_json::from_slice(&output.stdout).ok();
    Ok(match answer {
        Some(answer) if output.status.success() && words.is_empty() => {
            let packets = answer.packets.iter().map(Written::packet).collect::<Option<Vec<_>>>();
            packets.map(|packets| (answer.streams, packets)).ok_or_else(|| "a packet has no time".to_owned())
        }
        _ => Err(words),
    })
}

impl Written {
    fn packet(&self) -> Option<Packet> {
        let number = |text: &Option<String>| text.as_deref()?.parse::<f64>().ok();
        let shown = number(&self.pts_time)?;
        Some(Packet {
            shown,
            decoded: number(&self.dts_time).unwrap_or(shown),
            seconds: number(&self.duration_time).unwrap_or(0.0),
            position: self.pos.as_deref()?.parse().ok()?,
            size: self.size.parse().ok()?,
            hidden: self.flags.contains('D'),
        })
    }
}

/// What FFmpeg makes of a file with these options, on its standard output; its words when it complains.
pub(super) fn decode(file: &Path, options: &[&str]) -> Result<Result<Vec<u8>, String>> {
    let mut ffmpeg = Command::new("ffmpeg");
    // Times stay as they are: otherwise FFmpeg moves the first one to zero, and a late start goes unseen.
    ffmpeg.args(["-nostdin", "-v", "error", "-copyts", "-i"]).arg(file).args(options).arg("pipe:1");
    let output = run(&mut ffmpeg)?;
    let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Ok(if output.status.success() && words.is_empty() { Ok(output.stdout) } else { Err(words) })
}

fn run(command: &mut Command) -> Result<Output> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).output().with_context(|| format!("{program} does not start"))
}
