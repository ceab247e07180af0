//! Looks at a finished output folder as a player would: from its master playlist on.
//!
//! [`check`] verifies the playlists against RFC 8216, and what they say against the streams themselves: everything is
//! parsed, demultiplexed and decoded, nothing is taken from whoever made it.

mod codecs;
mod complaint;
mod files;
mod master;
mod media;
mod pictures;
mod probe;
mod rungs;
mod sounds;
#[cfg(test)]
mod tests;
mod together;

use std::path::Path;

use anyhow::Result;

use complaint::Complaints;
pub use complaint::{Complaint, Rule};

/// The playlist from which players start.
pub const MASTER: &str = "master.m3u8";

/// What is known of the film that was made watchable.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// As people see it: turned, and with square pixels.
    pub size: (u32, u32),
    /// How long its picture is, in seconds.
    pub seconds: f64,
    /// By how much that may be missed.
    pub slack: f64,
    /// From when to when it beeps, in seconds. Outside, flashes need no beep.
    pub heard: (f64, f64),
    /// Its colours must have been brought into the range of ordinary screens.
    pub tone_mapped: bool,
}

/// What was found in an output folder.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// What is wrong with it; nothing when all is well.
    pub complaints: Vec<Complaint>,
    /// The sizes of the pictures, in the order of the master playlist.
    pub sizes: Vec<(u32, u32)>,
    /// Tracks of sound.
    pub sounds: usize,
    /// Tracks of subtitles.
    pub subtitles: usize,
    /// How many flashes the first picture shows.
    pub flashes: usize,
    /// The largest distance between a flash and its beep, in seconds.
    pub apart: Option<f64>,
}

/// Checks a finished output folder. `scratch` is a folder for files of the check's own.
///
/// # Errors
/// FFmpeg's tools are missing. Whatever is wrong with the output itself is a complaint.
pub fn check(folder: &Path, source: &Source, scratch: &Path) -> Result<Checked> {
    let mut complaints = Complaints::default();
    let mut checked = Checked::default();
    if let Some(master) = master::read(folder, &mut complaints) {
        let renditions = media::read_all(folder, &master, scratch, &mut complaints)?;
        files::check(folder, &master, &mut complaints);
        master::check(&master, &renditions, &mut complaints);
        rungs::check(&renditions, source, &mut complaints);
        let pictures = pictures::check(&renditions, &mut complaints)?;
        let sounds = sounds::check(&renditions, &mut complaints)?;
        checked.sizes = renditions.iter().filter_map(media::Rendition::size).collect();
        checked.sounds = master.sounds().count();
        checked.subtitles = master.subtitles().count();
        checked.flashes = pictures.first().map_or(0, |picture| picture.flashes.len());
        checked.apart = together::check(&pictures, &sounds, source, &mut complaints);
    }
    checked.complaints = complaints.into_list();
    Ok(checked)
}
