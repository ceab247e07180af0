//! How fast somebody's uploads may go, all of them together (UPL-3).
//!
//! A bucket fills at the allowed rate and holds a burst. Bytes that have come are paid for, into debt if need be, and
//! whoever is in debt reads nothing until it is paid: the sender is slowed by a full socket, and no more than one piece of
//! each connection is ever waiting in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use syncwatch_protocol::ParticipantId;
use tokio::time::Instant;

/// The paces of all who upload.
#[derive(Debug)]
pub(crate) struct Paces {
    rate: Rate,
    people: Mutex<HashMap<ParticipantId, Pace>>,
}

/// What is allowed to each person.
#[derive(Debug, Clone, Copy)]
struct Rate {
    bytes_per_second: f64,
    burst_bytes: f64,
}

/// One person's pace, shared by all his uploads.
#[derive(Debug, Clone)]
pub(crate) struct Pace {
    rate: Rate,
    bucket: Arc<Mutex<Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    /// Bytes that may come at once; below zero while there is debt.
    level: f64,
    at: Instant,
}

impl Paces {
    pub(crate) fn new(mbit_per_second: u64, burst_bytes: u64) -> Self {
        let rate = Rate { bytes_per_second: mbit_per_second as f64 * 125_000.0, burst_bytes: burst_bytes as f64 };
        Self { rate, people: Mutex::default() }
    }

    /// The pace of one person.
    pub(crate) fn of(&self, person: ParticipantId, now: Instant) -> Pace {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        // A full bucket is as good as a new one. Any other is kept after its last request, or the next would begin with
        // another burst.
        people.retain(|known, pace| *known == person || pace.is_used() || !pace.is_full(now));
        let fresh = || Bucket { level: self.rate.burst_bytes, at: now };
        people.entry(person).or_insert_with(|| Pace { rate: self.rate, bucket: Arc::new(fresh().into()) }).clone()
    }
}

impl Pace {
    /// Pays for bytes that have come.
    pub(crate) fn pay(&self, bytes: usize, now: Instant) {
        self.filled(now).level -= bytes as f64;
    }

    /// Whether more has come than was allowed so far.
    pub(crate) fn is_owed(&self) -> bool {
        self.filled(Instant::now()).level < 0.0
    }

    /// Waits until nothing is owed.
    pub(crate) async fn until_paid(&self) {
        loop {
            let owed = -self.filled(Instant::now()).level;
            if owed <= 0.0 {
                return;
            }
            // A little more than exact, so that rounding does not wake it just before the time.
            tokio::time::sleep(Duration::from_secs_f64(owed / self.rate.bytes_per_second) + Duration::from_millis(1))
                .await;
        }
    }

    fn filled(&self, now: Instant) -> std::sync::MutexGuard<'_, Bucket> {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let gained = now.saturating_duration_since(bucket.at).as_secs_f64() * self.rate.bytes_per_second;
        bucket.level = (bucket.level + gained).min(self.rate.burst_bytes);
        bucket.at = bucket.at.max(now);
        bucket
    }

    fn is_full(&self, now: Instant) -> bool {
        self.filled(now).level >= self.rate.burst_bytes
    }

    fn is_used(&self) -> bool {
        Arc::strong_count(&self.bucket) > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ADA: ParticipantId = ParticipantId::new(Uuid::from_u128(1));
    const BEN: ParticipantId = ParticipantId::new(Uuid::from_u128(2));

    /// 50 Mbit/s are 6.25 MB a second.
    fn paces() -> Paces {
        Paces::new(50, 10_000_000)
    }

    async fn send(pace: &Pace, bytes: usize) {
        for _ in 0..bytes / 50_000 {
            pace.until_paid().await;
            pace.pay(50_000, Instant::now());
        }
    }

    // UPL-3
    #[tokio::test(start_paused = true)]
    async fn a_burst_comes_at_once_and_the_rest_at_the_rate() {
        let pace = paces().of(ADA, Instant::now());
        let began = Instant::now();
        send(&pace, 10_000_000).await;
        assert_eq!(began.elapsed(), Duration::ZERO);
        send(&pace, 62_500_000).await;
        let took = began.elapsed().as_secs_f64();
        assert!((9.9..10.2).contains(&took), "62.5 MB took {took} s");
    }

    // UPL-3
    #[tokio::test(start_paused = true)]
    async fn all_uploads_of_one_person_share_a_pace_and_others_have_their_own() {
        let paces = paces();
        let began = Instant::now();
        let (one, other) = (paces.of(ADA, began), paces.of(ADA, began));
        tokio::join!(send(&one, 20_000_000), send(&other, 20_000_000));
        let took = began.elapsed().as_secs_f64();
        assert!((4.7..5.0).contains(&took), "30 MB beyond the burst took {took} s");
        let before_ben = Instant::now();
        send(&paces.of(BEN, before_ben), 10_000_000).await;
        assert_eq!(before_ben.elapsed(), Duration::ZERO);
    }

    // UPL-3
    #[tokio::test(start_paused = true)]
    async fn a_new_request_begins_with_what_the_last_one_left() {
        let paces = paces();
        send(&paces.of(ADA, Instant::now()), 10_000_000).await;
        let _others_come_and_go = paces.of(BEN, Instant::now());
        let began = Instant::now();
        send(&paces.of(ADA, began), 6_250_000).await;
        assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
    }

    // UPL-3, SEC-3
    #[tokio::test(start_paused = true)]
    async fn people_who_have_stopped_are_forgotten() {
        let paces = paces();
        for person in 0..100 {
            let person = ParticipantId::new(Uuid::from_u128(person + 10));
            paces.of(person, Instant::now()).pay(1_000_000, Instant::now());
        }
        tokio::time::advance(Duration::from_secs(2)).await;
        let _ada = paces.of(ADA, Instant::now());
        assert_eq!(paces.people.lock().unwrap().len(), 1);
    }
}
