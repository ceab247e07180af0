//! Any usual input (TRN-2), and what is said about the result (TRN-1).

use rstest::rstest;
use syncwatch_media::{Micros, Size};
use syncwatch_transcode_job::Event;

use crate::films::{Film, STANDARD, remade};
use crate::pictures::{beeps, pictures};
use crate::studio::transcoded;

// TRN-1, TRN-3, TRN-4
#[tokio::test]
async fn a_compatible_film_is_playable_before_it_is_done_and_described_truthfully() {
    let film = transcoded(&STANDARD.file()).await;
    let names: Vec<_> = film.events.iter().map(kind).collect();
    let place = |wanted: &str| names.iter().position(|name| *name == wanted).unwrap_or_else(|| panic!("no {wanted}"));
    assert!(place("probed") < place("planned") && place("planned") < place("playable"));
    assert!(place("playable") < place("poster"));
    let first = film.events.iter().find_map(|event| match event {
        Event::Playable { renditions } => Some(renditions.iter().map(|rendition| rendition.name.as_str()).collect()),
        _ => None,
    });
    assert_eq!(first, Some(vec!["source"]), "the copied picture alone, at first");

    let master = film.text("master.m3u8");
    // The copied one as it is; the encoded ones High, at the levels that their sizes need.
    assert!(master.contains("RESOLUTION=640x360,FRAME-RATE=24.000,CODECS=\"avc1.4d401e,"), "{master}");
    assert!(master.contains("RESOLUTION=426x240,FRAME-RATE=24.000,CODECS=\"avc1.640015,"), "{master}");
    assert!(master.contains("mp4a.40.2\",AUDIO=\"audio\""), "{master}");
    assert!(film.text("source/index.m3u8").contains("#EXT-X-PLAYLIST-TYPE:VOD"));
    assert!(film.text("source/index.m3u8").ends_with("#EXT-X-ENDLIST\n"));
    assert_bandwidths_are_measured(&film.output, &master);

    let outcome = film.outcome();
    assert_eq!(outcome.size, Size { width: 640, height: 360 });
    assert!((outcome.duration - Micros::from_seconds(14.0)).abs() < Micros::from_ms(100));
    assert!(outcome.poster && outcome.size_bytes > 100_000);
    assert!(std::fs::read(film.output.join("poster.jpg")).unwrap().starts_with(&[0xff, 0xd8]));
}

fn kind(event: &Event) -> &'static str {
    match event {
        Event::Probed(_) => "probed",
        Event::Planned(_) => "planned",
        Event::Playable { .. } => "playable",
        Event::Grown => "grown",
        Event::Poster => "poster",
        Event::Subtitles(_) => "subtitles",
        Event::Thumbnails => "thumbnails",
        Event::Progress(_) => "progress",
        Event::Stalled { .. } => "stalled",
        Event::Recovered => "recovered",
    }
}

/// No segment of a rendition, with the largest of the sound, costs more than the master says.
fn assert_bandwidths_are_measured(output: &std::path::Path, master: &str) {
    let mut lines = master.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("#EXT-X-STREAM-INF:BANDWIDTH=") else { continue };
        let stated: f64 = rest.split(',').next().unwrap().parse().unwrap();
        let folder = output.join(lines.next().unwrap()).parent().unwrap().to_owned();
        let text = std::fs::read_to_string(folder.join("index.m3u8")).unwrap();
        let playlist = syncwatch_media::MediaPlaylist::parse(&text).unwrap();
        let peak = playlist
            .segments()
            .map(|segment| {
                let bytes = std::fs::metadata(folder.join(&segment.file)).unwrap().len();
                bytes as f64 * 8.0 / segment.duration.seconds()
            })
            .fold(0.0, f64::max);
        assert!(stated >= peak && stated <= peak + 400_000.0, "{line}: peak {peak}");
    }
}

// TRN-3
#[tokio::test]
async fn progress_only_grows_and_ends_at_one() {
    let film = transcoded(&STANDARD.file()).await;
    let fractions: Vec<f64> = film
        .events
        .iter()
        .filter_map(|event| if let Event::Progress(outlook) = event { Some(outlook.fraction) } else { None })
        .collect();
    assert!(fractions.is_sorted(), "{fractions:?}");
    assert_eq!(fractions.last(), Some(&1.0));
}

// TRN-2
#[tokio::test]
async fn a_film_taken_upright_stands_upright_and_is_bounded_by_its_short_side() {
    let film = remade(&STANDARD.file(), "upright.mp4", "", "-c copy -metadata:s:v:0 rotate=90");
    let film = transcoded(&film).await;
    assert_eq!(film.outcome().size, Size { width: 360, height: 640 });
    assert_eq!(film.names(), ["240p", "160p", "120p"]);
    assert_eq!(film.outcome().renditions[0].size, Size { width: 240, height: 426 });
    // Turned by FFmpeg, and only once: decoding the result gives the upright size without any further turning.
    let probe = std::process::Command::new("ffprobe")
        .args(["-v", "error", "-show_entries", "stream=width,height:stream_side_data=rotation", "-of", "csv=p=0"])
        .arg(film.output.join("240p/init.mp4"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(probe.stdout).unwrap().trim(), "240,426");
}

// TRN-2
#[tokio::test]
async fn a_film_without_sound_has_no_sound() {
    let film = Film { name: "silent.mp4", sound: false, seconds: 4, ..STANDARD };
    let film = transcoded(&film.file()).await;
    assert_eq!(film.names()[0], "source");
    assert!(!film.text("master.m3u8").contains("AUDIO"));
    assert!(!film.output.join("audio-1").exists());
}

// TRN-2
#[rstest]
#[case::five_one("surround.mp4", "-c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv420p -c:a aac -ac 6")]
#[case::matroska("surround.mkv", "-c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv420p -c:a ac3 -ac 6")]
#[tokio::test]
async fn surround_sound_is_mixed_down_beside_the_copied_picture(
    #[case] name: &'static str,
    #[case] options: &'static str,
) {
    let film = transcoded(&Film { name, options, ..STANDARD }.file()).await;
    assert_eq!(film.names()[0], "source");
    assert_eq!(film.report().audio[0].channels, 6);
    assert!(film.text("master.m3u8").contains("CHANNELS=\"2\""));
    for beep in beeps(&film.output.join("audio-1")).into_iter().skip(1) {
        assert!((beep - beep.round()).abs() < 0.005, "a beep at {beep}");
    }
}

// TRN-2
#[tokio::test]
async fn a_film_with_an_uneven_rate_becomes_even() {
    // Every second picture is missing in the first half.
    let film = Film {
        name: "uneven.mp4",
        seconds: 8,
        options: "-vf select='gt(t,4)+mod(n,2)' -fps_mode vfr -c:v libx264 -preset ultrafast -g 24 -pix_fmt yuv420p -c:a aac",
        ..STANDARD
    };
    let film = transcoded(&film.file()).await;
    assert_eq!(film.names(), ["240p", "160p", "120p"]);
    let shown = pictures(&film.output.join("240p"));
    let steps: Vec<f64> = shown.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    assert!(steps.iter().all(|step| (step - steps[0]).abs() < 0.001), "even steps");
    for picture in shown {
        // A missing picture is filled with its neighbour, so a number is off by at most the rate's rounding and one.
        let late = picture.at - f64::from(picture.number) / 24.0;
        assert!(late.abs() < 0.1, "{picture:?} is {late} s late");
    }
}

// TRN-2
#[rstest]
#[case::ten_bit("ten-bit.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p10le -c:a aac")]
#[case::chroma("full-chroma.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv444p -c:a aac")]
#[case::hevc(
    "hevc.mp4",
    "-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p -tag:v hvc1 -c:a aac"
)]
#[case::webm("film.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus")]
#[case::interlaced(
    "interlaced.mp4",
    "-c:v libx264 -preset ultrafast -flags +ilme+ildct -x264opts tff=1 -pix_fmt yuv420p -c:a aac"
)]
#[tokio::test]
async fn what_browsers_cannot_play_becomes_what_they_can(#[case] name: &'static str, #[case] options: &'static str) {
    let film = transcoded(&Film { name, seconds: 4, options, ..STANDARD }.file()).await;
    assert_eq!(film.names(), ["240p", "160p", "120p"], "{:?}", film.plan().decisions);
    let master = film.text("master.m3u8");
    assert!(master.matches("CODECS=\"avc1.").count() == 3, "{master}");
    let numbers: Vec<u32> = pictures(&film.output.join("240p")).iter().map(|picture| picture.number).collect();
    assert_eq!(numbers, (0..96).collect::<Vec<_>>());
}

// TRN-2
#[tokio::test]
async fn odd_sizes_lose_a_line_and_are_not_enlarged() {
    let film = Film {
        name: "odd.mkv",
        size: (201, 101),
        seconds: 3,
        options: "-c:v libx264 -preset ultrafast -pix_fmt yuv444p -c:a aac",
        ..STANDARD
    };
    let film = transcoded(&film.file()).await;
    assert_eq!(film.names(), ["100p"]);
    assert_eq!(film.outcome().renditions[0].size, Size { width: 200, height: 100 });
}
