//! `syncwatch media plan`.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn plan(folder: &Path, arguments: &[&str]) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_syncwatch"));
    assert!(program.with_file_name("syncwatch-probe").exists(), "cargo build -p syncwatch-transcode-job makes it");
    let mut command = Command::new(program);
    command.current_dir(folder).args(["media", "plan"]).args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

// TRN-2, UPL-2
#[test]
fn it_tells_what_is_in_a_film_and_what_would_become_of_it_and_makes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let film = folder.path().join("a film.mkv");
    let made = Command::new("ffmpeg")
        .args([
            "-nostdin",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=320x240:r=25:d=3",
            "-f",
            "lavfi",
            "-i",
            "sine=d=3",
        ])
        .args(["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "ac3"])
        .args(["-metadata:s:a", "language=deu", "-metadata:s:a", "title=Ton\u{1b}[31m"])
        .arg(&film)
        .status();
    assert!(made.expect("ffmpeg is installed").success());

    let told = plan(folder.path(), &["a film.mkv"]);
    assert!(told.status.success(), "{}", text(&told.stderr));
    let told = text(&told.stdout);
    for part in [
        "picture, h264",
        "320\u{d7}240, 25 fps",
        "sound, ac3",
        "deu",
        "source ",
        "copied",
        "audio-1",
        "encoded, 128 kbit/s",
        "ac3",
    ] {
        assert!(told.contains(part), "{part} is missing:\n{told}");
    }
    assert!(!told.contains('\u{1b}'), "a title does not colour the terminal: {told:?}");

    let json: Value = serde_json::from_slice(&plan(folder.path(), &["--json", "a film.mkv"]).stdout).expect("JSON");
    assert_eq!(json["plan"]["audio"][0]["folder"], "audio-1");
    assert_eq!(json["report"]["video"][0]["codec"], "h264");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(left.len(), 1, "nothing but the film: {left:?}");
}

// UPL-2
#[test]
fn it_tells_why_a_file_would_be_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("diary.txt"), "Dear diary").expect("written");
    let refused = plan(folder.path(), &["diary.txt"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stdout).starts_with("refused (unsupported_format):"), "{}", text(&refused.stdout));
    let missing = plan(folder.path(), &["nothing.mp4"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("cannot open nothing.mp4"), "{}", text(&missing.stderr));
}
