//! From bytes to text, whatever encoding they are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text; `None` when these are not bytes of a text.
pub(super) fn decoded(bytes: &[u8], language: Option<&str>) -> Option<String> {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or_else(|| (guessed(bytes, language), 0));
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(skip..)?);
    let strange = text.chars().filter(|c| is_strange(*c)).count();
    // Damaged files have a few; a film or a picture taken for text has many.
    (strange * 50 <= text.chars().count()).then(|| text.into_owned())
}

fn is_strange(c: char) -> bool {
    c == char::REPLACEMENT_CHARACTER || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

fn guessed(bytes: &[u8], language: Option<&str>) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    if let Some(wide) = without_mark(bytes) {
        return wide;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(language.and_then(country), Utf8Detection::Allow)
}

/// UTF-16 that does not say so: digits, line ends and arrows have a zero as one of their two bytes.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4_096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, enough) = (zeros(0), zeros(1), head.len() / 10);
    if odd > enough && odd > even * 4 {
        Some(UTF_16LE)
    } else if even > enough && even > odd * 4 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The top-level domain whose pages are written like texts in a language: what the detector asks for. Chinese
/// is written in two ways, and the bytes tell better which one it is.
fn country(language: &str) -> Option<&'static [u8]> {
    Some(match language.get(..2)?.to_ascii_lowercase().as_str() {
        "ar" => b"eg",
        "bg" | "bu" => b"bg",
        "cs" | "cz" | "ce" => b"cz",
        "da" => b"dk",
        "de" | "ge" => b"de",
        "el" | "gr" => b"gr",
        "et" => b"ee",
        "fa" | "pe" => b"ir",
        "fi" => b"fi",
        "fr" => b"fr",
        "he" => b"il",
        "hr" => b"hr",
        "hu" => b"hu",
        "ja" | "jp" => b"jp",
        "ko" => b"kr",
        "lt" => b"lt",
        "lv" => b"lv",
        "mk" => b"mk",
        "nl" => b"nl",
        "no" | "nb" => b"no",
        "pl" => b"pl",
        "pt" => b"pt",
        "ro" => b"ro",
        "ru" => b"ru",
        "sk" => b"sk",
        "sl" => b"si",
        "sr" => b"rs",
        "sv" => b"se",
        "th" => b"th",
        "tr" => b"tr",
        "uk" => b"ua",
        "vi" => b"vn",
        _ => return None,
    })
}
