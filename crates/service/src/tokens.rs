//! Signed tokens (ACC-3, ACC-6, DESIGN §6): who somebody is, and where he may go.

use std::path::Path;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use syncwatch_protocol::{ParticipantId, ParticipantKind, RoomId, ServerTime};

use crate::random_bytes;

/// What a token says. Each kind has its own audience, so that one cannot be used as another.
pub trait Claims: Serialize + DeserializeOwned {
    /// The audience.
    const AUDIENCE: &'static str;
}

/// An account's access to the API, for 15 minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who.
    pub participant: ParticipantId,
    /// His username.
    pub username: String,
    /// The log-in it belongs to: the family of his refresh tokens.
    pub session: String,
}

/// A guest's access to the API, for one room (ACC-6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestClaims {
    /// Who.
    pub participant: ParticipantId,
    /// His nickname.
    pub nickname: String,
    /// The room he is bound to.
    pub room: RoomId,
}

/// The right to enter a room's socket, for a minute (DESIGN §6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinClaims {
    /// The room.
    pub room: RoomId,
    /// Who.
    pub participant: ParticipantId,
    /// The name to show.
    pub name: String,
    /// With or without an account.
    pub kind: ParticipantKind,
}

/// The right to come back to a room's socket, for a day (SYNC-7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClaims {
    /// The room.
    pub room: RoomId,
    /// Who.
    pub participant: ParticipantId,
    /// The name to show.
    pub name: String,
    /// With or without an account.
    pub kind: ParticipantKind,
}

impl Claims for AccessClaims {
    const AUDIENCE: &'static str = "api";
}
impl Claims for GuestClaims {
    const AUDIENCE: &'static str = "guest";
}
impl Claims for JoinClaims {
    const AUDIENCE: &'static str = "join";
}
impl Claims for SessionClaims {
    const AUDIENCE: &'static str = "session";
}

/// The keys that sign and check tokens: one signs, two are accepted, so that a secret can be replaced without logging
/// everyone out (ACC-3).
#[derive(Clone)]
pub struct TokenKeys {
    current: Key,
    previous: Option<Key>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Key {
    kid: String,
    secret: String,
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    current: Key,
    #[serde(default)]
    previous: Option<Key>,
}

#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    aud: String,
    iat: u64,
    exp: u64,
    #[serde(flatten)]
    claims: T,
}

/// The file of keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It cannot be read or written.
    #[error("cannot use the key file {path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// There is none to replace. One that is made only to be replaced would hide a slip in the folder's name.
    #[error(
        "there are no keys in {path}, so there is nothing to replace: the first start makes them. Is it the right data folder?"
    )]
    Missing {
        /// Which.
        path: String,
    },
    /// It is not what this program wrote. A new one would log everyone out, so that is left to the administrator.
    #[error("the key file {path} is damaged; restore it, or delete it to log everyone out and start with new keys")]
    Damaged {
        /// Which.
        path: String,
    },
}

/// A token that is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not signed by us, or for another purpose.
    #[error("token is not valid")]
    Invalid,
    /// Its time is over.
    #[error("token has expired")]
    Expired,
}

impl TokenKeys {
    /// Fresh keys that nobody else knows.
    pub fn random() -> Self {
        Self { current: Key::random(), previous: None }
    }

    /// The keys in `path`; made there at the first start, readable by the owner alone.
    ///
    /// # Errors
    /// When the file cannot be read, written or understood.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
        match Self::load(path) {
            Err(KeyError::Missing { .. }) => {
                let keys = Self::random();
                keys.write(path)?;
                Ok(keys)
            }
            loaded => loaded,
        }
    }

    fn load(path: &Path) -> Result<Self, KeyError> {
        let shown = || path.display().to_string();
        let bytes = std::fs::read(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => KeyError::Missing { path: shown() },
            _ => KeyError::File { path: shown(), source },
        })?;
        let file: KeyFile = serde_json::from_slice(&bytes).map_err(|_| KeyError::Damaged { path: shown() })?;
        Ok(Self { current: file.current, previous: file.previous })
    }

    /// Replaces the key in `path` that signs by a new one, for whoever loads it next. The former still verifies; the one
    /// before it does not any more.
    ///
    /// # Errors
    /// When there is none yet, or the file cannot be read, written or understood.
    pub fn rotate(path: &Path) -> Result<(), KeyError> {
        Self::load(path)?.rotated().write(path)
    }

    fn rotated(&self) -> Self {
        Self { current: Key::random(), previous: Some(self.current.clone()) }
    }

    /// A token with these claims, good for `ttl_seconds` from `now`.
    pub fn sign<T: Claims>(&self, claims: &T, ttl_seconds: u64, now: ServerTime) -> String {
        let issued = now.0 / 1_000;
        let envelope = Envelope { aud: T::AUDIENCE.into(), iat: issued, exp: issued + ttl_seconds, claims };
        let header = Header { kid: Some(self.current.kid.clone()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &envelope, &EncodingKey::from_secret(self.current.secret.as_bytes()))
            .expect("claims are plain values and the key is a shared secret")
    }

    /// The claims of a token of ours that is of this kind and still good at `now`.
    ///
    /// # Errors
    /// Which of the two it is not.
    pub fn verify<T: Claims>(&self, token: &str, now: ServerTime) -> Result<T, TokenError> {
        let kid = jsonwebtoken::decode_header(token).ok().and_then(|header| header.kid).ok_or(TokenError::Invalid)?;
        let known = [Some(&self.current), self.previous.as_ref()];
        let key = known.into_iter().flatten().find(|key| key.kid == kid).ok_or(TokenError::Invalid)?;
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&[T::AUDIENCE]);
        // Expiry is judged against the time handed in, which tests move; the library would ask the system's clock.
        rules.validate_exp = false;
        let token =
            jsonwebtoken::decode::<Envelope<T>>(token, &DecodingKey::from_secret(key.secret.as_bytes()), &rules)
                .map_err(|_| TokenError::Invalid)?;
        if token.claims.exp <= now.0 / 1_000 { Err(TokenError::Expired) } else { Ok(token.claims.claims) }
    }

    /// A keyed hash of `message` for `purpose`, such as a signed address.
    pub fn hmac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        self.current.hmac(purpose, message)
    }

    /// Whether `signature` is the keyed hash of `message`, by the current or the former key. Takes the same time either way.
    pub fn hmac_matches(&self, purpose: &str, message: &[u8], signature: &[u8]) -> bool {
        let known = [Some(&self.current), self.previous.as_ref()];
        known.into_iter().flatten().any(|key| hmac::verify(&key.purpose(purpose), message, signature).is_ok())
    }

    fn write(&self, path: &Path) -> Result<(), KeyError> {
        self.replace(path).map_err(|source| KeyError::File { path: path.display().to_string(), source })
    }

    /// Writes aside first: whoever reads meanwhile, and a machine that stops, finds the old keys or the new ones.
    fn replace(&self, path: &Path) -> std::io::Result<()> {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let file = KeyFile { current: self.current.clone(), previous: self.previous.clone() };
        let aside = path.with_extension("new");
        let mut out = std::fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&aside)?;
        out.write_all(&serde_json::to_vec_pretty(&file)?)?;
        out.sync_all()?;
        std::fs::rename(aside, path)
    }
}

impl std::fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenKeys {{ kid: {:?}, secret: *** }}", self.current.kid)
    }
}

impl Key {
    fn random() -> Self {
        let kid = URL_SAFE_NO_PAD.encode(random_bytes::<6>());
        Self { kid, secret: URL_SAFE_NO_PAD.encode(random_bytes::<32>()) }
    }

    /// A key of its own for each purpose, so that a signature for one is never one for another.
    fn purpose(&self, purpose: &str) -> hmac::Key {
        let root = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&root, purpose.as_bytes()).as_ref())
    }

    fn hmac(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let tag = hmac::sign(&self.purpose(purpose), message);
        tag.as_ref().try_into().expect("SHA-256 has 32 bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: ServerTime = ServerTime(1_800_000_000_000);

    fn guest() -> GuestClaims {
        let id = |n| Uuid::from_u128(n);
        GuestClaims { participant: ParticipantId::new(id(1)), nickname: "Ada".into(), room: RoomId::new(id(2)) }
    }

    // ACC-3
    #[test]
    fn a_token_is_good_until_its_time_is_over() {
        let keys = TokenKeys::random();
        let token = keys.sign(&guest(), 60, NOW);
        assert_eq!(keys.verify::<GuestClaims>(&token, NOW.plus_ms(59_000)), Ok(guest()));
        assert_eq!(keys.verify::<GuestClaims>(&token, NOW.plus_ms(60_000)), Err(TokenError::Expired));
    }

    // ACC-3
    #[test]
    fn a_token_of_one_kind_is_not_one_of_another() {
        let keys = TokenKeys::random();
        let token = keys.sign(&guest(), 60, NOW);
        assert_eq!(keys.verify::<AccessClaims>(&token, NOW), Err(TokenError::Invalid));
    }

    // ACC-3
    #[test]
    fn after_a_rotation_old_tokens_and_signatures_are_still_good_and_after_two_they_are_not() {
        let first = TokenKeys::random();
        let (token, signature) = (first.sign(&guest(), 60, NOW), first.hmac("media", b"x"));
        let second = first.rotated();
        assert_eq!(second.verify::<GuestClaims>(&token, NOW), Ok(guest()));
        assert!(second.hmac_matches("media", b"x", &signature));
        let third = second.rotated();
        assert_eq!(third.verify::<GuestClaims>(&token, NOW), Err(TokenError::Invalid));
        assert!(!third.hmac_matches("media", b"x", &signature));
    }

    // SEC-4
    #[test]
    fn keys_survive_a_restart_and_are_readable_by_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.json");
        let token = TokenKeys::load_or_create(&path).expect("made").sign(&guest(), 60, NOW);
        let again = TokenKeys::load_or_create(&path).expect("read");
        assert_eq!(again.verify::<GuestClaims>(&token, NOW), Ok(guest()));
        assert_eq!(path.metadata().expect("there").permissions().mode() & 0o777, 0o600);
        assert!(!format!("{again:?}").contains(&again.current.secret));
    }

    // ACC-3
    #[test]
    fn a_rotation_of_the_file_is_seen_by_whoever_loads_it_next() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.json");
        let first = TokenKeys::load_or_create(&path).expect("made").sign(&guest(), 60, NOW);
        TokenKeys::rotate(&path).expect("rotated");
        let keys = TokenKeys::load_or_create(&path).expect("read");
        assert_eq!(keys.verify::<GuestClaims>(&first, NOW), Ok(guest()));
        assert_ne!(first, keys.sign(&guest(), 60, NOW), "another key signs");
        TokenKeys::rotate(&path).expect("rotated");
        let keys = TokenKeys::load_or_create(&path).expect("read");
        assert_eq!(keys.verify::<GuestClaims>(&first, NOW), Err(TokenError::Invalid));
    }

    // ACC-3
    #[test]
    fn where_no_keys_are_nothing_is_replaced_and_nothing_made() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [folder.path().join("keys.json"), folder.path().join("mistyped/keys.json")] {
            let told = TokenKeys::rotate(&path).expect_err("there is none").to_string();
            assert!(told.contains(&path.display().to_string()) && told.contains("nothing to replace"), "{told}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0);
    }

    // SEC-4
    #[test]
    fn a_damaged_key_file_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.json");
        std::fs::write(&path, "{}").expect("written");
        assert!(matches!(TokenKeys::load_or_create(&path), Err(KeyError::Damaged { .. })));
        assert_eq!(std::fs::read(&path).expect("there"), b"{}");
    }
}
