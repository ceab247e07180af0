//! A room's states, its snapshot, and going on from it.

use syncwatch_protocol::{
    ChatPosition, Code, MediaTime, PlayerState, RoomStatus, ServerTime, SyncOutcome, WaitingPolicy,
};

use super::{TestRoom, film, id_of, key, player};
use crate::{Action, Input, Output, PlaybackRequest, Request, Room, Snapshot, Via};

/// The room as another process finds it `after_ms` later: through JSON, as it is stored.
fn restarted(test: &mut TestRoom, after_ms: u64) -> TestRoom {
    let stored = serde_json::to_string(&test.room.snapshot(test.now)).expect("serialises");
    let snapshot: Snapshot = serde_json::from_str(&stored).expect("reads back");
    let now = test.now.plus_ms(after_ms);
    let (messages, more) = test.room.chat.latest();
    let room = Room::restore(test.room.identity.clone(), snapshot, messages, more, 2, now);
    let connections = std::collections::HashMap::new();
    TestRoom { room, now, out: Vec::new(), connections, next: 1_000 }
}

// ROOM-3
#[test]
fn a_room_goes_from_created_over_waiting_playing_and_paused_to_closed() {
    let mut test = TestRoom::empty();
    let mut seen = vec![test.room.status()];
    test.join("ada");
    seen.push(test.room.status());
    test.command("ada", Action::SetSource(Some(Box::new(film(1)))));
    test.command("ada", Action::Play(None));
    seen.push(test.room.status());
    test.command("ada", Action::Pause);
    seen.push(test.room.status());
    test.input(Input::Delete);
    seen.push(test.room.status());
    use RoomStatus::{Closed, Created, Paused, Playing, Waiting};
    assert_eq!(seen, [Created, Waiting, Playing, Paused, Closed]);
}

// ROOM-5
#[test]
fn a_deleted_room_sends_everybody_out_and_lets_nobody_in() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.input(Input::Delete);
    assert_eq!(test.out.iter().filter(|output| matches!(output, Output::Close { .. })).count(), 2);
    assert_eq!(test.join("eve").refusal(), Some(Code::RoomClosed));
    assert_eq!(test.room.deadline(), None);
}

// SYNC-7
#[test]
fn after_a_crash_the_film_has_moved_on_and_place_chat_queue_and_rights_are_there() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.request("ada", Request::Select { id: key("s"), participant: id_of("ben"), selected: true });
    test.request("ben", Request::Chat { key: key("c"), text: "still here?".into() });
    let mut again = restarted(&mut test, 4_000);
    assert_eq!(again.position(), MediaTime(test.position().0 + 4_000));
    assert_eq!(again.playback().epoch, 2);
    assert_eq!(again.room.owner(), id_of("ada"));
    assert!(again.participant("ben").expect("his place is kept").selected);
    again.enter("ben", Via::Session);
    assert_eq!(again.refusal(), None);
    assert_eq!(again.lines(), test.lines());
}

// SYNC-4
#[test]
fn a_command_repeated_after_a_crash_is_still_known() {
    let mut test = TestRoom::playing(["ada"]);
    let pause = PlaybackRequest { key: key("p"), expected: None, action: Action::Pause };
    test.command_as("ada", pause.clone());
    let mut again = restarted(&mut test, 1_000);
    again.enter("ada", Via::Session);
    assert_eq!(again.command_as("ada", pause).outcome, SyncOutcome::Duplicate);
}

// SYNC-7
#[test]
fn a_film_that_nobody_served_for_long_waits_where_it_was_last_alive() {
    let mut test = TestRoom::playing(["ada"]);
    let position = test.position();
    let again = restarted(&mut test, 3_600_000);
    assert!(!again.playback().is_playing);
    assert_eq!(again.position(), position);
}

// SYNC-7
#[test]
fn a_clock_that_was_put_back_before_a_restart_does_not_stop_the_film() {
    let mut test = TestRoom::playing(["ada"]);
    test.pass(5_000);
    let snapshot = test.room.snapshot(test.now);
    let (position, yesterday) = (test.position(), ServerTime(test.now.0 - 86_400_000));
    let again = Room::restore(test.room.identity.clone(), snapshot, Vec::new(), false, 2, yesterday);
    assert!(again.view().playback.is_playing);
    assert_eq!(again.view().playback.position_at(yesterday.plus_ms(1_000)), MediaTime(position.0 + 1_000));
}

// SYNC-7, BEY-4
#[test]
fn a_wait_that_was_cut_short_for_long_does_not_start_the_film_by_itself() {
    let mut test = TestRoom::playing(["ada", "ben"]).settings(|s| s.waiting = WaitingPolicy::Wait);
    test.request("ben", player(PlayerState::Playing)).request("ben", player(PlayerState::Stalled)).pass(1_500);
    assert!(test.room.view().waiting.is_some());
    let mut again = restarted(&mut test, 3_600_000);
    again.enter("ada", Via::Session).pass(20_000);
    assert!(!again.playback().is_playing);
}

// BEY-4
#[test]
fn a_clock_that_was_put_back_before_a_restart_ends_a_wait() {
    let mut test = TestRoom::playing(["ada", "ben"]).settings(|s| s.waiting = WaitingPolicy::Wait);
    test.request("ben", player(PlayerState::Playing)).request("ben", player(PlayerState::Stalled)).pass(1_500);
    assert!(test.room.view().waiting.is_some());
    let (snapshot, yesterday) = (test.room.snapshot(test.now), ServerTime(test.now.0 - 86_400_000));
    let again = Room::restore(test.room.identity.clone(), snapshot, Vec::new(), false, 2, yesterday);
    assert!(again.view().waiting.is_none());
}

// DESIGN §4
#[test]
fn a_snapshot_of_before_there_were_waits_and_delegates_is_read() {
    let mut test = TestRoom::playing(["ada"]);
    let mut stored = serde_json::to_value(test.room.snapshot(test.now)).expect("serialises");
    for later in ["delegate", "former", "hold"] {
        stored.as_object_mut().expect("an object").remove(later).expect("it is written today");
    }
    stored["settings"].as_object_mut().expect("an object").remove("waiting").expect("it is written today");
    assert!(serde_json::from_value::<Snapshot>(stored).is_ok());
}

// SYNC-7
#[test]
fn people_who_do_not_return_after_a_crash_leave_after_a_minute() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let mut again = restarted(&mut test, 2_000);
    again.enter("ben", Via::Session).pass(61_000);
    assert_eq!(again.room.people().map(|p| p.id).collect::<Vec<_>>(), [id_of("ben")]);
    assert_eq!(again.room.owner(), id_of("ben"));
}

// OWN-2
#[test]
fn an_owner_who_reconnects_later_than_others_after_a_crash_keeps_the_room() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let mut again = restarted(&mut test, 40_000);
    again.enter("ben", Via::Session).pass(31_000);
    again.enter("ada", Via::Session).pass(10_000);
    assert_eq!(again.room.owner(), id_of("ada"));
    assert!(again.playback().is_playing, "and the film went on");
}

// CHAT-1
#[test]
fn a_place_in_the_chat_is_never_given_to_two_lines_even_when_the_first_was_lost() {
    let mut test = TestRoom::with(["ada"]);
    let say = |text: &str| Request::Chat { key: key(text), text: text.into() };
    let mut again = restarted(&mut test, 500);
    test.request("ada", say("lost"));
    let lost = test.room.chat.latest().0.last().map(|line| line.position);
    again.enter("ada", Via::Session).request("ada", say("kept"));
    let kept = again.room.chat.latest().0.last().map(|line| line.position);
    assert!(kept > lost && lost > Some(ChatPosition(0)));
}

// DESIGN §4
#[test]
fn a_playing_room_is_saved_now_and_then_so_that_its_last_moment_is_known() {
    let mut test = TestRoom::playing(["ada"]);
    test.room.snapshot(test.now);
    assert!(test.room.deadline().expect("it plays") <= test.now.plus_ms(10_000));
    test.now = test.now.plus_ms(10_000);
    test.input(Input::Tick);
    assert!(test.out.contains(&Output::Save));
    assert_ne!(test.now, ServerTime(0));
}

// ROOM-1
#[test]
fn when_its_time_is_over_a_room_closes_and_says_so() {
    let mut test = TestRoom::with(["ada"]);
    test.now = test.room.identity.expires_at;
    test.input(Input::Tick);
    let reasons = test.out.iter().filter_map(|output| match output {
        Output::Close { reason, .. } => Some(*reason),
        _ => None,
    });
    assert_eq!(reasons.collect::<Vec<_>>(), [syncwatch_protocol::CloseReason::Expired]);
    assert_eq!(test.room.status(), RoomStatus::Closed);
}
