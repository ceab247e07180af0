//! What must hold whatever people do.

use proptest::prelude::*;
use syncwatch_protocol::{
    MediaTime, ParticipantId, PlaybackControl, PlayerState, ServerMessage, SyncOutcome, WaitingPolicy,
};

use super::{TestRoom, film, id_of, key, player};
use crate::{Action, Input, Output, PlaybackRequest, Request, Via};

const PEOPLE: [&str; 6] = ["ada", "ben", "eve", "kim", "lou", "max"];

#[derive(Debug, Clone)]
enum Step {
    Enter(usize, bool),
    Lose(usize),
    Leave(usize),
    Command(usize, Action, Option<i64>, u8),
    Say(usize, String),
    Kick(usize, usize, bool),
    Transfer(usize, usize),
    Control(PlaybackControl),
    Player(usize, PlayerState),
    Waiting(WaitingPolicy),
    Pass(u64),
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        Just(Action::Pause),
        Just(Action::Play(None)),
        (0_u64..700_000).prop_map(|to| Action::Play(Some(MediaTime(to)))),
        (0_u64..700_000).prop_map(|to| Action::Seek(MediaTime(to))),
        prop_oneof![Just(0.5), Just(1.0), Just(2.0), Just(9.0), Just(f64::NAN)].prop_map(Action::SetRate),
        (1_u128..4).prop_map(|number| Action::SetSource(Some(Box::new(film(number))))),
        Just(Action::SetSource(None)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE.len();
    let states =
        [PlayerState::Loading, PlayerState::Ready, PlayerState::Playing, PlayerState::Stalled, PlayerState::Blocked];
    let policies = [WaitingPolicy::GoOn, WaitingPolicy::Wait, WaitingPolicy::Quorum];
    let control = [PlaybackControl::OwnerOnly, PlaybackControl::All, PlaybackControl::Selected];
    prop_oneof![
        3 => (who.clone(), any::<bool>()).prop_map(|(who, join)| Step::Enter(who, join)),
        1 => who.clone().prop_map(Step::Lose),
        1 => who.clone().prop_map(Step::Leave),
        8 => (who.clone(), action(), prop::option::of(-2_i64..2), any::<u8>())
            .prop_map(|(who, action, expected, key)| Step::Command(who, action, expected, key)),
        1 => (who.clone(), ".{0,20}").prop_map(|(who, text)| Step::Say(who, text)),
        1 => (who.clone(), who.clone(), any::<bool>()).prop_map(|(who, whom, ban)| Step::Kick(who, whom, ban)),
        1 => (who.clone(), who).prop_map(|(who, whom)| Step::Transfer(who, whom)),
        4 => (0..PEOPLE.len(), prop::sample::select(states.to_vec())).prop_map(|(who, state)| Step::Player(who, state)),
        1 => prop::sample::select(policies.to_vec()).prop_map(Step::Waiting),
        1 => prop::sample::select(control.to_vec()).prop_map(Step::Control),
        3 => (0_u64..90_000).prop_map(Step::Pass),
    ]
}

/// Takes one step; people who are not connected can do nothing.
fn take(test: &mut TestRoom, step: &Step) {
    let connected = |test: &TestRoom, who: usize| {
        let connection = test.connections.get(PEOPLE[who])?;
        test.room.person_of(*connection).map(|_| *connection)
    };
    test.out.clear();
    let (who, request) = match step.clone() {
        Step::Pass(ms) => {
            test.pass(ms);
            return;
        }
        Step::Enter(who, join) => {
            test.enter(PEOPLE[who], if join { Via::Join } else { Via::Session });
            return;
        }
        Step::Control(control) => return test.room.settings.playback_control = control,
        Step::Waiting(policy) => return test.room.settings.waiting = policy,
        Step::Player(who, state) => (who, player(state)),
        Step::Lose(who) => {
            if let Some(connection) = connected(test, who) {
                test.input(Input::Drop { connection });
            }
            return;
        }
        Step::Leave(who) => (who, Request::Leave),
        Step::Command(who, action, expected, number) => {
            let current = test.playback().sequence_number as i64;
            let expected = expected.map(|offset| (current + offset).max(0) as u64);
            (who, Request::Playback(PlaybackRequest { key: key(&format!("k{number}")), expected, action }))
        }
        Step::Say(who, text) => (who, Request::Chat { key: key("chat"), text }),
        Step::Kick(who, whom, ban) => {
            (who, Request::Kick { id: key("kick"), participant: id_of(PEOPLE[whom]), reason: None, ban })
        }
        Step::Transfer(who, whom) => (who, Request::Transfer { id: key("give"), participant: id_of(PEOPLE[whom]) }),
    };
    if let Some(connection) = connected(test, who) {
        test.input(Input::Request { connection, request });
    }
}

fn outcomes(out: &[Output]) -> Vec<SyncOutcome> {
    let reply = |output: &Output| match output {
        Output::AfterStored { event: ServerMessage::Reply(reply), .. }
        | Output::Send { event: ServerMessage::Reply(reply), .. } => Some(reply.outcome),
        _ => None,
    };
    out.iter().filter_map(reply).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    // SYNC-3
    #[test]
    fn sequence_numbers_grow_by_one_with_each_command_and_with_nothing_else(
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut test = TestRoom::empty();
        for step in &steps {
            let before = test.playback().sequence_number;
            take(&mut test, step);
            let numbers = test.out.iter().filter_map(|output| match output {
                Output::Send { event: ServerMessage::Command { command, .. }, .. } =>
                    Some(command.playback.sequence_number),
                _ => None,
            });
            let numbers: Vec<_> = numbers.collect();
            let expected: Vec<_> = (before + 1..=before + numbers.len() as u64).collect();
            prop_assert_eq!(&numbers, &expected);
            prop_assert_eq!(test.playback().sequence_number, before + numbers.len() as u64);
        }
    }

    // STYLE: replaying a log gives the same state and the same outputs
    #[test]
    fn replaying_the_same_inputs_gives_the_same_room_and_the_same_outputs(
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let (mut one, mut two) = (TestRoom::empty(), TestRoom::empty());
        for step in &steps {
            take(&mut one, step);
            take(&mut two, step);
            prop_assert_eq!(&one.out, &two.out);
        }
        prop_assert_eq!(one.room, two.room);
    }

    // SYNC-12
    #[test]
    fn nobody_without_the_right_ever_moves_the_timeline(
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut test = TestRoom::empty();
        for step in &steps {
            let before = test.playback();
            let allowed = match step {
                Step::Command(who, ..) => test.room.can_control(id_of(PEOPLE[*who])),
                _ => true,
            };
            take(&mut test, step);
            if !allowed {
                prop_assert_eq!(before, test.playback());
            }
        }
    }

    // SYNC-4
    #[test]
    fn what_is_answered_duplicate_stale_conflict_or_refused_changed_nothing(
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut test = TestRoom::empty();
        for step in &steps {
            let before = test.playback();
            take(&mut test, step);
            let is_command = matches!(step, Step::Command(..));
            if is_command && outcomes(&test.out).iter().any(|outcome| *outcome != SyncOutcome::Applied) {
                prop_assert_eq!(before, test.playback());
            }
        }
    }

    // ROOM-5, OWN-2
    #[test]
    fn a_room_has_always_one_owner_and_never_more_people_than_places(
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut test = TestRoom::empty();
        let known: Vec<ParticipantId> = PEOPLE.iter().map(|name| id_of(name)).collect();
        for step in &steps {
            let before = test.room.owner();
            take(&mut test, step);
            prop_assert!(test.room.people().count() <= 5);
            prop_assert!(known.contains(&test.room.owner()));
            let told = test.told_all().iter().any(|event| matches!(event, ServerMessage::OwnerChanged { .. }));
            prop_assert!(told || before == test.room.owner(), "a new owner is always announced");
            prop_assert!(test.room.banned().iter().all(|ban| ban.id != test.room.owner()));
        }
    }

    // BEY-4
    #[test]
    fn a_room_that_waits_stands_names_somebody_and_never_waits_longer_than_a_minute(
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut test = TestRoom::empty();
        for step in &steps {
            take(&mut test, step);
            let Some(waiting) = test.room.view().waiting else { continue };
            prop_assert!(!test.playback().is_playing);
            prop_assert!(!waiting.participants.is_empty());
            prop_assert!(waiting.until_ms.ms_since(test.now) <= 60_000);
            prop_assert!(test.room.deadline().is_some_and(|due| due <= waiting.until_ms));
        }
    }

    // SYNC-9
    #[test]
    fn the_film_is_never_outside_itself(steps in prop::collection::vec(step(), 1..80)) {
        let mut test = TestRoom::empty();
        for step in &steps {
            take(&mut test, step);
            prop_assert!(test.playback().anchor_media_time_ms <= MediaTime(600_000));
        }
    }
}
