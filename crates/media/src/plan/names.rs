//! Names of tracks: from strangers' files into menus and quoted attributes of playlists.

use syncwatch_protocol::limits::is_direction_mark;

/// A menu has no room for more.
const NAME_MAX_CHARS: usize = 60;

/// An ISO 639 code by its shape. The tag ends up between quotes in a playlist, so nothing else may pass.
pub(super) fn language(tag: Option<&str>) -> Option<String> {
    let tag = tag?;
    let plausible = matches!(tag.len(), 2 | 3) && tag.bytes().all(|byte| byte.is_ascii_lowercase()) && tag != "und";
    plausible.then(|| tag.to_owned())
}

/// A title without what could end a quoted attribute, break a line or turn the direction of reading.
pub(super) fn title(text: Option<&str>) -> Option<String> {
    let harmless =
        |c: &char| !c.is_control() && !is_direction_mark(*c) && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let text: String = text?.chars().map(|c| if c == '"' { '\u{2019}' } else { c }).filter(harmless).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let short: String = words.join(" ").chars().take(NAME_MAX_CHARS).collect();
    (!short.is_empty()).then_some(short)
}

/// The first of these names that is not taken: the title, the title with the language, with a number.
pub(super) fn unused(title: Option<&str>, language: Option<&str>, otherwise: &str, taken: &[String]) -> String {
    let name = title.or(language).unwrap_or(otherwise);
    let with_language = title.zip(language).map(|(title, language)| format!("{title} ({language})"));
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(with_language).chain(numbered);
    candidates.find(|candidate| !taken.contains(candidate)).expect("there are more numbers than names")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // SEC-3
    #[test]
    fn a_title_cannot_end_its_attribute_nor_turn_its_line() {
        assert_eq!(
            title(Some("He said \"no\"\n#EXT-X-ENDLIST")).as_deref(),
            Some("He said \u{2019}no\u{2019}#EXT-X-ENDLIST")
        );
        assert_eq!(title(Some("\u{202e}evil")).as_deref(), Some("evil"));
        assert_eq!(title(Some(" \t ")), None);
        assert_eq!(title(Some("監督の解説")).as_deref(), Some("監督の解説"));
    }

    // SRC-6
    #[test]
    fn tracks_that_are_called_alike_get_names_that_differ() {
        let taken = ["Stereo".to_owned(), "Stereo (de)".to_owned()];
        assert_eq!(unused(Some("Stereo"), Some("fr"), "main", &taken), "Stereo (fr)");
        assert_eq!(unused(Some("Stereo"), Some("de"), "main", &taken), "Stereo 2");
        assert_eq!(unused(None, Some("de"), "main", &taken), "de");
        assert_eq!(unused(None, None, "main", &taken), "main");
    }

    proptest! {
        // SEC-3
        #[test]
        fn whatever_a_file_calls_a_track_stays_between_its_quotes(text in any::<String>()) {
            let Some(name) = title(Some(&text)) else { return Ok(()) };
            prop_assert!(!name.contains(['"', '\n', '\r']) && name.chars().count() <= NAME_MAX_CHARS);
        }
    }
}
