//! Files that are not what they say (UPL-2). Each gets its own code, and none of them makes us open anything else.

use std::net::TcpListener;
use std::path::Path;

use rstest::rstest;

use crate::films::{Film, STANDARD, remade, written};
use crate::studio::{Transcoded, transcoded};

fn assert_refused(film: &Transcoded, code: &str) {
    assert_eq!(film.error().code().as_str(), code, "{}", film.error());
    assert!(film.error().retry_delay(1).is_none(), "another try would end the same");
    assert!(!film.output.exists(), "nothing is left of it");
}

// UPL-2
#[rstest]
#[case::empty("empty.mp4", b"".as_slice(), "unsupported_format")]
#[case::text("text.mp4", b"This is a shopping list: milk, eggs, bread.\n".as_slice(), "unsupported_format")]
#[case::only_a_header("header.mp4", b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".as_slice(), "unreadable")]
#[case::noise("noise.mkv", b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska and then nothing".as_slice(), "unreadable")]
#[tokio::test]
async fn a_file_that_is_no_film_is_refused(#[case] name: &str, #[case] bytes: &[u8], #[case] code: &str) {
    assert_refused(&transcoded(&written(name, bytes)).await, code);
}

// UPL-2
#[rstest]
#[case::index_at_the_end("cut-index.mp4", "", 0.5)]
#[case::index_at_the_start("cut-body.mp4", "-movflags faststart", 0.5)]
#[case::almost_whole("cut-tail.mp4", "-movflags faststart", 0.8)]
#[case::matroska("cut.mkv", "", 0.5)]
#[tokio::test]
async fn a_film_that_was_cut_off_is_unreadable(#[case] name: &str, #[case] options: &str, #[case] kept: f64) {
    let whole = remade(&STANDARD.file(), &format!("whole-{name}"), "", &format!("-c copy {options}"));
    let bytes = std::fs::read(whole).unwrap();
    let cut = written(name, &bytes[..(bytes.len() as f64 * kept) as usize]);
    assert_refused(&transcoded(&cut).await, "unreadable");
}

// UPL-2
#[tokio::test]
async fn sound_alone_is_not_a_film() {
    let film = remade(&STANDARD.file(), "sound-only.mp4", "", "-vn -c copy");
    assert_refused(&transcoded(&film).await, "unsupported_format");
}

// UPL-2
#[tokio::test]
async fn a_vanished_file_is_unreadable() {
    assert_refused(&transcoded(Path::new("/nonexistent/film.mp4")).await, "unreadable");
}

// UPL-2
#[tokio::test]
async fn a_film_longer_than_allowed_is_refused_before_any_work() {
    let film = Film { name: "tiny-and-long.mp4", size: (32, 32), rate: "1", seconds: 130, sound: false, ..STANDARD };
    let mut settings = crate::studio::settings();
    settings.ladder.max_minutes = 2;
    let cancel = tokio_util::sync::CancellationToken::new();
    let tools = crate::studio::tools();
    let film = crate::studio::transcoded_with(&film.file(), &tools, &settings, &cancel, |_| {}).await;
    assert_refused(&film, "too_long");
}

/// A server that must never be spoken to, and a secret that must never be read.
struct Trap {
    listener: TcpListener,
    secret: std::path::PathBuf,
}

impl Trap {
    fn set(name: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        // A real film: were it opened, the transcode would succeed.
        let secret = written(&format!("secret-{name}.mp4"), &std::fs::read(STANDARD.file()).unwrap());
        Self { listener, secret }
    }

    fn address(&self) -> String {
        format!("http://{}/secret.mp4", self.listener.local_addr().unwrap())
    }

    fn assert_untouched(&self) {
        let spoken_to = self.listener.accept().map(|(_, from)| from);
        assert!(spoken_to.is_err(), "a connection came from {spoken_to:?}");
    }
}

// UPL-2, TRN-11
#[rstest]
#[case::playlist(
    "m3u8",
    "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n{address}\n#EXTINF:6,\nfile://{secret}\n#EXT-X-ENDLIST\n"
)]
#[case::concat("concat", "ffconcat version 1.0\nfile '{secret}'\nfile '{address}'\n")]
#[case::dash(
    "mpd",
    "<?xml version=\"1.0\"?><MPD><Period><AdaptationSet><Representation><BaseURL>{address}</BaseURL></Representation></AdaptationSet></Period></MPD>"
)]
#[tokio::test]
async fn a_playlist_disguised_as_a_film_is_refused_and_never_followed(#[case] kind: &str, #[case] text: &str) {
    let trap = Trap::set(kind);
    let text = text.replace("{address}", &trap.address()).replace("{secret}", &trap.secret.display().to_string());
    let film = transcoded(&written(&format!("disguised-{kind}.mp4"), text.as_bytes())).await;
    assert_refused(&film, "unsupported_format");
    trap.assert_untouched();
}

// UPL-2, TRN-11: the first bytes pass, and what follows is a playlist.
#[tokio::test]
async fn a_playlist_behind_a_film_s_first_bytes_is_never_followed() {
    let trap = Trap::set("behind");
    let mut bytes = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41".to_vec();
    bytes.extend(format!("#EXTM3U\n#EXTINF:6,\n{}\n#EXT-X-ENDLIST\n", trap.address()).into_bytes());
    assert_refused(&transcoded(&written("behind.mp4", &bytes)).await, "unreadable");
    trap.assert_untouched();
}

// UPL-2, TRN-11: MP4 can say that its samples are in another file.
#[tokio::test]
async fn a_film_that_refers_to_another_file_does_not_get_it() {
    let trap = Trap::set("reference");
    let mut bytes = std::fs::read(STANDARD.file()).unwrap();
    let at = bytes.windows(4).position(|four| four == b"url ").expect("MP4 says where its samples are");
    // Without the flag "in this very file" the name would count; there is none, and none is looked for.
    bytes[at + 7] = 0;
    let film = transcoded(&written("reference.mp4", &bytes)).await;
    if let Ok(outcome) = &film.result {
        assert!(outcome.duration.seconds() > 13.0, "it was read from the file itself");
    }
    trap.assert_untouched();
}
