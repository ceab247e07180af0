//! From the name of a file to the title of a film.

use syncwatch_protocol::limits::{TITLE_MAX_CHARS, is_direction_mark};

/// A file's name without its folders and whatever cannot be shown. Never empty.
pub(crate) fn plain_file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !c.is_control() && !is_direction_mark(*c)).collect();
    let short: String = shown.trim().chars().take(TITLE_MAX_CHARS).collect();
    if short.is_empty() { "film".into() } else { short }
}

/// The title that a film has until somebody gives it another: its file's name without the ending.
pub(crate) fn title_of(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).trim();
    if stem.is_empty() { file_name.to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    // UPL-5
    #[test]
    fn a_title_is_the_files_name_without_folders_ending_and_tricks() {
        for (given, title) in [
            ("holiday.mp4", "holiday"),
            ("C:\\films\\Holiday 2024.final.mkv", "Holiday 2024.final"),
            ("../../etc/passwd", "passwd"),
            ("\u{202e}4pm.exe\n", "4pm"),
            (".mp4", ".mp4"),
            ("", "film"),
        ] {
            assert_eq!(title_of(&plain_file_name(given)), title, "{given:?}");
        }
        assert_eq!(plain_file_name(&"é".repeat(500)).chars().count(), TITLE_MAX_CHARS);
    }
}
