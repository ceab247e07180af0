//! The rooms that this process serves, each behind its mailbox.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;

use syncwatch_media::ffmpeg::POSTER;
use syncwatch_protocol::{RoomId, VideoView};
use syncwatch_room::ConnectionId;
use syncwatch_service::{Clock, MediaLinks, Tasks, TokenKeys};
use syncwatch_store::{Store, VideoRow};

use crate::actor::{Actor, Event};

/// Events that a room may be behind. A full mailbox refuses: whoever sent is told to try again, nobody waits.
const MAILBOX: usize = 1_024;

/// The realtime program's rooms. Clones are the same rooms.
#[derive(Clone)]
pub struct Rooms {
    inner: Arc<Inner>,
}

/// What the rooms need.
#[derive(Debug, Clone)]
pub struct RealtimeParts {
    /// Where rooms are kept.
    pub store: Store,
    /// Checks join tokens, signs session tokens.
    pub keys: TokenKeys,
    /// Signs the addresses of posters.
    pub links: MediaLinks,
    /// Server time.
    pub clock: Clock,
    /// Runs the actors and ends them in order.
    pub tasks: Tasks,
    /// The most places that an owner can give a room.
    pub places_cap: u16,
}

struct Inner {
    parts: RealtimeParts,
    mailboxes: Mutex<HashMap<RoomId, mpsc::Sender<Event>>>,
    connections: AtomicU64,
}

/// How much is going on (OBS-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Rooms in memory.
    pub rooms: usize,
}

/// The room has too much to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Busy;

impl Rooms {
    /// No rooms yet; they are taken over from the store when somebody enters.
    pub fn new(parts: RealtimeParts) -> Self {
        let mailboxes = Mutex::new(HashMap::new());
        Self { inner: Arc::new(Inner { parts, mailboxes, connections: AtomicU64::new(1) }) }
    }

    /// How much is going on.
    pub fn counts(&self) -> Counts {
        Counts { rooms: self.mailboxes().len() }
    }

    pub(crate) fn places_cap(&self) -> u16 {
        self.inner.parts.places_cap
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.parts.store
    }

    pub(crate) fn keys(&self) -> &TokenKeys {
        &self.inner.parts.keys
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.inner.parts.clock
    }

    pub(crate) fn tasks(&self) -> &Tasks {
        &self.inner.parts.tasks
    }

    /// A video as people see it, with a signed address for its poster.
    pub(crate) fn view(&self, video: &VideoRow) -> VideoView {
        let poster = self.inner.parts.links.link(video.id, video.attempt, POSTER, self.clock().now());
        video.view(Some(poster.path))
    }

    pub(crate) fn next_connection(&self) -> ConnectionId {
        ConnectionId(self.inner.connections.fetch_add(1, Ordering::Relaxed))
    }

    /// Puts an event into a room's mailbox. Somebody who enters wakes the room; for anything else it must be awake.
    pub(crate) fn send(&self, room: RoomId, event: Event) -> Result<(), Busy> {
        let mut mailboxes = self.mailboxes();
        match mailboxes.get(&room) {
            Some(mailbox) => mailbox.try_send(event).map_err(|_| Busy),
            None if matches!(event, Event::Enter { .. }) => {
                let (mailbox, events) = mpsc::channel(MAILBOX);
                let first = mailbox.try_send(event).map_err(|_| Busy);
                mailboxes.insert(room, mailbox);
                self.tasks().spawn("room", Actor::serve(self.clone(), room, events));
                first
            }
            None => Ok(()),
        }
    }

    /// Lets a room go that nobody is in, unless somebody has written to it meanwhile. True when it is gone.
    ///
    /// Under the same lock as `send`, so that an event is either seen here or wakes the room anew.
    pub(crate) fn release(&self, room: RoomId, events: &mpsc::Receiver<Event>) -> bool {
        let mut mailboxes = self.mailboxes();
        let quiet = events.is_empty();
        if quiet {
            mailboxes.remove(&room);
        }
        quiet
    }

    /// Lets a room go whatever waits for it, as when it was taken over by another process.
    pub(crate) fn abandon(&self, room: RoomId) {
        self.mailboxes().remove(&room);
    }

    fn mailboxes(&self) -> MutexGuard<'_, HashMap<RoomId, mpsc::Sender<Event>>> {
        // Held for a look-up and a send that never waits; a panic elsewhere cannot leave the map half changed.
        self.inner.mailboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
