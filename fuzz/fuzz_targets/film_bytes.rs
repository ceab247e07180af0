//! Bytes of films and of what FFmpeg makes of them: no parser panics, and a declared type opens no way around the content.
#![no_main]

use libfuzzer_sys::fuzz_target;
use syncwatch_media::{MediaPlaylist, ProgressReader, codec_of, recognise, sniff};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(container) = recognise(bytes, "video/mp4") {
        assert_eq!(sniff(bytes), Some(container));
    }
    let _codec = codec_of(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut progress = ProgressReader::default();
    for line in text.lines() {
        let _progress = progress.line(line);
    }
    if let Ok(playlist) = MediaPlaylist::parse(text) {
        let sizes = vec![1; playlist.segments().count()];
        let _bandwidth = playlist.bandwidth(&sizes);
        MediaPlaylist::parse(&playlist.for_players(&[])).expect("what players get is a playlist");
    }
});
