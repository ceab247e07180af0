//! State: what may be lost with the process. Announcements, limits and values that end by themselves.

mod limits;
mod topics;
mod values;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

pub use limits::RateDecision;
pub use topics::{Announcement, Subscription};

use self::limits::Limits;
use self::topics::Topics;
use self::values::Values;

/// Short-lived state. Clones share it.
#[derive(Debug, Clone)]
pub struct State {
    memory: Arc<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    topics: Topics,
    limits: Limits,
    values: Values,
}

impl State {
    pub(crate) fn in_memory() -> Self {
        Self { memory: Arc::default() }
    }

    /// Announces something to those who listen now. Nobody listening is no failure.
    pub async fn publish(&self, topic: &str, message: impl Into<Bytes>) {
        self.memory.topics.publish(topic, message.into());
    }

    /// Listens to a topic from now on.
    pub async fn subscribe(&self, topic: &str) -> Subscription {
        self.memory.topics.subscribe(topic)
    }

    /// Counts one hit under `key` and says whether it is within `limit` hits per `window`.
    pub async fn hit(&self, key: &str, limit: u32, window: Duration, now_ms: u64) -> RateDecision {
        self.memory.limits.hit(key, limit, window, now_ms)
    }

    /// Keeps a value for `lifetime`.
    pub async fn put(&self, key: &str, value: impl Into<Bytes>, lifetime: Duration, now_ms: u64) {
        self.memory.values.put(key, value.into(), lifetime, now_ms);
    }

    /// The value under `key` and for how long it will be there.
    pub async fn get(&self, key: &str, now_ms: u64) -> Option<(Bytes, Duration)> {
        self.memory.values.get(key, now_ms)
    }

    /// Forgets a value.
    pub async fn delete(&self, key: &str) {
        self.memory.values.delete(key);
    }
}
