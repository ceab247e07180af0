//! All renditions and the sound show the same moment of the film at the same time (SYNC-1). People compare picture numbers
//! across browsers that play different rungs, so this is measured on what comes out, not on what was asked for.

use std::collections::BTreeMap;

use rstest::rstest;

use crate::films::{Film, STANDARD, remade};
use crate::pictures::{beeps, decode_times, pictures};
use crate::studio::{Transcoded, transcoded};

/// Timestamps of 1/90000 s and of MP4's millisecond fields leave less than this.
const SAME: f64 = 0.002;
/// A beep's onset is blurred by the encoder's window.
const HEARD: f64 = 0.005;

/// Asserts that every picture of every rendition is shown when the film shows it, and returns how many were compared.
fn assert_in_step(film: &Transcoded, folders: &[&str], rate: f64) -> usize {
    let mut seen: BTreeMap<u32, f64> = BTreeMap::new();
    let mut compared = 0;
    for folder in folders {
        let shown = pictures(&film.output.join(folder));
        assert!(!shown.is_empty(), "{folder} shows nothing");
        for picture in shown {
            let ideal = f64::from(picture.number) / rate;
            assert!((picture.at - ideal).abs() < SAME, "{folder} shows picture {picture:?} instead of at {ideal}");
            let elsewhere = *seen.entry(picture.number).or_insert(picture.at);
            assert!((picture.at - elsewhere).abs() < SAME, "{folder} shows {picture:?}, others at {elsewhere}");
            compared += 1;
        }
    }
    compared
}

fn assert_sound_in_step(film: &Transcoded, from: f64) {
    let heard = beeps(&film.output.join("audio-1"));
    let expected = heard.len();
    assert!(expected >= 10, "beeps at {heard:?}");
    for beep in heard.into_iter().filter(|beep| *beep >= from) {
        assert!((beep - beep.round()).abs() < HEARD, "a beep at {beep}");
    }
}

/// Players take the difference between a segment's decode time and its place in the playlist for the film's offset, from
/// whichever segment they enter at. It must be the same everywhere, and never move the film's first picture before zero.
fn assert_playlist_is_true(film: &Transcoded, folder: &str, timescale: f64) {
    let (written, real) = (film.cuts(folder), decode_times(&film.output.join(folder), timescale));
    assert_eq!(written.len(), real.len());
    for (written, real) in written.iter().zip(&real).skip(1) {
        let later = written - real;
        assert!((0.000_05..0.000_2).contains(&later), "{folder}: {written} in the playlist, {real} in the segment");
    }
}

/// Segments of both begin with the same picture.
fn assert_same_cuts(film: &Transcoded, one: &str, other: &str) {
    let (one_cuts, other_cuts) = (film.cuts(one), film.cuts(other));
    assert_eq!(one_cuts.len(), other_cuts.len(), "{one}: {one_cuts:?}, {other}: {other_cuts:?}");
    let differ = one_cuts.iter().zip(&other_cuts).any(|(one, other)| (one - other).abs() > SAME);
    assert!(!differ, "{one}: {one_cuts:?}, {other}: {other_cuts:?}");
}

// SYNC-1, TRN-3
#[tokio::test]
async fn the_copied_and_the_encoded_rungs_and_the_sound_are_in_step() {
    let film = transcoded(&STANDARD.file()).await;
    assert_eq!(film.names(), ["source", "240p", "160p", "120p"]);
    let compared = assert_in_step(&film, &["source", "240p", "160p", "120p"], 24.0);
    assert_eq!(compared, 4 * 14 * 24, "every rendition shows every picture");
    assert_sound_in_step(&film, 0.5);
    for folder in ["240p", "160p", "120p"] {
        assert_same_cuts(&film, folder, "source");
    }
    for folder in ["source", "240p", "160p", "120p"] {
        assert_playlist_is_true(&film, folder, 90_000.0);
    }
    assert_playlist_is_true(&film, "audio-1", 48_000.0);
}

// SYNC-1
#[tokio::test]
async fn a_film_with_keyframes_at_odd_places_is_cut_there_in_all_rungs() {
    let film = Film {
        name: "odd-keyframes.mp4",
        options: "-c:v libx264 -preset ultrafast -bf 3 -g 77 -pix_fmt yuv420p -force_key_frames 1.5,2.25,7.5,8,11.125 \
                  -c:a aac -ac 2",
        ..STANDARD
    };
    let film = transcoded(&film.file()).await;
    assert_eq!(film.names(), ["source", "240p", "160p", "120p"]);
    assert_in_step(&film, &["source", "240p", "160p", "120p"], 24.0);
    assert_same_cuts(&film, "120p", "source");
    assert!(film.cuts("source").len() >= 2, "{:?}", film.cuts("source"));
    assert_playlist_is_true(&film, "source", 90_000.0);
}

// SYNC-1, TRN-2
#[rstest]
#[case::film_rate("ntsc-film.mp4", "24000/1001", 24_000.0 / 1_001.0)]
#[case::sixty("sixty.mp4", "60", 60.0)]
#[tokio::test]
async fn uneven_fractions_of_a_second_stay_in_step(
    #[case] name: &'static str,
    #[case] rate: &'static str,
    #[case] fps: f64,
) {
    let film = transcoded(&Film { name, rate, ..STANDARD }.file()).await;
    assert_eq!(film.names()[0], "source");
    assert_in_step(&film, &["source", "240p", "160p", "120p"], fps);
    assert_sound_in_step(&film, 0.5);
    assert_same_cuts(&film, "120p", "source");
    for folder in ["source", "120p"] {
        assert_playlist_is_true(&film, folder, 90_000.0);
    }
}

// SYNC-1, TRN-2
#[tokio::test]
async fn encoded_rungs_of_a_film_that_cannot_be_copied_are_in_step() {
    let film = Film {
        name: "long-gop.mp4",
        options: "-c:v libx264 -preset ultrafast -bf 2 -g 250 -pix_fmt yuv420p -c:a aac -ac 2",
        ..STANDARD
    };
    let film = transcoded(&film.file()).await;
    assert_eq!(film.names(), ["240p", "160p", "120p"]);
    let compared = assert_in_step(&film, &["240p", "160p", "120p"], 24.0);
    assert_eq!(compared, 3 * 14 * 24);
    assert_sound_in_step(&film, 0.5);
    let cuts: Vec<f64> = film.cuts("240p").iter().map(|cut| cut.round()).collect();
    assert_eq!(cuts, [0.0, 6.0, 12.0]);
    assert_same_cuts(&film, "120p", "240p");
    for folder in ["240p", "160p", "120p"] {
        assert_playlist_is_true(&film, folder, 90_000.0);
    }
}

// SYNC-1
#[rstest]
#[case::matroska("standard.mkv", "", "-c copy")]
#[case::fragmented("fragmented.mp4", "", "-c copy -movflags frag_keyframe+empty_moov")]
#[case::quicktime("standard.mov", "", "-c copy -f mov")]
#[case::late("late.mp4", "-itsoffset 0.7", "-c copy")]
#[tokio::test]
async fn wherever_a_file_starts_its_first_picture_is_at_zero(
    #[case] name: &str,
    #[case] before: &str,
    #[case] after: &str,
) {
    let film = transcoded(&remade(&STANDARD.file(), name, before, after)).await;
    assert_eq!(film.names(), ["source", "240p", "160p", "120p"]);
    assert_in_step(&film, &["source", "240p", "160p", "120p"], 24.0);
    assert_sound_in_step(&film, 0.5);
    assert_same_cuts(&film, "120p", "source");
    assert_playlist_is_true(&film, "source", 90_000.0);
}

// SYNC-1
#[tokio::test]
async fn sound_that_starts_later_than_the_picture_is_filled_and_stays_in_step() {
    // The sound's first 1.3 seconds are missing; what is there keeps its place.
    let film = Film {
        name: "late-sound.mp4",
        options: "-c:v libx264 -preset ultrafast -bf 2 -g 48 -pix_fmt yuv420p \
        -af atrim=start=1.3 -c:a aac -ac 2",
        ..STANDARD
    };
    let film = transcoded(&film.file()).await;
    assert_in_step(&film, &["source", "120p"], 24.0);
    assert_sound_in_step(&film, 1.5);
    assert!(beeps(&film.output.join("audio-1"))[0] > 1.5);
}
