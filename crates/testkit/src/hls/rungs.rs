//! The pictures beside each other and against the film: cuts, times, sizes, colours.

use super::complaint::{Complaints, Rule};
use super::media::{Kind, Rendition, Segment};
use super::{Source, codecs};

/// Segments of all pictures begin at the same moments, give or take so much.
const SAME_MOMENT: f64 = 0.001;
/// Two timestamps that are rounded to whole milliseconds may be off by so much together.
const ROUNDED: f64 = 0.001_5;
/// H.264 calls a slice of an IDR picture 5.
const IDR: u8 = 5;

pub(super) fn check(renditions: &[Rendition], source: &Source, complaints: &mut Complaints) {
    let pictures: Vec<&Rendition> = renditions.iter().filter(|rendition| rendition.kind == Kind::Picture).collect();
    for picture in &pictures {
        check_stream(picture, source, complaints);
        check_idr(picture, complaints);
        check_length(picture, source, complaints);
        check_aligned(picture, pictures[0], complaints);
    }
    renditions.iter().for_each(|rendition| check_continuous(rendition, complaints));
}

fn check_stream(picture: &Rendition, source: &Source, complaints: &mut Complaints) {
    let (uri, Some((width, height)), Some(stream)) = (&picture.uri, picture.size(), picture.streams.first()) else {
        complaints.add(&picture.uri, Rule::Shape, "it has no size");
        return;
    };
    let (of_width, of_height) = source.size;
    let shape = f64::from(width) * f64::from(of_height) - f64::from(height) * f64::from(of_width);
    // Sides are rounded to even numbers, so each may be off by two.
    let same_shape = shape.abs() <= 2.0 * f64::from(of_width + of_height);
    let detail = || format!("{width}×{height} of {of_width}×{of_height}");
    complaints.expect(width <= of_width && height <= of_height && same_shape, uri, Rule::Size, detail);
    complaints.expect(width % 2 == 0 && height % 2 == 0, uri, Rule::Shape, || format!("{width}×{height} is odd"));
    let square = matches!(stream.sample_aspect_ratio.as_deref(), None | Some("1:1" | "0:1" | "N/A"));
    complaints.expect(square, uri, Rule::Shape, || format!("pixels of {:?}", stream.sample_aspect_ratio));
    let whole = matches!(stream.field_order.as_deref(), None | Some("progressive" | "unknown"));
    complaints.expect(whole, uri, Rule::Shape, || format!("fields: {:?}", stream.field_order));
    let turned = stream.side_data_list.iter().any(|data| data.get("rotation").is_some());
    complaints.expect(!turned, uri, Rule::Shape, || "players would turn it".to_owned());
    check_colours(picture, source, complaints);
}

fn check_colours(picture: &Rendition, source: &Source, complaints: &mut Complaints) {
    let Some(stream) = picture.streams.first() else { return };
    let plain = matches!(stream.pix_fmt.as_deref(), Some("yuv420p" | "yuvj420p"));
    complaints.expect(plain, &picture.uri, Rule::Colours, || format!("{:?}", stream.pix_fmt));
    let tags = [&stream.color_space, &stream.color_transfer, &stream.color_primaries].map(Option::as_deref);
    let bright = matches!(tags[1], Some("smpte2084" | "arib-std-b67"));
    let mapped = !source.tone_mapped || tags.iter().all(|tag| *tag == Some("bt709"));
    complaints.expect(mapped && !bright, &picture.uri, Rule::Colours, || format!("colours are {tags:?}"));
}

/// Reads the first picture of each segment byte by byte.
fn check_idr(picture: &Rendition, complaints: &mut Complaints) {
    let Some(length_bytes) = codecs::unit_length_bytes(&picture.init) else {
        complaints.add(&picture.uri, Rule::Idr, "it is not H.264");
        return;
    };
    let bytes = std::fs::read(&picture.joined).unwrap_or_default();
    for segment in &picture.segments {
        let Some(first) = segment.packets.first() else { continue };
        let (from, to) = (first.position as usize, (first.position + first.size) as usize);
        let units = units(bytes.get(from..to).unwrap_or_default(), length_bytes);
        let file = picture.name_of(&segment.file);
        complaints.expect(units.contains(&IDR), &file, Rule::Idr, || format!("it begins with units {units:?}"));
        let start = segment.start().unwrap_or(first.shown);
        let detail = || format!("it shows {start} before its first picture at {}", first.shown);
        complaints.expect(start >= first.shown, &file, Rule::Idr, detail);
    }
}

/// The kinds of the units of a picture.
fn units(mut picture: &[u8], length_bytes: usize) -> Vec<u8> {
    let mut kinds = Vec::new();
    while picture.len() > length_bytes {
        let length = picture[..length_bytes].iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        kinds.push(picture[length_bytes] & 0x1f);
        picture = picture.get(length_bytes + length..).unwrap_or_default();
    }
    kinds
}

fn check_length(picture: &Rendition, source: &Source, complaints: &mut Complaints) {
    let frame = picture.frame_seconds().unwrap_or(0.05);
    let first = picture.times().first().copied().unwrap_or(f64::MAX);
    let detail = || format!("its first picture is shown at {first:.4}");
    complaints.expect(first.abs() <= frame + ROUNDED, &picture.uri, Rule::Duration, detail);
    let (end, listed) = (picture.end(), picture.segments.iter().map(|segment| segment.seconds).sum::<f64>());
    for (what, length) in [("streams", end), ("playlist", listed)] {
        let right = (length - source.seconds).abs() <= source.slack + frame;
        let detail = || format!("its {what} lasts {length:.3} of {} s", source.seconds);
        complaints.expect(right, &picture.uri, Rule::Duration, detail);
    }
}

fn check_aligned(picture: &Rendition, first: &Rendition, complaints: &mut Complaints) {
    let frame = first.frame_seconds().unwrap_or(0.05);
    let ends = (picture.end(), first.end());
    let detail = || format!("it ends at {:.3}, {} at {:.3}", ends.0, first.uri, ends.1);
    complaints.expect((ends.0 - ends.1).abs() <= frame + ROUNDED, &picture.uri, Rule::Duration, detail);
    let counts = (picture.segments.len(), first.segments.len());
    let detail = || format!("{} segments, {} has {}", counts.0, first.uri, counts.1);
    complaints.expect(counts.0 == counts.1, &picture.uri, Rule::Aligned, detail);
    let (mut place, mut place_of_first) = (0.0, 0.0);
    for (segment, of_first) in picture.segments.iter().zip(&first.segments) {
        let starts = (segment.start().unwrap_or(f64::MAX), of_first.start().unwrap_or(f64::MAX));
        let file = picture.name_of(&segment.file);
        let detail = || format!("it begins at {:.4}, that of {} at {:.4}", starts.0, first.uri, starts.1);
        complaints.expect((starts.0 - starts.1).abs() <= SAME_MOMENT, &file, Rule::Aligned, detail);
        let detail = || format!("the playlist puts it at {place:.4}, that of {} at {place_of_first:.4}", first.uri);
        complaints.expect(f64::abs(place - place_of_first) <= SAME_MOMENT, &file, Rule::Aligned, detail);
        place += segment.seconds;
        place_of_first += of_first.seconds;
    }
}

/// Decoding times grow from packet to packet, and frames follow each other evenly, over segments as inside them.
fn check_continuous(rendition: &Rendition, complaints: &mut Complaints) {
    let mut before = f64::MIN;
    for segment in &rendition.segments {
        let backwards = segment.packets.iter().find(|packet| {
            let wrong = packet.decoded <= before;
            before = packet.decoded;
            wrong
        });
        if let Some(packet) = backwards {
            let detail = format!("its times go back to {:.4}", packet.decoded);
            complaints.add(&rendition.name_of(&segment.file), Rule::Continuous, detail);
        }
    }
    let Some(frame) = rendition.frame_seconds() else { return };
    let uneven = |pair: &&[f64]| (pair[1] - pair[0] - frame).abs() > frame * 0.5 + ROUNDED;
    if let Some(pair) = rendition.times().windows(2).find(uneven) {
        let inside = |segment: &&Segment| segment.start().is_some_and(|start| start <= pair[1]);
        let file = rendition.segments.iter().rfind(inside).map_or(&rendition.uri, |segment| &segment.file);
        let detail = format!("{:.4} follows {:.4}, frames last {frame:.4}", pair[1], pair[0]);
        complaints.add(&rendition.name_of(file), Rule::Continuous, detail);
    }
}
