//! Announcements: whoever listens at the moment gets them, nobody else.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::broadcast::{self, error::RecvError};

/// Announcements that a slow listener may fall behind before it is told that it missed some. They are small and rare:
/// a video's progress comes twice a second. Each room listens to a topic of its own, and each place in a backlog takes memory.
const BACKLOG: usize = 32;

/// What a listener gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announcement {
    /// What was announced.
    Message(Bytes),
    /// Some were missed; read the truth from where it is stored.
    Missed,
}

/// Listens to one topic until dropped.
#[derive(Debug)]
pub struct Subscription {
    receiver: broadcast::Receiver<Bytes>,
}

impl Subscription {
    /// The next announcement; none when there will be no more.
    pub async fn next(&mut self) -> Option<Announcement> {
        match self.receiver.recv().await {
            Ok(message) => Some(Announcement::Message(message)),
            Err(RecvError::Lagged(_)) => Some(Announcement::Missed),
            Err(RecvError::Closed) => None,
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Topics {
    listened: Mutex<HashMap<String, broadcast::Sender<Bytes>>>,
}

impl Topics {
    pub(super) fn publish(&self, topic: &str, message: Bytes) {
        let mut listened = self.listened.lock().unwrap_or_else(PoisonError::into_inner);
        // A topic without listeners is dropped here, so that topics of closed rooms do not pile up.
        if listened.get(topic).is_some_and(|sender| sender.send(message).is_err()) {
            listened.remove(topic);
        }
    }

    pub(super) fn subscribe(&self, topic: &str) -> Subscription {
        let mut listened = self.listened.lock().unwrap_or_else(PoisonError::into_inner);
        listened.retain(|name, sender| name == topic || sender.receiver_count() > 0);
        let sender = listened.entry(topic.to_owned()).or_insert_with(|| broadcast::Sender::new(BACKLOG));
        Subscription { receiver: sender.subscribe() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // DATA-2
    #[tokio::test]
    async fn every_listener_of_a_topic_gets_what_is_announced_and_others_do_not() {
        let topics = Topics::default();
        let (mut one, mut two, mut other) = (topics.subscribe("a"), topics.subscribe("a"), topics.subscribe("b"));

        topics.publish("a", Bytes::from_static(b"1"));
        topics.publish("b", Bytes::from_static(b"2"));

        let message = |text: &'static [u8]| Some(Announcement::Message(Bytes::from_static(text)));
        assert_eq!(one.next().await, message(b"1"));
        assert_eq!(two.next().await, message(b"1"));
        assert_eq!(other.next().await, message(b"2"));
    }

    // DATA-2
    #[tokio::test]
    async fn a_listener_that_falls_behind_is_told_so() {
        let topics = Topics::default();
        let mut slow = topics.subscribe("a");
        for _ in 0..=BACKLOG {
            topics.publish("a", Bytes::from_static(b"x"));
        }
        assert_eq!(slow.next().await, Some(Announcement::Missed));
        assert_eq!(slow.next().await, Some(Announcement::Message(Bytes::from_static(b"x"))));
    }

    // DATA-2
    #[test]
    fn topics_that_nobody_listens_to_are_forgotten() {
        let topics = Topics::default();
        for room in 0..100 {
            drop(topics.subscribe(&format!("room:{room}")));
        }
        topics.publish("room:99", Bytes::new());
        assert!(topics.listened.lock().unwrap().is_empty());
    }
}
