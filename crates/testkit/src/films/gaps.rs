//! What is known to be missing. A film whose only faults are these is told apart from one that broke.

use super::OddFilm;

/// Something that does not become yet what it must.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// The rows that it shows in.
    pub rows: &'static [&'static str],
    /// A part of what is complained about.
    pub complaint: &'static str,
    /// What is missing.
    pub missing: &'static str,
}

/// Empty when all is as it must be.
pub const KNOWN_GAPS: [Gap; 0] = [];

/// The gap that explains what is wrong with a film.
pub fn known_gap(film: &OddFilm, wrong: &str) -> Option<&'static Gap> {
    KNOWN_GAPS.iter().find(|gap| gap.rows.contains(&film.name) && wrong.contains(gap.complaint))
}
