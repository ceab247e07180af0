//! Hashing passwords (ACC-2): slow on purpose, so off the event loop and never more at once than the machine can bear.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// Hashes at a time. Each takes a whole core for a quarter of a second; more of them at once would only starve the rest.
const AT_ONCE: usize = 2;

/// Makes and compares bcrypt hashes.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    cost: u32,
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(cost: u32) -> Self {
        Self { cost, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The hash of a password that has at most 72 bytes.
    pub(crate) async fn hash(&self, password: &str) -> String {
        let (password, cost) = (password.to_owned(), self.cost);
        self.work(move || bcrypt::hash(password, cost).expect("the cost was validated at start")).await
    }

    /// Whether a password belongs to a hash. What cannot be compared does not belong.
    pub(crate) async fn matches(&self, password: &str, hash: &str) -> bool {
        let (password, hash) = (password.to_owned(), hash.to_owned());
        self.work(move || bcrypt::verify(password, &hash).unwrap_or(false)).await
    }

    /// As slow as a comparison, with nothing to compare: nobody can tell by the time whether an account exists.
    pub(crate) async fn pretend(&self) {
        let _unused = self.hash("nobody has this password").await;
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _turn = self.turns.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // ACC-2
    #[tokio::test]
    async fn all_72_bytes_of_a_password_count() {
        let passwords = Passwords::new(4);
        let long = "x".repeat(71);
        let hash = passwords.hash(&format!("{long}a")).await;
        assert!(passwords.matches(&format!("{long}a"), &hash).await);
        assert!(!passwords.matches(&format!("{long}b"), &hash).await);
    }

    // ACC-2
    #[tokio::test]
    async fn a_damaged_hash_matches_nothing() {
        assert!(!Passwords::new(4).matches("x", "not a hash").await);
    }
}
