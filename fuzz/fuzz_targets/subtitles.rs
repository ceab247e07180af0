//! Files of subtitles: no parser panics, and what players get can be read again and says the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use syncwatch_media::Subtitles;

fuzz_target!(|bytes: &[u8]| {
    let Ok(subtitles) = Subtitles::read(bytes, Some("de")) else { return };
    let text = subtitles.to_web_vtt();
    assert_eq!(text.matches("-->").count(), subtitles.cues.len());
    let again = Subtitles::parse(&text).expect("what we write can be read");
    let texts = |subtitles: &Subtitles| subtitles.cues.iter().map(|cue| cue.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&again), texts(&subtitles));
});
