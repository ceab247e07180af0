//! How far apart keyframes are and how much of the film can be read, without reading all of it.
//!
//! From a keyframe the scan leaps by its stride and lets the demuxer seek *back* to the last keyframe before that. If that is
//! a later one, no gap on the way was longer than the stride; if it is the same one, the gap is longer, and packets are read
//! until the next keyframe to see how long. An hour of film takes some 550 leaps, of one packet each.

use std::time::{Duration, Instant};

use ffmpeg_next::Packet;
use ffmpeg_next::format::context::Input;
use syncwatch_media::{KeyframeScan, Micros, VideoStream};

use crate::pictures::is_idr;
use crate::streams::micros;

/// The longest gap with which a film is copied by default, so that it is measured exactly where it matters.
const STRIDE: Micros = Micros::from_ms(6_500);
/// Files without an index make each leap expensive; what was not looked at in this time stays unknown.
const TIME_FOR_LEAPS: Duration = Duration::from_millis(1_500);
/// Only films that do not say how long they are must be read through.
const TIME_FOR_READING_THROUGH: Duration = Duration::from_secs(20);

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
    let (stream, picture_until) = (picture.index, picture.start);
    let mut scan = Scan { film, stream, h264, read_until: start, picture_until, closed: true };
    let said = scan.film.duration();
    if said > 0 {
        let end = start + Micros(said);
        picture.keyframes = scan.leap_through(picture.start, end);
        scan.read_tail(end);
    } else {
        picture.keyframes = scan.read_through(picture.start);
    }
    picture.keyframes.closed = scan.closed;
    picture.end = scan.picture_until;
    let readable_until = scan.read_until;
    let duration = if said > 0 { Micros(said) } else { readable_until - start };
    Length { start, duration, readable_until }
}

/// What FFmpeg will take for the film's start: the earliest start of a stream of picture or sound.
fn earliest_start(film: &Input) -> Option<Micros> {
    film.streams()
        .filter(|stream| {
            use ffmpeg_next::media::Type::{Audio, Video};
            matches!(stream.parameters().medium(), Audio | Video)
        })
        .filter_map(|stream| micros(stream.start_time(), stream.time_base()))
        .min()
}

struct Scan<'a> {
    film: &'a mut Input,
    stream: usize,
    h264: bool,
    read_until: Micros,
    picture_until: Micros,
    /// Decoding could start at every keyframe that was met.
    closed: bool,
}

/// A packet of the film's picture that begins a group.
type Keyframe = Micros;

impl Scan<'_> {
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

    /// Reads what is there from shortly before the end.
    fn read_tail(&mut self, end: Micros) {
        if self.film.seek(end.0, ..end.0).is_ok() {
            while self.read().is_some() {}
        }
    }

    /// The next packet; notes how far the film could be read.
    fn read(&mut self) -> Option<Packet> {
        let (stream, packet) = self.film.packets().next()?;
        let end = packet.pts().or(packet.dts()).map(|at| at.saturating_add(packet.duration().max(0)));
        let end = end.and_then(|end| micros(end, stream.time_base()));
        self.read_until = self.read_until.max(end.unwrap_or(self.read_until));
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
