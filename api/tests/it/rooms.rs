use reqwest::{Method, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};
use syncwatch_protocol::RoomStatus;
use syncwatch_store::Announcement;
use syncwatch_store::notices::{RoomNotice, room_topic};

use crate::harness::{Expect, TestApi, present, text};

// WT-1
#[tokio::test]
async fn a_room_needs_nothing_but_a_nickname() {
    let api = TestApi::start().await;
    let answer = api.post("rooms", json!({ "nickname": "  Ada " })).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let grant = answer.expect(StatusCode::CREATED).await;

    let room = &grant["room"];
    assert_eq!((grant["nickname"].as_str(), room["name"].as_str()), (Some("Ada"), Some("Ada's room")));
    assert_eq!(grant["socketPath"], format!("/rt/rooms/{}", text(&room["id"])));
    assert_eq!(location, format!("/api/v1/rooms/{}", text(&room["code"])));
    assert_eq!(
        (&room["maxParticipants"], &room["passwordNeeded"], &room["guestsAllowed"]),
        (&json!(5), &json!(false), &json!(true))
    );
    let row = api.room_row(room).await;
    assert_eq!((row.owner.to_string(), row.status), (text(&grant["participantId"]), RoomStatus::Created));
    assert!(row.settings.guest_chat);
    assert_eq!(serde_json::to_value(row.settings.playback_control).unwrap(), "owner_only");
}

// WT-1
#[tokio::test]
async fn who_gives_no_nickname_gets_one() {
    let api = TestApi::start().await;
    let made = api.request(Method::POST, "rooms").send().await.unwrap().expect(StatusCode::CREATED).await;
    assert_eq!(text(&made["nickname"]).split(' ').count(), 3);
    let idea = api.get("nickname").send().await.unwrap().expect(StatusCode::OK).await;
    assert_eq!(text(&idea["nickname"]).split(' ').count(), 3);
}

// ROOM-1
#[tokio::test]
async fn an_account_sets_what_its_room_is_like() {
    let api = TestApi::start().await;
    let ada = api.user("ada").await;
    let wish = json!({ "name": "Film night", "maxParticipants": 3, "password": "popcorn", "playbackControl": "all", "privacy": "private" });
    let grant = api.post("rooms", wish).bearer_auth(&ada.token).send().await.unwrap().expect(StatusCode::CREATED).await;

    let room = &grant["room"];
    assert_eq!((&grant["participantId"], &grant["guestToken"]), (&json!(ada.id), &Value::Null));
    assert_eq!((&room["name"], &room["maxParticipants"]), (&json!("Film night"), &json!(3)));
    assert_eq!((&room["passwordNeeded"], &room["guestsAllowed"]), (&json!(true), &json!(false)));
    let row = api.room_row(room).await;
    assert!(row.password_hash.is_some_and(|hash| hash.starts_with("$2b$")), "the password is hashed");
    assert!(!row.settings.guest_chat);
}

// ROOM-1
#[rstest]
#[case(json!({ "nickname": "" }), 400, "nickname_invalid")]
#[case(json!({ "nickname": "x".repeat(200) }), 400, "nickname_invalid")]
#[case(json!({ "nickname": "a\u{0}b" }), 400, "nickname_invalid")]
#[case(json!({ "nickname": "evil\u{202e}txt" }), 400, "nickname_invalid")]
#[case(json!({ "name": "" }), 400, "room_name_invalid")]
#[case(json!({ "name": "x".repeat(81) }), 400, "room_name_invalid")]
#[case(json!({ "maxParticipants": 1 }), 400, "room_size_invalid")]
#[case(json!({ "maxParticipants": 6 }), 400, "room_size_invalid")]
#[case(json!({ "password": "é".repeat(37) }), 400, "password_too_long")]
#[case(json!({ "privacy": "friends_only" }), 400, "privacy_unavailable")]
#[case(json!({ "privacy": "private" }), 403, "room_needs_account")]
#[case(json!({ "videoId": "00000000-0000-0000-0000-000000000001" }), 404, "video_not_found")]
#[case(json!({ "playbackControl": "nobody" }), 400, "invalid_request")]
#[case(json!({ "maxParticipants": "5" }), 400, "invalid_request")]
#[case(json!({ "colour": "blue" }), 400, "invalid_request")]
#[case(json!([]), 400, "invalid_request")]
#[tokio::test]
async fn a_room_that_cannot_be_is_refused_with_its_own_code(
    #[case] wish: Value,
    #[case] status: u16,
    #[case] code: &str,
) {
    let api = TestApi::start().await;
    api.post("rooms", wish).send().await.unwrap().expect_problem(status, code).await;
}

// ROOM-2
#[tokio::test]
async fn a_room_is_described_to_those_outside() {
    let api = TestApi::start().await;
    let (room, owner) = api.guest_room("Ada").await;
    api.people_in(&room, &[present(owner.participant(), "Ada")], None).await;
    let code = text(&room["code"]).to_lowercase();
    let spaced = format!("{}-{}", &code[..4], &code[4..]);

    let info = api.get(&format!("rooms/{spaced}")).send().await.unwrap().expect(StatusCode::OK).await;

    assert_eq!(
        (&info["participantCount"], &info["participants"]),
        (&json!(1), &json!([{ "name": "Ada", "colour": 1 }]))
    );
    assert_eq!((&info["ownerName"], &info["watching"]), (&json!("Ada"), &Value::Null));
    let life_ms = info["expiresAtMs"].as_u64().unwrap() - info["createdAtMs"].as_u64().unwrap();
    assert_eq!(life_ms, 7 * 24 * 3_600_000);
}

// ROOM-2
#[tokio::test]
async fn wrong_codes_are_told_apart() {
    let api = TestApi::start().await;
    api.get("rooms/ABC").send().await.unwrap().expect_problem(400, "room_code_invalid").await;
    api.get("rooms/K7QW2MX0").send().await.unwrap().expect_problem(400, "room_code_invalid").await;
    api.get("rooms/K7QW2MXD").send().await.unwrap().expect_problem(404, "room_not_found").await;
}

// ROOM-5
#[tokio::test]
async fn the_owner_deletes_his_room_and_its_people_are_told() {
    let api = TestApi::start().await;
    let (room, owner) = api.guest_room("Ada").await;
    let (_, stranger) = api.guest_room("Eve").await;
    let path = format!("rooms/{}", text(&room["code"]));
    let mut notices = api.store.state.subscribe(&room_topic(text(&room["id"]).parse().unwrap())).await;
    let delete = |token: String| api.request(Method::DELETE, &path).bearer_auth(token).send();

    api.request(Method::DELETE, &path).send().await.unwrap().expect_problem(401, "not_logged_in").await;
    delete(stranger.token).await.unwrap().expect_problem(403, "only_owner").await;
    delete(owner.token.clone()).await.unwrap().expect(StatusCode::NO_CONTENT).await;

    let Some(Announcement::Message(notice)) = notices.next().await else { panic!("no notice") };
    assert_eq!(serde_json::from_slice::<RoomNotice>(&notice).unwrap(), RoomNotice::Deleted { by: owner.participant() });
    api.get(&path).send().await.unwrap().expect_problem(410, "room_closed").await;
    delete(owner.token).await.unwrap().expect_problem(410, "room_closed").await;
}

// ROOM-1
#[tokio::test]
async fn a_room_expires() {
    let api = TestApi::start().await;
    let (room, _) = api.guest_room("Ada").await;
    api.advance_ms(7 * 24 * 3_600_000);
    let path = format!("rooms/{}", text(&room["code"]));
    api.get(&path).send().await.unwrap().expect_problem(410, "room_expired").await;
    api.clean_up().run_once(api.clock.now()).await.unwrap();
    api.get(&path).send().await.unwrap().expect_problem(410, "room_expired").await;
}
