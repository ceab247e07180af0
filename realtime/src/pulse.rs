//! One timer for all sockets: looks after each of them every few seconds.
//!
//! A timer per connection would wake the process thousands of times a second for nothing, and be the largest part of an idle
//! connection's memory.

use std::mem::take;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use syncwatch_protocol::ServerTime;

use crate::link::Link;

/// Once around, each socket is looked after once.
const SLOTS: usize = 32;
/// Thirty-two of these are the eight seconds between two looks: twice within the time in which an owner must give a sign.
const TICK: Duration = Duration::from_millis(250);

/// The sockets, spread evenly over the slots of a wheel.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    slots: [Mutex<Vec<Weak<Link>>>; SLOTS],
    next: AtomicUsize,
}

impl Pulse {
    /// Looks after `link` until it is dropped.
    pub(crate) fn watch(&self, link: &Arc<Link>) {
        let slot = self.next.fetch_add(1, Ordering::Relaxed) % SLOTS;
        self.slot(slot).push(Arc::downgrade(link));
    }

    /// Turns the wheel for ever.
    pub(crate) async fn run(&self, now: impl Fn() -> ServerTime) {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for slot in (0..SLOTS).cycle() {
            ticks.tick().await;
            self.look_after(slot, now());
        }
    }

    fn look_after(&self, slot: usize, now: ServerTime) {
        // Taken out, so that nobody who connects waits for thousands of writes.
        let mut links = take(&mut *self.slot(slot));
        links.retain(|link| {
            let link = link.upgrade();
            link.is_some_and(|link| {
                link.look_after(now);
                true
            })
        });
        let mut slot = self.slot(slot);
        links.append(&mut slot);
        *slot = links;
    }

    fn slot(&self, slot: usize) -> MutexGuard<'_, Vec<Weak<Link>>> {
        self.slots[slot].lock().unwrap_or_else(PoisonError::into_inner)
    }
}
