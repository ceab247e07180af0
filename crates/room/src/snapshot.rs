//! What of a room survives its process, and how a room goes on from it (DESIGN §4).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use syncwatch_protocol::{
    BannedPerson, ChatMessage, ParticipantId, ParticipantKind, PlaybackState, RoomSettings, ServerTime, VideoView,
};

use crate::chat::ChatLog;
use crate::ownership::{Former, OwnerWatch};
use crate::people::Member;
use crate::queue::Queued;
use crate::timeline::{Answered, Phase, Timeline, anchored};
use crate::waiting::Hold;
use crate::{Identity, Person, Room};

/// A room that stood still longer than this is paused where it was last alive; below, players have played on meanwhile.
const PLAYS_ON_MS: u64 = 60_000;
/// Idempotency keys in a snapshot: retries after a crash are of the last few commands.
const KEYS_IN_SNAPSHOT: usize = 64;

/// The durable part of a room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    saved_at: ServerTime,
    settings: RoomSettings,
    owner: ParticipantId,
    #[serde(default)]
    delegate: Option<ParticipantId>,
    #[serde(default)]
    former: Option<Former>,
    #[serde(default)]
    hold: Option<Hold>,
    phase: Phase,
    playback: PlaybackState,
    source_since: u64,
    start_when_ready: bool,
    answered: Vec<Answered>,
    video: Option<VideoView>,
    queue: Vec<Queued>,
    members: Vec<Seat>,
    selected: BTreeSet<ParticipantId>,
    bans: Vec<BannedPerson>,
    kicked: Vec<Seat>,
    closed: bool,
}

/// A person's place in a room, without how he is reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seat {
    /// Who.
    pub id: ParticipantId,
    /// His name.
    pub name: String,
    /// With or without an account.
    pub kind: ParticipantKind,
    /// His colour.
    pub colour: u8,
    /// When he came.
    pub joined_at: ServerTime,
}

impl Snapshot {
    /// The room's state and the store's guard against an older process.
    pub fn playback(&self) -> &PlaybackState {
        &self.playback
    }
}

impl Room {
    /// What must be stored now. The room remembers that it was.
    pub fn snapshot(&mut self, now: ServerTime) -> Snapshot {
        self.saved_at = now;
        let answered = &self.timeline.answered;
        let recent = answered.len().saturating_sub(KEYS_IN_SNAPSHOT);
        Snapshot {
            saved_at: now,
            settings: self.settings.clone(),
            owner: self.owner,
            delegate: self.delegate,
            former: self.former,
            hold: self.hold.clone(),
            phase: self.timeline.phase,
            playback: self.timeline.playback,
            source_since: self.timeline.source_since,
            start_when_ready: self.timeline.start_when_ready,
            answered: answered.iter().skip(recent).cloned().collect(),
            video: self.video.clone(),
            queue: self.queue.clone(),
            members: self.members.iter().map(Member::seat).collect(),
            selected: self.selected.clone(),
            bans: self.bans.clone(),
            kicked: self.kicked.clone(),
            closed: self.closed,
        }
    }

    /// A room that goes on from `snapshot` under a new epoch. Its people have a minute to come back to their places.
    pub fn restore(
        identity: Identity,
        snapshot: Snapshot,
        messages: Vec<ChatMessage>,
        older: bool,
        epoch: u64,
        now: ServerTime,
    ) -> Self {
        let playback = PlaybackState { epoch, ..continued(&snapshot, now) };
        let mut room = Self::new(identity, snapshot.settings, snapshot.owner, epoch, now);
        room.timeline = Timeline {
            playback,
            phase: snapshot.phase,
            answered: snapshot.answered.into(),
            source_since: snapshot.source_since,
            start_when_ready: snapshot.start_when_ready,
            ..room.timeline
        };
        room.video = snapshot.video;
        room.queue = snapshot.queue;
        room.members = snapshot.members.into_iter().map(|member| seated(member, now)).collect();
        room.delegate = snapshot.delegate;
        // With a clock that was put back, what was to last for seconds would last until that moment comes round again.
        let in_time = now >= snapshot.saved_at;
        room.former = snapshot.former.filter(|_| in_time);
        // After a long outage nobody waits any more, and a film must not start by itself.
        room.hold = snapshot.hold.filter(|_| in_time && now.ms_since(snapshot.saved_at) <= PLAYS_ON_MS);
        room.selected = snapshot.selected;
        room.bans = snapshot.bans;
        room.kicked = snapshot.kicked;
        room.chat = ChatLog::restored(messages, older);
        room.owner_watch = OwnerWatch::Awaited { since: now };
        room.closed = snapshot.closed;
        room
    }

    /// Gives a room that has never been saved its chat back, as when its first process fell before the first save.
    pub fn with_chat(mut self, messages: Vec<ChatMessage>, older: bool) -> Self {
        self.chat = ChatLog::restored(messages, older);
        self
    }
}

/// The timeline after a take-over: it moved on while nobody served it, unless that was long.
fn continued(snapshot: &Snapshot, now: ServerTime) -> PlaybackState {
    let playback = snapshot.playback;
    if now < snapshot.saved_at {
        // The machine's clock was put back. The film must not stand until that moment comes round again.
        return anchored(playback, now, playback.position_at(snapshot.saved_at));
    }
    if !playback.is_playing || now.ms_since(snapshot.saved_at) <= PLAYS_ON_MS {
        return playback;
    }
    let length = snapshot.video.as_ref().and_then(|video| video.duration_ms);
    let position = playback.position_at(snapshot.saved_at).at_most(length);
    PlaybackState { is_playing: false, ..anchored(playback, now, position) }
}

fn seated(seat: Seat, now: ServerTime) -> Member {
    let person = Person { id: seat.id, name: seat.name, kind: seat.kind };
    Member { joined_at: seat.joined_at, ..Member::new(person, seat.colour, now) }
}
