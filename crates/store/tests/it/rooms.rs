use syncwatch_protocol::{BannedPerson, ChatPosition, RoomStatus};
use syncwatch_store::{StoreError, Unique};

use crate::harness::{TestStore, code, guest_row, line, new_room, person, room, save_of, video};

// ROOM-1
#[tokio::test]
async fn a_room_is_found_by_id_and_code_with_its_owner() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 7).await.unwrap();

    let found = test.rows.room_by_code(&code(1)).await.unwrap().expect("the room");

    assert_eq!(test.rows.room(room(1)).await.unwrap().as_ref(), Some(&found));
    assert_eq!((found.owner, found.owner_name.as_str(), found.status), (person(1), "Ada", RoomStatus::Created));
    assert_eq!((found.created_at_ms, found.expires_at_ms, found.closed_at_ms), (7, 10_000, None));
    assert_eq!(test.rows.guest(person(1)).await.unwrap().map(|guest| guest.room), Some(room(1)));
}

// ROOM-1
#[tokio::test]
async fn two_rooms_cannot_have_the_same_code() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let mut same_code = new_room(2);
    same_code.code = code(1);

    let refused = test.rows.create_room(&same_code, 0).await.expect_err("the code was given twice");

    assert!(matches!(refused, StoreError::Taken(Unique::RoomCode)), "{refused}");
    assert_eq!(test.rows.room(room(2)).await.unwrap(), None);
}

// K8S-2
#[tokio::test]
async fn whoever_claims_a_room_fences_off_the_one_before() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let first = test.rows.claim_room(room(1), 1).await.unwrap().expect("the room");
    let second = test.rows.claim_room(room(1), 2).await.unwrap().expect("the room");
    assert_eq!((first.epoch, second.epoch), (1, 2));
    let mut newer = save_of(&second);
    newer.body = Some("second".into());
    test.rows.save_room(&newer).await.unwrap();

    let mut late = save_of(&first);
    late.messages = vec![line(1, "from the past")];
    let refused = test.rows.save_room(&late).await.expect_err("an old epoch was accepted");

    assert!(matches!(refused, StoreError::Fenced), "{refused}");
    let third = test.rows.claim_room(room(1), 3).await.unwrap().expect("the room");
    assert_eq!(third.snapshot.expect("a snapshot").body, "second");
    assert!(third.messages.is_empty(), "a refused write left something behind");
}

// SYNC-7
#[tokio::test]
async fn what_a_room_saved_comes_back_after_a_restart() {
    let mut test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let claimed = test.rows.claim_room(room(1), 1).await.unwrap().expect("the room");
    let mut save = save_of(&claimed);
    save.sequence = 12;
    save.body = Some(r#"{"position":5}"#.into());
    save.settings.name = "Sunday".into();
    save.status = RoomStatus::Playing;
    save.source_video = Some(video(9));
    save.people = vec![guest_row(2, "Ben")];
    save.bans = Some(vec![BannedPerson { id: person(3), name: "Eve".into(), reason: Some("spam".into()) }]);
    save.messages = (1..=120).map(|position| line(position, "hello")).collect();
    test.rows.save_room(&save).await.unwrap();

    test.reopen().await;

    let back = test.rows.claim_room(room(1), 200).await.unwrap().expect("the room");
    assert_eq!(back.epoch, 2);
    let snapshot = back.snapshot.expect("a snapshot");
    assert_eq!((snapshot.sequence, snapshot.body.as_str(), snapshot.saved_at_ms), (12, r#"{"position":5}"#, 100));
    assert_eq!((back.room.settings.name.as_str(), back.room.status), ("Sunday", RoomStatus::Playing));
    assert_eq!(back.room.source_video, Some(video(9)));
    let people = test.rows.people(room(1)).await.unwrap();
    assert!(people.iter().any(|member| member.name == "Ben" && member.present));
    assert_eq!(test.rows.bans(room(1)).await.unwrap()[0].reason.as_deref(), Some("spam"));
    assert_eq!((back.messages.len(), back.older), (100, true));
    assert_eq!(back.messages[0], line(21, "hello"));
}

// ROOM-2
#[tokio::test]
async fn those_who_left_stay_members_and_those_who_were_sent_out_do_not() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let claimed = test.rows.claim_room(room(1), 1).await.unwrap().expect("the room");
    let mut save = save_of(&claimed);
    save.people = vec![guest_row(2, "Ben"), guest_row(3, "Eve")];
    test.rows.save_room(&save).await.unwrap();
    let (mut left, mut kicked) = (guest_row(2, "Ben"), guest_row(3, "Eve"));
    left.present = false;
    (kicked.present, kicked.kicked) = (false, true);
    save.people = vec![left, kicked];
    test.rows.save_room(&save).await.unwrap();

    let people = test.rows.people(room(1)).await.unwrap();

    let of = |name| people.iter().find(|member| member.name == name).map(|member| (member.present, member.kicked));
    assert_eq!(of("Ben"), Some((false, false)));
    assert_eq!(of("Eve"), Some((false, true)));
    assert_eq!(test.rows.rooms_of(person(2), 0, 10).await.unwrap().len(), 1);
    assert_eq!(test.rows.rooms_of(person(3), 0, 10).await.unwrap().len(), 0);
}

// CHAT-1
#[tokio::test]
async fn chat_is_paged_in_both_directions_in_order() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let claimed = test.rows.claim_room(room(1), 1).await.unwrap().expect("the room");
    let mut save = save_of(&claimed);
    save.messages = [3, 5, 8, 13].map(|position| line(position, "x")).to_vec();
    test.rows.save_room(&save).await.unwrap();
    test.rows.save_room(&save).await.expect("storing the same lines again changes nothing");

    let positions = |messages: Vec<syncwatch_protocol::ChatMessage>| -> Vec<u64> {
        messages.iter().map(|message| message.position.0).collect()
    };
    let before = test.rows.messages_before(room(1), ChatPosition(13), 2).await.unwrap();
    let after = test.rows.messages_after(room(1), ChatPosition(3), 2).await.unwrap();
    assert_eq!(positions(before), [5, 8]);
    assert_eq!(positions(after), [5, 8]);
}

// ROOM-5
#[tokio::test]
async fn a_closed_room_stays_closed_whatever_its_process_saves() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let claimed = test.rows.claim_room(room(1), 1).await.unwrap().expect("the room");
    assert!(test.rows.close_room(room(1), 50).await.unwrap());
    assert!(!test.rows.close_room(room(1), 60).await.unwrap());

    test.rows.save_room(&save_of(&claimed)).await.unwrap();

    let closed = test.rows.room(room(1)).await.unwrap().expect("the room");
    assert_eq!((closed.status, closed.closed_at_ms), (RoomStatus::Closed, Some(50)));
}

// WT-2
#[tokio::test]
async fn rooms_are_closed_when_their_time_is_over_or_when_guests_left_them_empty() {
    let test = TestStore::open().await;
    for number in [1, 2, 3] {
        let mut new = new_room(number);
        new.expires_at_ms = if number == 1 { 500 } else { 10_000 };
        test.rows.create_room(&new, 0).await.unwrap();
    }
    let busy = test.rows.claim_room(room(3), 10).await.unwrap().expect("the room");
    let mut save = save_of(&busy);
    save.people = vec![guest_row(2, "Ben")];
    test.rows.save_room(&save).await.unwrap();

    assert_eq!(test.rows.rooms_to_close(600, 0).await.unwrap(), [room(1)]);
    assert_eq!(test.rows.rooms_to_close(600, 200).await.unwrap(), [room(1), room(2)]);
}

// DATA-1
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_side_by_side_lose_nothing() {
    let test = TestStore::open().await;
    for number in 1..=8 {
        test.rows.create_room(&new_room(number), 0).await.unwrap();
    }
    let writers = (1..=8u8).map(|number| {
        let rows = test.rows.clone();
        tokio::spawn(async move {
            for step in 1..=25 {
                let claimed = rows.claim_room(room(u128::from(number)), step).await.unwrap().expect("the room");
                let mut save = save_of(&claimed);
                save.messages = vec![line(step, "x")];
                rows.save_room(&save).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    for number in 1..=8 {
        let claimed = test.rows.claim_room(room(number), 99).await.unwrap().expect("the room");
        assert_eq!((claimed.epoch, claimed.messages.len()), (26, 25));
    }
}
