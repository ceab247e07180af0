//! Limits of SPEC §1 and the wire, in one place, so that server and tests cannot differ about them.

/// People in a room, at least.
pub const MIN_PARTICIPANTS: u16 = 2;
/// People in a room, at most, unless the installation raises it.
pub const MAX_PARTICIPANTS: u16 = 5;
/// Characters of a nickname.
pub const NICKNAME_MAX_CHARS: usize = 40;
/// Characters of a room's name.
pub const ROOM_NAME_MAX_CHARS: usize = 80;
/// Characters of a film's title.
pub const TITLE_MAX_CHARS: usize = 200;
/// Characters of a chat message (CHAT-2).
pub const CHAT_MAX_CHARS: usize = 2_000;
/// Characters of a reason for a kick or ban.
pub const REASON_MAX_CHARS: usize = 200;
/// Messages a person may write in a minute (CHAT-2).
pub const CHAT_PER_MINUTE: usize = 30;
/// Bytes of a password: what bcrypt reads (ACC-2).
pub const PASSWORD_MAX_BYTES: usize = 72;
/// Characters of an account's password, at least.
pub const PASSWORD_MIN_CHARS: usize = 8;
/// Slowest and fastest speed.
pub const RATE_RANGE: std::ops::RangeInclusive<f64> = 0.25..=2.0;
/// Videos in a room's queue.
pub const QUEUE_MAX: usize = 100;
/// Bytes of one WebSocket message from a client.
pub const CLIENT_MESSAGE_MAX_BYTES: usize = 16 * 1024;
/// Bytes of an upload (SPEC §1).
pub const UPLOAD_MAX_BYTES: u64 = 8 * 1024 * 1024 * 1024;

/// A name as people may write it: trimmed, of 1 to `max` characters, without control or direction-changing characters.
///
/// Direction marks are refused because they let one person's name rewrite the line of another (`U+202E` and friends).
pub fn clean_name(text: &str, max: usize) -> Option<String> {
    let name = text.trim();
    let length = name.chars().count();
    let harmless = !name.chars().any(|c| c.is_control() || is_direction_mark(c) || is_invisible(c));
    (harmless && (1..=max).contains(&length) && name.chars().any(|c| !c.is_whitespace())).then(|| name.to_owned())
}

/// Characters that change the reading direction of what follows.
pub fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that take no space, save the joiners that emoji and several scripts need.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    // SEC-3
    #[test]
    fn a_name_of_any_script_is_kept_and_trimmed() {
        for name in ["Ada", "Zoë 🦊", "محمد", "李雷", "👩‍👩‍👧"] {
            assert_eq!(clean_name(&format!("  {name} "), 40).as_deref(), Some(name));
        }
    }

    // SEC-3
    #[test]
    fn a_name_that_is_empty_too_long_or_rewrites_its_line_is_refused() {
        for wrong in ["", "   ", "a\u{0}b", "a\nb", "evil\u{202e}txt", "\u{2066}x", "\u{200b}"] {
            assert_eq!(clean_name(wrong, 40), None, "{wrong:?} was accepted");
        }
        assert_eq!(clean_name(&"x".repeat(41), 40), None);
        assert!(clean_name(&"é".repeat(40), 40).is_some());
    }
}
