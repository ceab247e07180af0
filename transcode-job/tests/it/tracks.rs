//! Several tracks of sound, and subtitles (SRC-6).

use rstest::rstest;
use syncwatch_media::{AudioWork, Cue, Micros, SubtitleWork, Subtitles};

use crate::films::{STANDARD, remade, written};
use crate::pictures::{beeps, pictures};
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

const SUB_RIP: &str =
    "1\n00:00:00,500 --> 00:00:02,000\nHello <i>you</i> & <3\n\n2\n00:00:12,000 --> 00:00:20,000\nThe end\n";

const ASS: &str = "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, \
    OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
    Alignment, MarginL, MarginR, MarginV, Encoding\nStyle: Default,Arial,20,&H00FFFFFF,&H0,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,\
    10,0\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
    Dialogue: 0,0:00:03.00,0:00:04.50,Default,,0,0,0,,{\\\\pos(1,2)}{\\\\i1}Oh{\\\\i0}, no\\\\Nreally\n";

/// The film with subtitles; `kind` is the container's ending.
fn with_subtitles(kind: &str, before: &str, codecs: &str) -> std::path::PathBuf {
    let (srt, ass) = (written("one.srt", SUB_RIP.as_bytes()), written("two.ass", ASS.replace("\\\\", "\\").as_bytes()));
    let after = format!(
        "-i {} -i {} -map 0 -map 1 -map 2 -c:v copy -c:a copy {codecs} -metadata:s:s:0 language=deu -metadata:s:s:1 language=eng \
         -disposition:s:0 forced",
        srt.display(),
        ass.display()
    );
    remade(&STANDARD.file(), &format!("subtitled{}.{kind}", before.len()), before, &after)
}

// SRC-6
#[rstest]
#[case::matroska("mkv", "", "-c:s:0 srt -c:s:1 ass", 0)]
#[case::mp4("mp4", "", "-c:s mov_text", 0)]
#[case::late("mkv", "-itsoffset 0.7", "-c:s:0 srt -c:s:1 ass", -700)]
#[tokio::test]
async fn subtitles_in_a_film_become_clean_text_in_step_with_it(
    #[case] kind: &str,
    #[case] before: &str,
    #[case] codecs: &str,
    #[case] moved_ms: i64,
) {
    let film = transcoded(&with_subtitles(kind, before, codecs)).await;
    assert_eq!(film.names()[0], "source", "{:?}", film.plan().decisions);
    let master = film.text("master.m3u8");
    assert!(master.contains("TYPE=SUBTITLES,GROUP-ID=\"subtitles\",NAME=\"deu\",LANGUAGE=\"deu\""), "{master}");
    assert!(master.contains("FORCED=YES,URI=\"subtitles-1/index.m3u8\"") || kind == "mp4", "{master}");
    assert!(master.matches(",SUBTITLES=\"subtitles\"").count() == 4, "{master}");
    assert!(film.text("subtitles-1/index.m3u8").contains("\nall.vtt\n#EXT-X-ENDLIST"));

    let shown = |folder: &str| {
        let text = film.text(&format!("{folder}/all.vtt"));
        assert!(!text.contains(['{', '\\']), "{text}");
        Subtitles::parse(&text).unwrap().cues
    };
    let cue = |start: i64, end: i64, text: &str| Cue {
        start: Micros::from_ms((start + moved_ms).max(0)),
        end: Micros::from_ms((end + moved_ms).min(film.outcome().duration.0 / 1_000)),
        text: text.to_owned(),
        top: false,
    };
    assert_eq!(shown("subtitles-1"), [cue(500, 2_000, "Hello <i>you</i> &amp; &lt;3"), cue(12_000, 20_000, "The end")]);
    assert_eq!(shown("subtitles-2"), [cue(3_000, 4_500, "<i>Oh</i>, no\nreally")]);
    let shown = pictures(&film.output.join("source"));
    assert!(
        shown[0].number == 0 && shown[0].at.abs() < 0.002,
        "the picture's start is zero, not the text's: {:?}",
        shown[0]
    );
    let works: Vec<_> = film.plan().subtitles.iter().map(|track| track.work).collect();
    let expected = match kind {
        "mkv" => [SubtitleWork::CopySubRip, SubtitleWork::CopyAss],
        _ => [SubtitleWork::ToSubRip, SubtitleWork::ToSubRip],
    };
    assert_eq!(works, expected);
}
