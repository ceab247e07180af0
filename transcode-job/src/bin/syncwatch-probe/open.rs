//! Opens a film, and nothing that its contents point to (UPL-2).

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ffmpeg_next::format::context::Input;
use ffmpeg_next::{Dictionary, Error, format};
use syncwatch_media::{Container, Rejection, SNIFF_BYTES, recognise};

/// FFmpeg would rather recognise a playlist or a list of files than fail, and open what it names. Both lists stand in the
/// way: of all formats only these two are tried, and of all protocols only plain files are opened.
const FORMATS: &str = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm";
const PROTOCOLS: &str = "file";

/// The container, the file's size and the opened film.
pub(crate) fn open(file: &Path) -> Result<(Container, u64, Input), Rejection> {
    let (container, size) = look_at(file)?;
    let quiet = ffmpeg_next::log::Level::Quiet;
    ffmpeg_next::init().map_err(unreadable)?;
    ffmpeg_next::log::set_level(quiet);

    let mut options = Dictionary::new();
    options.set("protocol_whitelist", PROTOCOLS);
    options.set("format_whitelist", FORMATS);
    // 10 s and 20 MB of film settle what the streams are; the defaults give up too early on films with late sound.
    options.set("analyzeduration", "10000000");
    options.set("probesize", "20000000");
    let address = format!("file:{}", file.display());
    let film = format::input_with_dictionary(&address, options).map_err(unreadable)?;

    if film.format().name().split(',').any(|name| name == container.demuxer()) {
        Ok((container, size, film))
    } else {
        Err(Rejection::UnsupportedFormat(format!("it reads as {}", film.format().name())))
    }
}

fn look_at(file: &Path) -> Result<(Container, u64), Rejection> {
    let cannot = |error: std::io::Error| Rejection::Unreadable(format!("cannot open it: {error}"));
    let mut opened = File::open(file).map_err(cannot)?;
    let size = opened.metadata().map_err(cannot)?.len();
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    opened.by_ref().take(SNIFF_BYTES as u64).read_to_end(&mut head).map_err(cannot)?;
    Ok((recognise(&head, "")?, size))
}

fn unreadable(error: Error) -> Rejection {
    Rejection::Unreadable(error.to_string())
}
