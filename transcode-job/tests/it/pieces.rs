//! The encoded rungs come from many runs, and nobody can tell (TRN-3, TRN-7).

use std::path::{Path, PathBuf};

use rstest::rstest;
use syncwatch_media::PartReader;
use syncwatch_store::notices::{self, MakingNotice};
use syncwatch_transcode_job::{Event, Tools, TranscodeJob, TranscodeSettings, transcode};
use tokio_util::sync::CancellationToken;

use crate::deleting::until_there;
use crate::films::{Film, STANDARD, remade};
use crate::house::{House, encoding_does, until};
use crate::pictures::{beeps, pictures};
use crate::studio::{settings, tools, transcoded_with};

const RUNGS: [&str; 3] = ["240p", "160p", "120p"];

/// Segments of two seconds, four seconds to a run.
fn small_pieces() -> TranscodeSettings {
    let mut settings = settings();
    settings.ladder.segment_seconds = 2;
    settings.piece_seconds = 4;
    settings
}

/// What a rung shows, frame by frame: each one once, in order, on the grid of the rate; and each segment begins where the
/// others' do, with a keyframe.
fn assert_seamless(output: &Path, frames: u32, rate: f64) {
    let mut starts = Vec::new();
    for rung in RUNGS {
        let folder = output.join(rung);
        let shown = pictures(&folder);
        let numbers: Vec<u32> = shown.iter().map(|picture| picture.number).collect();
        assert_eq!(numbers, (0..frames).collect::<Vec<_>>(), "{rung} shows each picture once, in order");
        for picture in shown {
            let ideal = f64::from(picture.number) / rate;
            assert!((picture.at - ideal).abs() < 0.000_05, "{rung} shows {picture:?} instead of at {ideal}");
        }
        starts.push(starts_of(&folder));
    }
    assert!(starts.windows(2).all(|pair| pair[0] == pair[1]), "{starts:?}");
}

/// Where the segments of a rung begin, in ticks; each must begin with a keyframe and where the one before it ends.
fn starts_of(folder: &Path) -> Vec<u64> {
    let (mut starts, mut end) = (Vec::new(), 0);
    for number in 0.. {
        let Ok(bytes) = std::fs::read(folder.join(format!("{number:05}.m4s"))) else { break };
        let mut reader = PartReader::default();
        reader.feed(&bytes);
        for place in 0.. {
            let Some(part) = reader.next_part().unwrap() else { break };
            assert!(part.begins_with_keyframe, "{} part {place} of {number}", folder.display());
            assert!(part.start.abs_diff(end) <= 2, "{}: {} after {end}", folder.display(), part.start);
            if place == 0 {
                starts.push(part.start);
            }
            end = part.end();
        }
    }
    starts
}

fn hidden_files(output: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(output).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with('.')).collect()
}

// TRN-7, SYNC-1
#[rstest]
#[case::few_keyframes("pieces-gop.mp4", "24", 24.0, "-preset ultrafast -bf 3 -g 600")]
#[case::film_rate("pieces-ntsc.mp4", "24000/1001", 24_000.0 / 1_001.0, "-preset ultrafast -bf 2 -g 600")]
#[case::open_groups(
    "pieces-open.mp4",
    "25",
    25.0,
    "-preset veryfast -bf 3 -x264-params open-gop=1:keyint=180:min-keyint=180:scenecut=0"
)]
#[tokio::test]
async fn pieces_of_a_film_that_is_encoded_meet_without_a_seam(
    #[case] name: &'static str,
    #[case] rate: &'static str,
    #[case] fps: f64,
    #[case] groups: &'static str,
) {
    let options = format!("-c:v libx264 {groups} -pix_fmt yuv420p -c:a aac -ac 2").leak();
    let film = Film { name, rate, options, ..STANDARD };
    let film = transcoded_with(&film.file(), &tools(), &small_pieces(), &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.names(), RUNGS, "{:?}", film.plan().decisions);
    assert_seamless(&film.output, (14.0 * fps).round() as u32, fps);
    for beep in beeps(&film.output.join("audio-1")).into_iter().skip(1) {
        assert!((beep - beep.round()).abs() < 0.005, "a beep at {beep}");
    }
    assert_eq!(hidden_files(&film.output), [] as [PathBuf; 0], "nothing is left of the work");
}

// TRN-7, SYNC-1
#[rstest]
#[case::matroska("pieces-late.mkv", "-itsoffset 3600", "-c copy -copyts")]
#[case::mp4("pieces-late.mp4", "-itsoffset 0.7", "-c copy")]
#[tokio::test]
async fn pieces_of_a_film_that_starts_late_meet_without_a_seam(
    #[case] name: &str,
    #[case] before: &str,
    #[case] after: &str,
) {
    let film = Film {
        name: "pieces-gop.mp4",
        options: "-c:v libx264 -preset ultrafast -bf 3 -g 600 -pix_fmt yuv420p -c:a aac -ac 2",
        ..STANDARD
    };
    let film = remade(&film.file(), name, before, after);
    let film = transcoded_with(&film, &tools(), &small_pieces(), &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.names(), RUNGS, "{:?}", film.plan().decisions);
    assert_seamless(&film.output, 14 * 24, 24.0);
}

// TRN-7, SYNC-1
#[tokio::test]
async fn pieces_of_a_copied_film_meet_where_it_was_cut() {
    let film = transcoded_with(&STANDARD.file(), &tools(), &small_pieces(), &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.names()[0], "source");
    assert_seamless(&film.output, 14 * 24, 24.0);
    assert_eq!(film.cuts("240p").len(), film.cuts("source").len());
}

/// A film whose runs take a little while, so that they can be disturbed.
fn disturbed_film() -> PathBuf {
    let options = "-c:v libx264 -preset ultrafast -bf 2 -g 600 -pix_fmt yuv420p -c:a aac -ac 2";
    Film { name: "pieces-disturbed.mp4", options, ..STANDARD }.file()
}

// TRN-6, TRN-7
#[tokio::test(flavor = "multi_thread")]
async fn wherever_the_work_is_killed_the_next_try_goes_on_and_the_film_comes_out_whole() {
    let (film, settings, tools) = (disturbed_film(), small_pieces(), tools());
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("1");
    let job = TranscodeJob { source: film, output: output.clone() };
    // Points spread over the whole work, from a fixed seed: after how many events the task is dropped in its tracks.
    let (mut seed, mut kills, mut made_before) = (7u64, 0, 0);
    for _ in 0..200 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let dies_after = 1 + (seed >> 33) % 9;
        let (events, mut heard) = tokio::sync::mpsc::channel(1);
        let (job, tools, settings) = (job.clone(), tools.clone(), settings.clone());
        let task =
            tokio::spawn(async move { transcode(&job, &tools, &settings, &events, &CancellationToken::new()).await });
        let mut count = 0;
        while count < dies_after && heard.recv().await.is_some() {
            count += 1;
        }
        if count == dies_after && !task.is_finished() {
            // As abrupt as a killed process: nothing is awaited, nothing tidied up; the children go with it.
            task.abort();
            let _ = task.await;
            kills += 1;
        } else {
            drop(heard);
            task.await.unwrap().unwrap();
            break;
        }
        let made = RUNGS.iter().map(|rung| segments_in(&output.join(rung))).sum();
        assert!(made >= made_before, "what was made stays: {made} after {made_before}");
        made_before = made;
    }
    assert!(kills >= 30, "it was killed {kills} times only");
    assert_seamless(&output, 14 * 24, 24.0);
}

fn segments_in(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "m4s")).count()
}

// TRN-6
#[tokio::test]
async fn a_piece_that_comes_out_otherwise_than_planned_is_not_published() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("ffmpeg");
    // Every run of pictures loses a frame on the way.
    let text = "#!/bin/sh\nfor a; do shift; case \"$a\" in *trim=start_pts=*) a=$(echo \"$a\" | sed 's/setpts=/select=not(eq(n\\\\,5)),setpts=/');; esac; set -- \"$@\" \"$a\"; done\nexec ffmpeg \"$@\"\n";
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let settings = small_pieces();
    let tools = Tools { ffmpeg: script, ..tools() };
    let film = transcoded_with(&disturbed_film(), &tools, &settings, &CancellationToken::new(), |_| {}).await;
    assert_eq!(film.error().code().as_str(), "internal", "{}", film.error());
    assert!(!film.output.join("120p/00000.m4s").exists());
    assert!(!film.events.iter().any(|event| matches!(event, Event::Playable { .. })));
}

// TRN-3
#[tokio::test(flavor = "multi_thread")]
async fn where_somebody_jumps_to_is_made_before_what_lies_between() {
    let house = House::new().await;
    let options = "-c:v libx264 -preset ultrafast -g 600 -pix_fmt yuv420p -c:a aac -ac 2";
    let film = Film { name: "pieces-long.mp4", size: (320, 180), seconds: 120, options, ..STANDARD };
    // Six times as fast as the film, whatever the machine: there is time to jump.
    let working = house.start(encoding_does(house.folder.path(), "exec ffmpeg -readrate 6 \"$@\""));
    let (id, mut topic) = house.upload(&film.file()).await;
    until(&mut topic, |view| view.playable).await;
    let rung = house.output(id, 1).join("120p");
    assert!(!rung.join("00017.m4s").exists());

    let wish = serde_json::to_vec(&MakingNotice::Wished { output: 1, segment: 17 }).unwrap();
    house.store.state.publish(&notices::making_topic(id), wish).await;

    until_there(&rung.join("00017.m4s")).await;
    assert!(rung.join("00000.m4s").exists() && !rung.join("00010.m4s").exists(), "what lies between comes later");
    let listed = std::fs::read_to_string(rung.join("index.m3u8")).unwrap();
    assert!(listed.contains("00010.m4s") && !listed.contains("ENDLIST"), "it is planned, and listed: {listed}");
    working.stop().await;
}

// TRN-6
#[tokio::test]
async fn what_another_encoder_had_begun_is_not_mixed_with_what_this_one_makes() {
    let folder = tempfile::tempdir().unwrap();
    let job = TranscodeJob { source: disturbed_film(), output: folder.path().join("1") };
    let (settings, cancel) = (small_pieces(), CancellationToken::new());
    // The first try is cancelled when something is there; then its first bytes become those of somebody else.
    let (events, mut heard) = tokio::sync::mpsc::channel(1);
    let listening = async {
        while let Some(event) = heard.recv().await {
            if matches!(event, Event::Grown) {
                cancel.cancel();
            }
        }
    };
    let working = async {
        let tried = transcode(&job, &tools(), &settings, &events, &cancel).await;
        drop(events);
        tried
    };
    let (tried, ()) = tokio::join!(working, listening);
    assert!(tried.unwrap_err().is_cancelled());
    let init = job.output.join("120p/init.mp4");
    let mut bytes = std::fs::read(&init).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&init, bytes).unwrap();

    for goes_well in [false, true] {
        let (events, mut heard) = tokio::sync::mpsc::channel(64);
        let (tools, cancel) = (tools(), CancellationToken::new());
        let working = transcode(&job, &tools, &settings, &events, &cancel);
        let listening = async { while heard.recv().await.is_some() {} };
        let tried =
            tokio::select! { tried = working => tried, () = listening => unreachable!("it is told to the end") };
        assert_eq!(tried.is_ok(), goes_well, "{tried:?}");
    }
    assert_seamless(&job.output, 14 * 24, 24.0);
}
