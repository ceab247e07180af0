//! Small pictures of the whole film, for whoever moves along its seek bar (TRN-8).

use std::fmt::Write;

use crate::ladder::Size;
use crate::{Micros, Plan};

/// Pictures of one film, at most: what a seek bar of a thousand pixels can tell apart, in two sheets of some 300 KB.
const PICTURES_MAX: i64 = 200;
/// The shortest way from one to the next. Films have a keyframe every two to ten seconds, and only those are looked at.
const INTERVAL_MIN_SECONDS: i64 = 5;
/// The longer side of a picture.
const SIDE: u32 = 160;
/// Pictures in a row of a sheet, and rows.
pub(crate) const ACROSS: u32 = 10;

/// How the pictures of a film lie in their sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sprites {
    /// From one picture to the next; whole seconds.
    pub interval: Micros,
    /// Size of each.
    pub tile: Size,
    /// How many there are.
    pub count: u32,
    film: Micros,
}

impl Sprites {
    /// Those of a film.
    pub fn of(plan: &Plan) -> Self {
        let film = plan.film.duration;
        let whole_seconds = |micros: i64| micros.div_euclid(1_000_000) + i64::from(micros.rem_euclid(1_000_000) > 0);
        let seconds = whole_seconds(film.0 / PICTURES_MAX).max(INTERVAL_MIN_SECONDS);
        let count = u32::try_from(whole_seconds(film.0).max(1)).unwrap_or(1).div_ceil(seconds as u32);
        Self { interval: Micros(seconds * 1_000_000), tile: tile(plan.film.size), count, film }
    }

    /// The WebVTT file that says which part of which sheet belongs to which time. `sheet` names one by its number, from 1 on.
    pub fn to_web_vtt(&self, sheet: impl Fn(u32) -> String) -> String {
        let mut text = String::from("WEBVTT\n");
        for number in 0..self.count {
            let (start, end) = (self.starts(number), self.starts(number + 1).min(self.film));
            if start >= end {
                break;
            }
            let on_sheet = number % (ACROSS * ACROSS);
            let (x, y) = (on_sheet % ACROSS * self.tile.width, on_sheet / ACROSS * self.tile.height);
            let Size { width, height } = self.tile;
            let name = sheet(number / (ACROSS * ACROSS) + 1);
            let (start, end) = (start.stamp(), end.stamp());
            let _ = write!(text, "\n{start} --> {end}\n{name}#xywh={x},{y},{width},{height}\n");
        }
        text
    }

    /// How many sheets there are.
    pub fn sheets(&self) -> u32 {
        self.count.div_ceil(ACROSS * ACROSS)
    }

    fn starts(&self, number: u32) -> Micros {
        Micros(self.interval.0 * i64::from(number))
    }
}

fn tile(film: Size) -> Size {
    let factor = (f64::from(SIDE) / f64::from(film.long_side())).min(1.0);
    let side = |length: u32| ((f64::from(length) * factor / 2.0).round() as u32 * 2).max(2);
    Size { width: side(film.width), height: side(film.height) }
}
