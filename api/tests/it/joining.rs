use reqwest::{Response, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};
use syncwatch_protocol::{BannedPerson, ParticipantId, ParticipantKind, RoomStatus};
use syncwatch_service::JoinClaims;
use syncwatch_store::RoomSave;
use uuid::Uuid;

use crate::harness::{Expect, Person, TestApi, present, text};

async fn join(api: &TestApi, room: &Value, as_whom: Option<&Person>, knock: Value) -> Response {
    let request = api.post(&format!("rooms/{}/join", text(&room["code"])), knock);
    let request = as_whom.into_iter().fold(request, |request, person| request.bearer_auth(&person.token));
    request.send().await.unwrap()
}

fn guest_of(grant: &Value) -> Person {
    Person { id: text(&grant["participantId"]), token: text(&grant["guestToken"]) }
}

async fn room_with_password(api: &TestApi) -> Value {
    let made = api.post("rooms", json!({ "nickname": "Ada", "password": "popcorn" })).send().await.unwrap();
    made.expect(StatusCode::CREATED).await["room"].clone()
}

// ACC-6
#[tokio::test]
async fn a_guest_joins_by_nickname_and_comes_back_as_the_same_person() {
    let api = TestApi::start().await;
    let (room, _) = api.guest_room("Ada").await;
    let first = join(&api, &room, None, json!({ "nickname": "Ben" })).await.expect(StatusCode::OK).await;

    let again = join(&api, &room, Some(&guest_of(&first)), json!({})).await.expect(StatusCode::OK).await;
    let renamed = join(&api, &room, Some(&guest_of(&first)), json!({ "nickname": "Benny" })).await;
    let renamed = renamed.expect(StatusCode::OK).await;

    assert_eq!((&again["participantId"], &again["nickname"]), (&first["participantId"], &json!("Ben")));
    assert_eq!((&renamed["participantId"], &renamed["nickname"]), (&first["participantId"], &json!("Benny")));
}

// DESIGN §6
#[tokio::test]
async fn the_join_token_says_who_may_enter_which_room_for_a_minute() {
    let keys = syncwatch_service::TokenKeys::random();
    let api = TestApi::start_with_keys(keys.clone()).await;
    let (room, _) = api.guest_room("Ada").await;
    let grant = join(&api, &room, None, json!({ "nickname": "Ben" })).await.expect(StatusCode::OK).await;
    let token = text(&grant["joinToken"]);

    let claims: JoinClaims = keys.verify(&token, api.clock.now()).unwrap();

    assert_eq!(
        (claims.room.to_string(), claims.participant.to_string()),
        (text(&room["id"]), text(&grant["participantId"]))
    );
    assert_eq!((claims.name.as_str(), claims.kind), ("Ben", ParticipantKind::Guest));
    assert!(keys.verify::<JoinClaims>(&token, api.clock.now().plus_ms(60_000)).is_err());
}

// ACC-6
#[tokio::test]
async fn a_guest_of_one_room_is_somebody_new_in_another() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let (other, _) = api.guest_room("Ben").await;
    let grant = join(&api, &other, Some(&ada), json!({ "nickname": "Ada" })).await.expect(StatusCode::OK).await;
    assert_ne!(grant["participantId"], ada.id);
}

// ACC-6
#[tokio::test]
async fn a_guest_whose_token_has_lapsed_joins_as_somebody_new() {
    let api = TestApi::start_with(|settings| settings.rooms.lifetime_hours = 24 * 30).await;
    let (room, ada) = api.guest_room("Ada").await;
    api.advance_ms(7 * 24 * 3_600_000 + 1_000);
    let grant = join(&api, &room, Some(&ada), json!({})).await.expect(StatusCode::OK).await;
    assert_ne!(grant["participantId"], ada.id);
}

// ROOM-2
#[tokio::test]
async fn an_account_joins_under_its_own_name() {
    let api = TestApi::start().await;
    let (room, _) = api.guest_room("Ada").await;
    let ben = api.user("ben").await;
    let grant = join(&api, &room, Some(&ben), json!({ "nickname": "Somebody" })).await.expect(StatusCode::OK).await;
    assert_eq!((&grant["participantId"], &grant["nickname"]), (&json!(ben.id), &json!("ben")));
    assert_eq!(grant["guestToken"], Value::Null);
}

// ROOM-2
#[tokio::test]
async fn a_room_with_a_password_asks_strangers_for_it() {
    let api = TestApi::start().await;
    let room = room_with_password(&api).await;
    join(&api, &room, None, json!({})).await.expect_problem(403, "room_password_needed").await;
    join(&api, &room, None, json!({ "password": "" })).await.expect_problem(403, "room_password_needed").await;
    join(&api, &room, None, json!({ "password": "peanuts" })).await.expect_problem(403, "room_password_wrong").await;
    join(&api, &room, None, json!({ "password": "popcorn" })).await.expect(StatusCode::OK).await;
}

// ROOM-2
#[tokio::test]
async fn a_member_needs_no_password_again_until_he_is_kicked() {
    let api = TestApi::start().await;
    let room = room_with_password(&api).await;
    let ben = join(&api, &room, None, json!({ "password": "popcorn" })).await.expect(StatusCode::OK).await;
    let ben = guest_of(&ben);
    api.people_in(&room, &[present(ben.participant(), "Ben")], None).await;
    join(&api, &room, Some(&ben), json!({})).await.expect(StatusCode::OK).await;

    let mut kicked = present(ben.participant(), "Ben");
    (kicked.present, kicked.kicked) = (false, true);
    api.people_in(&room, &[kicked], None).await;

    join(&api, &room, Some(&ben), json!({})).await.expect_problem(403, "room_password_needed").await;
}

// ROOM-2
#[tokio::test]
async fn a_full_room_takes_nobody_but_those_who_are_in_and_its_owner() {
    let api = TestApi::start().await;
    let (room, owner) = api.guest_room("Ada").await;
    let ben = guest_of(&join(&api, &room, None, json!({ "nickname": "Ben" })).await.expect(StatusCode::OK).await);
    let others = (1..=4).map(|n| present(ParticipantId::new(Uuid::from_u128(n)), "x"));
    let people: Vec<_> = others.chain([present(ben.participant(), "Ben")]).collect();
    api.people_in(&room, &people, None).await;

    join(&api, &room, None, json!({})).await.expect_problem(409, "room_full").await;
    join(&api, &room, Some(&ben), json!({})).await.expect(StatusCode::OK).await;
    join(&api, &room, Some(&owner), json!({})).await.expect(StatusCode::OK).await;
}

// ROOM-5
#[tokio::test]
async fn somebody_banned_is_refused_and_others_are_not() {
    let api = TestApi::start().await;
    let (room, _) = api.guest_room("Ada").await;
    let eve = guest_of(&join(&api, &room, None, json!({ "nickname": "Eve" })).await.expect(StatusCode::OK).await);
    ban(&api, &room, eve.participant()).await;

    join(&api, &room, Some(&eve), json!({})).await.expect_problem(403, "room_banned").await;
    join(&api, &room, None, json!({ "nickname": "Ben" })).await.expect(StatusCode::OK).await;
}

// ACC-6
#[tokio::test]
async fn a_room_for_accounts_takes_no_guests() {
    let api = TestApi::start().await;
    let ada = api.user("ada").await;
    let made = api.post("rooms", json!({ "privacy": "private" })).bearer_auth(&ada.token).send().await.unwrap();
    let room = made.expect(StatusCode::CREATED).await["room"].clone();
    join(&api, &room, None, json!({})).await.expect_problem(403, "room_needs_account").await;
    let ben = api.user("ben").await;
    join(&api, &room, Some(&ben), json!({})).await.expect(StatusCode::OK).await;
}

// ROOM-2
#[rstest]
#[case("", "nickname_invalid")]
#[case("   ", "nickname_invalid")]
#[case(&"x".repeat(200), "nickname_invalid")]
#[case("tab\tbed", "nickname_invalid")]
#[case("\u{2066}hidden", "nickname_invalid")]
#[tokio::test]
async fn a_nickname_that_cannot_be_shown_is_refused(#[case] nickname: &str, #[case] code: &str) {
    let api = TestApi::start().await;
    let (room, _) = api.guest_room("Ada").await;
    join(&api, &room, None, json!({ "nickname": nickname })).await.expect_problem(400, code).await;
}

// ROOM-2
#[tokio::test]
async fn closed_expired_and_unknown_rooms_are_told_apart() {
    let api = TestApi::start().await;
    let (closed, _) = api.guest_room("Ada").await;
    let id = api.room_row(&closed).await.id;
    api.store.rows.close_room(id, 1).await.unwrap();
    join(&api, &closed, None, json!({})).await.expect_problem(410, "room_closed").await;
    let (expired, _) = api.guest_room("Ada").await;
    api.advance_ms(7 * 24 * 3_600_000);
    join(&api, &expired, None, json!({})).await.expect_problem(410, "room_expired").await;
    join(&api, &json!({ "code": "K7QW2MXD" }), None, json!({})).await.expect_problem(404, "room_not_found").await;
}

async fn ban(api: &TestApi, room: &Value, id: ParticipantId) {
    let row = api.room_row(room).await;
    let claimed = api.store.rows.claim_room(row.id, 0).await.unwrap().unwrap();
    let save = RoomSave {
        room_id: row.id,
        epoch: claimed.epoch,
        sequence: 1,
        body: Some("{}".into()),
        settings: row.settings,
        status: RoomStatus::Waiting,
        owner: row.owner,
        source_video: None,
        queue: None,
        people: Vec::new(),
        bans: Some(vec![BannedPerson { id, name: "Eve".into(), reason: None }]),
        messages: Vec::new(),
        now_ms: 0,
    };
    api.store.rows.save_room(&save).await.unwrap();
}
