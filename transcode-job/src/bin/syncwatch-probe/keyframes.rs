//! How far apart keyframes are and how much of the film can be read, without reading all of it.
//!
//! From a keyframe the scan leaps by its stride and lets the demuxer seek *back* to the last keyframe before that. If that is
//! a later one, no gap on the way was longer than the stride; if it is the same one, the gap is longer, and packets are read
//! until the next keyframe to see how long. An hour of film takes some 550 leaps, of one packet each.

use std::time::{Duration, Instant};

use ffmpeg_next::Packet;
use ffmpeg_next::format::context::Input;
use ffmpeg_next::format::stream::Stream;
use syncwatch_media::{GroupLook, GroupScan, KeyframeScan, Micros, SeenPacket, VideoStream, clears_h264};

use crate::pictures::is_idr;
use crate::streams::micros;

/// The longest gap with which a film is copied by default, so that it is measured exactly where it matters.
const STRIDE: Micros = Micros::from_ms(6_500);
/// Files without an index make each leap expensive; what was not looked at in this time stays unknown.
const TIME_FOR_LEAPS: Duration = Duration::from_millis(1_500);
/// Only films that do not say how long they are must be read through.
const TIME_FOR_READING_THROUGH: Duration = Duration::from_secs(20);

/// The end of the last packet and the length in the header may differ by so much: one is rounded.
const SAME_END: Micros = Micros::from_ms(100);

/// The stretches that are looked at packet by packet: two groups of any film that could be copied, and no more than that of
/// others.
const STRETCH_KEYFRAMES: usize = 3;
const STRETCH_PACKETS: usize = 900;
/// The last one begins so long before the end.
const LAST_STRETCH: Micros = Micros::from_ms(14_000);
/// For all of them. A file without an index is searched from its start for each.
const TIME_FOR_STRETCHES: Duration = Duration::from_millis(1_500);

/// FFmpeg's own figure.
const ALMOST_TOGETHER: Micros = Micros::from_ms(1_000);

/// The last line of subtitles begins at most so long before the end of the film.
const LONGEST_LINE: Micros = Micros::from_ms(60_000);

/// How long the film is.
pub(crate) struct Length {
    pub(crate) start: Micros,
    pub(crate) duration: Micros,
    pub(crate) readable_until: Micros,
}

/// Measures the film's length and fills in the keyframes of its picture.
pub(crate) fn scan(film: &mut Input, video: &mut [VideoStream]) -> Length {
    let Some(picture) = video.iter_mut().find(|stream| !stream.cover) else {
        return Length { start: Micros::ZERO, duration: Micros::ZERO, readable_until: Micros::ZERO };
    };
    let start = earliest_start(film).unwrap_or(picture.start);
    let h264 = picture.codec == "h264";
    let played = film.streams().map(|stream| is_played(&stream)).collect();
    let (stream, picture_until) = (picture.index, picture.start);
    let mut scan =
        Scan { film, stream, h264, played, read_until: start, text_until: start, picture_until, closed: true };
    let length = if scan.film.duration() > 0 { scan.by_leaps(picture, start) } else { scan.by_reading(picture, start) };
    picture.keyframes.closed = scan.closed;
    picture.end = scan.picture_until;
    length
}

fn is_played(stream: &Stream<'_>) -> bool {
    use ffmpeg_next::media::Type::{Audio, Video};
    matches!(stream.parameters().medium(), Audio | Video)
}

/// What FFmpeg will take for the film's start: the earliest start of a stream of picture or sound, or of text that is less
/// than a second earlier.
fn earliest_start(film: &Input) -> Option<Micros> {
    let played = earliest_of(film, is_played)?;
    let text = earliest_of(film, |stream| !is_played(stream));
    Some(text.filter(|text| *text < played && played - *text < ALMOST_TOGETHER).unwrap_or(played))
}

fn earliest_of(film: &Input, wanted: impl Fn(&Stream<'_>) -> bool) -> Option<Micros> {
    film.streams()
        .filter(|stream| wanted(stream))
        .filter_map(|stream| micros(stream.start_time(), stream.time_base()))
        .min()
}

struct Scan<'a> {
    film: &'a mut Input,
    stream: usize,
    h264: bool,
    /// Which streams are picture or sound, by their number.
    played: Vec<bool>,
    /// How far picture and sound could be read.
    read_until: Micros,
    /// How far everything else could be read.
    text_until: Micros,
    /// How far the picture could be read.
    picture_until: Micros,
    /// Decoding could start at every keyframe that was met.
    closed: bool,
}

/// A packet of the film's picture that begins a group.
type Keyframe = Micros;

impl Scan<'_> {
    /// A film that does not say how long it is.
    fn by_reading(&mut self, picture: &mut VideoStream, start: Micros) -> Length {
        picture.keyframes = self.read_through(picture.start);
        picture.groups = self.look_at_groups([picture.start, self.read_until], self.h264);
        Length { start, duration: self.read_until - start, readable_until: self.read_until }
    }

    fn by_leaps(&mut self, picture: &mut VideoStream, start: Micros) -> Length {
        let duration = Micros(self.film.duration());
        let end = start + duration;
        picture.keyframes = self.leap_through(picture.start, end);
        let middle = Micros(picture.start.0 + (end.0 - picture.start.0) / 2);
        picture.groups = self.look_at_groups([picture.start, middle, end - LAST_STRETCH], self.h264);
        self.read_tail(end);
        if self.read_until + SAME_END < end.min(duration) && self.played.contains(&false) {
            self.read_tail((self.read_until - LONGEST_LINE).max(start));
        }
        // The last line of the subtitles may go on after the film. Then it is that line which the file counts to, not a
        // picture that is missing. Where a film starts late, some files count from its start and some from zero.
        let ends_with_text = self.text_until > self.read_until && self.text_until + SAME_END >= end.min(duration);
        let duration = if ends_with_text { self.read_until - start } else { duration };
        Length { start, duration, readable_until: self.read_until }
    }

    fn leap_through(&mut self, first: Keyframe, end: Micros) -> KeyframeScan {
        let started = now();
        let mut scan = KeyframeScan { seen: 0, longest_gap: Micros::ZERO, closed: true, complete: false };
        if self.seek_back(first).is_none() {
            return scan;
        }
        let mut at = first;
        scan.seen = 1;
        while now().duration_since(started) < TIME_FOR_LEAPS {
            let target = at + STRIDE;
            let next = if target < end { self.seek_back(target).filter(|next| *next > at) } else { None };
            let Some(next) = next.or_else(|| self.next_after(at, end)) else {
                scan.longest_gap = scan.longest_gap.max(self.read_until.min(end) - at);
                scan.complete = true;
                break;
            };
            scan.seen += 1;
            scan.longest_gap = scan.longest_gap.max(next - at);
            at = next;
        }
        scan
    }

    fn look_at_groups(&mut self, from: impl IntoIterator<Item = Micros>, is_h264: bool) -> GroupScan {
        let started = now();
        let mut look = GroupLook::default();
        let mut seen_until = Micros(i64::MIN);
        for from in from {
            // In a short film the stretches would overlap, and count the same group twice.
            let from = from.max(seen_until);
            if now().duration_since(started) > TIME_FOR_STRETCHES || self.film.seek(from.0, ..from.0).is_err() {
                break;
            }
            let stretch = self.read_stretch(is_h264, seen_until);
            seen_until = stretch.last().map_or(seen_until, |last| last.shown.max(seen_until));
            look.stretch(&stretch);
        }
        look.finish()
    }

    /// The picture's packets from the next keyframe on that is shown after `seen_until`.
    fn read_stretch(&mut self, is_h264: bool, seen_until: Micros) -> Vec<SeenPacket> {
        let (mut stretch, mut keyframes) = (Vec::new(), 0);
        for _ in 0..STRETCH_PACKETS * 4 {
            let Some(packet) = self.read() else { break };
            let Some(shown) = self.shown(&packet).filter(|_| packet.stream() == self.stream) else { continue };
            if stretch.is_empty() && !(packet.is_key() && shown > seen_until) {
                continue;
            }
            let clears = packet.data().filter(|_| is_h264 && packet.is_key()).and_then(clears_h264);
            stretch.push(SeenPacket { shown, key: packet.is_key(), bytes: packet.size(), clears });
            keyframes += usize::from(packet.is_key());
            // A few more after the last keyframe: those that would make its group an open one.
            let after_last = stretch.iter().rev().take_while(|packet| !packet.key).count();
            if keyframes >= STRETCH_KEYFRAMES && after_last >= 4 || stretch.len() >= STRETCH_PACKETS {
                break;
            }
        }
        stretch
    }

    /// The last keyframe at or before `target`.
    fn seek_back(&mut self, target: Micros) -> Option<Keyframe> {
        self.film.seek(target.0, ..target.0).ok()?;
        self.read_to(|at| at > Micros(i64::MIN))
    }

    /// The first keyframe after `at`, read one by one from where `at` is.
    fn next_after(&mut self, at: Keyframe, end: Micros) -> Option<Keyframe> {
        if at >= end {
            return None;
        }
        self.film.seek(at.0, ..at.0).ok()?;
        self.read_to(|found| found > at)
    }

    fn read_to(&mut self, wanted: impl Fn(Micros) -> bool) -> Option<Keyframe> {
        while let Some(packet) = self.read() {
            let shown = self.shown(&packet);
            if packet.stream() == self.stream && packet.is_key() && shown.is_some_and(&wanted) {
                return shown;
            }
        }
        None
    }

    fn read_through(&mut self, first: Keyframe) -> KeyframeScan {
        let started = now();
        let mut scan = KeyframeScan { seen: 0, longest_gap: Micros::ZERO, closed: true, complete: false };
        let mut last = first;
        if self.film.seek(first.0, ..first.0).is_err() {
            return scan;
        }
        while now().duration_since(started) < TIME_FOR_READING_THROUGH {
            let Some(packet) = self.read() else {
                scan.complete = true;
                break;
            };
            if packet.stream() == self.stream && packet.is_key() {
                let at = self.shown(&packet).unwrap_or(last);
                scan.seen += 1;
                scan.longest_gap = scan.longest_gap.max(at - last);
                last = at;
            }
        }
        scan.longest_gap = scan.longest_gap.max(self.read_until - last);
        scan
    }

    /// Reads what is there from shortly before `from` to the end.
    fn read_tail(&mut self, from: Micros) {
        if self.film.seek(from.0, ..from.0).is_ok() {
            while self.read().is_some() {}
        }
    }

    /// The next packet; notes how far the film could be read.
    fn read(&mut self) -> Option<Packet> {
        let (stream, packet) = self.film.packets().next()?;
        let end = packet.pts().or(packet.dts()).map(|at| at.saturating_add(packet.duration().max(0)));
        let end = end.and_then(|end| micros(end, stream.time_base()));
        let played = self.played.get(stream.index()).copied().unwrap_or(false);
        let until = if played { &mut self.read_until } else { &mut self.text_until };
        *until = (*until).max(end.unwrap_or(*until));
        if packet.stream() == self.stream {
            self.picture_until = self.picture_until.max(end.unwrap_or(self.picture_until));
            // FFmpeg's flag says no more than that something useful can be shown from here on.
            self.closed &= !(self.h264 && packet.is_key()) || is_idr(packet.data().unwrap_or_default());
        }
        Some(packet)
    }

    fn shown(&self, packet: &Packet) -> Option<Micros> {
        let base = self.film.stream(packet.stream())?.time_base();
        packet.pts().or(packet.dts()).and_then(|at| micros(at, base))
    }
}

#[expect(clippy::disallowed_methods, reason = "a program of its own, and the allowance is about real time")]
fn now() -> Instant {
    Instant::now()
}
