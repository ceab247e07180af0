//! When everybody is told anew who is there.
//!
//! The list is sent whole, so its cost grows with the square of the people: each of n gets n lines. A change goes out at once
//! in a quiet room; further ones wait and only the newest goes.

use syncwatch_protocol::{Participant, ServerMessage, ServerTime};

/// Lists follow each other at most this often.
const EVERY_MS: f64 = 50.0;
/// Bytes of one person in a list, about.
const PERSON_BYTES: f64 = 300.0;
/// Bytes that a room may spend on lists in a millisecond: some 40 MB a second, a tenth of what one core can send.
const BYTES_PER_MS: f64 = 40_000.0;

/// What is to be told, and what everybody knows.
#[derive(Debug, Default)]
pub(super) struct PresenceLane {
    waiting: Option<Vec<Participant>>,
    /// What everybody in the room has been told last; none when they know different things.
    known: Option<Vec<Participant>>,
    sent_at: ServerTime,
}

impl PresenceLane {
    /// There is a new list.
    pub(super) fn changed(&mut self, participants: Vec<Participant>) {
        self.waiting = Some(participants);
    }

    /// Somebody came in and was told this list.
    pub(super) fn told_one(&mut self, participants: &[Participant]) {
        if self.known.as_deref() != Some(participants) {
            self.known = None;
        }
    }

    /// When the list that waits is due.
    pub(super) fn due(&self) -> Option<ServerTime> {
        self.waiting.as_ref().map(|waiting| self.sent_at.plus_ms(interval_ms(waiting.len())))
    }

    /// The list, if it is time to tell it and it is news to anybody. After a flood of people who come back it is not.
    pub(super) fn take_due(&mut self, now: ServerTime) -> Option<ServerMessage> {
        if self.due().is_none_or(|due| due > now) {
            return None;
        }
        let participants = self.waiting.take().filter(|waiting| self.known.as_ref() != Some(waiting))?;
        self.sent_at = now;
        self.known = Some(participants.clone());
        Some(ServerMessage::Participants { participants })
    }
}

fn interval_ms(people: usize) -> u64 {
    let all = people as f64;
    (all * all * PERSON_BYTES / BYTES_PER_MS).max(EVERY_MS) as u64
}

#[cfg(test)]
mod tests {
    use syncwatch_protocol::{ParticipantId, ParticipantKind, Presence, Role, SyncState};

    use super::*;

    const NOW: ServerTime = ServerTime(1_000_000);

    fn people(count: u128) -> Vec<Participant> {
        let person = |number| Participant {
            id: ParticipantId::new(uuid::Uuid::from_u128(number)),
            name: String::new(),
            role: Role::Guest,
            kind: ParticipantKind::Guest,
            can_control: false,
            selected: false,
            joined_at_ms: NOW,
            presence: Presence::Online,
            sync: SyncState::Unknown,
            drift_ms: None,
            position_ms: None,
            round_trip_ms: None,
            colour: 0,
        };
        (0..count).map(person).collect()
    }

    fn list(participants: Vec<Participant>) -> Option<ServerMessage> {
        Some(ServerMessage::Participants { participants })
    }

    // SYNC-13
    #[test]
    fn the_first_change_goes_at_once_and_of_those_that_follow_the_newest() {
        let mut lane = PresenceLane::default();
        lane.changed(people(1));
        assert_eq!(lane.take_due(NOW), list(people(1)));
        lane.changed(people(2));
        lane.changed(people(3));
        assert_eq!((lane.take_due(NOW.plus_ms(49)), lane.due()), (None, Some(NOW.plus_ms(50))));
        assert_eq!(lane.take_due(NOW.plus_ms(50)), list(people(3)));
        assert_eq!(lane.due(), None);
    }

    // SYNC-7
    #[test]
    fn what_everybody_knows_is_not_told_again() {
        let mut lane = PresenceLane::default();
        lane.changed(people(2));
        lane.take_due(NOW);
        lane.told_one(&people(2));
        lane.changed(people(2));
        assert_eq!(lane.take_due(NOW.plus_ms(100)), None);
        lane.told_one(&people(3));
        lane.changed(people(2));
        assert_eq!(lane.take_due(NOW.plus_ms(200)), list(people(2)), "one of them was told of three");
    }

    // DESIGN §4
    #[test]
    fn the_more_people_the_rarer_the_lists() {
        assert_eq!([interval_ms(5), interval_ms(50), interval_ms(200), interval_ms(2_000)], [50, 50, 300, 30_000]);
    }
}
