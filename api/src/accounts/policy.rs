//! Which passwords are taken (ACC-2).
//!
//! Length and not being a guess are what help; rules about digits and capitals make people write `Password1!`.

use syncwatch_protocol::Code;
use syncwatch_protocol::limits::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS};

/// Passwords of eight or more characters that lead the published lists of leaked ones, in lower case.
const COMMON: &[&str] = &[
    "password",
    "12345678",
    "123456789",
    "1234567890",
    "123123123",
    "11111111",
    "00000000",
    "88888888",
    "87654321",
    "987654321",
    "0987654321",
    "12341234",
    "123454321",
    "qwertyuiop",
    "qwerty123",
    "qwerty12",
    "qwerty1234",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "q1w2e3r4",
    "zaq12wsx",
    "asdfghjkl",
    "asdfasdf",
    "zxcvbnm123",
    "abcd1234",
    "abc12345",
    "abcdefgh",
    "a1b2c3d4",
    "password1",
    "password12",
    "password123",
    "password!",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "iloveyou",
    "iloveyou1",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "basketball",
    "superman",
    "batman123",
    "starwars",
    "pokemon1",
    "michelle",
    "jennifer",
    "jessica1",
    "charlie1",
    "liverpool",
    "chelsea1",
    "computer",
    "internet",
    "whatever",
    "trustno1",
    "letmein1",
    "welcome1",
    "welcome123",
    "changeme",
    "administrator",
    "admin123",
    "admin1234",
    "administrator1",
    "default1",
    "test1234",
    "testtest",
    "guest123",
    "secret123",
    "mustang1",
    "dragon123",
    "monkey123",
    "shadow123",
    "master123",
    "freedom1",
    "hello123",
    "samsung1",
    "nintendo",
    "minecraft",
    "corvette",
    "mercedes",
    "midnight",
    "maverick",
    "elephant",
    "chocolate",
    "butterfly",
    "blink182",
    "access14",
    "1234qwer",
    "qazwsxedc",
    "qwer1234",
    "asdf1234",
    "zxcvbnm1",
    "147258369",
    "159753123",
    "789456123",
    "102030405",
    "syncwatch",
    "syncwatch1",
    "watchtogether",
];

/// Whether a new password of an account may be used. `own` are names of its owner.
pub(crate) fn check_new_password(password: &str, own: &[&str]) -> Result<(), Code> {
    if password.chars().count() < PASSWORD_MIN_CHARS {
        return Err(Code::PasswordTooShort);
    }
    if password.len() > PASSWORD_MAX_BYTES {
        return Err(Code::PasswordTooLong);
    }
    let lower = password.to_lowercase();
    let mut characters = lower.chars();
    let first = characters.next();
    let one_character = characters.all(|character| Some(character) == first);
    let own_name = own.iter().any(|name| name.to_lowercase() == lower);
    if one_character || own_name || COMMON.contains(&lower.as_str()) { Err(Code::PasswordTooCommon) } else { Ok(()) }
}

/// Whether a room's password may be used. It is passed on among friends, so only what bcrypt reads is asked of it.
pub(crate) fn check_room_password(password: &str) -> Result<(), Code> {
    if password.len() > PASSWORD_MAX_BYTES { Err(Code::PasswordTooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // ACC-2
    #[test]
    fn a_long_password_that_is_no_guess_is_taken() {
        for good in ["correct horse", "hunter2hunter", "пароль-длинный", &"x1".repeat(36)] {
            assert_eq!(check_new_password(good, &["ada"]), Ok(()), "{good:?} was refused");
        }
    }

    // ACC-2
    #[test]
    fn a_short_long_or_guessable_password_is_refused_with_its_own_code() {
        assert_eq!(check_new_password("seven77", &[]), Err(Code::PasswordTooShort));
        assert_eq!(check_new_password(&"x1".repeat(37), &[]), Err(Code::PasswordTooLong));
        assert_eq!(check_new_password(&"é".repeat(37), &[]), Err(Code::PasswordTooLong), "74 bytes, 37 characters");
        for guess in ["PassWord", "aaaaaaaaaa", "Lovelace.Ada"] {
            assert_eq!(check_new_password(guess, &["lovelace.ada"]), Err(Code::PasswordTooCommon), "{guess:?}");
        }
    }
}
