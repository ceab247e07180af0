//! What the commands contain; what they do is tested where FFmpeg runs.

use super::*;
use crate::ladder::Size;
use crate::plan::{AudioWork, CopiedRung, Keyframing};
use crate::{AudioPlan, Container, FilmFacts, Ratio};

fn plan() -> Plan {
    let rung = |name: &str, width, height| EncodedRung {
        name: name.to_owned(),
        size: Size { width, height },
        max_kbps: 3_000,
        crf: 22,
    };
    Plan {
        film: FilmFacts {
            duration: Micros::from_seconds(60.0),
            picture: Micros::from_seconds(60.0),
            size: Size { width: 1920, height: 1080 },
        },
        source: SourceMap {
            container: Container::Mp4,
            video_index: 1,
            file_start: Micros(-21_333),
            film_start: Micros(83_333),
        },
        copied: Some(CopiedRung {
            size: Size { width: 1920, height: 1080 },
            rate: Ratio::new(24, 1),
            expected_bps: 8_000_000,
        }),
        encoded: Some(EncodedLadder {
            rungs: vec![rung("720p", 1280, 720), rung("480p", 854, 480)],
            timing: FrameTiming::AsSource(Ratio::new(24, 1)),
            keyframes: Keyframing::AsSource,
            deinterlace: false,
            tone_map: false,
        }),
        audio: vec![track(1, 0, AudioWork::Copy { shift: Micros(500) })],
        subtitles: Vec::new(),
        decisions: Vec::new(),
    }
}

fn track(number: usize, index: usize, work: AudioWork) -> AudioPlan {
    AudioPlan {
        folder: format!("audio-{number}"),
        index,
        language: None,
        name: format!("track {number}"),
        default: number == 1,
        extra: false,
        channels: 2,
        work,
    }
}

fn text(run: &Run) -> String {
    run.arguments.join(" ")
}

fn segments() -> Segments {
    Segments::even(Ratio::new(24, 1), 6, Micros::from_seconds(60.0))
}

/// The run that makes some segments of all rungs.
fn piece(plan: &Plan, input: &Path, segments: std::ops::Range<usize>) -> Run {
    let piece = Piece { rungs: vec![0, 1], segments };
    piece_run(plan, &LadderSettings::default(), input, LIMITS, (&self::segments(), &piece), ".work/1").unwrap()
}

const LIMITS: RunLimits = RunLimits { threads: 1 };

// TRN-11
#[test]
fn every_input_is_a_file_read_by_the_one_allowed_demuxer() {
    let (plan, settings) = (plan(), LadderSettings::default());
    let evil = Path::new("/tmp/-i http:;x.mp4");
    let runs = [
        copy_run(&plan, &settings, evil, LIMITS).unwrap(),
        sound_run(&plan, &settings, evil, LIMITS).unwrap(),
        piece(&plan, evil, 0..5),
        piece(&plan, evil, 5..10),
        poster_run(&plan, &settings, evil, LIMITS),
    ];
    for run in &runs {
        let inputs: Vec<_> = run.arguments.windows(2).filter(|pair| pair[0] == "-i").collect();
        assert!(!inputs.is_empty());
        for input in inputs {
            assert_eq!(input[1], "file:/tmp/-i http:;x.mp4");
        }
        let opened = text(run).matches("-protocol_whitelist file,pipe -f mov").count();
        assert_eq!(opened, text(run).matches(" -i ").count(), "{}", text(run));
    }
}

// SYNC-1
#[test]
fn every_run_moves_the_first_picture_to_zero() {
    let (plan, settings) = (plan(), LadderSettings::default());
    let copy = copy_run(&plan, &settings, Path::new("/f.mp4"), LIMITS).unwrap();
    assert!(text(&copy).contains("-itsoffset -0.104666 -i file:/f.mp4"), "{}", text(&copy));
    assert!(text(&copy).contains("-itsoffset -0.104166 -i"), "the sound has its own shift: {}", text(&copy));
    // With its own times kept, the file's start is not taken off first.
    let first = piece(&plan, Path::new("/f.mp4"), 0..5);
    assert!(text(&first).contains("-threads 1 -itsoffset -0.083333 -i file:/f.mp4"), "{}", text(&first));
}

// TRN-7
#[test]
fn a_piece_is_read_from_a_little_before_it_and_cut_to_the_frame() {
    let run = piece(&plan(), Path::new("/f.mp4"), 5..7);
    // A second before 30 s, counted from the file's start, which is 104666 µs before the film's.
    assert!(text(&run).contains("-ss 29.104666 -noaccurate_seek -i"), "{}", text(&run));
    assert!(
        text(&run).contains("[0:1]fps=24/1,trim=start_pts=720:end_pts=1008,setpts=PTS-720,scale="),
        "{}",
        text(&run)
    );
    assert!(text(&run).contains("-force_key_frames 0.000000,2.000000,4.000000,6.000000,"), "{}", text(&run));
    assert!(text(&run).contains("-level:v 3.1") && text(&run).ends_with(".work/1/480p.mp4"), "{}", text(&run));
}

// TRN-3
#[test]
fn the_sound_is_made_once_beside_the_copied_picture_or_by_itself() {
    let (mut plan, settings) = (plan(), LadderSettings::default());
    let input = Path::new("/f.mp4");
    assert_eq!(copy_run(&plan, &settings, input, LIMITS).unwrap().folders, ["source", "audio-1"]);
    let beside = piece(&plan, input, 0..5);
    assert_eq!(beside.folders, [".work/1"]);
    assert_eq!(text(&beside).matches(" -i ").count(), 1, "{}", text(&beside));

    plan.copied = None;
    assert_eq!(copy_run(&plan, &settings, input, LIMITS), None);
    assert_eq!(sound_run(&plan, &settings, input, LIMITS).unwrap().folders, ["audio-1"]);
    plan.audio.clear();
    assert_eq!(sound_run(&plan, &settings, input, LIMITS), None);
}

// SRC-6, SYNC-1
#[test]
fn the_file_is_opened_once_for_each_amount_by_which_copied_tracks_are_moved() {
    let (mut plan, settings) = (plan(), LadderSettings::default());
    plan.audio = vec![
        track(1, 2, AudioWork::Copy { shift: Micros(500) }),
        track(2, 3, AudioWork::Encode { kbps: 128 }),
        track(3, 4, AudioWork::Copy { shift: Micros(-700) }),
        track(4, 5, AudioWork::Copy { shift: Micros(500) }),
    ];
    for run in [
        copy_run(&plan, &settings, Path::new("/f.mp4"), LIMITS).unwrap(),
        sound_run(&plan, &settings, Path::new("/f.mp4"), LIMITS).unwrap(),
    ] {
        let text = text(&run);
        assert_eq!(text.matches(" -i ").count(), 3, "{text}");
        for map in ["-map 1:2 -c:a copy", "-map 0:3 -c:a aac", "-map 2:4 -c:a copy", "-map 1:5 -c:a copy"] {
            assert!(text.contains(map), "{map} is missing: {text}");
        }
        assert!(run.folders.ends_with(&["audio-1", "audio-2", "audio-3", "audio-4"].map(str::to_owned)));
    }
}

// TRN-1
#[test]
fn the_ladder_is_decoded_once_and_scaled_in_a_cascade() {
    let plan = plan();
    let ladder = plan.encoded.as_ref().unwrap();
    let rungs: Vec<&EncodedRung> = ladder.rungs.iter().collect();
    let graph = filters::picture_graph(ladder, &rungs, 1, "trim=start=0");
    assert_eq!(
        graph,
        "[0:1]trim=start=0,scale=1280:720:flags=bicubic,setsar=1,format=yuv420p,split[720p][below0];\
         [below0]scale=854:480:flags=bicubic,setsar=1,format=yuv420p[480p]"
    );
}
