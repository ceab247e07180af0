use reqwest::StatusCode;
use rstest::rstest;
use serde_json::json;
use syncwatch_store::Announcement;
use syncwatch_store::notices::{RoomNotice, room_topic};

use crate::harness::{Expect, PASSWORD, TestApi, text};

// ACC-1
#[tokio::test]
async fn somebody_registers_logs_in_by_either_name_and_sees_himself() {
    let api = TestApi::start().await;
    let ada = api.user("Ada").await;

    for login in ["ada", "ADA@example.org"] {
        let form = json!({ "login": login, "password": PASSWORD });
        let session = api.post("auth/login", form).send().await.unwrap().expect(StatusCode::OK).await;
        assert_eq!(session["user"]["id"], ada.id);
        assert_eq!(session["expiresInSeconds"], 900);
        let me = api.get("auth/me").bearer_auth(text(&session["accessToken"])).send().await.unwrap();
        let me = me.expect(StatusCode::OK).await;
        assert_eq!((me["username"].as_str(), me["email"].as_str()), (Some("Ada"), Some("Ada@example.org")));
        assert!(me["createdAtMs"].as_u64().is_some());
    }
}

// ACC-1, ACC-2
#[rstest]
#[case("email", json!("not an address"), "email_invalid")]
#[case("username", json!("a b"), "username_invalid")]
#[case("password", json!("short"), "password_too_short")]
#[case("password", json!("x1".repeat(37)), "password_too_long")]
#[case("password", json!("Password123"), "password_too_common")]
#[tokio::test]
async fn a_wrong_field_is_refused_by_name_with_its_own_code(
    #[case] field: &str,
    #[case] value: serde_json::Value,
    #[case] code: &str,
) {
    let api = TestApi::start().await;
    let mut form = json!({ "email": "ada@example.org", "username": "ada", "password": PASSWORD });
    form[field] = value;

    let problem = api.post("auth/register", form).send().await.unwrap().expect_problem(400, code).await;

    assert_eq!(problem["errors"][0]["field"], field);
    assert_eq!(problem["errors"][0]["code"], code);
}

// ACC-2
#[tokio::test]
async fn all_wrong_fields_are_named_at_once() {
    let api = TestApi::start().await;
    let form = json!({ "email": "x", "username": "", "password": "" });
    let problem = api.post("auth/register", form).send().await.unwrap().expect_problem(400, "invalid_request").await;
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(3));
}

// ACC-2
#[tokio::test]
async fn a_password_of_exactly_72_bytes_is_taken_and_counts_to_its_end() {
    let api = TestApi::start().await;
    let password = format!("{}ß", "x1".repeat(35));
    assert_eq!(password.len(), 72);
    let form = json!({ "email": "ada@example.org", "username": "ada", "password": password });
    api.post("auth/register", form).send().await.unwrap().expect(StatusCode::CREATED).await;
    let login = json!({ "login": "ada", "password": format!("{}ÿ", "x1".repeat(35)) });
    api.post("auth/login", login).send().await.unwrap().expect_problem(401, "wrong_login").await;
}

// ACC-1
#[tokio::test]
async fn names_that_are_taken_are_refused_in_whatever_case() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let form = |email: &str, name: &str| json!({ "email": email, "username": name, "password": PASSWORD });
    let taken = api.post("auth/register", form("ADA@example.org", "ben")).send().await.unwrap();
    taken.expect_problem(409, "email_taken").await;
    let taken = api.post("auth/register", form("ben@example.org", "aDa")).send().await.unwrap();
    taken.expect_problem(409, "username_taken").await;
}

// ACC-1
#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_refused_alike() {
    let api = TestApi::start().await;
    api.user("ada").await;
    for (login, password) in [("ada", "wrong password"), ("nobody", PASSWORD), ("", "")] {
        let form = json!({ "login": login, "password": password });
        api.post("auth/login", form).send().await.unwrap().expect_problem(401, "wrong_login").await;
    }
}

// ACC-6
#[tokio::test]
async fn a_guest_who_registers_keeps_his_id_and_his_room_is_told() {
    let api = TestApi::start().await;
    let (room, guest) = api.guest_room("Quiet Otter").await;
    let mut notices = api.store.state.subscribe(&room_topic(text(&room["id"]).parse().unwrap())).await;

    let form = json!({ "email": "ada@example.org", "username": "ada", "password": PASSWORD });
    let session = api.post("auth/register", form).bearer_auth(&guest.token).send().await.unwrap();
    let session = session.expect(StatusCode::CREATED).await;

    assert_eq!(session["user"]["id"], guest.id);
    let Some(Announcement::Message(notice)) = notices.next().await else { panic!("no notice") };
    let notice: RoomNotice = serde_json::from_slice(&notice).unwrap();
    assert!(matches!(notice, RoomNotice::PersonRenamed { id, name, .. } if id == guest.participant() && name == "ada"));
    let mine = api.get("rooms/mine").bearer_auth(text(&session["accessToken"])).send().await.unwrap();
    let mine = mine.expect(StatusCode::OK).await;
    assert_eq!((&mine["items"][0]["id"], &mine["items"][0]["ownerName"]), (&room["id"], &json!("ada")));
    let as_guest = api.get("rooms/mine").bearer_auth(&guest.token).send().await.unwrap();
    as_guest.expect_problem(401, "not_logged_in").await;
}

// ACC-1, ACC-3
#[tokio::test]
async fn a_token_that_is_not_good_any_more_keeps_nobody_from_registering() {
    let api = TestApi::start().await;
    let (_, lapsed) = api.guest_room("Quiet Otter").await;
    let (_, of_other_keys) = TestApi::start().await.guest_room("Loud Otter").await;
    api.advance_ms(8 * 24 * 60 * 60 * 1_000);
    for (name, guest) in [("ada", lapsed), ("ben", of_other_keys)] {
        let form = json!({ "email": format!("{name}@example.org"), "username": name, "password": PASSWORD });
        let session = api.post("auth/register", form).bearer_auth(&guest.token).send().await.unwrap();
        let session = session.expect(StatusCode::CREATED).await;
        assert_ne!(session["user"]["id"], guest.id, "he is somebody new");
        let mine = api.get("rooms/mine").bearer_auth(&guest.token).send().await.unwrap();
        assert_eq!(mine.status(), StatusCode::UNAUTHORIZED, "elsewhere it is refused");
    }
}

// ACC-1
#[tokio::test]
async fn a_new_password_replaces_the_old_one() {
    let api = TestApi::start().await;
    let ada = api.user("ada").await;
    let change = |current: &str, new: &str| {
        let form = json!({ "currentPassword": current, "newPassword": new });
        api.post("auth/password", form).bearer_auth(&ada.token).send()
    };
    change("wrong", "another good one").await.unwrap().expect_problem(403, "wrong_current_password").await;
    change(PASSWORD, "short").await.unwrap().expect_problem(400, "password_too_short").await;
    change(PASSWORD, "another good one").await.unwrap().expect(StatusCode::NO_CONTENT).await;

    let login = |password: &str| api.post("auth/login", json!({ "login": "ada", "password": password })).send();
    login(PASSWORD).await.unwrap().expect_problem(401, "wrong_login").await;
    login("another good one").await.unwrap().expect(StatusCode::OK).await;
}
