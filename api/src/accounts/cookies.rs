//! The cookies of a browser's session (ACC-4): the refresh token, which no script can read, and the CSRF token, which
//! only our own pages can.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use subtle::ConstantTimeEq;
use syncwatch_protocol::Code;
use time::Duration;

use crate::error::ApiError;
use crate::state::ApiState;

const REFRESH: &str = "sw_refresh";
const CSRF: &str = "sw_csrf";
const CSRF_HEADER: &str = "x-csrf-token";

/// The refresh token goes nowhere but to the routes that use it.
const REFRESH_PATH: &str = "/api/v1/auth";

/// The refresh token that a browser sent, with what is needed to answer it.
#[derive(Debug, Clone)]
pub(crate) struct SessionCookies {
    /// The token, if there is one.
    pub(crate) refresh_token: Option<String>,
    /// The browser came by https.
    pub(crate) secure: bool,
}

impl SessionCookies {
    /// Cookies that begin or go on with a session.
    pub(crate) fn give(&self, refresh_token: String, csrf_token: String, days: u64) -> CookieJar {
        let days = Duration::days(i64::try_from(days).unwrap_or(i64::MAX));
        let refresh = self.cookie(REFRESH, refresh_token, REFRESH_PATH, days, true);
        let csrf = self.cookie(CSRF, csrf_token, "/", days, false);
        CookieJar::new().add(refresh).add(csrf)
    }

    fn cookie(
        &self,
        name: &'static str,
        value: String,
        path: &'static str,
        age: Duration,
        hidden: bool,
    ) -> Cookie<'static> {
        Cookie::build((name, value))
            .path(path)
            .max_age(age)
            .http_only(hidden)
            .same_site(SameSite::Lax)
            .secure(self.secure)
            .build()
    }
}

/// Cookies that end a session in the browser.
pub(crate) fn forget_cookies(cookies: &SessionCookies) -> CookieJar {
    cookies.give(String::new(), String::new(), 0)
}

/// Refuses a request that does not show that one of our own pages sent it: they alone can read the cookie whose value
/// the header repeats.
pub(crate) fn csrf_shown(headers: &HeaderMap) -> Result<(), ApiError> {
    let jar = CookieJar::from_headers(headers);
    let cookie = jar.get(CSRF).map(Cookie::value).unwrap_or_default();
    let header = headers.get(CSRF_HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    let shown = !cookie.is_empty() && bool::from(cookie.as_bytes().ct_eq(header));
    if shown { Ok(()) } else { Err(Code::CsrfMissing.into()) }
}

impl<S: Send + Sync> FromRequestParts<S> for SessionCookies
where
    ApiState: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let http = ApiState::from_ref(state).settings.http.clone();
        let forwarded = parts.headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
        let jar = CookieJar::from_headers(&parts.headers);
        let refresh_token = jar.get(REFRESH).map(|cookie| cookie.value().to_owned()).filter(|token| !token.is_empty());
        Ok(Self { refresh_token, secure: http.https || (http.trusted_proxies > 0 && forwarded) })
    }
}
