//! For tests of films: a table of odd ones with what must come out of each, and a checker of what came out.
//!
//! It shares no code with what makes films watchable, and deliberately does not depend on `syncwatch-media`: a mistake in
//! there would be made here as well, and go unseen. What it reads, it reads with FFmpeg's tools and a playlist parser of
//! other people, and all it knows of an output folder is its master playlist.
//!
//! Main types: [`films::OddFilm`] is a row of [`films::table`]; [`hls::check`] looks at an output folder and returns
//! [`hls::Checked`]. The one rule for callers: [`hls::check`] is about outputs that are complete. One that still grows has
//! no end yet, and is complained about.

pub mod films;
pub mod hls;
