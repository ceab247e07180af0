//! Writing a room down while it goes on (DESIGN §4).
//!
//! One write is under way at a time; what happens meanwhile gathers and goes into the next. An acknowledgement is handed
//! back only when everything that came before it is on the disk, and the fan-out to others never waits for that.

use std::collections::HashMap;
use std::future::pending;
use std::mem::take;
use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use syncwatch_protocol::{BannedPerson, ChatMessage, ParticipantId, ServerTime, VideoId};
use syncwatch_room::{ConnectionId, Room, Seat, Snapshot};
use syncwatch_store::{AuditEntry, PersonRow, RoomSave, Store, StoreError};

use crate::backlog::Kind;
use crate::metrics;
use crate::websocket::Frame;

/// A failed write is tried again after so long.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Lines of chat are written this often at most: a write costs as much as telling 200 people. Everybody has seen a line by
/// then, its author's tick waits. Whatever else is to be written takes them along at once.
const LINES_EVERY: Duration = Duration::from_millis(250);

/// An acknowledgement that waits for the disk.
pub(crate) type Acknowledgement = (ConnectionId, Kind, Frame);

/// What became of a write.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Landed {
    /// It is on the disk; these may be sent.
    Stored(Vec<Acknowledgement>),
    /// It will be tried again.
    Later,
    /// Another process has the room.
    Fenced,
}

/// The writing side of one room.
pub(crate) struct Persister {
    store: Store,
    waiting: Job,
    flight: Option<Flight>,
    retry_at: Option<Instant>,
    /// When lines of chat alone are reason enough to write.
    lines_at: Instant,
    /// As last given to the store; unknown after a failure.
    queue: Option<Vec<VideoId>>,
    bans: Option<Vec<BannedPerson>>,
    people: HashMap<ParticipantId, PersonRow>,
    people_changed: bool,
}

/// A write that is under way; it gives its job back, in case it must be done again.
type Flight = Pin<Box<dyn Future<Output = (Result<(), StoreError>, Job)> + Send>>;

#[derive(Debug, Default)]
struct Job {
    snapshot: bool,
    people: Vec<PersonRow>,
    messages: Vec<ChatMessage>,
    audit: Vec<AuditEntry>,
    acknowledgements: Vec<Acknowledgement>,
}

impl Persister {
    /// `people` as they stand in the store.
    pub(crate) fn new(store: Store, people: Vec<PersonRow>) -> Self {
        Self {
            store,
            waiting: Job::default(),
            flight: None,
            retry_at: None,
            lines_at: Instant::now(),
            queue: None,
            bans: None,
            people: people.into_iter().map(|person| (person.id, person)).collect(),
            people_changed: true,
        }
    }

    pub(crate) fn save(&mut self) {
        self.waiting.snapshot = true;
    }

    pub(crate) fn add_message(&mut self, message: ChatMessage) {
        self.waiting.messages.push(message);
    }

    pub(crate) fn add_audit(&mut self, entry: AuditEntry) {
        self.waiting.audit.push(entry);
    }

    /// The list of people that was stored last does not hold any more.
    pub(crate) fn people_changed(&mut self) {
        self.people_changed = true;
    }

    pub(crate) fn acknowledge(&mut self, acknowledgement: Acknowledgement) {
        self.waiting.acknowledgements.push(acknowledgement);
    }

    /// Whether everything is on the disk.
    pub(crate) fn is_idle(&self) -> bool {
        self.flight.is_none() && !self.waiting.writes() && self.waiting.acknowledgements.is_empty()
    }

    /// Starts the next write if none is under way. Returns what can be acknowledged at once, because nothing before it
    /// needs writing.
    pub(crate) fn start(&mut self, room: &mut Room, epoch: u64, now: ServerTime) -> Vec<Acknowledgement> {
        if self.flight.is_some() || self.retry_at.is_some() {
            return Vec::new();
        }
        if !self.waiting.writes() {
            return take(&mut self.waiting.acknowledgements);
        }
        let started = Instant::now();
        if self.waiting.is_lines_alone() && started < self.lines_at {
            return Vec::new();
        }
        self.lines_at = started + LINES_EVERY;
        let mut job = take(&mut self.waiting);
        job.people.extend(self.changed_people(room));
        let save = self.room_save(room, &job, epoch, now);
        let store = self.store.clone();
        self.flight = Some(Box::pin(async move {
            let result = store.rows.save_room(&save).await;
            metrics::room_stored(started.elapsed());
            if result.is_ok() {
                write_audit(&store, &job.audit).await;
            }
            (result, job)
        }));
        Vec::new()
    }

    /// Waits for the write that is under way, or for the time to try again; for ever when there is neither. May be given up
    /// and asked again at any time: nothing that was waited for is lost.
    pub(crate) async fn landed(&mut self) -> Landed {
        if let Some(retry_at) = self.retry_at {
            sleep_until(retry_at).await;
            self.retry_at = None;
            return Landed::Later;
        }
        let Some(flight) = &mut self.flight else {
            if self.waiting.is_lines_alone() {
                sleep_until(self.lines_at).await;
                return Landed::Later;
            }
            return pending().await;
        };
        let (result, job) = flight.await;
        self.flight = None;
        self.conclude(result, job)
    }

    fn conclude(&mut self, result: Result<(), StoreError>, job: Job) -> Landed {
        match result {
            Ok(()) => Landed::Stored(job.acknowledgements),
            Err(StoreError::Fenced) => Landed::Fenced,
            Err(failure) => {
                tracing::warn!("room could not be stored and will be tried again: {failure}");
                self.waiting = job.followed_by(take(&mut self.waiting));
                (self.queue, self.bans) = (None, None);
                self.retry_at = Some(Instant::now() + RETRY_AFTER);
                Landed::Later
            }
        }
    }

    fn room_save(&mut self, room: &mut Room, job: &Job, epoch: u64, now: ServerTime) -> RoomSave {
        // A line of chat alone changes nothing else, and the rest of a large room is some hundred kilobytes.
        let body = job.snapshot.then(|| text_of(&room.snapshot(now)));
        let queue = Some(room.queued().collect());
        let bans = Some(room.banned().to_vec());
        let save = RoomSave {
            room_id: room.id(),
            epoch,
            sequence: room.sequence(),
            body,
            settings: room.settings().clone(),
            status: room.status(),
            owner: room.owner(),
            source_video: room.video_id(),
            queue: queue.clone().filter(|_| queue != self.queue),
            people: job.people.clone(),
            bans: bans.clone().filter(|_| bans != self.bans),
            messages: job.messages.clone(),
            now_ms: now.0,
        };
        (self.queue, self.bans) = (queue, bans);
        save
    }

    /// Those who are not in the store as they are in the room. In a large room most are.
    fn changed_people(&mut self, room: &Room) -> Vec<PersonRow> {
        if !take(&mut self.people_changed) && !room.is_closed() {
            return Vec::new();
        }
        let mut before = take(&mut self.people);
        let mut changed = Vec::new();
        for person in people(room) {
            if before.remove(&person.id).as_ref() != Some(&person) {
                changed.push(person.clone());
            }
            self.people.insert(person.id, person);
        }
        let left = before.into_values().filter(|person| person.present);
        changed.extend(left.map(|person| PersonRow { present: false, ..person }));
        changed
    }
}

impl Job {
    fn writes(&self) -> bool {
        self.snapshot || !self.messages.is_empty() || !self.audit.is_empty()
    }

    fn is_lines_alone(&self) -> bool {
        !self.messages.is_empty() && !self.snapshot && self.audit.is_empty()
    }

    fn followed_by(mut self, later: Self) -> Self {
        self.snapshot |= later.snapshot;
        self.people.extend(later.people);
        self.messages.extend(later.messages);
        self.audit.extend(later.audit);
        self.acknowledgements.extend(later.acknowledgements);
        self
    }
}

fn text_of(snapshot: &Snapshot) -> String {
    serde_json::to_string(snapshot).expect("a snapshot is a plain value with text keys")
}

async fn write_audit(store: &Store, entries: &[AuditEntry]) {
    for entry in entries {
        if let Err(failure) = store.rows.audit(entry).await {
            tracing::warn!(action = entry.action.as_str(), "audit entry could not be stored: {failure}");
        }
    }
}

fn people(room: &Room) -> Vec<PersonRow> {
    let present = room.people().map(|person| PersonRow {
        id: person.id,
        name: person.name,
        kind: person.kind,
        role: person.role,
        colour: person.colour,
        joined_at_ms: person.joined_at_ms.0,
        present: true,
        kicked: false,
    });
    present.chain(room.kicked().iter().map(|seat| sent_out(room, seat))).collect()
}

fn sent_out(room: &Room, seat: &Seat) -> PersonRow {
    PersonRow {
        id: seat.id,
        name: seat.name.clone(),
        kind: seat.kind,
        role: room.role_of(seat.id),
        colour: seat.colour,
        joined_at_ms: seat.joined_at.0,
        present: false,
        kicked: true,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use syncwatch_protocol::{
        ParticipantId, ParticipantKind, PlaybackControl, Privacy, RoomId, RoomSettings, WaitingPolicy,
    };
    use syncwatch_room::Identity;
    use syncwatch_store::{AuditAction, NewRoom};
    use tokio::task::yield_now;
    use tokio::time::timeout;
    use uuid::Uuid;

    use super::*;

    const NOW: ServerTime = ServerTime(1_800_000_000_000);

    fn settings() -> RoomSettings {
        RoomSettings {
            name: "Film night".into(),
            max_participants: 5,
            playback_control: PlaybackControl::All,
            privacy: Privacy::Anonymous,
            chat: true,
            guest_chat: true,
            auto_handover: true,
            owner_lock: true,
            waiting: WaitingPolicy::GoOn,
        }
    }

    /// A room that the store knows, claimed by its first process.
    async fn claimed(store: &Store) -> (Room, u64) {
        let (id, owner) = (RoomId::new(Uuid::from_u128(1)), ParticipantId::new(Uuid::from_u128(2)));
        let identity =
            Identity { id, code: "K7QW2MXD".parse().expect("a code"), expires_at: NOW.plus_ms(1_000), places_cap: 5 };
        let row = NewRoom {
            id,
            code: identity.code.clone(),
            owner,
            owner_name: "Ada".into(),
            owner_kind: ParticipantKind::Guest,
            password_hash: None,
            settings: settings(),
            source_video: None,
            expires_at_ms: identity.expires_at.0,
        };
        store.rows.create_room(&row, NOW.0).await.expect("made");
        let epoch = store.rows.claim_room(id, NOW.0).await.expect("read").expect("there").epoch;
        (Room::new(identity, settings(), owner, epoch, NOW), epoch)
    }

    fn entry() -> AuditEntry {
        AuditEntry {
            id: Uuid::from_u128(3),
            at_ms: NOW.0,
            action: AuditAction::ParticipantJoined,
            actor: None,
            address: None,
            target: None,
            metadata: serde_json::json!({}),
            success: true,
        }
    }

    // SYNC-7
    #[tokio::test]
    async fn an_acknowledgement_is_handed_back_however_often_the_wait_for_it_is_given_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open_embedded(folder.path()).await.expect("a new store");
        let (mut room, epoch) = claimed(&store).await;
        let mut persister = Persister::new(store, Vec::new());
        let acknowledgement = (ConnectionId(1), Kind::Control, Frame::json(&"stored"));
        persister.save();
        persister.add_audit(entry());
        persister.acknowledge(acknowledgement.clone());
        assert_eq!(persister.start(&mut room, epoch, NOW).len(), 0);
        let landed = async {
            loop {
                // As the actor does when something else comes first.
                match persister.landed().now_or_never() {
                    Some(landed) => return landed,
                    None => yield_now().await,
                }
            }
        };
        let landed = timeout(Duration::from_secs(10), landed).await.expect("the write lands");
        assert_eq!(landed, Landed::Stored(vec![acknowledgement]));
    }
}
