//! The owner: silence, handing over, coming back.

use syncwatch_protocol::{OwnerChangeReason, RoomStatus, ServerMessage};

use super::{TestRoom, id_of, key};
use crate::{Output, Recipients};
use crate::{Request, Via};

fn reason(test: &TestRoom) -> Option<OwnerChangeReason> {
    test.told_all().into_iter().find_map(|event| match event {
        ServerMessage::OwnerChanged { reason, .. } => Some(*reason),
        _ => None,
    })
}

// OWN-2
#[test]
fn after_fifteen_seconds_of_silence_the_next_by_join_order_becomes_owner() {
    let mut test = TestRoom::playing(["ada", "ben", "eve"]);
    test.lose("ada").pass(14_999);
    assert_eq!(test.room.owner(), id_of("ada"));
    test.pass(1);
    assert_eq!((test.room.owner(), reason(&test)), (id_of("ben"), Some(OwnerChangeReason::AutoHandover)));
    assert!(test.playback().is_playing, "the film goes on");
}

// OWN-2
#[test]
fn without_handover_the_film_pauses_and_people_are_told_until_the_owner_returns() {
    let mut test = TestRoom::playing(["ada", "ben"]).settings(|s| s.auto_handover = false);
    test.lose("ada").pass(15_000);
    assert_eq!(test.room.status(), RoomStatus::OwnerAway);
    assert!(!test.playback().is_playing);
    assert!(test.told_all().iter().any(|event| matches!(event, ServerMessage::OwnerAway { .. })));
    test.enter("ada", Via::Session);
    assert_eq!((test.room.status(), test.room.owner()), (RoomStatus::Paused, id_of("ada")));
}

// OWN-2
#[test]
fn an_owner_who_leaves_hands_over_at_once_even_with_handover_off() {
    let mut test = TestRoom::with(["ada", "ben", "eve"]).settings(|s| s.auto_handover = false);
    test.request("ada", Request::Leave);
    assert_eq!((test.room.owner(), reason(&test)), (id_of("ben"), Some(OwnerChangeReason::OwnerLeft)));
}

// OWN-2
#[test]
fn nobody_who_is_himself_unreachable_becomes_owner() {
    let mut test = TestRoom::with(["ada", "ben", "eve"]);
    test.lose("ben").request("ada", Request::Leave);
    assert_eq!(test.room.owner(), id_of("eve"));
}

// OWN-2
#[test]
fn who_returns_to_a_room_that_nobody_leads_becomes_its_owner() {
    let mut test = TestRoom::with(["ada", "ben"]);
    test.lose("ben").request("ada", Request::Leave).pass(20_000);
    assert_eq!(test.room.owner(), id_of("ada"), "nobody could take over");
    test.enter("ben", Via::Session);
    assert_eq!(test.room.owner(), id_of("ben"));
}

// ROOM-5
#[test]
fn the_owner_gives_the_room_to_somebody_and_is_owner_no_more() {
    let mut test = TestRoom::with(["ada", "ben"]);
    let transfer = |to: &str| Request::Transfer { id: key("t"), participant: id_of(to) };
    test.request("ada", transfer("ben"));
    assert_eq!(test.room.owner(), id_of("ben"));
    test.request("ada", transfer("ada"));
    assert_eq!(test.refusal(), Some(syncwatch_protocol::Code::OnlyOwner));
}

/// Whom the room is offered to in the last outputs.
fn offered(test: &TestRoom) -> Vec<crate::ConnectionId> {
    let offer = |output: &Output| match output {
        Output::Send { to: Recipients::One(to), event: ServerMessage::OfferOwnership { .. } } => Some(*to),
        _ => None,
    };
    test.out.iter().filter_map(offer).collect()
}

fn answer(accept: bool) -> Request {
    Request::AnswerOwnership { id: key("answer"), accept }
}

// OWN-3
#[test]
fn an_owner_who_returns_within_a_minute_is_offered_the_room_and_takes_it() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.lose("ada").pass(15_000);
    assert_eq!(test.room.owner(), id_of("ben"));
    test.pass(30_000);
    test.enter("ada", Via::Session);
    assert_eq!(offered(&test), [test.connections["ada"]]);
    test.request("ada", answer(true));
    assert_eq!((test.room.owner(), reason(&test)), (id_of("ada"), Some(OwnerChangeReason::Returned)));
}

// OWN-3
#[test]
fn an_offer_that_is_declined_or_ran_out_or_was_never_made_gives_nothing() {
    let mut test = TestRoom::playing(["ada", "ben", "eve"]);
    test.lose("ada").pass(20_000);
    test.enter("ada", Via::Session).request("ada", answer(false)).request("ada", answer(true));
    assert_eq!(test.refusal(), Some(syncwatch_protocol::Code::NothingOffered));
    test.request("eve", answer(true));
    assert_eq!(test.refusal(), Some(syncwatch_protocol::Code::NothingOffered));
    assert_eq!(test.room.owner(), id_of("ben"));

    let mut late = TestRoom::playing(["ada", "ben"]);
    late.lose("ada").pass(20_000);
    late.enter("ada", Via::Session).pass(60_000);
    late.request("ada", answer(true));
    assert_eq!(late.room.owner(), id_of("ben"));
}

// OWN-3
#[test]
fn who_returns_after_more_than_a_minute_finds_the_room_in_other_hands() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.lose("ada").pass(15_000 + 61_000);
    test.enter("ada", Via::Join);
    assert!(offered(&test).is_empty());
}

// OWN-3
#[test]
fn an_open_offer_is_shown_again_after_a_reload() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.lose("ada").pass(20_000);
    test.enter("ada", Via::Session).lose("ada").enter("ada", Via::Session);
    assert_eq!(offered(&test), [test.connections["ada"]]);
}

// OWN-2
#[test]
fn whom_the_owner_named_takes_over_before_those_who_came_earlier() {
    let mut test = TestRoom::playing(["ada", "ben", "eve"]);
    let name = |whom: Option<&str>| Request::Delegate { id: key("d"), participant: whom.map(id_of) };
    test.request("ben", name(Some("ben")));
    assert_eq!(test.refusal(), Some(syncwatch_protocol::Code::OnlyOwner));
    test.request("ada", name(Some("eve")));
    assert_eq!(test.room.view().delegate_id, Some(id_of("eve")));
    test.lose("ada").pass(15_000);
    assert_eq!(test.room.owner(), id_of("eve"));
}

// OWN-1
#[test]
fn a_heartbeat_of_somebody_who_is_not_the_owner_is_refused() {
    let mut test = TestRoom::with(["ada", "ben"]);
    assert_eq!(test.request("ada", Request::Heartbeat).refusal(), None);
    assert_eq!(test.request("ben", Request::Heartbeat).refusal(), Some(syncwatch_protocol::Code::OnlyOwner));
}

// OWN-3, ROOM-5
#[test]
fn a_former_owner_who_was_sent_out_is_not_offered_the_room() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.lose("ada").pass(20_000);
    let kick = Request::Kick { id: key("k"), participant: id_of("ada"), reason: None, ban: false };
    test.request("ben", kick).enter("ada", Via::Join);
    assert!(offered(&test).is_empty());
}

// OWN-2, OWN-3
#[test]
fn an_owner_who_comes_back_after_the_first_of_all_is_offered_the_room() {
    let mut test = TestRoom::playing(["ada", "ben"]);
    test.lose("ben").lose("ada").pass(20_000);
    test.enter("ben", Via::Session);
    assert_eq!((test.room.owner(), reason(&test)), (id_of("ben"), Some(OwnerChangeReason::AutoHandover)));
    test.enter("ada", Via::Session);
    assert_eq!(offered(&test), [test.connections["ada"]]);
}
