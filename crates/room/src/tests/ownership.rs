//! The owner: silence, handing over, coming back.

use syncwatch_protocol::{OwnerChangeReason, RoomStatus, ServerMessage};

use super::{TestRoom, id_of, key};
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
