//! Waiting for those who are out of data, and going on without them.

use syncwatch_protocol::{
    ChatBody, CommandKind, MediaTime, PlayerState, ServerMessage, SettingsPatch, SystemEvent, Waiting, WaitingCause,
    WaitingPolicy,
};

use super::{TestRoom, film, key, player};
use crate::{Action, Request, Via};

/// A film plays before these people, who are all in step, in a room with this policy.
fn in_step<const N: usize>(policy: WaitingPolicy, people: [&str; N]) -> TestRoom {
    let mut test = TestRoom::playing(people).settings(|s| s.waiting = policy);
    for person in people {
        test.request(person, player(PlayerState::Playing));
    }
    test
}

fn waiting(test: &TestRoom) -> Option<(WaitingCause, Vec<String>)> {
    let names = |waiting: Waiting| waiting.participants.iter().map(|id| test.room.name_of(*id)).collect();
    test.room.view().waiting.map(|waiting| (waiting.cause, names(waiting)))
}

fn last_command(test: &TestRoom) -> Option<CommandKind> {
    test.told_all().into_iter().rev().find_map(|event| match event {
        ServerMessage::Command { command, .. } => Some(command.kind),
        _ => None,
    })
}

// SYNC-11, BEY-4
#[test]
fn a_room_that_waits_stands_where_it_is_and_goes_on_when_the_slow_one_has_data() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    let before = test.position();
    test.request("ben", player(PlayerState::Stalled)).pass(1_499);
    assert_eq!(waiting(&test), None, "a short stall is over before anybody could have waited");
    test.pass(1);
    assert_eq!(waiting(&test), Some((WaitingCause::Rebuffer, vec!["ben".into()])));
    assert_eq!((last_command(&test), test.playback().is_playing), (Some(CommandKind::Pause), false));
    assert!(test.position() > before, "nobody is taken back to where the slow one stands");
    test.request("ben", player(PlayerState::Ready));
    assert_eq!((waiting(&test), last_command(&test)), (None, Some(CommandKind::Play)));
    assert!(test.playback().is_playing);
}

// BEY-4
#[test]
fn after_ten_seconds_it_goes_on_without_him_and_names_him() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    test.request("ben", player(PlayerState::Stalled)).pass(1_500);
    test.pass(9_999);
    assert!(!test.playback().is_playing);
    test.pass(1);
    assert!(test.playback().is_playing);
    let named = ChatBody::System { event: SystemEvent::WentOnWithout { names: vec!["ben".into()] } };
    assert_eq!(test.lines().last(), Some(&named));
    test.pass(60_000);
    assert!(test.playback().is_playing, "he is not waited for again until he is back in step");
}

// BEY-4
#[test]
fn who_was_given_up_is_waited_for_again_once_he_was_back_in_step_but_not_for_ever() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    for hold in 1..=4 {
        test.request("ben", player(PlayerState::Stalled)).pass(1_500);
        assert_eq!(waiting(&test).is_some(), hold <= 3, "stall {hold}");
        test.request("ben", player(PlayerState::Playing)).pass(1_000);
    }
}

// SYNC-11
#[test]
fn a_room_that_goes_on_never_stands_for_anybody() {
    let mut test = in_step(WaitingPolicy::GoOn, ["ada", "ben"]);
    test.request("ben", player(PlayerState::Stalled)).pass(30_000);
    assert!(test.playback().is_playing);
}

// BEY-4
#[test]
fn a_quorum_waits_only_while_no_more_than_half_could_go_on() {
    let mut test = in_step(WaitingPolicy::Quorum, ["ada", "ben", "eve"]);
    test.request("ben", player(PlayerState::Stalled)).pass(5_000);
    assert!(test.playback().is_playing, "two of three are more than half");
    test.request("eve", player(PlayerState::Stalled)).pass(1_500);
    assert!(!test.playback().is_playing);
    test.request("eve", player(PlayerState::Ready));
    assert!(test.playback().is_playing);
}

// BEY-4
#[test]
fn a_film_that_is_started_waits_for_its_first_picture_at_most_a_minute() {
    let mut test = TestRoom::with(["ada", "ben"]).settings(|s| s.waiting = WaitingPolicy::Wait);
    test.command("ada", Action::SetSource(Some(Box::new(film(1)))));
    test.request("ada", player(PlayerState::Ready));
    test.request("ben", player(PlayerState::Loading));
    test.command("ada", Action::Play(None));
    assert_eq!(waiting(&test), Some((WaitingCause::FirstLoad, vec!["ben".into()])));
    test.pass(59_999);
    assert!(!test.playback().is_playing);
    test.pass(1);
    assert!(test.playback().is_playing);
}

// SYNC-11
#[test]
fn who_comes_into_a_moving_film_stops_nobody() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada"]);
    test.join("ben").request("ben", player(PlayerState::Loading)).request("ben", player(PlayerState::Stalled));
    test.pass(20_000);
    assert!(test.playback().is_playing);
    test.request("ben", player(PlayerState::Loading));
    test.command("ada", Action::Seek(MediaTime(5_000)));
    assert!(test.playback().is_playing, "nor when somebody skips meanwhile");
}

// WEB-3, SYNC-11
#[test]
fn a_browser_that_waits_for_a_touch_is_not_waited_for() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    test.request("ben", player(PlayerState::Blocked)).pass(10_000);
    assert!(test.playback().is_playing);
}

// BEY-4
#[test]
fn whoever_may_control_ends_the_wait_by_playing_or_pausing() {
    for (action, plays) in [(Action::Play(None), true), (Action::Pause, false)] {
        let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
        test.request("ben", player(PlayerState::Stalled)).pass(1_500);
        test.command("ada", action);
        test.pass(30_000);
        assert_eq!((test.playback().is_playing, waiting(&test)), (plays, None));
    }
}

// BEY-4
#[test]
fn a_wait_ends_when_the_slow_one_goes_or_the_owner_no_longer_wants_it() {
    let mut gone = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    gone.request("ben", player(PlayerState::Stalled)).pass(1_500);
    gone.request("ben", Request::Leave);
    assert!(gone.playback().is_playing);

    let mut changed = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    changed.request("ben", player(PlayerState::Stalled)).pass(1_500);
    let patch = SettingsPatch { waiting: Some(WaitingPolicy::GoOn), ..SettingsPatch::default() };
    changed.request("ada", Request::Settings { id: key("s"), patch });
    assert!(changed.playback().is_playing);
}

// ROOM-8, BEY-4
#[test]
fn another_film_chosen_during_a_wait_plays_on_as_the_old_one_would_have() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    test.request("ben", player(PlayerState::Stalled)).pass(1_500);
    test.command("ada", Action::SetSource(Some(Box::new(film(2)))));
    assert_eq!(waiting(&test).map(|(cause, _)| cause), Some(WaitingCause::FirstLoad));
    test.request("ada", player(PlayerState::Ready)).request("ben", player(PlayerState::Ready));
    assert!(test.playback().is_playing);
}

// BEY-4
#[test]
fn who_leaves_and_comes_back_has_no_new_budget_of_waits() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    for hold in 1..=4 {
        test.request("ben", player(PlayerState::Playing)).request("ben", player(PlayerState::Stalled)).pass(1_500);
        assert_eq!(waiting(&test).is_some(), hold <= 3, "stall {hold}");
        test.request("ben", Request::Leave).enter("ben", Via::Session);
    }
}

// BEY-4
#[test]
fn who_loads_his_page_anew_is_a_beginner_and_stops_nobody() {
    let mut test = in_step(WaitingPolicy::Wait, ["ada", "ben"]);
    test.lose("ben").enter("ben", Via::Session).request("ben", player(PlayerState::Stalled)).pass(5_000);
    assert!(test.playback().is_playing);
}
