//! Media playlists as FFmpeg writes them: read, measured, and closed when the film is complete.

use m3u8_rs::MediaPlaylist as Parsed;

use crate::ffmpeg::INIT;
use crate::pieces::micros_of;
use crate::{Micros, Segments};

/// By so much a segment's place in the playlist is later than its decode time. More than any rounding, and far less than
/// what people can see: it is also the difference between those who enter at the start and those who enter later.
const LEAD: Micros = Micros(100);

/// The text is not a media playlist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a media playlist")]
pub struct PlaylistError;

/// A media playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaPlaylist {
    parsed: Parsed,
}

/// One segment of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its file, beside the playlist.
    pub file: String,
    /// How long it is.
    pub duration: Micros,
}

/// What a rendition costs, in bits per second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bandwidth {
    /// Of its largest segment.
    pub peak: u64,
    /// Over all of it.
    pub average: u64,
}

impl std::ops::Add for Bandwidth {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { peak: self.peak + other.peak, average: self.average + other.average }
    }
}

impl MediaPlaylist {
    /// Reads one.
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(text: &str) -> Result<Self, PlaylistError> {
        let parsed = m3u8_rs::parse_media_playlist_res(text.as_bytes()).map_err(|_| PlaylistError)?;
        Ok(Self { parsed })
    }

    /// The playlist as players get it, given when each segment's decoding starts, and once it is complete when the last one's
    /// ends.
    ///
    /// Lengths are not FFmpeg's, which come from when pictures are shown. Players take the difference between a segment's
    /// decode time and its place in the playlist for the film's offset, each from the segment at which it entered; the
    /// two wander apart by a tick or, in Matroska, by a millisecond. So places are made from decode times here, and
    /// [`LEAD`] is added: an offset of one tick the other way puts the film's first picture before zero, where Chromium
    /// drops it with all that need it.
    pub fn for_players(&self, decode_starts: &[Micros]) -> String {
        let mut lengths: Vec<Micros> = self.segments().map(|segment| segment.duration).collect();
        let mut place = Micros::ZERO;
        for (length, next) in lengths.iter_mut().zip(decode_starts.iter().skip(1)) {
            let next_place = (*next + LEAD).max(place + Micros(1));
            *length = next_place - place;
            place = next_place;
        }
        let longest = lengths.iter().map(|length| length.seconds().round() as u64).max().unwrap_or(0);
        let lines = self.segments().map(|segment| segment.file).zip(lengths);
        playlist_text(longest.max(self.parsed.target_duration).max(1), self.is_complete(), lines)
    }

    /// The playlist of a rung whose segments were planned, with the first `listed` of them. All may be listed before they
    /// are there: whoever delivers them waits until they are made.
    pub fn planned(segments: &Segments, listed: usize, complete: bool) -> String {
        let place = |number: usize| match number {
            0 => Micros::ZERO,
            _ if number < segments.count() => micros_of(segments.start(number)) + LEAD,
            _ => micros_of(segments.end()).max(micros_of(segments.start(number - 1)) + LEAD + Micros(1)),
        };
        let length = |number: usize| place(number + 1) - place(number);
        let longest = (0..segments.count()).map(|number| length(number).seconds().round() as u64).max().unwrap_or(0);
        let lines = (0..listed.min(segments.count())).map(|number| (segment_file(number), length(number)));
        playlist_text(longest.max(1), complete, lines)
    }

    /// Its segments, in order.
    pub fn segments(&self) -> impl Iterator<Item = Segment> + '_ {
        self.parsed.segments.iter().map(|segment| Segment {
            file: segment.uri.clone(),
            duration: Micros::from_seconds(f64::from(segment.duration)),
        })
    }

    /// Nothing will be added to it.
    pub fn is_complete(&self) -> bool {
        self.parsed.end_list
    }

    /// How long all segments are together.
    pub fn duration(&self) -> Micros {
        self.segments().fold(Micros::ZERO, |sum, segment| sum + segment.duration)
    }

    /// What it costs, given the bytes of each segment in order.
    pub fn bandwidth(&self, sizes: &[u64]) -> Bandwidth {
        let rate = |bytes: u64, time: Micros| (bytes as f64 * 8.0 / time.seconds().max(0.001)).ceil() as u64;
        let peak = self.segments().zip(sizes).map(|(segment, bytes)| rate(*bytes, segment.duration)).max();
        Bandwidth { peak: peak.unwrap_or(0), average: rate(sizes.iter().sum(), self.duration()) }
    }
}

/// The file of a segment, in its rendition's folder.
pub fn segment_file(number: usize) -> String {
    format!("{number:05}.m4s")
}

/// The number of a segment, given its file.
pub fn segment_number(file: &str) -> Option<usize> {
    let number =
        file.strip_suffix(".m4s").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    (segment_file(number) == file).then_some(number)
}

fn playlist_text(longest: u64, complete: bool, segments: impl Iterator<Item = (String, Micros)>) -> String {
    let kind = if complete { "VOD" } else { "EVENT" };
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{longest}\n#EXT-X-MEDIA-SEQUENCE:0\n\
         #EXT-X-PLAYLIST-TYPE:{kind}\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"{INIT}\"\n",
    );
    for (file, length) in segments {
        text.push_str(&format!("#EXTINF:{length},\n{file}\n"));
    }
    if complete {
        text.push_str("#EXT-X-ENDLIST\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GROWING: &str = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n\
        #EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:6.006000,\n00000.m4s\n#EXTINF:3.003000,\n00001.m4s\n";

    // TRN-1
    #[test]
    fn what_a_rendition_costs_is_measured_from_its_segments() {
        let playlist = MediaPlaylist::parse(GROWING).unwrap();
        assert_eq!(playlist.duration(), Micros(9_009_000));
        let bandwidth = playlist.bandwidth(&[750_750, 600_600]);
        assert_eq!(bandwidth, Bandwidth { peak: 1_600_000, average: 1_200_000 });
    }

    // SYNC-1
    #[test]
    fn a_segment_s_place_is_its_decode_time_and_a_little_more() {
        let playlist = MediaPlaylist::parse(&format!("{GROWING}#EXTINF:2.000000,\n00002.m4s\n")).unwrap();
        let text = playlist.for_players(&[Micros(0), Micros(6_006_012), Micros(9_008_001)]);
        let lengths: Vec<Micros> = MediaPlaylist::parse(&text).unwrap().segments().map(|it| it.duration).collect();
        assert_eq!(lengths, [Micros(6_006_112), Micros(3_001_989), Micros(2_000_000)]);
    }

    // TRN-3
    #[test]
    fn a_playlist_is_an_event_while_it_grows_and_a_film_on_demand_when_it_is_complete() {
        let starts = [Micros(0), Micros(6_006_000)];
        let growing = MediaPlaylist::parse(GROWING).unwrap().for_players(&starts);
        assert!(growing.contains("#EXT-X-PLAYLIST-TYPE:EVENT\n") && !growing.contains("ENDLIST"), "{growing}");
        let complete = MediaPlaylist::parse(&format!("{GROWING}#EXT-X-ENDLIST\n")).unwrap().for_players(&starts);
        assert!(
            complete.contains("#EXT-X-PLAYLIST-TYPE:VOD\n") && complete.ends_with("#EXT-X-ENDLIST\n"),
            "{complete}"
        );
    }

    proptest! {
        // SYNC-1, HLS-1
        #[test]
        fn whatever_the_decode_times_players_get_a_valid_playlist_that_never_runs_before_them(
            gaps in proptest::collection::vec(1_000i64..12_000_000, 1..40)
        ) {
            let mut text = GROWING.lines().take(6).map(|line| format!("{line}\n")).collect::<String>();
            let (mut starts, mut at) = (Vec::new(), 0);
            for (number, gap) in gaps.iter().enumerate() {
                text.push_str(&format!("#EXTINF:6.000000,\n{number:05}.m4s\n"));
                starts.push(Micros(at));
                at += gap;
            }
            let listed = MediaPlaylist::parse(&MediaPlaylist::parse(&text).unwrap().for_players(&starts)).unwrap();
            let mut place = Micros::ZERO;
            for (segment, start) in listed.segments().zip(&starts) {
                prop_assert!(place >= *start && place - *start <= LEAD);
                prop_assert!(segment.duration.seconds().round() as u64 <= listed.parsed.target_duration);
                place = place + segment.duration;
            }
        }
    }

    // TRN-3, SYNC-1
    #[test]
    fn planned_segments_are_listed_before_they_are_there_and_keep_their_places() {
        let segments = Segments::even(crate::Ratio::new(24_000, 1_001), 6, Micros::from_seconds(20.0));
        let growing = MediaPlaylist::planned(&segments, 2, false);
        assert!(growing.contains("#EXT-X-PLAYLIST-TYPE:EVENT\n") && !growing.contains("ENDLIST"), "{growing}");
        let complete = MediaPlaylist::planned(&segments, 4, true);
        assert!(
            complete.contains("#EXT-X-PLAYLIST-TYPE:VOD\n") && complete.ends_with("#EXT-X-ENDLIST\n"),
            "{complete}"
        );
        let lengths =
            |text: &str| MediaPlaylist::parse(text).unwrap().segments().map(|it| it.duration).collect::<Vec<_>>();
        assert_eq!(lengths(&growing), lengths(&complete)[..2]);
        assert_eq!(lengths(&growing), [Micros(6_006_100), Micros(6_006_000)]);
        assert_eq!(
            (segment_number("00017.m4s"), segment_number("17.m4s"), segment_number("init.mp4")),
            (Some(17), None, None)
        );
    }

    #[test]
    fn other_text_is_not_a_playlist() {
        assert_eq!(MediaPlaylist::parse("<html>"), Err(PlaylistError));
    }
}
