//! Usernames and e-mail addresses.

use syncwatch_protocol::Code;

/// A username: 3 to 30 letters, digits, dots, dashes or underscores, in any script.
pub(crate) fn username(text: &str) -> Result<String, Code> {
    let name = text.trim();
    let known = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let fits = (3..=30).contains(&name.chars().count()) && name.chars().all(known);
    if fits { Ok(name.to_owned()) } else { Err(Code::UsernameInvalid) }
}

/// An e-mail address, judged by its shape alone: only a message to it could tell more.
pub(crate) fn email(text: &str) -> Result<String, Code> {
    let address = text.trim();
    let visible = !address.chars().any(|c| c.is_whitespace() || c.is_control());
    let plausible = address
        .rsplit_once('@')
        .is_some_and(|(name, domain)| !name.is_empty() && name.len() <= 64 && !name.contains('@') && is_domain(domain));
    if visible && plausible && address.len() <= 254 { Ok(address.to_owned()) } else { Err(Code::EmailInvalid) }
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        let known = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty() && label.chars().all(known) && !label.starts_with('-') && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    // ACC-1
    #[test]
    fn addresses_of_the_usual_shapes_are_taken() {
        for good in ["ada@example.org", " a.b+c@sub.example.co.uk ", "jörg@bücher.example", "x@1.de"] {
            assert!(email(good).is_ok(), "{good:?} was refused");
        }
    }

    // ACC-1
    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "x".repeat(65));
        for wrong in
            ["", "ada", "@example.org", "ada@", "ada@localhost", "a@b@c.de", "a b@c.de", "a@-x.de", "a@.de", &long]
        {
            assert_eq!(email(wrong), Err(Code::EmailInvalid), "{wrong:?} was accepted");
        }
    }

    // ACC-1
    #[test]
    fn usernames_have_letters_of_any_script_and_nothing_that_hides() {
        for good in ["ada", "big-ben_1.0", "Ольга"] {
            assert!(username(good).is_ok(), "{good:?} was refused");
        }
        for wrong in ["ab", "with space", "a@b", "x\u{202e}yz", &"x".repeat(31)] {
            assert_eq!(username(wrong), Err(Code::UsernameInvalid), "{wrong:?} was accepted");
        }
    }
}
