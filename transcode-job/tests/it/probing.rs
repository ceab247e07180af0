//! What the probe finds in real films (DESIGN §9, rule 1).

use rstest::rstest;
use syncwatch_media::{FrameRateKind, Micros};

use crate::films::{Film, STANDARD, remade};
use crate::studio::{settings, tools, transcoded};

async fn probed(file: &std::path::Path) -> syncwatch_media::ProbeReport {
    syncwatch_transcode_job::probe(file, &tools(), &settings()).await.expect("it is a film")
}

// TRN-3
#[rstest]
#[case::mp4("standard-silent.mp4")]
#[case::matroska("standard-silent.mkv")]
#[tokio::test]
async fn a_standard_film_is_closed_even_and_without_gaps(#[case] name: &str) {
    let silent = Film { name: "standard-silent.mp4", sound: false, ..STANDARD }.file();
    let file = if name == "standard-silent.mp4" { silent } else { remade(&silent, name, "", "-c copy") };
    let report = probed(&file).await;
    let groups = &report.video[0].groups;
    assert!(groups.keyframes >= 5, "{groups:?}");
    assert_eq!((groups.open, groups.recovery_points, groups.frame_rate), (0, 0, FrameRateKind::Constant), "{groups:?}");
    assert!(groups.longest_step < Micros::from_ms(44), "{groups:?}");
    let bits = groups.bits_per_second.expect("it was measured") as f64;
    let picture = report.size_bytes as f64 * 8.0 / report.duration.seconds();
    assert!((0.5..1.5).contains(&(bits / picture)), "{bits} measured, {picture} by the file's size");
}

// TRN-3
#[tokio::test]
async fn a_film_with_open_groups_is_not_copied_and_the_reason_is_told() {
    let film = Film {
        name: "open-groups.mkv",
        options: "-c:v libx264 -preset ultrafast -bf 2 -g 48 -x264-params open-gop=1:keyint=48:min-keyint=48 -pix_fmt yuv420p -c:a aac",
        ..STANDARD
    };
    let film = transcoded(&film.file()).await;
    let groups = &film.report().video[0].groups;
    assert!(groups.open > 0 && groups.recovery_points > 0, "{groups:?}");
    assert_eq!(film.names(), ["240p", "160p", "120p"]);
    let said = film.plan().decisions.iter().find(|decision| decision.choice == "picture encoded").unwrap();
    assert!(said.reason.contains("open groups"), "{said}");
}

// TRN-2
#[tokio::test]
async fn a_gap_in_the_picture_is_found_where_it_is_looked_for() {
    // Pictures 60 to 90 are missing, which is in the second group of two seconds.
    let film = Film {
        name: "gap.mkv",
        options: "-vf select='not(between(n,60,90))' -fps_mode passthrough -c:v libx264 -preset ultrafast -bf 2 -g 48 -pix_fmt yuv420p -c:a aac",
        ..STANDARD
    };
    let report = probed(&film.file()).await;
    let step = report.video[0].groups.longest_step;
    assert!((step - Micros::from_seconds(32.0 / 24.0)).abs() < Micros::from_ms(3), "{step}");
    assert_eq!(report.video[0].groups.frame_rate, FrameRateKind::Variable);
}

// TRN-2
#[tokio::test]
async fn colours_titles_chapters_and_other_streams_are_reported() {
    let chapters = crate::films::written(
        "chapters.txt",
        b";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=5\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1\nSTART=5\nEND=14\ntitle=Two\n",
    );
    let after = format!(
        "-i {} -map 0 -map_chapters 1 -map_metadata 1 -c copy -metadata:s:v title=Picture -metadata:s:a title=Sound \
         -bsf:v h264_metadata=colour_primaries=9:transfer_characteristics=16:matrix_coefficients=9 -attach {} \
         -metadata:s:2 mimetype=application/x-truetype-font",
        chapters.display(),
        chapters.display()
    );
    let report = probed(&remade(&STANDARD.file(), "told.mkv", "", &after)).await;
    let (video, audio) = (&report.video[0], &report.audio[0]);
    assert_eq!((report.chapters, report.others), (2, 1));
    assert_eq!((video.title.as_deref(), audio.title.as_deref()), (Some("Picture"), Some("Sound")));
    let colour = &video.colour;
    assert_eq!(
        (colour.primaries.as_str(), colour.transfer.as_str(), colour.matrix.as_str()),
        ("bt2020", "smpte2084", "bt2020nc")
    );
}
