//! Groups of pictures: may a film be cut at its keyframes without touching what lies between them (DESIGN §9, rule 1)?

use serde::{Deserialize, Serialize};

use crate::Micros;

/// Times in Matroska are whole milliseconds, so the steps of an even film differ by one, and by rounding twice.
const EVEN: Micros = Micros(2_100);
/// Pictures at the end of a stretch that may lack neighbours which are decoded later.
const REORDERED_MAX: usize = 16;

/// A packet of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenPacket {
    /// When its picture is shown.
    pub shown: Micros,
    /// Decoding can start with it, by what the container says.
    pub key: bool,
    /// What it takes.
    pub bytes: usize,
    /// It clears the decoder, so that nothing after it needs anything before it; `None` where that cannot be told.
    pub clears: Option<bool>,
}

/// How frames follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameRateKind {
    /// All alike.
    Constant,
    /// Not all alike.
    Variable,
    /// Too few were seen.
    #[default]
    Unknown,
}

/// What stretches at the start, in the middle and at the end of a film show of its groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupScan {
    /// Keyframes that were looked at.
    pub keyframes: usize,
    /// How many of them begin an open group: what is decoded after them is shown before them, and needs what came before.
    pub open: usize,
    /// How many of them do not clear the decoder: recovery points.
    pub recovery_points: usize,
    /// How frames follow each other.
    pub frame_rate: FrameRateKind,
    /// The longest way from one picture to the next.
    pub longest_step: Micros,
    /// What the picture really takes, in bits per second.
    pub bits_per_second: Option<u64>,
}

/// Looks at stretches of a film, one after the other.
#[derive(Debug, Clone, Default)]
pub struct GroupLook {
    scan: GroupScan,
    shortest_step: Option<Micros>,
    steps: usize,
    bytes: u64,
    time: Micros,
}

impl GroupLook {
    /// Packets in decoding order, the first a keyframe.
    pub fn stretch(&mut self, packets: &[SeenPacket]) {
        let mut key: Option<Micros> = None;
        let mut is_open = false;
        for packet in packets {
            if packet.key {
                self.scan.keyframes += 1;
                self.scan.recovery_points += usize::from(packet.clears == Some(false));
                (key, is_open) = (Some(packet.shown), false);
            } else if key.is_some_and(|key| packet.shown < key) && !is_open {
                self.scan.open += 1;
                is_open = true;
            }
        }
        self.whole_groups(packets);
    }

    /// What was seen.
    pub fn finish(mut self) -> GroupScan {
        self.scan.frame_rate = match self.shortest_step {
            Some(shortest) if self.steps >= 8 => {
                let even = self.scan.longest_step - shortest <= EVEN;
                if even { FrameRateKind::Constant } else { FrameRateKind::Variable }
            }
            _ => FrameRateKind::Unknown,
        };
        let seconds = self.time.seconds();
        self.scan.bits_per_second = (seconds > 0.2).then(|| (self.bytes as f64 * 8.0 / seconds) as u64);
        self.scan
    }

    /// Steps and bytes of the groups that were seen from end to end, or of the one that had no end.
    fn whole_groups(&mut self, packets: &[SeenPacket]) {
        let keys: Vec<Micros> = packets.iter().filter(|packet| packet.key).map(|packet| packet.shown).collect();
        let (Some(first), Some(last)) = (keys.first().copied(), keys.last().copied()) else { return };
        let mut shown: Vec<SeenPacket> = packets.iter().filter(|packet| packet.shown >= first).copied().collect();
        shown.sort_by_key(|packet| packet.shown);
        if last > first {
            shown.retain(|packet| packet.shown <= last);
        } else {
            shown.truncate(shown.len().saturating_sub(REORDERED_MAX));
        }
        for pair in shown.windows(2) {
            let step = pair[1].shown - pair[0].shown;
            self.scan.longest_step = self.scan.longest_step.max(step);
            self.shortest_step = Some(self.shortest_step.map_or(step, |shortest| shortest.min(step)));
            self.steps += 1;
            self.bytes += pair[0].bytes as u64;
            self.time = self.time + step;
        }
    }
}

/// Whether a packet of H.264 clears the decoder: is there an IDR picture in it? `None` when that cannot be told.
pub fn clears_h264(packet: &[u8]) -> Option<bool> {
    const IDR: u8 = 5;
    const SLICES: std::ops::RangeInclusive<u8> = 1..=5;
    let units = units_by_length(packet).or_else(|| units_by_start_code(packet))?;
    let slices: Vec<u8> = units.into_iter().filter(|kind| SLICES.contains(kind)).collect();
    (!slices.is_empty()).then(|| slices.contains(&IDR))
}

/// Kinds of the units of a packet as MP4 and Matroska store it: a length of four bytes before each.
fn units_by_length(mut packet: &[u8]) -> Option<Vec<u8>> {
    let mut kinds = Vec::new();
    while let Some((length, rest)) = packet.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        kinds.push(rest.first()? & 0x1f);
        packet = rest.get(length..)?;
        if length == 0 {
            return None;
        }
    }
    (packet.is_empty() && !kinds.is_empty()).then_some(kinds)
}

/// Kinds of the units of a packet as transport streams store it.
fn units_by_start_code(packet: &[u8]) -> Option<Vec<u8>> {
    let begins = packet.starts_with(&[0, 0, 1]) || packet.starts_with(&[0, 0, 0, 1]);
    let kinds = packet.windows(4).filter(|four| four[..3] == [0, 0, 1]).map(|four| four[3] & 0x1f);
    begins.then(|| kinds.collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Frames of 40 ms in decoding order, by their number; a keyframe is marked with `true`.
    fn packets(order: &[(i64, bool)]) -> Vec<SeenPacket> {
        let packet = |(number, key): &(i64, bool)| SeenPacket {
            shown: Micros::from_ms(number * 40),
            key: *key,
            bytes: 1_000,
            clears: Some(*key),
        };
        order.iter().map(packet).collect()
    }

    fn seen(packets: &[SeenPacket]) -> GroupScan {
        let mut look = GroupLook::default();
        look.stretch(packets);
        look.finish()
    }

    const CLOSED: [(i64, bool); 11] = [
        (0, true),
        (2, false),
        (1, false),
        (4, false),
        (3, false),
        (5, true),
        (7, false),
        (6, false),
        (9, false),
        (8, false),
        (10, true),
    ];

    // TRN-3
    #[test]
    fn closed_groups_of_even_frames_are_seen_as_such() {
        let scan = seen(&packets(&CLOSED));
        assert_eq!((scan.keyframes, scan.open, scan.recovery_points), (3, 0, 0));
        assert_eq!((scan.frame_rate, scan.longest_step), (FrameRateKind::Constant, Micros::from_ms(40)));
        assert_eq!(scan.bits_per_second, Some(200_000));
    }

    // TRN-3
    #[test]
    fn a_group_is_open_when_pictures_after_its_keyframe_are_shown_before_it() {
        let scan = seen(&packets(&[(0, true), (1, false), (2, false), (5, true), (3, false), (4, false), (6, false)]));
        assert_eq!((scan.keyframes, scan.open), (2, 1));
    }

    // TRN-2
    #[test]
    fn a_gap_and_an_uneven_rate_show_in_the_steps() {
        let mut order = CLOSED.to_vec();
        for (number, _) in &mut order[5..] {
            *number += 20;
        }
        let scan = seen(&packets(&order));
        assert_eq!((scan.frame_rate, scan.longest_step), (FrameRateKind::Variable, Micros::from_ms(21 * 40)));
        let mut rounded = packets(&CLOSED);
        for packet in &mut rounded {
            packet.shown = packet.shown + Micros(packet.shown.0 / 40_000 % 2 * 1_000);
        }
        assert_eq!(seen(&rounded).frame_rate, FrameRateKind::Constant, "Matroska rounds to milliseconds");
    }

    // TRN-3
    #[test]
    fn an_idr_picture_is_told_from_a_recovery_point() {
        let unit = |kind: u8| vec![0, 0, 0, 3, kind, 1, 2];
        assert_eq!(clears_h264(&[unit(0x67), unit(0x68), unit(0x65)].concat()), Some(true));
        assert_eq!(clears_h264(&[unit(0x06), unit(0x41)].concat()), Some(false));
        assert_eq!(clears_h264(&[0, 0, 0, 1, 0x09, 0xf0, 0, 0, 1, 0x65, 1]), Some(true));
        assert_eq!(clears_h264(&unit(0x67)), None);
        assert_eq!(clears_h264(b"not H.264 at all"), None);
    }

    proptest! {
        // SEC-3
        #[test]
        fn no_packet_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = clears_h264(&bytes);
        }
    }
}
