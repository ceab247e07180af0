//! The tracks of sound that all rungs share (DESIGN §9, rule 8).

use super::{AudioPlan, AudioWork, Decision, names};
use crate::ffmpeg::AUDIO_FOLDERS;
use crate::{AudioStream, LadderSettings, Micros, ProbeReport};

/// Packets of copied sound may start so far from the film's first picture. People notice sound 20 ms early at the least.
const COPY_OFFSET_MAX: Micros = Micros::from_ms(5);

/// Samples in one packet of AAC-LC.
const AAC_FRAME: i64 = 1_024;

/// A menu of more is no help, and each costs a run of the encoder.
const TRACKS_MAX: usize = 8;

/// What to do with the sound: a track for each language and each commentary.
pub(super) fn tracks(
    report: &ProbeReport,
    film_start: Micros,
    settings: &LadderSettings,
    decisions: &mut Vec<Decision>,
) -> Vec<AudioPlan> {
    let chosen = chosen(report, film_start, decisions);
    let Some(first) = chosen.iter().find(|stream| stream.default).or_else(|| chosen.first()).map(|first| first.index)
    else {
        let reason = if report.audio.is_empty() { "the file has none" } else { "there is none that can be heard" };
        decisions.push(Decision::new("no sound", reason));
        return Vec::new();
    };
    let mut tracks: Vec<AudioPlan> = Vec::new();
    for (place, stream) in chosen.iter().enumerate() {
        let taken: Vec<String> = tracks.iter().map(|track| track.name.clone()).collect();
        let (title, language) = (names::title(stream.title.as_deref()), names::language(stream.language.as_deref()));
        let name = names::unused(title.as_deref(), language.as_deref(), "main", &taken);
        tracks.push(AudioPlan {
            folder: format!("{AUDIO_FOLDERS}{}", place + 1),
            index: stream.index,
            work: work(stream, film_start, settings, decisions),
            language,
            name,
            default: stream.index == first,
            extra: stream.commentary || stream.describes,
            channels: stream.channels.clamp(1, 2),
        });
    }
    tracks
}

/// The streams that become tracks, in the file's order. Of several with the same language and title, which is how files
/// offer the same sound in two formats, the marked one is taken, or one that can be copied.
fn chosen<'a>(report: &'a ProbeReport, film_start: Micros, decisions: &mut Vec<Decision>) -> Vec<&'a AudioStream> {
    let mut left_out = |stream: &AudioStream, reason: String| {
        decisions.push(Decision::new(format!("sound of stream {} left out", stream.index), reason));
    };
    let mut chosen: Vec<&AudioStream> = Vec::new();
    for stream in &report.audio {
        if !stream.decodable || stream.channels == 0 || stream.sample_rate == 0 {
            left_out(stream, format!("{} cannot be decoded", stream.codec));
            continue;
        }
        match chosen.iter_mut().find(|other| says_the_same(other, stream)) {
            Some(other) => {
                let rank = |stream: &AudioStream| (stream.default, copy_shift(stream, film_start).is_ok());
                let (kept, dropped) = if rank(stream) > rank(other) { (stream, *other) } else { (*other, stream) };
                left_out(dropped, format!("stream {} has the same language and title", kept.index));
                *other = kept;
            }
            None => chosen.push(stream),
        }
    }
    // The marked one is not the one to go, nor one of the film's own languages before a commentary.
    while chosen.len() > TRACKS_MAX {
        let last_extra = chosen.iter().rposition(|stream| !stream.default && (stream.commentary || stream.describes));
        let last = last_extra.or_else(|| chosen.iter().rposition(|stream| !stream.default));
        let dropped = chosen.remove(last.unwrap_or(chosen.len() - 1));
        left_out(dropped, format!("there are more than {TRACKS_MAX} tracks"));
    }
    chosen
}

fn says_the_same(one: &AudioStream, other: &AudioStream) -> bool {
    let said = |stream: &AudioStream| {
        let (language, title) = (names::language(stream.language.as_deref()), names::title(stream.title.as_deref()));
        (language, title, stream.commentary, stream.describes)
    };
    said(one) == said(other)
}

fn work(
    stream: &AudioStream,
    film_start: Micros,
    settings: &LadderSettings,
    decisions: &mut Vec<Decision>,
) -> AudioWork {
    match copy_shift(stream, film_start) {
        Ok(shift) => {
            let reason = format!("AAC that every browser plays, moved by {shift} s");
            decisions.push(Decision::new(format!("sound of stream {} copied", stream.index), reason));
            AudioWork::Copy { shift }
        }
        Err(obstacle) => {
            decisions.push(Decision::new(format!("sound of stream {} encoded", stream.index), obstacle));
            AudioWork::Encode { kbps: settings.audio_kbps }
        }
    }
}

/// By how much the packets must move so that one of them starts with the film, or what is in the way of copying.
fn copy_shift(audio: &AudioStream, film_start: Micros) -> Result<Micros, String> {
    if audio.codec != "aac" || audio.profile != "Low" {
        return Err(format!("{} {} is not AAC-LC", audio.codec, audio.profile));
    }
    if audio.channels > 2 {
        return Err(format!("{} channels are mixed down to two", audio.channels));
    }
    if audio.sample_rate > 48_000 {
        return Err(format!("{} Hz is above 48 kHz", audio.sample_rate));
    }
    let start = audio.first_packet - film_start;
    if start > COPY_OFFSET_MAX {
        return Err(format!("it starts {start} s after the picture, and the silence must be filled"));
    }
    let packet = AAC_FRAME * 1_000_000 / i64::from(audio.sample_rate);
    let before = start.0.rem_euclid(packet);
    // The packet that begins nearest to the film's start, whichever side it is on.
    let offset = Micros(if before > packet / 2 { before - packet } else { before });
    if offset.abs() > COPY_OFFSET_MAX {
        return Err(format!("its packets begin {offset} s beside the picture"));
    }
    Ok(Micros(-offset.0))
}
