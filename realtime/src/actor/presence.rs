//! When everybody is told anew who is there.
//!
//! What one person's change costs grows with the people who are told, and everybody reports once a second: what n people learn
//! of each other grows with the square of n. So changes gather for a while, the longer the more there is to tell. A small room
//! gets its whole list, a large one what changed.

use std::collections::{HashMap, HashSet};
use std::mem::take;

use syncwatch_protocol::{Participant, ParticipantId, ServerMessage, ServerTime};

/// Changes follow each other at most this often.
const EVERY_MS: f64 = 50.0;
/// Bytes of one person, about.
const PERSON_BYTES: f64 = 300.0;
/// Bytes that a room may spend on presence in a millisecond: some 40 MB a second, a tenth of what one core can send.
const BYTES_PER_MS: f64 = 40_000.0;
/// Rooms of so many get the whole list each time: a list cannot be misunderstood.
const SMALL_ROOM: usize = 32;

/// Who is there, and what people have not been told of it.
#[derive(Debug, Default)]
pub(super) struct PresenceLane {
    list: Vec<Participant>,
    /// Whoever came, went or changed since everybody was told. Newcomers know the list as it was when they came, and so
    /// perhaps more than the others; telling them again does no harm.
    changed: HashSet<ParticipantId>,
    told_at: ServerTime,
}

impl PresenceLane {
    /// There is a new list.
    pub(super) fn changed(&mut self, list: Vec<Participant>) {
        let same = if list.len() > SMALL_ROOM { looks_alike } else { Participant::eq };
        let mut before: HashMap<_, _> = self.list.iter().map(|person| (person.id, person)).collect();
        let mut changed = HashSet::new();
        for person in &list {
            let known = before.remove(&person.id).is_some_and(|old| same(old, person));
            if !known {
                changed.insert(person.id);
            }
        }
        changed.extend(before.into_keys());
        self.changed.extend(changed);
        self.list = list;
    }

    /// When there is something to tell.
    pub(super) fn due(&self) -> Option<ServerTime> {
        (!self.changed.is_empty())
            .then(|| self.told_at.plus_ms(interval_ms(self.told().min(self.changed.len()), self.told())))
    }

    /// What is to be told now, if anything. After a flood of people who come back there is nothing.
    pub(super) fn take_due(&mut self, now: ServerTime) -> Option<ServerMessage> {
        if self.due().is_none_or(|due| due > now) {
            return None;
        }
        self.told_at = now;
        let mut left = take(&mut self.changed);
        if self.told() <= SMALL_ROOM {
            return Some(ServerMessage::Participants { participants: self.list.clone() });
        }
        let changed = self.list.iter().filter(|person| left.remove(&person.id)).cloned().collect();
        Some(ServerMessage::Presence { changed, left: left.into_iter().collect() })
    }

    fn told(&self) -> usize {
        self.list.len()
    }
}

/// Whether nobody among many needs to hear of the difference: drift, position and link move all the time, and the state
/// that follows from them is what counts.
fn looks_alike(old: &Participant, new: &Participant) -> bool {
    let Participant { drift_ms, position_ms, round_trip_ms, .. } = *new;
    Participant { drift_ms, position_ms, round_trip_ms, ..old.clone() } == *new
}

/// How long changes of so many people gather before so many people are told.
fn interval_ms(changed: usize, told: usize) -> u64 {
    (changed as f64 * told as f64 * PERSON_BYTES / BYTES_PER_MS).max(EVERY_MS) as u64
}

#[cfg(test)]
mod tests {
    use syncwatch_protocol::{ParticipantKind, Presence, Role, SyncState};

    use super::*;

    const NOW: ServerTime = ServerTime(1_000_000);

    fn person(number: usize) -> Participant {
        Participant {
            id: ParticipantId::new(uuid::Uuid::from_u128(number as u128)),
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
        }
    }

    fn people(numbers: std::ops::Range<usize>) -> Vec<Participant> {
        numbers.map(person).collect()
    }

    fn whole(participants: Vec<Participant>) -> Option<ServerMessage> {
        Some(ServerMessage::Participants { participants })
    }

    // SYNC-13
    #[test]
    fn the_first_change_goes_at_once_and_of_those_that_follow_the_newest() {
        let mut lane = PresenceLane::default();
        lane.changed(people(0..1));
        assert_eq!(lane.take_due(NOW), whole(people(0..1)));
        lane.changed(people(0..2));
        lane.changed(people(0..3));
        assert_eq!((lane.take_due(NOW.plus_ms(49)), lane.due()), (None, Some(NOW.plus_ms(50))));
        assert_eq!(lane.take_due(NOW.plus_ms(50)), whole(people(0..3)));
        assert_eq!(lane.due(), None);
    }

    // SYNC-7
    #[test]
    fn what_everybody_knows_is_not_told_again() {
        let mut lane = PresenceLane::default();
        lane.changed(people(0..2));
        lane.take_due(NOW);
        lane.changed(people(0..2));
        assert_eq!(lane.take_due(NOW.plus_ms(100)), None);
    }

    // DESIGN §4
    #[test]
    fn a_large_room_is_told_who_changed_and_who_left_also_those_who_came_meanwhile() {
        let mut lane = PresenceLane::default();
        lane.changed(people(0..100));
        lane.take_due(NOW);
        lane.changed(people(0..102));
        let away = Participant { presence: Presence::Away, ..person(5) };
        let mut list = people(1..101);
        list[4] = away.clone();
        lane.changed(list);
        let Some(ServerMessage::Presence { changed, left }) = lane.take_due(NOW.plus_ms(1_000)) else {
            panic!("a delta")
        };
        assert_eq!(changed, [away, person(100)]);
        assert_eq!(HashSet::from_iter(left), HashSet::from([person(0).id, person(101).id]));
    }

    // SYNC-13
    #[test]
    fn a_large_room_hears_of_states_and_not_of_every_millisecond() {
        let mut lane = PresenceLane::default();
        lane.changed(people(0..100));
        lane.take_due(NOW);
        let mut list = people(0..100);
        list[7].drift_ms = Some(12.0);
        lane.changed(list.clone());
        assert_eq!(lane.due(), None);
        list[7].sync = SyncState::Stalled;
        lane.changed(list);
        assert!(lane.due().is_some());
    }

    // DESIGN §4
    #[test]
    fn the_more_there_is_to_tell_the_rarer_it_is_told() {
        let interval =
            [(5, 5), (50, 50), (200, 200), (1, 2_000), (2_000, 2_000)].map(|(some, all)| interval_ms(some, all));
        assert_eq!(interval, [50, 50, 300, 50, 30_000]);
    }
}
