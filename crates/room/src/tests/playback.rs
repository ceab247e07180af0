//! Commands and the timeline.

use syncwatch_protocol::{Code, CommandKind, MediaTime, PlaybackControl, ServerMessage, SyncOutcome};

use super::{TestRoom, film, id_of, key, outcome, report, unfinished};
use crate::{Action, Input, Output, PlaybackRequest, Request};

fn pause(text: &str, expected: Option<u64>) -> PlaybackRequest {
    PlaybackRequest { key: key(text), expected, action: Action::Pause }
}

// SYNC-3
#[test]
fn each_accepted_command_gets_the_next_sequence_number_and_reaches_everybody() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let before = test.playback().sequence_number;
    let reply = test.command("ben", Action::Seek(MediaTime(30_000)));
    assert_eq!((reply.outcome, reply.sequence_number), (SyncOutcome::Applied, before + 1));
    let command = test.told_all().into_iter().find_map(|event| match event {
        ServerMessage::Command { command, .. } => Some(command.clone()),
        _ => None,
    });
    let command = command.expect("everybody is told");
    assert_eq!((command.kind, command.issuer), (CommandKind::Seek, Some(id_of("ben"))));
    assert_eq!(command.playback, test.playback());
}

// SYNC-4
#[test]
fn a_command_sent_twice_happens_once_and_is_answered_with_its_first_result() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let first = test.command_as("ben", pause("once", None));
    let state = test.playback();
    test.command("ada", Action::Play(None));
    let again = test.command_as("ben", pause("once", None));
    assert_eq!((again.outcome, again.sequence_number), (SyncOutcome::Duplicate, first.sequence_number));
    assert!(test.playback().is_playing, "the repeated pause changed {state:?}");
}

// SYNC-4
#[test]
fn a_key_is_forgotten_after_an_hour() {
    let mut test = TestRoom::playing(["ada"]);
    test.command_as("ada", pause("once", None));
    test.now = test.now.plus_ms(3_600_001);
    test.command("ada", Action::Play(Some(MediaTime(0))));
    assert_eq!(test.command_as("ada", pause("once", None)).outcome, SyncOutcome::Applied);
}

// SYNC-5
#[test]
fn a_pause_with_an_outdated_sequence_is_a_conflict_and_changes_nothing() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let before = test.playback();
    let reply = test.command_as("ben", pause("late", Some(before.sequence_number - 1)));
    assert_eq!((reply.outcome, reply.playback), (SyncOutcome::Conflict, Some(before)));
    assert_eq!(test.playback(), before);
    let reply = test.command_as("ben", pause("early", Some(before.sequence_number + 7)));
    assert_eq!(reply.outcome, SyncOutcome::Conflict);
}

// SYNC-3
#[test]
fn a_command_meant_for_the_former_film_is_stale() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let seen = test.playback().sequence_number;
    test.command("ada", Action::SetSource(Some(Box::new(film(2)))));
    let reply = test.command_as("ben", pause("late", Some(seen)));
    assert_eq!(reply.outcome, SyncOutcome::Stale);
    assert!(test.playback().is_playing);
}

// SYNC-12
#[test]
fn without_the_right_a_command_is_refused_with_the_reason_and_changes_nothing() {
    let mut test = TestRoom::playing(["ada", "ben"]).settings(|s| s.playback_control = PlaybackControl::OwnerOnly);
    let before = test.playback();
    for action in [Action::Pause, Action::Play(None), Action::Seek(MediaTime(1)), Action::SetRate(2.0)] {
        let reply = test.command("ben", action);
        assert_eq!(outcome(&reply), (SyncOutcome::Refused, Some(Code::NotAllowedToControl)));
    }
    assert_eq!(test.playback(), before);
    assert_eq!(test.command("ada", Action::Pause).outcome, SyncOutcome::Applied);
}

// ROOM-4
#[test]
fn in_a_room_of_selected_control_the_named_person_commands_until_it_is_taken_back() {
    let mut test = TestRoom::playing(["ada", "ben"]).settings(|s| s.playback_control = PlaybackControl::Selected);
    assert_eq!(test.command("ben", Action::Pause).code, Some(Code::NotAllowedToControl));
    let select = |selected| Request::Select { id: key("s"), participant: id_of("ben"), selected };
    test.request("ada", select(true));
    assert_eq!(test.command("ben", Action::Pause).outcome, SyncOutcome::Applied);
    test.request("ada", select(false));
    assert_eq!(test.command("ben", Action::Play(None)).code, Some(Code::NotAllowedToControl));
}

// SYNC-10
#[test]
fn commands_are_scheduled_for_the_slowest_ready_person_but_for_nobody_hopeless() {
    let mut test = TestRoom::playing(["ada", "ben", "eve"]);
    let lead = |test: &mut TestRoom| {
        test.command("ada", Action::Seek(MediaTime(5_000)));
        test.playback().anchor_server_time_ms.ms_since(test.now)
    };
    assert_eq!(lead(&mut test), 80);
    test.request("ben", report(0.0, 200.0));
    assert_eq!(lead(&mut test), 180);
    test.request("eve", report(0.0, 3_000.0));
    assert_eq!(lead(&mut test), 180, "a member beyond 400 ms catches up and holds nobody");
}

// SYNC-10
#[test]
fn a_pause_stops_everybody_at_the_position_of_its_scheduled_moment() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let running = test.playback();
    test.command("ben", Action::Pause);
    let paused = test.playback();
    assert_eq!(paused.anchor_media_time_ms, running.position_at(paused.anchor_server_time_ms));
}

// BEY-5
#[test]
fn a_change_of_speed_keeps_the_position() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let running = test.playback();
    test.command("ben", Action::SetRate(1.5));
    let faster = test.playback();
    assert_eq!(faster.anchor_media_time_ms, running.position_at(faster.anchor_server_time_ms));
    test.pass(10_080);
    assert_eq!(test.position().0 - faster.anchor_media_time_ms.0, 15_000);
}

// SYNC-3
#[test]
fn speeds_and_positions_that_cannot_be_are_refused() {
    let mut test = TestRoom::playing(["ada"]);
    for rate in [0.0, 0.24, 2.01, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(test.command("ada", Action::SetRate(rate)).code, Some(Code::RateInvalid), "{rate}");
    }
    assert_eq!(test.command("ada", Action::Seek(MediaTime(600_001))).code, Some(Code::PositionInvalid));
    assert_eq!(test.command("ada", Action::Play(Some(MediaTime(u64::MAX)))).code, Some(Code::PositionInvalid));
}

// TRN-3
#[test]
fn a_film_that_is_missing_or_not_ready_is_not_played() {
    let mut test = TestRoom::with(["ada"]);
    assert_eq!(test.command("ada", Action::Play(None)).code, Some(Code::NoSource));
    test.command("ada", Action::SetSource(Some(Box::new(unfinished(1)))));
    assert_eq!(test.command("ada", Action::Play(None)).code, Some(Code::SourceNotReady));
    test.input(Input::VideoChanged(Box::new(film(1))));
    assert_eq!(test.command("ada", Action::Play(None)).outcome, SyncOutcome::Applied);
}

// ROOM-8
#[test]
fn another_film_starts_at_its_beginning_moving_as_before_once_it_can() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.command("ben", Action::SetSource(Some(Box::new(unfinished(2)))));
    assert!(!test.playback().is_playing);
    test.input(Input::VideoChanged(Box::new(film(2))));
    assert!(test.playback().is_playing, "it was moving before, so it moves as soon as it can");
    assert_eq!(test.playback().anchor_media_time_ms, MediaTime::ZERO);
    test.command("ben", Action::Pause);
    test.command("ben", Action::SetSource(Some(Box::new(film(3)))));
    assert!(!test.playback().is_playing);
}

// SYNC-12
#[test]
fn a_flood_of_commands_is_refused_for_its_sender_alone() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let refused = (0..60).filter(|n| {
        let reply = test.command("ben", Action::Seek(MediaTime(1_000 * n)));
        reply.code == Some(Code::TooManyCommands)
    });
    assert_eq!(refused.count(), 20);
    assert_eq!(test.command("ada", Action::Pause).outcome, SyncOutcome::Applied);
    test.pass(10_000);
    assert_eq!(test.command("ben", Action::Play(None)).outcome, SyncOutcome::Applied);
}

// SYNC-7
#[test]
fn the_answer_to_a_command_waits_until_it_is_stored() {
    let mut test = TestRoom::playing(["ada"]);
    test.command("ada", Action::Pause);
    let place = |wanted: fn(&Output) -> bool| test.out.iter().position(wanted).expect("is there");
    let save = place(|output| matches!(output, Output::Save));
    let told = place(|output| matches!(output, Output::Send { event: ServerMessage::Command { .. }, .. }));
    let answered = place(|output| matches!(output, Output::AfterStored { .. }));
    assert!(save < answered && told < answered);
}

// SYNC-6
#[test]
fn missed_commands_are_sent_in_order_and_only_those() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let seen = test.playback().sequence_number;
    for position in [1_000, 2_000, 3_000] {
        test.command("ada", Action::Seek(MediaTime(position)));
    }
    test.request("ben", Request::Catchup { after: seen });
    let missed = test.out.iter().find_map(|output| match output {
        Output::Send { event: ServerMessage::Catchup { commands }, .. } => Some(commands.clone()),
        _ => None,
    });
    let numbers: Vec<_> = missed.expect("an answer").iter().map(|c| c.playback.sequence_number).collect();
    assert_eq!(numbers, [seen + 1, seen + 2, seen + 3]);
}

// ROOM-3
#[test]
fn at_its_end_the_film_stops_and_play_begins_anew() {
    let mut test = TestRoom::playing(["ada"]);
    test.pass(600_000);
    assert_eq!(test.room.status(), syncwatch_protocol::RoomStatus::Ended);
    assert_eq!(test.position(), MediaTime(600_000));
    test.command("ada", Action::Play(None));
    assert_eq!(test.playback().anchor_media_time_ms, MediaTime::ZERO);
}
