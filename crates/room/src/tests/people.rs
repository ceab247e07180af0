//! Coming and going.

use syncwatch_protocol::{Code, MediaTime, ParticipantKind, PlayerReport, Presence, Role, SyncState};

use super::{TestRoom, id_of, person, report};
use crate::{AWAY_AFTER_MS, Action, Input, LEFT_AFTER_MS, Missed, Output, Request, Via};

fn welcome(test: &TestRoom) -> &Missed {
    let found = test.out.iter().find_map(|output| match output {
        Output::Welcome(welcome) => Some(&welcome.missed),
        _ => None,
    });
    found.expect("he was let in")
}

// ROOM-2
#[test]
fn a_full_room_refuses_a_newcomer_and_not_one_who_returns() {
    let mut test = TestRoom::with(["ada", "ben"]).settings(|s| s.max_participants = 2);
    test.join("eve");
    assert_eq!(test.refusal(), Some(Code::RoomFull));
    test.lose("ben").enter("ben", Via::Session);
    assert_eq!(test.refusal(), None);
}

// ROOM-10
#[test]
fn several_tabs_of_one_person_are_one_participant() {
    let mut test = TestRoom::with(["ada", "ben"]);
    let first_tab = test.connections["ben"];
    test.join("ben");
    assert_eq!(test.room.people().count(), 2);
    test.input(Input::Drop { connection: first_tab }).pass(AWAY_AFTER_MS + 1);
    assert_eq!(test.participant("ben").map(|ben| ben.presence), Some(Presence::Online));
}

// SYNC-7
#[test]
fn a_short_loss_of_connection_is_not_shown_and_a_longer_one_is_until_the_place_is_free() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.lose("ben").pass(AWAY_AFTER_MS - 1);
    assert_eq!(test.participant("ben").map(|ben| ben.presence), Some(Presence::Online));
    test.pass(1);
    assert_eq!(test.participant("ben").map(|ben| ben.presence), Some(Presence::Away));
    test.pass(LEFT_AFTER_MS - AWAY_AFTER_MS);
    assert_eq!(test.participant("ben"), None);
}

// SYNC-7
#[test]
fn who_returns_keeps_place_and_colour_and_gets_what_he_missed() {
    let mut test = TestRoom::with(["ada", "ben"]);
    let before = test.participant("ben").expect("in").colour;
    test.lose("ben");
    let connection = crate::ConnectionId(99);
    let resume = Some(syncwatch_protocol::Resume { epoch: 1, last_sequence: 0, last_chat: None });
    test.input(Input::Enter { connection, person: person("ben"), via: Via::Session, resume });
    assert!(matches!(welcome(&test), Missed::Since { gap: false, .. }));
    assert_eq!(test.participant("ben").expect("in").colour, before);
}

// ROOM-4
#[test]
fn the_owner_a_guest_and_an_account_are_told_apart() {
    let mut test = TestRoom::with(["ada", "ben"]);
    assert_eq!(test.participant("ada").map(|p| p.role), Some(Role::Owner));
    assert_eq!(test.participant("ben").map(|p| p.role), Some(Role::Guest));
    let registered = crate::Person { kind: ParticipantKind::Account, name: "benny".into(), ..person("ben") };
    test.input(Input::Renamed(registered));
    let ben = test.participant("ben").expect("still in");
    assert_eq!((ben.role, ben.name.as_str()), (Role::Participant, "benny"));
}

// SYNC-13
#[test]
fn everybody_sees_how_exactly_a_person_follows() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.request("ben", report(-320.0, 40.0));
    test.pass(1_000);
    let ben = test.participant("ben").expect("in");
    assert_eq!((ben.sync, ben.drift_ms), (SyncState::Drifting, Some(-320.0)));
}

// SEC-3
#[test]
fn reports_with_impossible_numbers_change_nothing() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.request("ben", report(f64::NAN, f64::NEG_INFINITY));
    let ben = test.participant("ben").expect("in");
    assert_eq!((ben.sync, ben.drift_ms, ben.round_trip_ms), (SyncState::Unknown, None, None));
}

// SEC-8
#[test]
fn a_connection_that_was_not_let_in_is_told_so_and_changes_nothing() {
    let mut test = TestRoom::with(["ada"]);
    let stranger = crate::ConnectionId(77);
    test.input(Input::Request { connection: stranger, request: Request::Leave });
    assert_eq!(test.refusal(), Some(Code::NotInRoom));
    assert_eq!(test.room.people().count(), 1);
}

// WT-2
#[test]
fn the_film_waits_where_the_last_person_left_it() {
    let mut test = TestRoom::playing(["ada"]);
    test.request("ada", Request::Leave);
    assert!(test.room.is_empty());
    assert!(!test.playback().is_playing);
    assert_eq!(test.position().0 / 1_000, 59);
    assert_eq!(test.room.owner(), id_of("ada"), "an empty room stays its owner's");
}

// SEC-3
#[test]
fn somebody_who_comes_and_goes_all_the_time_does_not_fill_the_chat() {
    let mut test = TestRoom::with(["ada", "ben"]);
    for _ in 0..30 {
        test.request("ben", Request::Leave).enter("ben", Via::Session);
    }
    assert_eq!(test.lines().len(), 1 + 6, "one line of Ada's, and Ben's share");
    assert!(test.participant("ben").is_some());
    test.pass(60_000).request("ben", Request::Leave);
    assert_eq!(test.lines().len(), 1 + 6 + 1, "a minute later he is told of again");
}

// SYNC-10
#[test]
fn commands_are_scheduled_by_what_a_link_keeps_in_nineteen_of_twenty_cases() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    let Request::Report(usual) = report(0.0, 40.0) else { unreachable!("a report") };
    test.request("ben", Request::Report(PlayerReport { round_trip_p95_ms: Some(300.0), ..usual }));
    test.command("ada", Action::Seek(MediaTime(5_000)));
    assert_eq!(test.playback().anchor_server_time_ms, test.now.plus_ms(150 + 80));
}

// SEC-3
#[test]
fn a_report_with_numbers_that_cannot_be_true_is_refused_and_forgotten() {
    let Request::Report(honest) = report(0.0, 40.0) else { unreachable!("a report") };
    let lies = [
        PlayerReport { drift_ms: Some(f64::NAN), ..honest },
        PlayerReport { round_trip_ms: Some(-1.0), ..honest },
        PlayerReport { round_trip_p95_ms: Some(1e12), ..honest },
        PlayerReport { buffered_ms: f64::INFINITY, ..honest },
        PlayerReport { position_ms: MediaTime(u64::MAX), ..honest },
    ];
    for lie in lies {
        let mut test = TestRoom::playing(["ada"]);
        assert_eq!(test.request("ada", Request::Report(lie)).refusal(), Some(Code::ReportInvalid));
        assert_eq!(test.participant("ada").and_then(|ada| ada.round_trip_ms), None);
    }
}
