use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Response, StatusCode};
use serde_json::json;

use crate::harness::{Expect, PASSWORD, TestApi, text};

/// A browser's cookies and the access token in its memory.
struct Browser {
    refresh: String,
    csrf: String,
    access: String,
}

impl Browser {
    async fn from(response: Response) -> Self {
        let cookie = |name: &str| {
            let cookies = response.headers().get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap());
            let found = cookies.filter_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('=')).next().unwrap();
            found.split(';').next().unwrap().to_owned()
        };
        let (refresh, csrf) = (cookie("sw_refresh"), cookie("sw_csrf"));
        let session: serde_json::Value = response.json().await.unwrap();
        Self { refresh, csrf, access: text(&session["accessToken"]) }
    }

    async fn login(api: &TestApi) -> Self {
        let form = json!({ "login": "ada", "password": PASSWORD });
        Self::from(api.post("auth/login", form).send().await.unwrap()).await
    }

    async fn post(&self, api: &TestApi, path: &str) -> Response {
        let cookies = format!("sw_refresh={}; sw_csrf={}", self.refresh, self.csrf);
        let request = api.post(path, json!({})).header(COOKIE, cookies).header("x-csrf-token", &self.csrf);
        request.send().await.unwrap()
    }
}

async fn me(api: &TestApi, access: &str) -> Response {
    api.get("auth/me").bearer_auth(access).send().await.unwrap()
}

// ACC-4
#[tokio::test]
async fn the_refresh_cookie_is_hidden_from_scripts_and_secure_over_https() {
    let api = TestApi::start_with(|settings| settings.http.trusted_proxies = 1).await;
    let form = json!({ "email": "ada@example.org", "username": "ada", "password": PASSWORD });
    let response = api.post("auth/register", form).header("x-forwarded-proto", "https").send().await.unwrap();
    let cookies: Vec<String> =
        response.headers().get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect();
    let cookie = |name: &str| cookies.iter().find(|cookie| cookie.starts_with(name)).unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/api/v1/auth", "Secure", "Max-Age=604800"] {
        assert!(cookie("sw_refresh").contains(part), "{part} is missing in {cookies:?}");
    }
    assert!(!cookie("sw_csrf").contains("HttpOnly"));
    assert!(cookie("sw_csrf").contains("Path=/;"));
}

// ACC-3
#[tokio::test]
async fn a_session_goes_on_by_refreshing() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let first = Browser::login(&api).await;
    api.advance_ms(901_000);
    me(&api, &first.access).await.expect_problem(401, "session_expired").await;

    let second = Browser::from(first.post(&api, "auth/refresh").await).await;

    assert_ne!(first.refresh, second.refresh);
    me(&api, &second.access).await.expect(StatusCode::OK).await;
}

// ACC-3
#[tokio::test]
async fn a_spent_refresh_token_ends_the_whole_log_in() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let thief = Browser::login(&api).await;
    let owner = Browser::from(thief.post(&api, "auth/refresh").await).await;
    api.advance_ms(11_000);

    thief.post(&api, "auth/refresh").await.expect_problem(401, "session_expired").await;

    owner.post(&api, "auth/refresh").await.expect_problem(401, "session_expired").await;
    me(&api, &owner.access).await.expect_problem(401, "session_expired").await;
}

// ACC-3
#[tokio::test]
async fn two_tabs_that_wake_together_stay_logged_in() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let tab = Browser::login(&api).await;
    let (one, two) = tokio::join!(tab.post(&api, "auth/refresh"), tab.post(&api, "auth/refresh"));
    for answer in [one, two] {
        let browser = Browser::from(answer).await;
        me(&api, &browser.access).await.expect(StatusCode::OK).await;
    }
}

// ACC-4
#[tokio::test]
async fn refresh_and_logout_need_the_csrf_token() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let browser = Browser::login(&api).await;
    for path in ["auth/refresh", "auth/logout"] {
        for header in [None, Some("wrong"), Some("")] {
            let cookies = format!("sw_refresh={}; sw_csrf={}", browser.refresh, browser.csrf);
            let request = api.post(path, json!({})).header(COOKIE, cookies);
            let request = header.into_iter().fold(request, |request, value| request.header("x-csrf-token", value));
            request.send().await.unwrap().expect_problem(403, "csrf_missing").await;
        }
    }
    let nobody = api.post("auth/refresh", json!({})).send().await.unwrap();
    nobody.expect_problem(401, "not_logged_in").await;
}

// ACC-3
#[tokio::test]
async fn logging_out_ends_the_session_on_the_server_and_in_the_browser() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let browser = Browser::login(&api).await;

    let answer = browser.post(&api, "auth/logout").await;

    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert!(answer.headers().get_all(SET_COOKIE).iter().all(|cookie| cookie.to_str().unwrap().contains("Max-Age=0")));
    me(&api, &browser.access).await.expect_problem(401, "session_expired").await;
    browser.post(&api, "auth/refresh").await.expect_problem(401, "session_expired").await;
}

// ACC-1
#[tokio::test]
async fn changing_the_password_ends_the_other_sessions() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let (phone, laptop) = (Browser::login(&api).await, Browser::login(&api).await);
    let form = json!({ "currentPassword": PASSWORD, "newPassword": "another good one" });
    let changed = api.post("auth/password", form).bearer_auth(&laptop.access).send().await.unwrap();
    changed.expect(StatusCode::NO_CONTENT).await;

    me(&api, &phone.access).await.expect_problem(401, "session_expired").await;
    phone.post(&api, "auth/refresh").await.expect_problem(401, "session_expired").await;
    me(&api, &laptop.access).await.expect(StatusCode::OK).await;
}

// ACC-3
#[tokio::test]
async fn sessions_survive_a_restart() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let browser = Browser::login(&api).await;
    let api = api.crash_and_restart().await;
    let browser = Browser::from(browser.post(&api, "auth/refresh").await).await;
    me(&api, &browser.access).await.expect(StatusCode::OK).await;
}

// ACC-3
#[tokio::test]
async fn a_token_that_is_not_ours_is_refused() {
    let api = TestApi::start().await;
    for token in ["", "x", "a.b.c"] {
        let answer = me(&api, token).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{token:?}");
    }
    let basic = api.get("auth/me").basic_auth("ada", Some("x")).send().await.unwrap();
    basic.expect_problem(401, "not_logged_in").await;
}
