//! What becomes of which file.

use encoding_rs::Encoding;
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn cue(start_ms: i64, end_ms: i64, text: &str) -> Cue {
    Cue { start: Micros::from_ms(start_ms), end: Micros::from_ms(end_ms), text: text.to_owned(), top: false }
}

fn cues(text: &str) -> Vec<Cue> {
    Subtitles::parse(text).expect("it is read").cues
}

const TWO: &str =
    "1\n00:00:01,000 --> 00:00:02,500\nHello <i>you</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\nlines\n";

// SRC-6
#[test]
fn sub_rip_becomes_cues() {
    assert_eq!(cues(TWO), [cue(1_000, 2_500, "Hello <i>you</i>"), cue(3_000, 4_000, "Two\nlines")]);
    assert_eq!(cues(&TWO.replace('\n', "\r\n")), cues(TWO));
    assert_eq!(cues(&TWO.replace('\n', "\r")), cues(TWO));
    assert_eq!(Subtitles::parse(TWO).unwrap().to_web_vtt().lines().nth(2), Some("00:00:01.000 --> 00:00:02.500"));
}

// SRC-6
#[test]
fn files_that_are_not_quite_sub_rip_are_read_as_they_are_meant() {
    let missing = "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo";
    assert_eq!(cues(missing), [cue(1_000, 2_000, "One"), cue(3_000, 4_000, "Two")]);
    let inside = "1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore\n\n2\n00:00:03.5 --> 00:00:04.25 X1:0 Y1:0\n42\n";
    assert_eq!(cues(inside), [cue(1_000, 2_000, "One\nmore"), cue(3_500, 4_250, "42")]);
    let unordered =
        "00:00:03,000 --> 00:00:04,000\nb\n\n00:00:01,000 --> 00:00:02,000\na\n\n00:00:09,000 --> 00:00:08,000\nc";
    assert_eq!(cues(unordered), [cue(1_000, 2_000, "a"), cue(3_000, 4_000, "b")]);
}

// SRC-6
#[test]
fn web_vtt_is_read_without_its_notes_styles_and_identifiers() {
    let text = "WEBVTT - a film\nKind: captions\n\nNOTE\nnobody --> sees this\n\nSTYLE\n::cue { color: red }\n\nfirst\n\
        01:02.500 --> 01:04.000 align:start position:10%\n<v Roger>Tom &amp; <c.yellow>Jerry</c> &lt;3\n\n\
        00:02:00.000 --> 00:02:01.000\n<00:02:00.500>karaoke";
    assert_eq!(cues(text), [cue(62_500, 64_000, "Tom &amp; Jerry &lt;3"), cue(120_000, 121_000, "karaoke")]);
}

// SRC-6
#[test]
fn ass_keeps_what_is_said_and_loses_how_it_looks() {
    let text = "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n\
        Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
        Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not shown\n\
        Dialogue: 0,0:00:01.20,0:00:02.50,Default,,0,0,0,,{\\pos(10,20)\\c&HFF&}Well, {\\i1}yes{\\i0}\\Nand <no>\n\
        Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}\n\
        Dialogue: 0,0:00:05.00,0:00:05.04,Default,,0,0,0,,{\\an8\\fad(1,2)}A sign\n\
        Dialogue: 0,0:00:05.04,0:00:05.08,Default,,0,0,0,,{\\an8\\frz10}A sign\n";
    let sign = Cue { top: true, ..cue(5_000, 5_080, "A sign") };
    assert_eq!(cues(text), [cue(1_200, 2_500, "Well, <i>yes</i>\nand &lt;no&gt;"), sign]);
    let subtitles = Subtitles::parse(text).unwrap();
    assert_eq!(subtitles.format, SubtitleFormat::Ass);
    assert!(subtitles.to_web_vtt().contains("00:00:05.000 --> 00:00:05.080 line:0\nA sign\n"));
}

// SRC-6, SEC-3
#[rstest]
#[case::unclosed("<b>bold", "<b>bold</b>")]
#[case::crossed("<b>1<i>2</b>3</i>4", "<b>1<i>2</i></b><i>3</i>4")]
#[case::font("<font color=\"#ff0000\">red</font>", "red")]
#[case::script("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
#[case::heart("I <3 you > me & him", "I &lt;3 you &gt; me &amp; him")]
#[case::entity("a&nbsp;b &amp; c &unknown; &#233;", "a\u{a0}b &amp; c &amp;unknown; é")]
#[case::arrow("a --> b", "a --&gt; b")]
#[case::override_("{\\an8}{\\i1}up{\\i0}", "<i>up</i>")]
#[case::braces("{not an order}", "{not an order}")]
#[case::newline("one<br/>two", "one\ntwo")]
fn markup_that_is_kept_nests_and_the_rest_is_text(#[case] written: &str, #[case] shown: &str) {
    let (text, _) = markup::tagged(written);
    assert_eq!(text, shown);
}

// SRC-6
#[test]
fn a_cue_that_begins_before_the_film_begins_with_it() {
    assert_eq!(cues("00:00:00,-200 --> 00:00:01,300\na"), [cue(0, 1_300, "a")]);
}

// SRC-6
#[test]
fn cues_end_with_the_film() {
    let subtitles = Subtitles::parse("00:00:01,000 --> 00:00:09,000\na\n\n00:00:08,000 --> 00:00:09,000\nb").unwrap();
    assert_eq!(subtitles.within(Micros::from_seconds(5.0)).cues, [cue(1_000, 5_000, "a")]);
}

// SRC-6, UPL-2
#[test]
fn other_files_are_refused_by_name() {
    assert_eq!(Subtitles::read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", None), Err(SubtitleError::UnsupportedFormat));
    assert_eq!(Subtitles::read(b"Dear diary", None), Err(SubtitleError::UnsupportedFormat));
    assert_eq!(Subtitles::read(b"", None), Err(SubtitleError::UnsupportedFormat));
    assert_eq!(Subtitles::read(b"WEBVTT\n", None), Err(SubtitleError::Unreadable));
    assert_eq!(Subtitles::read(b"1\n00:00:01,000 --> 00:00:02,000\n\n", None), Err(SubtitleError::Unreadable));
    assert_eq!(Subtitles::read(b"[Script Info]\n[Events]\n", None), Err(SubtitleError::Unreadable));
}

// SRC-6
#[rstest]
#[case::western("windows-1252", "fr", "Où êtes-vous ? L’été dernier, à la plage. Ça suffit !")]
#[case::central("windows-1250", "pl", "Zażółć gęślą jaźń. Proszę, nie mów tego głośno.")]
#[case::czech("iso-8859-2", "cs", "Příliš žluťoučký kůň úpěl ďábelské ódy.")]
#[case::cyrillic("windows-1251", "ru", "Съешь ещё этих мягких французских булок, да выпей чаю.")]
#[case::koi8("koi8-r", "ru", "Съешь ещё этих мягких французских булок, да выпей чаю.")]
#[case::greek("windows-1253", "el", "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. Καλημέρα σας.")]
#[case::turkish("windows-1254", "tr", "Pijamalı hasta yağız şoföre çabucak güvendi.")]
#[case::hebrew("windows-1255", "he", "דג סקרן שט בים מאוכזב ולפתע מצא חברה")]
#[case::arabic("windows-1256", "ar", "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر")]
#[case::japanese("shift_jis", "ja", "いろはにほへと ちりぬるを。今日は天気がいいですね。")]
#[case::chinese("gbk", "zh", "我能吞下玻璃而不伤身体。今天天气很好。")]
#[case::big5("big5", "zh", "我能吞下玻璃而不傷身體。今天天氣很好。")]
#[case::korean("euc-kr", "ko", "나는 유리를 먹을 수 있어요. 그래도 아프지 않아요.")]
fn usual_encodings_are_recognised(#[case] encoding: &str, #[case] language: &str, #[case] line: &str) {
    let text = format!("1\n00:00:01,000 --> 00:00:02,000\n{line}\n\n2\n00:00:03,000 --> 00:00:04,000\n{line}\n");
    let (bytes, _, lossy) = Encoding::for_label(encoding.as_bytes()).unwrap().encode(&text);
    assert!(!lossy, "the sentence can be written in {encoding}");
    for hint in [Some(language), None] {
        let read = Subtitles::read(&bytes, hint).unwrap();
        assert_eq!(read.cues[0].text, line, "with the hint {hint:?}");
    }
}

// SRC-6
#[rstest]
#[case::utf8(TWO.as_bytes().to_vec())]
#[case::utf8_marked([b"\xef\xbb\xbf", TWO.as_bytes()].concat())]
#[case::utf16le(TWO.encode_utf16().flat_map(u16::to_le_bytes).collect())]
#[case::utf16be(TWO.encode_utf16().flat_map(u16::to_be_bytes).collect())]
#[case::utf16le_marked([vec![0xff, 0xfe], TWO.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat())]
#[case::utf16be_marked([vec![0xfe, 0xff], TWO.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat())]
fn unicode_is_read_with_and_without_its_mark(#[case] bytes: Vec<u8>) {
    assert_eq!(Subtitles::read(&bytes, None).unwrap().cues, cues(TWO));
}

/// What must hold of any file that we give to players.
fn assert_clean(subtitles: &Subtitles) {
    let text = subtitles.to_web_vtt();
    assert_eq!(text.matches("-->").count(), subtitles.cues.len(), "{text}");
    let mut last = Micros(i64::MIN);
    for cue in &subtitles.cues {
        assert!(cue.start < cue.end && last <= cue.start);
        last = cue.start;
        assert!(!cue.text.is_empty() && cue.text.lines().all(|line| !line.trim().is_empty()), "{:?}", cue.text);
        let plain = ["b", "i", "u"].iter().fold(cue.text.clone(), |text, tag| {
            assert_eq!(text.matches(&format!("<{tag}>")).count(), text.matches(&format!("</{tag}>")).count());
            text.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), "")
        });
        assert!(!plain.contains(['<', '>']), "{:?}", cue.text);
    }
    let again = Subtitles::parse(&text).expect("what we write can be read");
    let shown = |cues: &[Cue]| cues.iter().map(|cue| (cue.start.whole_ms(), cue.text.clone())).collect::<Vec<_>>();
    assert_eq!(shown(&again.cues), shown(&subtitles.cues));
}

proptest! {
    // SEC-3
    #[test]
    fn whatever_the_bytes_are_nothing_panics_and_what_comes_out_is_clean(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(subtitles) = Subtitles::read(&bytes, Some("de")) {
            assert_clean(&subtitles);
        }
    }

    // SRC-6, SEC-3
    #[test]
    fn whatever_cues_say_the_file_is_clean_and_reads_back_the_same(
        texts in prop::collection::vec("([a-z<>/&;{}\\\\ \n]|<i>|</i>|<b>|</b>|<u>|\\{\\\\i1\\}|&lt;|-->){0,40}", 1..8),
        format in 0..3usize,
    ) {
        let mut file = ["", "WEBVTT\n\n", "[Script Info]\n[Events]\n"][format].to_owned();
        for (number, text) in texts.iter().enumerate() {
            if format == 2 {
                let line = text.replace('\n', "\\N");
                file.push_str(&format!("Dialogue: 0,0:00:{:02}.00,0:00:{:02}.50,,,0,0,0,,{line}\n", number * 2, number * 2 + 1));
            } else {
                file.push_str(&format!("00:00:{:02}.000 --> 00:00:{:02}.500\n{text}\n\n", number * 2, number * 2 + 1));
            }
        }
        if let Ok(subtitles) = Subtitles::parse(&file) {
            assert_clean(&subtitles);
        }
    }
}
