//! The rooms that this process serves, each behind its mailbox.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;

use syncwatch_protocol::{RoomId, VideoView};
use syncwatch_room::ConnectionId;
use syncwatch_service::{Clock, MediaLinks, Tasks, TokenKeys};
use syncwatch_store::{Store, VideoRow};

use crate::actor::{Actor, Event};
use crate::pulse::Pulse;

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
    mailboxes: Mutex<HashMap<RoomId, Mailbox>>,
    connections: AtomicU64,
    pulse: Pulse,
}

/// A room's mailbox, as its connections hold it.
#[derive(Debug, Clone)]
pub(crate) struct Mailbox(mpsc::Sender<Event>);

impl Mailbox {
    /// Puts an event in, as long as there is room for its kind: what comes again by itself gives way to chat, and chat to
    /// commands.
    pub(crate) fn offer(&self, event: Event) -> Result<(), Busy> {
        if self.0.capacity() > event.kept_free(MAILBOX) { self.0.try_send(event).or(Err(Busy)) } else { Err(Busy) }
    }

    /// Puts somebody's entrance in, or gives it back: dropped, it would end his connection without a word.
    fn take_in(&self, entrance: Event) -> Result<(), Full> {
        self.0.try_send(entrance).map_err(|refused| Full(refused.into_inner()))
    }

    /// Puts an event in that must not be lost, such as that a connection is gone, and waits until there is room for it. A
    /// room that has ended needs to know nothing.
    pub(crate) async fn insist(&self, event: Event) {
        let _ended = self.0.send(event).await;
    }
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

/// The room has too much to do to let somebody in; his entrance.
#[derive(Debug)]
pub(crate) struct Full(pub(crate) Event);

impl Rooms {
    /// No rooms yet; they are taken over from the store when somebody enters.
    pub fn new(parts: RealtimeParts) -> Self {
        let mailboxes = Mutex::new(HashMap::new());
        let rooms = Self {
            inner: Arc::new(Inner { parts, mailboxes, connections: AtomicU64::new(1), pulse: Pulse::default() }),
        };
        rooms.tasks().spawn("pulse", rooms.clone().beat());
        rooms
    }

    /// Looks after the sockets until the process stops.
    async fn beat(self) {
        let stopping = self.tasks().cancelled();
        let clock = self.clock();
        tokio::select! {
            () = stopping.cancelled() => {}
            () = self.inner.pulse.run(|| clock.now()) => {}
        }
    }

    pub(crate) fn pulse(&self) -> &Pulse {
        &self.inner.pulse
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

    /// A video as people see it, with signed addresses.
    pub(crate) fn view(&self, video: &VideoRow) -> VideoView {
        let now = self.clock().now();
        video.view(|attempt, file| self.inner.parts.links.link(video.id, attempt, file, now).path)
    }

    pub(crate) fn next_connection(&self) -> ConnectionId {
        ConnectionId(self.inner.connections.fetch_add(1, Ordering::Relaxed))
    }

    /// Brings somebody to a room, which is woken if it sleeps. What he has to say later goes straight into its mailbox.
    pub(crate) fn enter(&self, room: RoomId, entrance: Event) -> Result<Mailbox, Full> {
        let mut mailboxes = self.mailboxes();
        if let Some(mailbox) = mailboxes.get(&room) {
            return mailbox.take_in(entrance).map(|()| mailbox.clone());
        }
        let (sender, events) = mpsc::channel(MAILBOX);
        let mailbox = Mailbox(sender);
        mailbox.take_in(entrance)?;
        mailboxes.insert(room, mailbox.clone());
        self.tasks().spawn("room", Actor::serve(self.clone(), room, events));
        Ok(mailbox)
    }

    /// Lets a room go that nobody is in, unless somebody has written to it meanwhile. True when it is gone.
    ///
    /// Under the same lock as `enter`, so that somebody who enters is either seen here or wakes the room anew.
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

    fn mailboxes(&self) -> MutexGuard<'_, HashMap<RoomId, Mailbox>> {
        // Held for a look-up and a send that never waits; a panic elsewhere cannot leave the map half changed.
        self.inner.mailboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
