use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Expect, PASSWORD, TestApi, text};
use crate::tus::{Upload, header};

/// An API to which this machine is a stranger like any other.
async fn strict() -> TestApi {
    TestApi::start_with(|settings| settings.limits.count_loopback = true).await
}

// API-4
#[tokio::test]
async fn a_hundred_requests_a_minute_and_the_headers_say_so() {
    let api = strict().await;
    let first = api.get("nickname").send().await.unwrap();
    assert_eq!(header(&first, "ratelimit-policy"), "\"api\";q=100;w=60");
    assert_eq!(header(&first, "ratelimit"), "\"api\";r=99;t=60");
    for _ in 1..100 {
        api.get("nickname").send().await.unwrap().expect(StatusCode::OK).await;
    }
    let refused = api.get("nickname").send().await.unwrap();
    let wait: u64 = header(&refused, "retry-after").parse().unwrap();
    let problem = refused.expect_problem(429, "rate_limited").await;
    assert_eq!(problem["retryAfterSeconds"], wait);
    assert!((1..=60).contains(&wait));
    api.advance_ms(60_000);
    api.get("nickname").send().await.unwrap().expect(StatusCode::OK).await;
}

// API-4
#[tokio::test]
async fn the_person_at_this_machine_is_not_counted() {
    let api = TestApi::start().await;
    for _ in 0..120 {
        let answer = api.get("nickname").send().await.unwrap();
        assert!(answer.headers().get("ratelimit").is_none());
        answer.expect(StatusCode::OK).await;
    }
}

// API-4
#[tokio::test]
async fn clients_behind_a_trusted_proxy_are_counted_each_by_itself() {
    let api = TestApi::start_with(|settings| {
        settings.http.trusted_proxies = 1;
        settings.limits.api_per_minute = 1;
    })
    .await;
    let from = |address: &str| api.get("nickname").header("x-forwarded-for", address.to_owned()).send();
    from("198.51.100.1").await.unwrap().expect(StatusCode::OK).await;
    from("198.51.100.2").await.unwrap().expect(StatusCode::OK).await;
    from("6.6.6.6, 198.51.100.1").await.unwrap().expect_problem(429, "rate_limited").await;
}

// API-4
#[tokio::test]
async fn five_rooms_an_hour_per_account_and_per_address_of_guests() {
    let api = strict().await;
    let ada = api.user("ada").await;
    for _ in 0..5 {
        api.post("rooms", json!({})).send().await.unwrap().expect(StatusCode::CREATED).await;
        api.post("rooms", json!({})).bearer_auth(&ada.token).send().await.unwrap().expect(StatusCode::CREATED).await;
    }
    api.post("rooms", json!({})).send().await.unwrap().expect_problem(429, "rate_limited").await;
    let account = api.post("rooms", json!({})).bearer_auth(&ada.token).send().await.unwrap();
    account.expect_problem(429, "rate_limited").await;
    api.advance_ms(3_600_000);
    api.post("rooms", json!({})).send().await.unwrap().expect(StatusCode::CREATED).await;
}

// API-4
#[tokio::test]
async fn three_uploads_an_hour() {
    let api = strict().await;
    let (_, ada) = api.guest_room("Ada").await;
    for _ in 0..3 {
        Upload::begin(&api, &ada, 100).await;
    }
    Upload::creation(&api, &ada, 100).send().await.unwrap().expect_problem(429, "rate_limited").await;
}

// SEC-2
#[tokio::test]
async fn five_wrong_codes_block_an_address_for_an_hour() {
    let api = strict().await;
    let (room, _) = api.guest_room("Ada").await;
    let right = format!("rooms/{}", text(&room["code"]));
    for code in ["K7QW2MXA", "K7QW2MXC", "K7QW2MXD", "K7QW2MXE", "K7QW2MXF"] {
        api.get(&format!("rooms/{code}")).send().await.unwrap().expect_problem(404, "room_not_found").await;
    }
    let blocked = api.get(&right).send().await.unwrap().expect_problem(429, "rate_limited").await;
    assert!((3_590..=3_600).contains(&blocked["retryAfterSeconds"].as_u64().unwrap()), "{blocked}");
    api.advance_ms(3_600_000);
    api.get(&right).send().await.unwrap().expect(StatusCode::OK).await;
}

// SEC-2
#[tokio::test]
async fn three_wrong_room_passwords_block_an_address_there_for_half_an_hour() {
    let api = strict().await;
    let made = api.post("rooms", json!({ "password": "popcorn" })).send().await.unwrap();
    let room: Value = made.expect(StatusCode::CREATED).await["room"].clone();
    let join = |password: &str| {
        api.post(&format!("rooms/{}/join", text(&room["code"])), json!({ "password": password })).send()
    };
    for _ in 0..3 {
        join("peanuts").await.unwrap().expect_problem(403, "room_password_wrong").await;
    }
    join("popcorn").await.unwrap().expect_problem(429, "rate_limited").await;
    let (other, _) = api.guest_room("Ben").await;
    let elsewhere = api.post(&format!("rooms/{}/join", text(&other["code"])), json!({})).send().await.unwrap();
    elsewhere.expect(StatusCode::OK).await;
    api.advance_ms(30 * 60_000);
    join("popcorn").await.unwrap().expect(StatusCode::OK).await;
}

// SEC-2
#[tokio::test]
async fn ten_joins_a_minute() {
    let api = strict().await;
    let (room, _) = api.guest_room("Ada").await;
    let join = || api.post(&format!("rooms/{}/join", text(&room["code"])), json!({})).send();
    for _ in 0..10 {
        join().await.unwrap().expect(StatusCode::OK).await;
    }
    join().await.unwrap().expect_problem(429, "rate_limited").await;
}

// SEC-2
#[tokio::test]
async fn ten_failed_log_ins_close_an_account_to_that_address_for_a_while() {
    let api = TestApi::start_with(|settings| {
        settings.limits.count_loopback = true;
        settings.limits.auth_per_minute = 1_000;
    })
    .await;
    api.user("ada").await;
    let login = |password: &str| api.post("auth/login", json!({ "login": "Ada", "password": password })).send();
    for _ in 0..10 {
        login("wrong").await.unwrap().expect_problem(401, "wrong_login").await;
    }
    login(PASSWORD).await.unwrap().expect_problem(429, "rate_limited").await;
    api.advance_ms(15 * 60_000);
    login(PASSWORD).await.unwrap().expect(StatusCode::OK).await;
}
