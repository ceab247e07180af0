use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::harness::{Expect, TestApi};
use crate::tus::header;

// API-1
#[tokio::test]
async fn unknown_addresses_and_wrong_methods_are_problems_too() {
    let api = TestApi::start().await;
    for path in ["/api/v1/nothing", "/api", "/api/v2/rooms", "/api/v1/rooms/K7QW2MXD/x/y"] {
        let answer = api.get(path).send().await.unwrap();
        if path == "/api" {
            assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        } else {
            answer.expect_problem(404, "not_found").await;
        }
    }
    api.request(Method::PUT, "rooms").send().await.unwrap().expect_problem(405, "method_not_allowed").await;
    api.request(Method::POST, "/health/live").send().await.unwrap().expect_problem(405, "method_not_allowed").await;
}

// SEC-3
#[tokio::test]
async fn malformed_and_oversized_bodies_are_refused() {
    let api = TestApi::start().await;
    let post = |body: String| api.request(Method::POST, "rooms").header("content-type", "application/json").body(body);
    for wrong in ["{", "[]", "\"x\"", "{\"name\": 5}", "{\"name\": \"a\", \"name\": \"b\"}"] {
        post(wrong.into()).send().await.unwrap().expect_problem(400, "invalid_request").await;
    }
    post(format!("{{\"name\":\"{}\"}}", "x".repeat(70_000)))
        .send()
        .await
        .unwrap()
        .expect_problem(413, "payload_too_large")
        .await;
    let text = api.request(Method::POST, "rooms").body("name=x").send().await.unwrap();
    text.expect_problem(415, "invalid_request").await;
}

// OBS-1
#[tokio::test]
async fn every_answer_has_an_id_and_only_a_trusted_proxy_may_choose_it() {
    let api = TestApi::start().await;
    let ask = async |api: &TestApi| api.get("nickname").header("x-request-id", "abcdefgh-1").send().await.unwrap();
    let (one, two) = (header(&ask(&api).await, "x-request-id"), header(&ask(&api).await, "x-request-id"));
    assert!(one != two && one != "abcdefgh-1");
    let behind = TestApi::start_with(|settings| settings.http.trusted_proxies = 1).await;
    assert_eq!(header(&ask(&behind).await, "x-request-id"), "abcdefgh-1");
}

// SEC-1
#[tokio::test]
async fn answers_carry_the_headers_that_keep_them_harmless() {
    let api = TestApi::start().await;
    let answer = api.post("rooms", json!({})).send().await.unwrap();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(header(&answer, name), value);
    }
}

// SEC-1
#[tokio::test]
async fn pages_of_other_sites_are_allowed_by_list() {
    let origin = "https://films.example.org";
    let api = TestApi::start_with(|settings| settings.http.allowed_origins = vec![origin.into()]).await;
    let preflight = |from: &'static str| {
        let request = api.request(Method::OPTIONS, "videos/upload").header("origin", from);
        request.header("access-control-request-method", "PATCH").send()
    };
    let allowed = preflight("https://films.example.org").await.unwrap();
    assert_eq!(header(&allowed, "access-control-allow-origin"), origin);
    assert_eq!(header(&allowed, "access-control-allow-credentials"), "true");
    assert!(header(&allowed, "access-control-allow-headers").contains("upload-offset"));
    let stranger = preflight("https://evil.example").await.unwrap();
    assert!(stranger.headers().get("access-control-allow-origin").is_none());
    let actual = api.get("nickname").header("origin", origin).send().await.unwrap();
    assert_eq!(
        (header(&actual, "access-control-allow-origin"), header(&actual, "vary")),
        (origin.into(), "origin".into())
    );
}
