//! The one sound that all rungs share (DESIGN §9, rule 8).

use super::{AudioPlan, AudioWork, Decision};
use crate::{AudioStream, LadderSettings, Micros, ProbeReport};

/// Packets of copied sound may start so far from the film's first picture. People notice sound 20 ms early at the least.
const COPY_OFFSET_MAX: Micros = Micros::from_ms(5);

/// Samples in one packet of AAC-LC.
const AAC_FRAME: i64 = 1_024;

/// What to do with the sound; `None` when there is none.
pub(super) fn audio_plan(
    report: &ProbeReport,
    film_start: Micros,
    settings: &LadderSettings,
    decisions: &mut Vec<Decision>,
) -> Option<AudioPlan> {
    let Some(audio) = chosen(&report.audio) else {
        decisions.push(Decision::new("no sound", "the file has none"));
        return None;
    };
    if report.audio.len() > 1 {
        let reason = format!("the first or marked one of {}; the others are not offered yet", report.audio.len());
        decisions.push(Decision::new(format!("sound of stream {}", audio.index), reason));
    }
    let work = match copy_shift(audio, film_start) {
        Ok(shift) => {
            decisions.push(Decision::new("sound copied", format!("AAC that every browser plays, moved by {shift} s")));
            AudioWork::Copy { shift }
        }
        Err(obstacle) => {
            decisions.push(Decision::new("sound encoded", obstacle));
            AudioWork::Encode { kbps: settings.audio_kbps }
        }
    };
    Some(AudioPlan { index: audio.index, language: language(audio), channels: audio.channels.clamp(1, 2), work })
}

/// The tag ends up between quotes in a playlist, so only what is an ISO 639 code by its shape may pass.
fn language(audio: &AudioStream) -> Option<String> {
    let tag = audio.language.as_deref()?;
    let plausible = matches!(tag.len(), 2 | 3) && tag.bytes().all(|byte| byte.is_ascii_lowercase()) && tag != "und";
    plausible.then(|| tag.to_owned())
}

fn chosen(streams: &[AudioStream]) -> Option<&AudioStream> {
    let usable = || streams.iter().filter(|stream| stream.channels > 0 && stream.sample_rate > 0);
    usable().find(|stream| stream.default).or_else(|| usable().next())
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
