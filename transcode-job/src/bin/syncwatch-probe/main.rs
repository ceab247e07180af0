//! `syncwatch-probe FILE` prints what is inside a film as one line of JSON ([`syncwatch_media::ProbeAnswer`]).
//!
//! It is a program of its own for two reasons: it reads bytes that strangers sent with libraries written in C, so it runs
//! confined and may die; and the main program starts without FFmpeg's libraries, which may be missing.

mod confine;
mod keyframes;
mod open;
mod pictures;
mod streams;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use syncwatch_media::{ProbeAnswer, ProbeReport, Rejection};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(file), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: syncwatch-probe FILE");
        return ExitCode::from(2);
    };
    if let Err(error) = confine::confine() {
        eprintln!("cannot limit the probe: {error}");
        return ExitCode::from(3);
    }
    let answer = match probe(&PathBuf::from(file)) {
        Ok(report) => ProbeAnswer::Film(Box::new(report)),
        Err(rejection) => ProbeAnswer::Rejected(rejection),
    };
    match serde_json::to_string(&answer) {
        Ok(json) => println!("{json}"),
        Err(error) => {
            eprintln!("cannot write the answer: {error}");
            return ExitCode::from(3);
        }
    }
    ExitCode::SUCCESS
}

fn probe(file: &Path) -> Result<ProbeReport, Rejection> {
    let (container, size_bytes, mut film) = open::open(file)?;
    let head = streams::read_head(&mut film);
    let mut video = streams::video(&film, &head)?;
    let audio = streams::audio(&film, &head);
    let subtitles = streams::subtitles(&film);
    let (chapters, others) = (film.nb_chapters(), streams::others(&film));
    let length = keyframes::scan(&mut film, &mut video);
    Ok(ProbeReport {
        container,
        size_bytes,
        start: length.start,
        duration: length.duration,
        readable_until: length.readable_until,
        video,
        audio,
        subtitles,
        chapters,
        others,
    })
}
