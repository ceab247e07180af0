//! What the streams are, from their headers and the film's first packets.

use std::collections::HashMap;

use ffmpeg_next::codec::packet::side_data::Type as SideData;
use ffmpeg_next::color::TransferCharacteristic;
use ffmpeg_next::format::context::Input;
use ffmpeg_next::format::stream::{Disposition, Stream};
use ffmpeg_next::util::frame::Video as Picture;
use ffmpeg_next::{Packet, Rational, codec, media};
use syncwatch_media::{
    AudioStream, Colour, GroupScan, KeyframeScan, Micros, Ratio, Rejection, SubtitleStream, Transfer, VideoStream,
};

/// So many packets at the start settle where streams begin and whether pictures are interlaced.
const HEAD_PACKETS: usize = 400;

/// The film's first packets, by stream.
#[derive(Default)]
pub(crate) struct Head {
    packets: HashMap<usize, Vec<Packet>>,
}

/// Reads the film's first packets.
pub(crate) fn read_head(film: &mut Input) -> Head {
    let mut head = Head::default();
    for (stream, packet) in film.packets().take(HEAD_PACKETS) {
        head.packets.entry(stream.index()).or_default().push(packet);
    }
    head
}

/// The streams of pictures.
pub(crate) fn video(film: &Input, head: &Head) -> Result<Vec<VideoStream>, Rejection> {
    of_kind(film, media::Type::Video).map(|stream| video_stream(&stream, head)).collect()
}

fn video_stream(stream: &Stream<'_>, head: &Head) -> Result<VideoStream, Rejection> {
    let name = stream.parameters().id().name();
    let unsupported = |_| Rejection::UnsupportedFormat(format!("the picture is {name}, which cannot be decoded"));
    let context = codec::Context::from_parameters(stream.parameters()).map_err(unsupported)?;
    let mut decoder = context.decoder().video().map_err(unsupported)?;
    let packets = head.packets.get(&stream.index()).map(Vec::as_slice).unwrap_or_default();
    let start = micros(stream.start_time(), stream.time_base()).unwrap_or_default();
    let first_picture = decode_first(&mut decoder, packets);
    Ok(VideoStream {
        index: stream.index(),
        codec: name.to_owned(),
        profile: profile_name(decoder.profile()),
        pixel_format: decoder.format().descriptor().map(|format| format.name().to_owned()).unwrap_or_default(),
        width: decoder.width(),
        height: decoder.height(),
        sample_aspect: ratio(decoder.aspect_ratio()),
        rotation: rotation(stream),
        average_rate: ratio(stream.avg_frame_rate()),
        base_rate: ratio(stream.rate()),
        interlaced: first_picture.is_some_and(|picture| picture.is_interlaced()),
        transfer: transfer(decoder.color_transfer_characteristic()),
        start,
        end: start,
        clean_start: starts_cleanly(packets, stream, start),
        bit_rate: u64::try_from(stream.parameters().bit_rate()).ok().filter(|bits| *bits > 0),
        keyframes: KeyframeScan { seen: 0, longest_gap: Micros::ZERO, closed: true, complete: false },
        groups: GroupScan::default(),
        colour: colour(&decoder),
        title: title(stream),
        default: stream.disposition().contains(Disposition::DEFAULT),
        cover: stream.disposition().contains(Disposition::ATTACHED_PIC),
    })
}

fn colour(decoder: &ffmpeg_next::decoder::Video) -> Colour {
    let word = |name: Option<&'static str>| {
        name.filter(|name| *name != "unknown" && *name != "unspecified").unwrap_or_default().to_owned()
    };
    Colour {
        primaries: word(decoder.color_primaries().name()),
        transfer: word(decoder.color_transfer_characteristic().name()),
        matrix: word(decoder.color_space().name()),
        range: word(decoder.color_range().name()),
    }
}

/// Headers claim fields where there are none and the other way round; a decoded picture knows.
fn decode_first(decoder: &mut ffmpeg_next::decoder::Video, packets: &[Packet]) -> Option<Picture> {
    let mut picture = Picture::empty();
    for packet in packets {
        if decoder.send_packet(packet).is_ok() && decoder.receive_frame(&mut picture).is_ok() {
            return Some(picture);
        }
    }
    decoder.send_eof().ok()?;
    decoder.receive_frame(&mut picture).is_ok().then_some(picture)
}

fn starts_cleanly(packets: &[Packet], stream: &Stream<'_>, start: Micros) -> bool {
    let first_is_key = packets.first().is_some_and(Packet::is_key);
    let shown = |packet: &Packet| packet.pts().and_then(|pts| micros(pts, stream.time_base()));
    first_is_key && packets.iter().filter_map(shown).all(|at| at >= start)
}

/// The streams of sound, those that cannot be decoded too: the film is still worth seeing.
pub(crate) fn audio(film: &Input, head: &Head) -> Vec<AudioStream> {
    of_kind(film, media::Type::Audio).map(|stream| audio_stream(&stream, head)).collect()
}

fn audio_stream(stream: &Stream<'_>, head: &Head) -> AudioStream {
    let decoder =
        codec::Context::from_parameters(stream.parameters()).and_then(|context| context.decoder().audio()).ok();
    let first = head.packets.get(&stream.index()).and_then(|packets| packets.first()).and_then(Packet::pts);
    let first = first.unwrap_or_else(|| stream.start_time());
    let is = |disposition| stream.disposition().contains(disposition);
    AudioStream {
        index: stream.index(),
        codec: stream.parameters().id().name().to_owned(),
        profile: decoder.as_ref().map(|decoder| profile_name(decoder.profile())).unwrap_or_default(),
        channels: decoder.as_ref().map_or(0, |decoder| decoder.channels()),
        sample_rate: decoder.as_ref().map_or(0, |decoder| decoder.rate()),
        language: language(stream),
        first_packet: micros(first, stream.time_base()).unwrap_or_default(),
        title: title(stream),
        default: is(Disposition::DEFAULT),
        commentary: is(Disposition::COMMENT),
        describes: is(Disposition::VISUAL_IMPAIRED),
        decodable: decoder.is_some(),
        bit_rate: u64::try_from(stream.parameters().bit_rate()).ok().filter(|bits| *bits > 0),
    }
}

/// The streams of subtitles.
pub(crate) fn subtitles(film: &Input) -> Vec<SubtitleStream> {
    let subtitle = |stream: Stream<'_>| SubtitleStream {
        index: stream.index(),
        codec: stream.parameters().id().name().to_owned(),
        language: language(&stream),
        title: title(&stream),
        default: stream.disposition().contains(Disposition::DEFAULT),
        forced: stream.disposition().contains(Disposition::FORCED),
        hearing_impaired: stream.disposition().contains(Disposition::HEARING_IMPAIRED),
    };
    of_kind(film, media::Type::Subtitle).map(subtitle).collect()
}

/// How many streams are neither picture nor sound nor subtitles.
pub(crate) fn others(film: &Input) -> usize {
    let known = [media::Type::Video, media::Type::Audio, media::Type::Subtitle];
    film.streams().filter(|stream| !known.contains(&stream.parameters().medium())).count()
}

fn of_kind(film: &Input, kind: media::Type) -> impl Iterator<Item = Stream<'_>> {
    film.streams().filter(move |stream| stream.parameters().medium() == kind)
}

fn language(stream: &Stream<'_>) -> Option<String> {
    stream.metadata().get("language").map(str::to_owned)
}

/// Many MP4 files have no other title than the handler's name, which most programs fill with their own.
fn title(stream: &Stream<'_>) -> Option<String> {
    const SOFTWARE: [&str; 6] = ["handler", "media", "mainconcept", "gpac", "l-smash", "google"];
    let named = stream.metadata().get("title").map(str::to_owned);
    named.or_else(|| {
        let handler = stream.metadata().get("handler_name")?.trim().to_owned();
        let lower = handler.to_ascii_lowercase();
        (!SOFTWARE.iter().any(|word| lower.contains(word))).then_some(handler)
    })
}

/// `High` of `H264(High)`.
fn profile_name(profile: codec::Profile) -> String {
    let text = format!("{profile:?}");
    text.split_once('(').map_or(text.as_str(), |(_, inside)| inside.trim_end_matches(')')).to_owned()
}

fn transfer(characteristic: TransferCharacteristic) -> Transfer {
    match characteristic {
        TransferCharacteristic::SMPTE2084 => Transfer::Pq,
        TransferCharacteristic::ARIB_STD_B67 => Transfer::Hlg,
        _ => Transfer::Standard,
    }
}

/// Clockwise degrees from the display matrix: nine 32-bit numbers, of which the first two are cosine and sine.
fn rotation(stream: &Stream<'_>) -> u16 {
    let Some(matrix) = stream.side_data().find(|data| data.kind() == SideData::DisplayMatrix) else { return 0 };
    let number = |at: usize| {
        matrix.data().get(at * 4..at * 4 + 4).map(|four| i32::from_ne_bytes([four[0], four[1], four[2], four[3]]))
    };
    let (Some(cosine), Some(sine)) = (number(0), number(1)) else { return 0 };
    let degrees = f64::from(sine).atan2(f64::from(cosine)).to_degrees();
    ((degrees / 90.0).round() as i32 * 90).rem_euclid(360) as u16
}

fn ratio(rational: Rational) -> Ratio {
    let part = |number: i32| u32::try_from(number).unwrap_or(0);
    Ratio::new(part(rational.numerator()), part(rational.denominator()))
}

/// A time in a stream's own units; `None` when the file does not say.
pub(crate) fn micros(time: i64, base: Rational) -> Option<Micros> {
    if time == ffmpeg_next::ffi::AV_NOPTS_VALUE || base.denominator() == 0 {
        return None;
    }
    let exact = i128::from(time) * i128::from(base.numerator()) * 1_000_000;
    i64::try_from(exact / i128::from(base.denominator())).ok().map(Micros)
}
