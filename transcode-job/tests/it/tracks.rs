//! Several tracks of sound, and subtitles (SRC-6).

use rstest::rstest;
use syncwatch_media::AudioWork;

use crate::films::{STANDARD, remade};
use crate::pictures::beeps;
use crate::studio::transcoded;

const THREE_SOUNDS: &str = "-map 0:v -map 0:a -map 0:a -map 0:a -c:v copy -c:a:0 copy -c:a:1 ac3 -ac:a:1 6 \
    -c:a:2 aac -ac:a:2 1 -metadata:s:a:0 language=deu -metadata:s:a:1 language=eng -metadata:s:a:2 language=eng \
    -metadata:s:a:2 title=The_director \
    -metadata:s:a:2 handler_name=The_director -disposition:a:0 0 -disposition:a:1 default -disposition:a:2 comment";

// SRC-6, SYNC-1
#[rstest]
#[case::matroska("three-sounds.mkv", "")]
#[case::mp4("three-sounds.mp4", "")]
#[case::late("three-late-sounds.mkv", "-itsoffset 0.7")]
#[tokio::test]
async fn each_track_of_sound_is_offered_and_in_step(#[case] name: &str, #[case] before: &str) {
    let film = transcoded(&remade(&STANDARD.file(), name, before, THREE_SOUNDS)).await;
    assert_eq!(film.names()[0], "source");
    let tracks = &film.plan().audio;
    assert!(matches!(tracks[0].work, AudioWork::Copy { .. }), "{:?}", film.plan().decisions);
    assert!(matches!(tracks[1].work, AudioWork::Encode { .. }));
    assert!(tracks[2].extra, "a commentary");

    let master = film.text("master.m3u8");
    let listed: Vec<&str> = master.lines().filter(|line| line.starts_with("#EXT-X-MEDIA:TYPE=AUDIO")).collect();
    assert_eq!(listed.len(), 3, "{master}");
    for (line, parts) in listed.iter().zip([
        ["NAME=\"deu\",LANGUAGE=\"deu\"", "DEFAULT=NO,AUTOSELECT=YES", "CHANNELS=\"2\",URI=\"audio-1/index.m3u8\""],
        ["NAME=\"eng\",LANGUAGE=\"eng\"", "DEFAULT=YES,AUTOSELECT=YES", "CHANNELS=\"2\",URI=\"audio-2/index.m3u8\""],
        [
            "NAME=\"The_director\",LANGUAGE=\"eng\"",
            "DEFAULT=NO,AUTOSELECT=NO",
            "CHANNELS=\"1\",URI=\"audio-3/index.m3u8\"",
        ],
    ]) {
        assert!(parts.iter().all(|part| line.contains(part)), "{line} lacks one of {parts:?}");
    }
    for folder in ["audio-1", "audio-2", "audio-3"] {
        assert!(film.playlist(folder).is_complete());
        let heard = beeps(&film.output.join(folder));
        assert!(heard.len() >= 13, "{folder}: {heard:?}");
        for beep in heard.into_iter().filter(|beep| *beep > 0.5) {
            assert!((beep - beep.round()).abs() < 0.005, "{folder}: a beep at {beep}");
        }
    }
}
