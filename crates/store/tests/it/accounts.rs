use syncwatch_protocol::{ParticipantKind, Role};
use syncwatch_store::{NewToken, Spending, StoreError, Unique};
use uuid::Uuid;

use crate::harness::{TestStore, guest_row, new_room, new_user, person, room, save_of};

const FAMILY: Uuid = Uuid::from_u128(77);

fn token(name: &str) -> NewToken {
    NewToken { token_hash: name.into(), expires_at_ms: 100_000 }
}

// ACC-1
#[tokio::test]
async fn email_and_username_are_unique_in_whatever_case() {
    let test = TestStore::open().await;
    test.rows.register(&new_user(1, "Ada@example.org", "Ada"), 0).await.unwrap();

    let same_email = test.rows.register(&new_user(2, "ada@EXAMPLE.org", "Ben"), 0).await;
    let same_name = test.rows.register(&new_user(3, "ben@example.org", "aDA"), 0).await;

    assert!(matches!(same_email, Err(StoreError::Taken(Unique::Email))), "{same_email:?}");
    assert!(matches!(same_name, Err(StoreError::Taken(Unique::Username))), "{same_name:?}");
    assert_eq!(test.rows.user_by_login("ADA").await.unwrap().map(|user| user.id), Some(person(1)));
    assert_eq!(test.rows.user_by_login("ADA@example.ORG").await.unwrap().map(|user| user.id), Some(person(1)));
}

// ACC-6
#[tokio::test]
async fn a_guest_who_registers_is_the_same_person_in_his_rooms() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let claimed = test.rows.claim_room(room(1), 1).await.unwrap().expect("the room");
    let mut save = save_of(&claimed);
    save.people = vec![guest_row(2, "Ben")];
    test.rows.save_room(&save).await.unwrap();

    let owner_rooms = test.rows.register(&new_user(1, "ada@example.org", "ada.lovelace"), 0).await.unwrap();
    let guest_rooms = test.rows.register(&new_user(2, "ben@example.org", "big-ben"), 0).await.unwrap();

    assert_eq!((owner_rooms, guest_rooms), (vec![room(1)], vec![room(1)]));
    let found = test.rows.room(room(1)).await.unwrap().expect("the room");
    assert_eq!((found.owner_name.as_str(), found.owner_kind), ("ada.lovelace", ParticipantKind::Account));
    let people = test.rows.people(room(1)).await.unwrap();
    let ben = people.iter().find(|member| member.id == person(2)).expect("ben");
    assert_eq!((ben.name.as_str(), ben.role), ("big-ben", Role::Participant));
    assert_eq!(test.rows.guest(person(1)).await.unwrap(), None);
}

// ACC-3
#[tokio::test]
async fn a_refresh_token_is_spent_once_and_its_reuse_ends_the_family() {
    let test = TestStore::open().await;
    test.rows.register(&new_user(1, "ada@example.org", "ada"), 0).await.unwrap();
    test.rows.start_session(person(1), FAMILY, &token("a"), 0).await.unwrap();
    let spend = async |old: &str, new: &str, now| test.rows.spend_token(old, &token(new), now, 10_000).await.unwrap();
    let rotated = Spending::Rotated { user: person(1), family: FAMILY };

    assert_eq!(spend("a", "b", 1_000).await, rotated);
    assert_eq!(spend("a", "b2", 11_000).await, rotated, "a second tab within the grace");
    assert_eq!(spend("a", "b3", 11_001).await, Spending::Reused { user: person(1), family: FAMILY });
    assert_eq!(spend("b", "c", 11_002).await, Spending::Void, "the family has ended");
    assert_eq!(spend("never", "c", 11_002).await, Spending::Void);
}

// ACC-3
#[tokio::test]
async fn an_expired_or_revoked_refresh_token_is_void() {
    let test = TestStore::open().await;
    test.rows.register(&new_user(1, "ada@example.org", "ada"), 0).await.unwrap();
    test.rows.start_session(person(1), FAMILY, &token("a"), 0).await.unwrap();
    assert_eq!(test.rows.spend_token("a", &token("b"), 100_000, 0).await.unwrap(), Spending::Void);

    assert_eq!(test.rows.end_session("a", 5).await.unwrap(), Some((person(1), FAMILY)));
    assert_eq!(test.rows.spend_token("a", &token("b"), 6, 0).await.unwrap(), Spending::Void);
    assert_eq!(test.rows.forget_tokens(100_001).await.unwrap(), 1);
}

// ACC-1
#[tokio::test]
async fn ending_the_other_sessions_keeps_the_own_one() {
    let test = TestStore::open().await;
    test.rows.register(&new_user(1, "ada@example.org", "ada"), 0).await.unwrap();
    let other = Uuid::from_u128(78);
    test.rows.start_session(person(1), FAMILY, &token("mine"), 0).await.unwrap();
    test.rows.start_session(person(1), other, &token("phone"), 0).await.unwrap();

    assert_eq!(test.rows.end_other_sessions(person(1), FAMILY, 1).await.unwrap(), [other]);

    assert_eq!(test.rows.spend_token("phone", &token("x"), 2, 0).await.unwrap(), Spending::Void);
    assert!(matches!(test.rows.spend_token("mine", &token("y"), 2, 0).await.unwrap(), Spending::Rotated { .. }));
}
