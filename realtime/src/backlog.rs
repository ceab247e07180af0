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
    Presence,
}

impl Kind {
    /// What kind of frame a message makes.
    pub(crate) const fn of(message: &ServerMessage) -> Self {
        match message {
            ServerMessage::ClockPong { .. } => Self::Clock,
            ServerMessage::Hello(_) | ServerMessage::Catchup { .. } => Self::Welcome,
            ServerMessage::State { .. } => Self::State,
            ServerMessage::Video { .. } => Self::Film,
            ServerMessage::ChatMessage { .. } => Self::Line,
            ServerMessage::ChatAccepted { .. }
            | ServerMessage::ChatHistory { .. }
            | ServerMessage::ChatCatchup { .. } => Self::Chat,
            ServerMessage::Participants { .. } => Self::Presence,
            ServerMessage::Command { .. }
            | ServerMessage::Reply(_)
            | ServerMessage::OwnerChanged { .. }
            | ServerMessage::OwnerAway { .. }
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
    presence: Option<Frame>,
    close: Option<Frame>,
    /// The close frame is there, or has been written; nothing comes after it.
    closing: bool,
    /// Of what counts.
    bytes: usize,
    /// Lines were left out; none go out before the member was given the latest ones.
    withheld: bool,
    /// When the socket last took something.
    moved_at: ServerTime,
    /// When the last of a newcomer's room was on its way; commands that came meanwhile could not have been sooner.
    welcomed_at: ServerTime,
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
            presence: None,
            close: None,
            closing: false,
            bytes: 0,
            withheld: false,
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
        if self.exceeds(&WITHHOLD, now) {
            self.withhold();
        }
        self.check(now)?;
        match kind {
            Kind::Clock => self.clock = Some(frame.clone()),
            Kind::Presence => self.presence = Some(frame.clone()),
            Kind::Line if self.withheld => {}
            Kind::Line | Kind::Chat => self.chat.push_back(Waiting { kind, since: now, frame: frame.clone() }),
            Kind::State | Kind::Film if self.exceeds(&CONFLATE, now) => {
                self.control.retain(|waiting| waiting.kind != kind);
                self.control.push_back(Waiting { kind, since: now, frame: frame.clone() });
            }
            Kind::Welcome | Kind::Control | Kind::State | Kind::Film => {
                self.control.push_back(Waiting { kind, since: now, frame: frame.clone() });
            }
        }
        self.recount();
        Ok(())
    }

    /// Whether the socket takes enough to go on with.
    ///
    /// # Errors
    /// When it does not.
    pub(crate) fn check(&self, now: ServerTime) -> Result<(), TooSlow> {
        let stuck = !self.is_written() && now.ms_since(self.moved_at) > GIVE_UP.ms;
        let late = self.oldest(&self.control).is_some_and(|since| now.ms_since(since) > GIVE_UP.ms);
        let given_up = stuck || late || self.bytes > GIVE_UP.bytes;
        if given_up && !self.closing { Err(TooSlow) } else { Ok(()) }
    }

    /// Ends with this frame, after what is owed to the member.
    pub(crate) fn close(&mut self, frame: Frame) {
        if !self.closing {
            (self.close, self.closing, self.presence) = (Some(frame), true, None);
        }
    }

    /// Ends with this frame at once, save for the rest of one that is begun.
    pub(crate) fn cut_off(&mut self, frame: Frame) {
        let begun = self.begun.take();
        *self = Self { begun, close: Some(frame), closing: true, ..Self::new(self.moved_at) };
    }

    /// Lines may go out again: the latest ones, which are given now, make up for those that were left out.
    pub(crate) fn resume_lines(&mut self, now: ServerTime, latest: &Frame) {
        self.withheld = false;
        self.chat.push_back(Waiting { kind: Kind::Chat, since: now, frame: latest.clone() });
    }

    /// Whether everything is written, and lines were left out meanwhile.
    pub(crate) fn lacks_lines(&self) -> bool {
        self.withheld && self.is_written()
    }

    /// Whether nothing waits.
    pub(crate) fn is_written(&self) -> bool {
        self.frames().next().is_none()
    }

    /// Whether nothing waits and nothing needs to be remembered.
    pub(crate) fn is_over(&self) -> bool {
        !self.withheld && !self.closing && self.is_written()
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
        self.recount();
    }

    fn frames(&self) -> impl Iterator<Item = &Frame> {
        let begun = self.begun.iter().map(|(_, frame)| frame).chain(&self.clock);
        let lanes = self.control.iter().chain(&self.chat).map(|waiting| &waiting.frame);
        begun.chain(lanes).chain(&self.presence).chain(&self.close)
    }

    /// Takes the frame out that goes out first; the same order as in `frames`.
    fn take_first(&mut self) -> Option<(Kind, Frame)> {
        let begun = self.begun.take();
        begun
            .or_else(|| self.clock.take().map(|frame| (Kind::Clock, frame)))
            .or_else(|| self.control.pop_front().map(|waiting| (waiting.kind, waiting.frame)))
            .or_else(|| self.chat.pop_front().map(|waiting| (waiting.kind, waiting.frame)))
            .or_else(|| self.presence.take().map(|frame| (Kind::Presence, frame)))
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

    fn withhold(&mut self) {
        self.chat.retain(|waiting| waiting.kind != Kind::Line);
        self.withheld = true;
        self.recount();
    }

    fn recount(&mut self) {
        let counted = |waiting: &&Waiting| waiting.kind.counts();
        let all = self.control.iter().chain(&self.chat).filter(counted);
        self.bytes = all.map(|waiting| waiting.frame.len()).sum();
    }
}

#[cfg(test)]
mod tests;
