//! What one slow socket has not taken yet, and what becomes of it (DESIGN §4). Pure: time is an argument.
//!
//! Three lanes: control before chat before presence. The slower the socket, the more of what can be fetched or told anew is
//! left out, so that commands arrive in time, and a member who does not even take those is given up.

use std::collections::VecDeque;
use std::io::IoSlice;

use syncwatch_protocol::{ServerMessage, ServerTime};

use crate::websocket::Frame;

/// Over these, only the newest of what replaces itself is kept.
const CONFLATE: Limit = Limit { bytes: 16 * 1024, ms: 250 };
/// Over these, lines of chat are withheld; the member gets the latest ones when the socket is free again.
const WITHHOLD: Limit = Limit { bytes: 48 * 1024, ms: 1_000 };
/// Over these, the member cannot follow the room.
const GIVE_UP: Limit = Limit { bytes: 64 * 1024, ms: 5_000 };
/// A storm of commands can fill any queue for a moment; it is the member's fault when it stays full for so long.
const FULL_MS: u64 = 1_000;
/// What one member may cost at the very most.
const MEMORY_MAX_BYTES: usize = 512 * 1024;
/// Frames that are given to the kernel at once; a member with more waiting is slow already.
pub(crate) const GATHERED: usize = 32;

struct Limit {
    bytes: usize,
    ms: u64,
}

/// What a frame is, as far as waiting goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An answer to a clock exchange: goes before everything, and an old one is worth nothing.
    Clock,
    /// What a newcomer begins with. His whole room may be larger than any limit, so its bytes do not count.
    Welcome,
    /// Commands that a member missed. Large at times, and asked for; counts only for what he may cost at the very most.
    Missed,
    /// Commands, answers, roles: all of them, in order.
    Control,
    /// The room's state, whole: the newest says it all.
    State,
    /// The film, whole: the newest says it all.
    Film,
    /// A line of chat.
    Line,
    /// Other words about the chat: history, and that a line of one's own is stored.
    Chat,
    /// Who is there, whole: the newest says it all.
    People,
    /// Who came, went or changed; worth something only with all that came before.
    Presence,
}

impl Kind {
    /// What kind of frame a message makes.
    pub(crate) const fn of(message: &ServerMessage) -> Self {
        match message {
            ServerMessage::ClockPong { .. } => Self::Clock,
            ServerMessage::Hello(_) => Self::Welcome,
            ServerMessage::Catchup { .. } => Self::Missed,
            ServerMessage::State { .. } => Self::State,
            ServerMessage::Video { .. } => Self::Film,
            ServerMessage::ChatMessage { .. } => Self::Line,
            ServerMessage::ChatAccepted { .. }
            | ServerMessage::ChatHistory { .. }
            | ServerMessage::ChatCatchup { .. } => Self::Chat,
            ServerMessage::Participants { .. } => Self::People,
            ServerMessage::Presence { .. } => Self::Presence,
            ServerMessage::Command { .. }
            | ServerMessage::Reply(_)
            | ServerMessage::OwnerChanged { .. }
            | ServerMessage::OwnerAway { .. }
            | ServerMessage::OfferOwnership { .. }
            | ServerMessage::Waiting { .. }
            | ServerMessage::Error { .. }
            | ServerMessage::Closed { .. }
            | ServerMessage::Shutdown { .. } => Self::Control,
        }
    }

    const fn counts(self) -> bool {
        matches!(self, Self::Control | Self::State | Self::Film | Self::Line)
    }
}

/// The member cannot follow the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooSlow;

/// What waits to be written to one socket.
#[derive(Debug)]
pub(crate) struct Backlog {
    /// The rest of a frame that is partly written: nothing can come before it.
    begun: Option<(Kind, Frame)>,
    clock: Option<Frame>,
    control: VecDeque<Waiting>,
    chat: VecDeque<Waiting>,
    presence: VecDeque<Waiting>,
    close: Option<Frame>,
    /// The close frame is there, or has been written; nothing comes after it.
    closing: bool,
    /// Of what counts.
    bytes: usize,
    /// Of everything but the welcome.
    all_bytes: usize,
    /// Since when these are more than a member may be behind.
    full_since: Option<ServerTime>,
    /// What was left out; nothing of it goes out before the member was given what makes up for it.
    lacking: Lacking,
    /// When the socket last took something.
    moved_at: ServerTime,
    /// When the last of a newcomer's room was on its way; commands that came meanwhile could not have been sooner.
    welcomed_at: ServerTime,
}

/// What was left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Lacking {
    /// Lines of chat.
    pub(crate) lines: bool,
    /// Changes of who is there.
    pub(crate) people: bool,
}

#[derive(Debug)]
struct Waiting {
    kind: Kind,
    since: ServerTime,
    frame: Frame,
}

impl Backlog {
    /// Nothing waits yet.
    pub(crate) fn new(now: ServerTime) -> Self {
        Self {
            begun: None,
            clock: None,
            control: VecDeque::new(),
            chat: VecDeque::new(),
            presence: VecDeque::new(),
            close: None,
            closing: false,
            bytes: 0,
            all_bytes: 0,
            full_since: None,
            lacking: Lacking::default(),
            moved_at: now,
            welcomed_at: now,
        }
    }

    /// Notes the rest of a frame of which the socket took a part.
    pub(crate) fn begin(&mut self, kind: Kind, rest: Frame) {
        self.begun = Some((kind, rest));
    }

    /// Adds a frame, or leaves out what the member can do without.
    ///
    /// # Errors
    /// When he is too far behind for that to help.
    pub(crate) fn push(&mut self, now: ServerTime, kind: Kind, frame: &Frame) -> Result<(), TooSlow> {
        if self.closing {
            return Ok(());
        }
        if self.is_written() {
            self.moved_at = now;
        }
        if self.exceeds(&CONFLATE, now) {
            self.conflate(now, kind);
        }
        if self.exceeds(&WITHHOLD, now) {
            self.withhold(now);
        }
        self.check(now)?;
        let left_out = match kind {
            Kind::Line => self.lacking.lines,
            Kind::Presence => self.lacking.people,
            _ => false,
        };
        if let Some(lane) = self.lane(kind).filter(|_| !left_out) {
            lane.push_back(Waiting { kind, since: now, frame: frame.clone() });
        } else if kind == Kind::Clock {
            self.clock = Some(frame.clone());
        }
        self.recount(now);
        Ok(())
    }

    /// Whether the socket takes enough to go on with.
    ///
    /// # Errors
    /// When it does not.
    pub(crate) fn check(&self, now: ServerTime) -> Result<(), TooSlow> {
        let stuck = !self.is_written() && now.ms_since(self.moved_at) > GIVE_UP.ms;
        let late = self.oldest(&self.control).is_some_and(|since| now.ms_since(since) > GIVE_UP.ms);
        let full = self.full_since.is_some_and(|since| now.ms_since(since) > FULL_MS);
        let given_up = stuck || late || full || self.all_bytes > MEMORY_MAX_BYTES;
        if given_up && !self.closing { Err(TooSlow) } else { Ok(()) }
    }

    /// Ends with this frame, after what is owed to the member.
    pub(crate) fn close(&mut self, frame: Frame) {
        if !self.closing {
            (self.close, self.closing) = (Some(frame), true);
            self.presence.clear();
        }
    }

    /// Ends with this frame at once, save for the rest of one that is begun.
    pub(crate) fn cut_off(&mut self, frame: Frame) {
        let begun = self.begun.take();
        *self = Self { begun, close: Some(frame), closing: true, ..Self::new(self.moved_at) };
    }

    /// What is given now makes up for what was left out of these; they go out again.
    pub(crate) fn make_up(&mut self, now: ServerTime, made_up: Lacking, missing: Vec<(Kind, Frame)>) {
        self.lacking.lines &= !made_up.lines;
        self.lacking.people &= !made_up.people;
        for (kind, frame) in missing {
            if let Some(lane) = self.lane(kind) {
                lane.push_back(Waiting { kind, since: now, frame });
            }
        }
    }

    /// What is to be made up for, once everything else is written.
    pub(crate) fn lacking(&self) -> Lacking {
        if self.is_written() && !self.closing { self.lacking } else { Lacking::default() }
    }

    /// Whether nothing waits.
    pub(crate) fn is_written(&self) -> bool {
        self.frames().next().is_none()
    }

    /// Whether nothing waits and nothing needs to be remembered.
    pub(crate) fn is_over(&self) -> bool {
        self.lacking == Lacking::default() && !self.closing && self.is_written()
    }

    /// The next bytes, in the order in which they go out.
    pub(crate) fn gather(&self) -> ([IoSlice<'_>; GATHERED], usize) {
        let mut slices = [IoSlice::new(&[]); GATHERED];
        let mut count = 0;
        for (slice, frame) in slices.iter_mut().zip(self.frames()) {
            *slice = IoSlice::new(frame);
            count += 1;
        }
        (slices, count)
    }

    /// Takes out what the socket took.
    pub(crate) fn written(&mut self, now: ServerTime, mut bytes: usize) {
        if bytes > 0 {
            self.moved_at = now;
        }
        while bytes > 0 {
            let Some((kind, frame)) = self.take_first() else { break };
            if bytes < frame.len() {
                self.begun = Some((kind, frame.rest(bytes)));
                break;
            }
            bytes -= frame.len();
            if kind == Kind::Welcome {
                self.welcomed_at = now;
            }
        }
        self.recount(now);
    }

    fn frames(&self) -> impl Iterator<Item = &Frame> {
        let begun = self.begun.iter().map(|(_, frame)| frame).chain(&self.clock);
        let lanes = self.control.iter().chain(&self.chat).chain(&self.presence).map(|waiting| &waiting.frame);
        begun.chain(lanes).chain(&self.close)
    }

    /// Takes the frame out that goes out first; the same order as in `frames`.
    fn take_first(&mut self) -> Option<(Kind, Frame)> {
        let begun = self.begun.take();
        begun
            .or_else(|| self.clock.take().map(|frame| (Kind::Clock, frame)))
            .or_else(|| self.control.pop_front().map(|waiting| (waiting.kind, waiting.frame)))
            .or_else(|| self.chat.pop_front().map(|waiting| (waiting.kind, waiting.frame)))
            .or_else(|| self.presence.pop_front().map(|waiting| (waiting.kind, waiting.frame)))
            .or_else(|| self.close.take().map(|frame| (Kind::Control, frame)))
    }

    fn exceeds(&self, limit: &Limit, now: ServerTime) -> bool {
        let oldest = [&self.control, &self.chat].into_iter().filter_map(|lane| self.oldest(lane)).min();
        self.bytes > limit.bytes || oldest.is_some_and(|since| now.ms_since(since) > limit.ms)
    }

    /// Since when the oldest frame that counts waits, as far as it could have been sent: what waits behind a newcomer's room
    /// waits for its bytes and not for the member.
    fn oldest(&self, lane: &VecDeque<Waiting>) -> Option<ServerTime> {
        let begun = matches!(self.begun, Some((Kind::Welcome, _)));
        let waits = self.control.front().is_some_and(|first| first.kind == Kind::Welcome);
        let since = lane.iter().find(|waiting| waiting.kind.counts()).map(|waiting| waiting.since);
        since.filter(|_| !begun && !waits).map(|since| since.max(self.welcomed_at))
    }

    /// Leaves out what the next frame of this kind replaces, and all changes of presence.
    fn conflate(&mut self, now: ServerTime, kind: Kind) {
        if matches!(kind, Kind::State | Kind::Film | Kind::People)
            && let Some(lane) = self.lane(kind)
        {
            lane.retain(|waiting| waiting.kind != kind);
        }
        if kind == Kind::Presence {
            self.presence.clear();
            self.lacking.people = true;
        }
        self.recount(now);
    }

    /// Leaves out all lines from now on.
    fn withhold(&mut self, now: ServerTime) {
        self.chat.retain(|waiting| waiting.kind != Kind::Line);
        self.lacking.lines = true;
        self.recount(now);
    }

    fn lane(&mut self, kind: Kind) -> Option<&mut VecDeque<Waiting>> {
        match kind {
            Kind::Clock => None,
            Kind::Welcome | Kind::Missed | Kind::Control | Kind::State | Kind::Film => Some(&mut self.control),
            Kind::Line | Kind::Chat => Some(&mut self.chat),
            Kind::People | Kind::Presence => Some(&mut self.presence),
        }
    }

    fn recount(&mut self, now: ServerTime) {
        let counted = |waiting: &&Waiting| waiting.kind.counts();
        let all = self.control.iter().chain(&self.chat).filter(counted);
        self.bytes = all.map(|waiting| waiting.frame.len()).sum();
        let lanes = self.control.iter().chain(&self.chat).chain(&self.presence);
        let owed = lanes.filter(|waiting| waiting.kind != Kind::Welcome);
        self.all_bytes = owed.map(|waiting| waiting.frame.len()).sum();
        self.full_since = self.full_since.or(Some(now)).filter(|_| self.bytes > GIVE_UP.bytes);
    }
}

#[cfg(test)]
mod tests;
