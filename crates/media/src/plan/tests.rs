//! What becomes of which film.

use proptest::prelude::*;
use rstest::rstest;
use syncwatch_protocol::Code;

use super::*;
use crate::{AudioStream, Colour, GroupScan, KeyframeScan, SubtitleStream, Transfer};

/// A film as most people have it.
fn film() -> ProbeReport {
    ProbeReport {
        container: Container::Mp4,
        size_bytes: 60_000_000,
        start: Micros::ZERO,
        duration: Micros::from_seconds(60.0),
        readable_until: Micros::from_seconds(60.0),
        video: vec![picture()],
        audio: vec![sound()],
        subtitles: Vec::new(),
        chapters: 0,
        others: 0,
    }
}

fn picture() -> VideoStream {
    VideoStream {
        index: 0,
        codec: "h264".to_owned(),
        profile: "High".to_owned(),
        pixel_format: "yuv420p".to_owned(),
        width: 1920,
        height: 1080,
        sample_aspect: Ratio::ONE,
        rotation: 0,
        average_rate: Ratio::new(24, 1),
        base_rate: Ratio::new(24, 1),
        interlaced: false,
        transfer: Transfer::Standard,
        start: Micros::ZERO,
        end: Micros::from_seconds(60.0),
        clean_start: true,
        bit_rate: Some(8_000_000),
        keyframes: KeyframeScan { seen: 30, longest_gap: Micros::from_seconds(2.0), closed: true, complete: true },
        groups: GroupScan { keyframes: 9, longest_step: Micros(41_667), ..GroupScan::default() },
        colour: Colour::default(),
        title: None,
        default: true,
        cover: false,
    }
}

fn sound() -> AudioStream {
    AudioStream {
        index: 1,
        codec: "aac".to_owned(),
        profile: "Low".to_owned(),
        channels: 2,
        sample_rate: 48_000,
        language: None,
        first_packet: Micros(-21_333),
        title: None,
        default: true,
        commentary: false,
        describes: false,
        decodable: true,
        bit_rate: Some(128_000),
    }
}

fn planned(change: impl FnOnce(&mut ProbeReport)) -> Plan {
    let mut report = film();
    change(&mut report);
    plan(&report, &LadderSettings::default()).expect("the film is taken")
}

fn refused(change: impl FnOnce(&mut ProbeReport)) -> Rejection {
    let mut report = film();
    change(&mut report);
    plan(&report, &LadderSettings::default()).expect_err("the film is refused")
}

fn rung_names(plan: &Plan) -> Vec<&str> {
    plan.encoded.iter().flat_map(|ladder| &ladder.rungs).map(|rung| rung.name.as_str()).collect()
}

// TRN-3
#[test]
fn a_compatible_film_is_copied_and_the_ladder_keeps_its_frames_and_cuts() {
    let plan = planned(|_| {});
    let copied = plan.copied.unwrap();
    assert_eq!((copied.size, copied.rate), (Size { width: 1920, height: 1080 }, Ratio::new(24, 1)));
    assert_eq!(rung_names(&plan), ["720p", "480p", "360p"]);
    let ladder = plan.encoded.unwrap();
    assert_eq!(ladder.timing, FrameTiming::AsSource(Ratio::new(24, 1)));
    assert_eq!(ladder.keyframes, Keyframing::AsSource);
    assert!(matches!(plan.audio[0].work, AudioWork::Copy { shift } if shift.abs() < Micros(2)));
}

// TRN-2, TRN-3
#[rstest]
#[case::codec(|v: &mut VideoStream| v.codec = "hevc".to_owned(), "hevc")]
#[case::profile(|v: &mut VideoStream| v.profile = "High10".to_owned(), "High10")]
#[case::ten_bit(|v: &mut VideoStream| v.pixel_format = "yuv420p10le".to_owned(), "yuv420p10le")]
#[case::chroma(|v: &mut VideoStream| v.pixel_format = "yuv444p".to_owned(), "yuv444p")]
#[case::hdr(|v: &mut VideoStream| v.transfer = Transfer::Pq, "dynamic range")]
#[case::interlaced(|v: &mut VideoStream| v.interlaced = true, "interlaced")]
#[case::rotated(|v: &mut VideoStream| v.rotation = 90, "90 degrees")]
#[case::pixels(|v: &mut VideoStream| v.sample_aspect = Ratio::new(4, 3), "square")]
#[case::level(|v: &mut VideoStream| { v.width = 3840; v.height = 2160; }, "level 4.2")]
#[case::cut(|v: &mut VideoStream| v.clean_start = false, "inside a group")]
#[case::uneven(|v: &mut VideoStream| v.average_rate = Ratio::new(22, 1), "varies")]
#[case::long_gop(|v: &mut VideoStream| v.keyframes.longest_gap = Micros::from_seconds(8.4), "apart")]
#[case::open(|v: &mut VideoStream| v.keyframes.closed = false, "pictures from before")]
#[case::open_groups(|v: &mut VideoStream| v.groups.open = 2, "open groups")]
#[case::recovery_points(|v: &mut VideoStream| v.groups.recovery_points = 1, "recovery points")]
#[case::gap(|v: &mut VideoStream| v.groups.longest_step = Micros::from_seconds(0.9), "no picture for")]
#[case::no_keyframe(|v: &mut VideoStream| v.keyframes.seen = 0, "apart")]
fn whatever_some_browser_cannot_play_is_encoded_and_the_reason_is_kept(
    #[case] change: fn(&mut VideoStream),
    #[case] because: &str,
) {
    let plan = planned(|film| change(&mut film.video[0]));
    assert_eq!(plan.copied, None);
    assert_eq!(rung_names(&plan), ["720p", "480p", "360p"]);
    let said = plan.decisions.iter().find(|decision| decision.choice == "picture encoded").unwrap();
    assert!(said.reason.contains(because), "{said}");
}

// TRN-2
#[test]
fn sound_that_goes_on_after_the_picture_belongs_to_the_film_and_not_to_its_picture() {
    let plan = planned(|film| film.video[0].end = Micros::from_seconds(40.0));
    assert_eq!(plan.film.duration, Micros::from_seconds(60.0));
    assert_eq!(plan.film.picture, Micros::from_seconds(40.0));
}

// TRN-3
#[test]
fn a_gap_that_still_rounds_into_a_six_second_segment_is_copied() {
    let plan = planned(|film| film.video[0].keyframes.longest_gap = Micros::from_seconds(6.4));
    assert!(plan.copied.is_some());
}

// TRN-1
#[test]
fn a_film_of_a_rungs_size_is_that_rung_when_it_costs_little_more() {
    let cheap = planned(|film| {
        (film.video[0].width, film.video[0].height) = (1280, 720);
        film.video[0].bit_rate = Some(3_500_000);
    });
    assert_eq!(rung_names(&cheap), ["480p", "360p"]);
    let costly = planned(|film| {
        (film.video[0].width, film.video[0].height) = (1280, 720);
        film.video[0].bit_rate = Some(12_000_000);
    });
    assert_eq!(rung_names(&costly), ["720p", "480p", "360p"]);
}

// TRN-1
#[test]
fn a_tiny_film_is_not_enlarged() {
    let copied = planned(|film| (film.video[0].width, film.video[0].height) = (320, 240));
    assert!(copied.encoded.is_none());
    let encoded = planned(|film| {
        (film.video[0].width, film.video[0].height) = (321, 241);
        film.video[0].codec = "vp9".to_owned();
    });
    assert_eq!(rung_names(&encoded), ["240p"]);
    assert_eq!(encoded.encoded.unwrap().rungs[0].size, Size { width: 320, height: 240 });
}

// TRN-2
#[test]
fn an_upright_film_is_bounded_by_its_short_side() {
    let plan = planned(|film| film.video[0].rotation = 90);
    assert_eq!(plan.film.size, Size { width: 1080, height: 1920 });
    assert_eq!(plan.encoded.unwrap().rungs[0].size, Size { width: 720, height: 1280 });
}

// TRN-2
#[test]
fn a_varying_rate_becomes_the_nearest_standard_one() {
    let plan = planned(|film| film.video[0].average_rate = Ratio::new(28_713, 1_000));
    assert_eq!(plan.encoded.unwrap().timing, FrameTiming::Constant(Ratio::new(30_000, 1_001)));
}

// TRN-2
#[test]
fn an_even_rate_of_an_encoded_film_is_kept() {
    let plan = planned(|film| {
        film.video[0].codec = "vp9".to_owned();
        (film.video[0].average_rate, film.video[0].base_rate) = (Ratio::new(15, 1), Ratio::new(15, 1));
    });
    assert_eq!(plan.encoded.unwrap().timing, FrameTiming::Constant(Ratio::new(15, 1)));
}

// TRN-2
#[rstest]
#[case::surround(|a: &mut AudioStream| a.channels = 6)]
#[case::opus(|a: &mut AudioStream| a.codec = "opus".to_owned())]
#[case::he_aac(|a: &mut AudioStream| a.profile = "HE".to_owned())]
#[case::studio(|a: &mut AudioStream| a.sample_rate = 96_000)]
#[case::late(|a: &mut AudioStream| a.first_packet = Micros::from_ms(400))]
#[case::beside(|a: &mut AudioStream| a.first_packet = Micros::from_ms(-30))]
fn sound_that_cannot_be_copied_in_step_is_encoded(#[case] change: fn(&mut AudioStream)) {
    let plan = planned(|film| change(&mut film.audio[0]));
    assert_eq!(plan.audio[0].work, AudioWork::Encode { kbps: 128 });
}

// SYNC-1: 2112 samples of silence, Apple's habit, leave a packet 64 samples before the film.
#[test]
fn copied_sound_is_moved_so_that_a_packet_starts_with_the_film() {
    let plan = planned(|film| film.audio[0].first_packet = Micros(-44_000));
    assert_eq!(plan.audio[0].work, AudioWork::Copy { shift: Micros(1_334) });
}

// SEC-3
#[test]
fn a_language_that_is_none_does_not_reach_the_playlist() {
    let evil = planned(|film| film.audio[0].language = Some("de\",URI=\"http://x".to_owned()));
    assert_eq!(evil.audio[0].language, None);
    let german = planned(|film| film.audio[0].language = Some("deu".to_owned()));
    assert_eq!(german.audio[0].language.as_deref(), Some("deu"));
}

/// Streams of sound in this order, each changed from the usual one.
fn with_sounds(changes: &[fn(&mut AudioStream)]) -> Plan {
    planned(|film| {
        let streams = changes.iter().enumerate().map(|(place, change)| {
            let mut stream = AudioStream { index: place + 1, default: false, ..sound() };
            change(&mut stream);
            stream
        });
        film.audio = streams.collect();
    })
}

fn said(plan: &Plan, choice: &str) -> String {
    let found = plan.decisions.iter().find(|decision| decision.choice == choice);
    found.unwrap_or_else(|| panic!("nothing was said of {choice:?}: {:?}", plan.decisions)).reason.clone()
}

// SRC-6
#[test]
fn each_language_and_each_commentary_is_a_track_with_a_name_of_its_own() {
    let plan = with_sounds(&[
        |s| s.language = Some("deu".to_owned()),
        |s| (s.language, s.default, s.codec) = (Some("eng".to_owned()), true, "ac3".to_owned()),
        |s| (s.language, s.title, s.commentary) = (Some("eng".to_owned()), Some("Director\"s cut".to_owned()), true),
    ]);
    let tracks: Vec<_> =
        plan.audio.iter().map(|track| (track.folder.as_str(), track.name.as_str(), track.index)).collect();
    assert_eq!(tracks, [("audio-1", "deu", 1), ("audio-2", "eng", 2), ("audio-3", "Director\u{2019}s cut", 3)]);
    assert_eq!(plan.audio.iter().map(|track| track.default).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(plan.audio.iter().map(|track| track.extra).collect::<Vec<_>>(), [false, false, true]);
    assert!(matches!(plan.audio[0].work, AudioWork::Copy { .. }));
    assert!(matches!(plan.audio[1].work, AudioWork::Encode { .. }));
}

// SRC-6
#[test]
fn the_same_sound_in_two_formats_is_one_track_and_the_one_that_can_be_copied_is_taken() {
    let plan = with_sounds(&[
        |s| (s.language, s.codec, s.channels) = (Some("deu".to_owned()), "ac3".to_owned(), 6),
        |s| s.language = Some("deu".to_owned()),
    ]);
    assert_eq!(plan.audio.iter().map(|track| track.index).collect::<Vec<_>>(), [2]);
    assert!(said(&plan, "sound of stream 1 left out").contains("same language"));
}

// TRN-2
#[test]
fn sound_that_cannot_be_decoded_is_left_out_and_the_rest_is_heard() {
    let plan = with_sounds(&[|s| (s.codec, s.decodable) = ("ac4".to_owned(), false), |_| {}]);
    assert_eq!(plan.audio.iter().map(|track| (track.index, track.default)).collect::<Vec<_>>(), [(2, true)]);
    assert_eq!(said(&plan, "sound of stream 1 left out"), "ac4 cannot be decoded");
    let silent = with_sounds(&[|s| s.decodable = false]);
    assert_eq!(silent.audio, []);
    assert_eq!(said(&silent, "no sound"), "there is none that can be heard");
}

// SRC-6
#[test]
fn of_too_many_tracks_the_marked_one_stays_and_commentaries_go_first() {
    let plan = planned(|film| {
        let track = |place: usize| AudioStream {
            index: place + 1,
            title: Some(format!("track {place}")),
            default: place == 11,
            commentary: place == 2,
            ..sound()
        };
        film.audio = (0..12).map(track).collect();
    });
    let kept: Vec<_> = plan.audio.iter().map(|track| track.index).collect();
    assert_eq!(kept, [1, 2, 4, 5, 6, 7, 8, 12]);
    assert!(plan.audio[7].default);
    for index in [3, 9, 10, 11] {
        assert_eq!(said(&plan, &format!("sound of stream {index} left out")), "there are more than 8 tracks");
    }
}

// SRC-6
#[test]
fn subtitles_of_text_are_offered_and_pictures_of_text_are_named_as_left_out() {
    let plan = planned(|film| {
        let stream = |index: usize, codec: &str, language: &str| SubtitleStream {
            index,
            codec: codec.to_owned(),
            language: Some(language.to_owned()),
            title: None,
            default: true,
            forced: index == 4,
            hearing_impaired: false,
        };
        film.subtitles = vec![
            stream(2, "subrip", "deu"),
            stream(3, "hdmv_pgs_subtitle", "eng"),
            stream(4, "ass", "deu"),
            stream(5, "mov_text", "fra"),
        ];
    });
    let tracks: Vec<_> =
        plan.subtitles.iter().map(|it| (it.folder.as_str(), it.index, it.name.as_str(), it.work)).collect();
    assert_eq!(
        tracks,
        [
            ("subtitles-1", 2, "deu", SubtitleWork::CopySubRip),
            ("subtitles-2", 4, "deu 2", SubtitleWork::CopyAss),
            ("subtitles-3", 5, "fra", SubtitleWork::ToSubRip),
        ]
    );
    assert_eq!(plan.subtitles.iter().filter(|track| track.default).count(), 1);
    assert!(plan.subtitles[1].forced);
    assert_eq!(said(&plan, "subtitles of stream 3 left out"), "hdmv_pgs_subtitle is pictures of text, not text, eng");
    assert!(said(&plan, "subtitles of stream 4 converted").contains("lost"));
}

// TRN-1
#[test]
fn rungs_of_a_very_wide_film_do_not_repeat() {
    let plan = planned(|film| {
        (film.video[0].width, film.video[0].height) = (8192, 820);
        film.video[0].codec = "vp9".to_owned();
    });
    assert_eq!(rung_names(&plan), ["410p", "360p"]);
}

// TRN-2
#[test]
fn a_silent_film_stays_silent_and_cover_art_is_not_the_film() {
    let plan = planned(|film| {
        film.audio.clear();
        film.video.insert(0, VideoStream { index: 2, cover: true, codec: "mjpeg".to_owned(), ..picture() });
    });
    assert_eq!(plan.audio, []);
    assert_eq!(plan.source.video_index, 0);
}

// UPL-2
#[test]
fn a_film_that_starts_late_is_not_taken_for_a_truncated_one() {
    let plan = planned(|film| {
        (film.start, film.video[0].start) = (Micros::from_seconds(5.0), Micros::from_seconds(5.0));
        (film.duration, film.readable_until) = (Micros::from_seconds(65.0), Micros::from_seconds(65.0));
        film.audio.clear();
    });
    assert_eq!(plan.film.duration, Micros::from_seconds(60.0));
}

// UPL-2
#[test]
fn what_is_not_a_film_or_not_whole_or_too_long_is_refused_with_its_code() {
    assert_eq!(refused(|film| film.video.clear()).code(), Code::UnsupportedFormat);
    assert_eq!(refused(|film| film.duration = Micros::from_seconds(10_801.0)).code(), Code::TooLong);
    assert_eq!(refused(|film| film.readable_until = Micros::from_seconds(31.0)).code(), Code::Unreadable);
    assert_eq!(refused(|film| film.duration = Micros::ZERO).code(), Code::Unreadable);
    assert_eq!(refused(|film| film.video[0].width = 4).code(), Code::UnsupportedFormat);
}

prop_compose! {
    fn any_picture()(
        width in 16u32..5000, height in 16u32..5000, rotation in prop::sample::select(vec![0u16, 90, 180, 270]),
        aspect in (1u32..30, 1u32..30), fps in (1u32..240_000, prop::sample::select(vec![1u32, 1_000, 1_001])),
        codec in prop::sample::select(vec!["h264", "hevc", "vp9"]), gap in 0i64..12_000_000, bits in any::<u32>(),
        start in -1_000_000i64..1_000_000,
    ) -> VideoStream {
        VideoStream {
            width, height, rotation, codec: codec.to_owned(), bit_rate: Some(u64::from(bits)),
            sample_aspect: Ratio::new(aspect.0, aspect.1),
            average_rate: Ratio::new(fps.0, fps.1), base_rate: Ratio::new(fps.0, fps.1),
            keyframes: KeyframeScan { seen: 9, longest_gap: Micros(gap), closed: true, complete: true },
            start: Micros(start), ..picture()
        }
    }
}

proptest! {
    // TRN-1
    #[test]
    fn whatever_the_picture_rungs_are_even_smaller_than_it_and_named_once(video in any_picture()) {
        let (width, height) = (video.width, video.height);
        let turned = video.rotation % 180 == 90;
        let mut report = film();
        report.video = vec![video];
        let Ok(plan) = plan(&report, &LadderSettings::default()) else { return Ok(()) };
        let (width, height) = if turned { (height, width) } else { (width, height) };
        prop_assert!(plan.film.size.width <= width && plan.film.size.height <= height);
        prop_assert!(plan.copied.is_some() || plan.encoded.is_some(), "nothing to watch");
        let rungs = plan.encoded.map(|ladder| ladder.rungs).unwrap_or_default();
        for rung in &rungs {
            prop_assert!(rung.size.width <= plan.film.size.width && rung.size.height <= plan.film.size.height);
            prop_assert!(rung.size.width.is_multiple_of(2) && rung.size.height.is_multiple_of(2));
        }
        let mut names: Vec<_> = rungs.iter().map(|rung| &rung.name).collect();
        names.dedup();
        prop_assert_eq!(names.len(), rungs.len());
    }

    // SYNC-1
    #[test]
    fn copied_sound_is_never_moved_by_more_than_five_milliseconds(first in -200_000i64..200_000, start in -50_000i64..50_000) {
        let plan = planned(|film| {
            film.audio[0].first_packet = Micros(first);
            film.video[0].start = Micros(start);
        });
        if let AudioWork::Copy { shift } = plan.audio[0].work {
            prop_assert!(shift.abs() <= Micros::from_ms(5));
            let moved = first - start + shift.0;
            prop_assert!(moved.rem_euclid(21_333) <= 20 || moved.rem_euclid(21_333) >= 21_313, "no packet at zero");
        }
    }
}
