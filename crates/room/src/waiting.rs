//! Waiting for those who are out of data, for a bounded time (SYNC-11, BEY-4).
//!
//! The film waits where the room is, not where the slow one is: nobody is ever taken back. Whoever comes into a film that
//! moves is not waited for, and whoever makes the others wait again and again is not either.

use serde::{Deserialize, Serialize};
use syncwatch_protocol::{
    CommandKind, ParticipantId, PlaybackState, PlayerState, ServerMessage, ServerTime, SystemEvent, Waiting,
    WaitingCause, WaitingPolicy,
};

use crate::people::{AWAY_AFTER_MS, Member};
use crate::timeline::{Phase, anchored};
use crate::{Outbox, Output, Recipients, Room};

/// Shorter stalls are over before anybody could have waited.
const STALL_TOLERATED_MS: u64 = 1_500;
/// How long the others wait for the first picture of a film, and for more data in it (BEY-4).
const FIRST_LOAD_MS: u64 = 60_000;
const REBUFFER_MS: u64 = 10_000;
/// How often one person may hold up the others in five minutes.
const HOLDS_PER_PERSON: usize = 3;
const HOLDS_WINDOW_MS: u64 = 300_000;

/// The film stands, and goes on when these people can or the time is up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Hold {
    cause: WaitingCause,
    missing: Vec<ParticipantId>,
    until: ServerTime,
}

impl Hold {
    fn view(&self) -> Waiting {
        Waiting { cause: self.cause, participants: self.missing.clone(), until_ms: self.until }
    }
}

impl Room {
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        self.hold.as_ref().map(Hold::view)
    }

    /// Judges anew whether the film should stand or go.
    pub(crate) fn wait_or_go_on(&mut self, now: ServerTime, out: &mut Outbox) {
        if self.hold.is_some() {
            return self.go_on_if_possible(now, out);
        }
        if self.timeline.playback.is_playing {
            let stalled = self.those(|member| member.stalled_at().is_some_and(|at| at <= now));
            self.judged(&stalled);
            self.wait_for(now, WaitingCause::Rebuffer, stalled, out);
        }
    }

    /// The film was just started: waits for those who have not loaded it.
    pub(crate) fn wait_for_first_load(&mut self, now: ServerTime, out: &mut Outbox) {
        if self.timeline.playback.is_playing {
            let loading = self.those(|member| member.player.is_some_and(|player| player.state == PlayerState::Loading));
            self.wait_for(now, WaitingCause::FirstLoad, loading, out);
        }
    }

    /// When the next stall has lasted too long, or the present wait has.
    pub(crate) fn waiting_deadline(&self) -> Option<ServerTime> {
        match &self.hold {
            Some(hold) => Some(hold.until),
            None if self.settings.waiting == WaitingPolicy::GoOn || !self.timeline.playback.is_playing => None,
            None => {
                let ahead = |member: &&Member| member.is_waited_for() && !member.stall_judged;
                self.members.iter().filter(ahead).filter_map(Member::stalled_at).min()
            }
        }
    }

    /// Somebody decides about the film himself: it no longer goes on by itself.
    pub(crate) fn stop_waiting(&mut self, out: &mut Outbox) {
        if self.hold.take().is_some() {
            self.tell_waiting(out);
        }
    }

    /// Somebody wants it to go on without those whom it waits for.
    pub(crate) fn give_up_waiting(&mut self, out: &mut Outbox) {
        let missing = self.hold.as_ref().map(|hold| hold.missing.clone()).unwrap_or_default();
        self.pass_over(&missing);
        self.stop_waiting(out);
    }

    /// Notes that these stalls were long enough to wait for; whether the room does is judged anew when somebody changes.
    fn judged(&mut self, stalled: &[ParticipantId]) {
        for id in stalled {
            if let Some(member) = self.members.get_mut(*id) {
                member.stall_judged = true;
            }
        }
    }

    fn those(&self, out_of_data: impl Fn(&Member) -> bool) -> Vec<ParticipantId> {
        let missing = |member: &&Member| member.is_waited_for() && out_of_data(member);
        self.members.iter().filter(missing).map(|member| member.id).collect()
    }

    fn wait_for(&mut self, now: ServerTime, cause: WaitingCause, missing: Vec<ParticipantId>, out: &mut Outbox) {
        if !self.must_wait(&missing) {
            return;
        }
        let missing = self.within_their_budget(now, missing);
        if !self.must_wait(&missing) {
            return;
        }
        let until = now.plus_ms(if cause == WaitingCause::FirstLoad { FIRST_LOAD_MS } else { REBUFFER_MS });
        let present = self.timeline.playback;
        let at = self.effective_at(now).max(present.anchor_server_time_ms);
        let position = present.position_at(at).at_most(self.length());
        self.hold = Some(Hold { cause, missing, until });
        let standing = PlaybackState { is_playing: false, ..anchored(present, at, position) };
        self.issue(now, CommandKind::Pause, standing, None, out);
        self.tell_waiting(out);
    }

    fn go_on_if_possible(&mut self, now: ServerTime, out: &mut Outbox) {
        let Some(hold) = self.hold.take() else { return };
        let missing: Vec<_> = hold.missing.iter().copied().filter(|id| self.is_missing(now, *id)).collect();
        if now < hold.until && self.must_wait(&missing) {
            let fewer = missing.len() < hold.missing.len();
            self.hold = Some(Hold { missing, ..hold });
            return if fewer {
                self.tell_waiting(out)
            };
        }
        self.pass_over(&missing);
        self.tell_waiting(out);
        self.timeline.phase = Phase::Started;
        let standing = self.timeline.playback;
        let at = self.effective_at(now).max(standing.anchor_server_time_ms);
        let moving = PlaybackState { is_playing: true, ..anchored(standing, at, standing.anchor_media_time_ms) };
        self.issue(now, CommandKind::Play, moving, None, out);
        let names: Vec<_> = missing.iter().map(|id| self.name_of(*id)).collect();
        if !names.is_empty() {
            self.tell_of_room(now, SystemEvent::WentOnWithout { names }, out);
        }
    }

    fn must_wait(&self, missing: &[ParticipantId]) -> bool {
        match self.settings.waiting {
            WaitingPolicy::GoOn => false,
            WaitingPolicy::Wait => !missing.is_empty(),
            WaitingPolicy::Quorum => {
                let watching = self.members.iter().filter(|member| member.is_watching()).count();
                !missing.is_empty() && (watching.saturating_sub(missing.len())) * 2 <= watching
            }
        }
    }

    fn is_missing(&self, now: ServerTime, id: ParticipantId) -> bool {
        self.members.get(id).is_some_and(|member| match member.lost_at {
            Some(lost) => now.ms_since(lost) < AWAY_AFTER_MS,
            None => !member.could_play() && !member.waits_for_person(),
        })
    }

    /// Counts the wait on the account of each, and leaves out those who have used it up.
    fn within_their_budget(&mut self, now: ServerTime, missing: Vec<ParticipantId>) -> Vec<ParticipantId> {
        let admitted = |id: &ParticipantId| {
            let admitted = self.holds.entry(*id).or_default().admits(now, HOLDS_PER_PERSON, HOLDS_WINDOW_MS);
            if !admitted && let Some(member) = self.members.get_mut(*id) {
                member.passed_over = true;
            }
            admitted
        };
        missing.into_iter().filter(admitted).collect()
    }

    fn pass_over(&mut self, missing: &[ParticipantId]) {
        for id in missing {
            if let Some(member) = self.members.get_mut(*id) {
                member.passed_over = true;
            }
        }
    }

    fn tell_waiting(&self, out: &mut Outbox) {
        out.push(Output::Save);
        let event = ServerMessage::Waiting { waiting: self.waiting() };
        out.push(Output::Send { to: Recipients::Everyone, event });
    }
}

impl Member {
    /// The film he was watching is another now: what his player last said is about the old one.
    pub(crate) fn film_changed(&mut self) {
        self.out_of_step();
        let waits_for_person = self.waits_for_person();
        if let Some(player) = self.player.as_mut().filter(|_| !waits_for_person) {
            player.state = PlayerState::Loading;
        }
    }

    /// What comes next is a beginning, and no stall of somebody who followed the film.
    pub(crate) fn out_of_step(&mut self) {
        self.in_step = false;
        self.stalled_since = None;
        self.stall_judged = false;
    }

    /// A browser that waits for a touch, or has no film, waits for its person and not for data.
    fn waits_for_person(&self) -> bool {
        self.player.is_some_and(|player| matches!(player.state, PlayerState::Blocked | PlayerState::Idle))
    }

    fn is_watching(&self) -> bool {
        self.is_online() && self.player.is_some() && !self.waits_for_person()
    }

    fn is_waited_for(&self) -> bool {
        self.is_watching() && !self.passed_over
    }

    fn stalled_at(&self) -> Option<ServerTime> {
        self.stalled_since.map(|since| since.plus_ms(STALL_TOLERATED_MS))
    }
}
