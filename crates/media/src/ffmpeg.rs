//! The FFmpeg commands of a plan, as argument lists. FFmpeg runs inside the output folder, so that only the input is a
//! path from outside, and that one is absolute and spelled `file:…`: no name can be taken for an option or an address.
//!
//! All renditions must show the same picture at the same playlist time, though they come from many runs. Four things see
//! to it, each checked by a test that decodes the result:
//!
//! * `-itsoffset` moves the film's first picture to zero, whatever else the file starts with.
//! * `-avoid_negative_ts disabled`: with B-frames the first decode time lies before zero, and FFmpeg would move *this*
//!   rendition, and no other one, until it does not (59 to 80 ms). The offset goes into the edit list instead.
//! * Pieces of one rung keep the film's times on the way in (`-copyts`), so that a frame belongs to one piece and no other,
//!   and count from zero on the way out, so that all begin alike.
//! * All pictures count in 1/90000 s. hls.js estimates a film's start anew when the time scale changes between levels.

mod filters;
mod fragments;
mod hls;
mod sound;
mod subtitles;

use std::path::Path;

use crate::levels::level_of;
use crate::plan::{EncodedLadder, EncodedRung, FrameTiming};
use crate::{LadderSettings, Micros, Piece, Plan, Segments, SourceMap};

pub use subtitles::extracted;

/// The folder of the copied rung.
pub const SOURCE_FOLDER: &str = "source";
/// What the folders of the sound begin with; a number follows.
pub const AUDIO_FOLDERS: &str = "audio-";
/// The folder of the pictures for the seek bar.
pub const SPRITE_FOLDER: &str = "sprites";
/// What says which of them belongs to which time.
pub const SPRITE_INDEX: &str = "sprites/index.vtt";
/// What the folders of subtitles begin with; a number follows.
pub const SUBTITLE_FOLDERS: &str = "subtitles-";
/// The subtitles of the whole film, in each of those folders.
pub const SUBTITLES: &str = "all.vtt";
/// The playlist in each folder, for players.
pub const PLAYLIST: &str = "index.m3u8";
/// The playlist that FFmpeg writes, from which that one is made.
pub const WORKING_PLAYLIST: &str = "ffmpeg.m3u8";
/// The file in each folder that players need before the first segment.
pub const INIT: &str = "init.mp4";
/// The poster beside the folders.
pub const POSTER: &str = "poster.jpg";

/// What a run may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunLimits {
    /// Threads of a decoder, a filter or an encoder.
    pub threads: usize,
}

/// One run of FFmpeg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What it is called with.
    pub arguments: Vec<String>,
    /// The folders it fills; each must exist before.
    pub folders: Vec<String>,
}

/// The run that copies the picture and makes the sound; `None` when the picture cannot be copied.
pub fn copy_run(plan: &Plan, settings: &LadderSettings, input: &Path, limits: RunLimits) -> Option<Run> {
    plan.copied?;
    let mut run = Builder::new(plan, settings, input, limits);
    run.open(Micros::ZERO);
    run.open_sound();
    run.arguments(["-map", &format!("0:{}", plan.source.video_index), "-c:v", "copy"]);
    run.write_picture(SOURCE_FOLDER);
    run.write_sound();
    Some(run.finish())
}

/// The run that makes the sound alone, of a film whose picture is not copied; `None` when it is silent.
pub fn sound_run(plan: &Plan, settings: &LadderSettings, input: &Path, limits: RunLimits) -> Option<Run> {
    if plan.audio.is_empty() {
        return None;
    }
    let mut run = Builder::new(plan, settings, input, limits);
    run.open(Micros::ZERO);
    run.open_sound();
    run.write_sound();
    Some(run.finish())
}

/// The run that makes a piece of the encoded rungs from one decoding: into `folder`, a file `{rung}.mp4` for each, which
/// grows by a fragment with each keyframe and counts its time from the piece's start. `None` when nothing is encoded.
pub fn piece_run(
    plan: &Plan,
    settings: &LadderSettings,
    input: &Path,
    limits: RunLimits,
    (segments, piece): (&Segments, &Piece),
    folder: &str,
) -> Option<Run> {
    let ladder = plan.encoded.as_ref()?;
    let mut run = Builder::new(plan, settings, input, limits);
    run.open_at(segments.read_from(piece.segments.start));
    let rungs: Vec<&EncodedRung> = piece.rungs.iter().filter_map(|rung| ladder.rungs.get(*rung)).collect();
    let graph = filters::picture_graph(ladder, &rungs, plan.source.video_index, &segments.cut(&piece.segments));
    run.arguments(["-filter_complex_threads", &limits.threads.to_string(), "-filter_complex", &graph]);
    let keyframes: Vec<String> = segments.keyframes(&piece.segments).iter().map(Micros::to_string).collect();
    for rung in rungs {
        run.encode(ladder, rung, &keyframes.join(","));
        run.arguments.extend(fragments::output(&part_file(folder, rung)));
    }
    run.folders.push(folder.to_owned());
    Some(run.finish())
}

/// The file that a piece's run writes of a rung.
pub fn part_file(folder: &str, rung: &EncodedRung) -> String {
    format!("{folder}/{}.mp4", rung.name)
}

/// The run that decodes a file and shows it to nobody; it fails at the first thing that is wrong with it.
pub fn check_run(file: &str) -> Run {
    let arguments = [
        "-nostdin",
        "-hide_banner",
        "-loglevel",
        "warning",
        "-nostats",
        "-progress",
        "pipe:1",
        "-stats_period",
        "0.5",
        "-xerror",
        "-err_detect",
        "explode",
        "-protocol_whitelist",
        "file,pipe",
        "-f",
        "mov",
        "-threads",
        "1",
        "-i",
        &format!("file:{file}"),
        "-map",
        "0:v",
        "-f",
        "null",
        "-",
    ];
    Run { arguments: arguments.map(str::to_owned).to_vec(), folders: Vec::new() }
}

/// The run that takes the subtitles out of the file; `None` when there are none.
///
/// A run of its own, though it reads the file once more: FFmpeg goes on with whichever output is furthest behind, and that
/// is the one whose next line is an hour away. Sound and picture of the same run would wait for it, and nobody could watch.
pub fn subtitle_run(plan: &Plan, settings: &LadderSettings, input: &Path, limits: RunLimits) -> Option<Run> {
    if plan.subtitles.is_empty() {
        return None;
    }
    let mut run = Builder::new(plan, settings, input, limits);
    run.open(Micros::ZERO);
    run.write_subtitles();
    Some(run.finish())
}

/// The run that makes the poster: a telling picture from the film's first tenth.
pub fn poster_run(plan: &Plan, settings: &LadderSettings, input: &Path, limits: RunLimits) -> Run {
    let mut run = Builder::new(plan, settings, input, limits);
    let at = Micros((plan.film.duration.0 / 10).min(60_000_000));
    run.arguments(["-ss", &at.to_string()]);
    run.open(Micros::ZERO);
    run.arguments(["-map", &format!("0:{}", plan.source.video_index), "-frames:v", "1"]);
    run.arguments(["-vf", &filters::poster(plan), "-q:v", "3", "-f", "image2", "-update", "1", POSTER]);
    run.finish()
}

/// Frames until x264 puts a keyframe where none was asked for.
const NEVER_BY_ITSELF: &str = "100000";
/// The run that makes the pictures for the seek bar, from keyframes only.
pub fn sprite_run(plan: &Plan, settings: &LadderSettings, input: &Path, limits: RunLimits) -> Run {
    let mut run = Builder::new(plan, settings, input, limits);
    run.arguments(["-skip_frame", "nokey"]);
    run.open(Micros::ZERO);
    let picture = format!("0:{}", plan.source.video_index);
    let sheets = format!("{SPRITE_FOLDER}/%03d.jpg");
    run.arguments(["-map", &picture, "-vf", &filters::sprites(plan), "-fps_mode", "passthrough", "-q:v", "5"]);
    run.arguments(["-map_metadata", "-1", "-f", "image2", "-start_number", "1", &sheets]);
    // A sheet is written after minutes at the soonest. What is copied to nowhere tells the watchdog that it goes on.
    run.arguments(["-map", &picture, "-c:v", "copy", "-f", "null", "-"]);
    run.folders.push(SPRITE_FOLDER.to_owned());
    run.finish()
}

/// The name of a sheet, by its number from 1 on.
pub fn sprite_sheet(number: u32) -> String {
    format!("{number:03}.jpg")
}

struct Builder<'a> {
    plan: &'a Plan,
    settings: &'a LadderSettings,
    input: String,
    limits: RunLimits,
    /// By how much each opened input is moved, in order.
    shifts: Vec<Micros>,
    arguments: Vec<String>,
    folders: Vec<String>,
}

impl<'a> Builder<'a> {
    fn new(plan: &'a Plan, settings: &'a LadderSettings, input: &Path, limits: RunLimits) -> Self {
        let input = format!("file:{}", input.display());
        let (arguments, folders, shifts) = (Vec::new(), Vec::new(), Vec::new());
        let mut builder = Self { plan, settings, input, limits, shifts, arguments, folders };
        builder.arguments(["-nostdin", "-hide_banner", "-loglevel", "warning", "-nostats", "-y"]);
        builder.arguments(["-progress", "pipe:1", "-stats_period", "0.5"]);
        builder
    }

    fn arguments<'s>(&mut self, arguments: impl IntoIterator<Item = &'s str>) {
        self.arguments.extend(arguments.into_iter().map(str::to_owned));
    }

    /// Opens the film so that its first picture is at zero, plus `shift`.
    fn open(&mut self, shift: Micros) {
        let SourceMap { container, file_start, film_start, .. } = self.plan.source;
        let offset = file_start - film_start + shift;
        let threads = self.limits.threads.to_string();
        let input = self.input.clone();
        self.arguments(["-protocol_whitelist", "file,pipe", "-f", container.demuxer(), "-threads", &threads]);
        self.arguments(["-itsoffset", &offset.to_string(), "-i", &input]);
        self.shifts.push(shift);
    }

    /// Opens the film with its own times, its first picture at zero, at the last keyframe before `from`. What lies between
    /// the two is decoded and dropped by the filters.
    fn open_at(&mut self, from: Micros) {
        let SourceMap { container, file_start, film_start, .. } = self.plan.source;
        let threads = self.limits.threads.to_string();
        let input = self.input.clone();
        self.arguments([
            "-copyts",
            "-protocol_whitelist",
            "file,pipe",
            "-f",
            container.demuxer(),
            "-threads",
            &threads,
        ]);
        self.arguments(["-itsoffset", &(Micros::ZERO - film_start).to_string()]);
        if from > Micros::ZERO {
            self.arguments(["-ss", &(from + film_start - file_start).to_string(), "-noaccurate_seek"]);
        }
        self.arguments(["-i", &input]);
    }

    fn encode(&mut self, ladder: &EncodedLadder, rung: &EncodedRung, keyframes: &str) {
        let level = level_of(rung, ladder.timing, &self.settings.preset);
        let level = format!("{}.{}", level / 10, level % 10);
        self.arguments(["-map", &format!("[{}]", rung.name), "-c:v", "libx264", "-preset", &self.settings.preset]);
        self.arguments(["-profile:v", "high", "-level:v", &level, "-pix_fmt", "yuv420p", "-bf", "2"]);
        // The quickest presets leave out what makes it High, and the codec's name would not be the promised one.
        self.arguments(["-x264-params", "8x8dct=1", "-crf", &rung.crf.to_string()]);
        self.arguments(["-maxrate", &format!("{}k", rung.max_kbps), "-bufsize", &format!("{}k", rung.max_kbps * 2)]);
        self.arguments(["-threads", &self.limits.threads.to_string(), "-sc_threshold", "0", "-forced-idr", "1"]);
        self.arguments(["-force_key_frames", keyframes, "-g", NEVER_BY_ITSELF, "-fps_mode", "passthrough"]);
        if matches!(ladder.timing, FrameTiming::AsSource(_)) {
            self.arguments(["-enc_time_base", "-1"]);
        }
    }

    fn write_picture(&mut self, folder: &str) {
        let output = hls::output(folder, self.settings.segment_seconds, "video_track_timescale=90000");
        self.arguments.extend(output);
        self.folders.push(folder.to_owned());
    }

    fn finish(self) -> Run {
        Run { arguments: self.arguments, folders: self.folders }
    }
}

#[cfg(test)]
mod tests;
