//! When a segment's decoding starts, read from its first bytes.

use crate::Micros;
use crate::boxes::find;

/// So many first bytes of a segment hold its times: sixteen bytes for each picture of ten seconds are well below it.
pub const SEGMENT_HEAD_BYTES: usize = 64 * 1024;

/// Ticks per second of the only track in an init segment.
pub fn timescale_of(init: &[u8]) -> Option<u32> {
    let header = find(init, &[b"moov", b"trak", b"mdia", b"mdhd"])?;
    let at = if *header.first()? == 1 { 20 } else { 12 };
    number(header.get(at..at + 4)?).and_then(|ticks| u32::try_from(ticks).ok()).filter(|ticks| *ticks > 0)
}

/// When the decoding of a segment starts, rounded up: a player's sum must not be smaller.
pub fn decode_start(head: &[u8], timescale: u32) -> Option<Micros> {
    let header = find(head, &[b"moof", b"traf", b"tfdt"])?;
    let ticks = number(header.get(4..if *header.first()? == 1 { 12 } else { 8 })?)?;
    Some(moment_of(ticks, timescale))
}

/// A track's ticks, rounded up.
pub fn moment_of(ticks: u64, timescale: u32) -> Micros {
    let micros = (u128::from(ticks) * 1_000_000).div_ceil(u128::from(timescale.max(1)));
    Micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// When the first picture of a segment is shown, in the ticks of its track: decoding starts earlier where pictures are not
/// stored in the order in which they are shown, and the edit list says by how much.
pub fn first_shown(init: &[u8], head: &[u8]) -> Option<u64> {
    let decoded = {
        let header = find(head, &[b"moof", b"traf", b"tfdt"])?;
        number(header.get(4..if *header.first()? == 1 { 12 } else { 8 })?)?
    };
    let run = find(head, &[b"moof", b"traf", b"trun"])?;
    let flags = number(run.get(1..4)?)?;
    let has = |flag: u64| flags & flag != 0;
    // Two numbers, then those of the whole run, then those of the first picture before its own.
    let before = [0x1, 0x4, 0x100, 0x200, 0x400].into_iter().filter(|flag| has(*flag)).count() * 4 + 8;
    let later = if has(0x800) { i64::from(number(run.get(before..before + 4)?)? as u32 as i32) } else { 0 };
    let shown = i64::try_from(decoded).ok()? + later - skipped(init).unwrap_or(0);
    Some(u64::try_from(shown).unwrap_or(0))
}

/// So many ticks at the track's start are not shown.
fn skipped(init: &[u8]) -> Option<i64> {
    let list = find(init, &[b"moov", b"trak", b"edts", b"elst"])?;
    let (size, wide) = if *list.first()? == 1 { (20, true) } else { (12, false) };
    list.get(8..)?.chunks_exact(size).find_map(|entry| {
        let time = if wide { number(&entry[8..16])? as i64 } else { i64::from(number(&entry[4..8])? as u32 as i32) };
        (time >= 0).then_some(time)
    })
}

fn number(bytes: &[u8]) -> Option<u64> {
    bytes.iter().try_fold(0u64, |value, byte| value.checked_mul(256)?.checked_add(u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], contents: &[u8]) -> Vec<u8> {
        [&(contents.len() as u32 + 8).to_be_bytes(), kind.as_slice(), contents].concat()
    }

    fn inside(path: &[&[u8; 4]], leaf: Vec<u8>) -> Vec<u8> {
        path.iter().rev().fold(leaf, |contents, kind| boxed(kind, &contents))
    }

    // SYNC-1
    #[test]
    fn decode_times_are_read_in_the_track_s_own_ticks_and_rounded_up() {
        let header = [[0; 12].as_slice(), &90_000u32.to_be_bytes(), &[0; 8]].concat();
        let init = inside(&[b"moov", b"trak", b"mdia"], boxed(b"mdhd", &header));
        assert_eq!(timescale_of(&init), Some(90_000));

        let time = [[1, 0, 0, 0].as_slice(), &540_541u64.to_be_bytes()].concat();
        let head = [boxed(b"styp", b"msdh"), inside(&[b"moof", b"traf"], boxed(b"tfdt", &time))].concat();
        assert_eq!(decode_start(&head, 90_000), Some(Micros(6_006_012)));
        assert_eq!(decode_start(&head[..30], 90_000), None);
    }
}
