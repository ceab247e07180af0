//! Odd films, made with FFmpeg when they are needed, and what must become of each.
//!
//! Each has a white flash on the second and a beep at the same moment, so that what comes out can be asked whether sound
//! and picture are still together.

mod expected;
mod gaps;
mod making;
mod outcome;
mod recipe;
mod table;

pub use expected::{Expected, Plays};
pub use gaps::{Gap, KNOWN_GAPS, known_gap};
pub use making::make_all;
pub use recipe::{Recipe, Sound};
pub use table::table;

/// A row of the table.
#[derive(Debug, Clone)]
pub struct OddFilm {
    /// The file's name: unique, and odd itself in some rows.
    pub name: &'static str,
    /// What is odd about it.
    pub kind: &'static str,
    /// How it is made.
    pub recipe: Recipe,
    /// What must become of it.
    pub expected: Expected,
}

impl OddFilm {
    /// The row of this name.
    ///
    /// # Panics
    /// When there is none: a test names a film that was renamed.
    pub fn named(name: &str) -> Self {
        table().into_iter().find(|film| film.name == name).expect("the film is in the table")
    }
}
