//! How often somebody may ask (API-4, SEC-2), and the `RateLimit` headers that say so.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use syncwatch_store::RateDecision;

use super::ClientAddress;
use crate::error::ApiError;
use crate::metrics;
use crate::state::ApiState;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Something that may happen so often and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Any request, per address.
    Api,
    /// Log-in, registration, password change, per address.
    Auth,
    /// A new room, per account or address.
    Rooms,
    /// A join, per address.
    Joins,
    /// A new upload, per person.
    Uploads,
    /// A look at a link, per person.
    Links,
    /// A wrong room code, per address.
    WrongCodes,
    /// A wrong room password, per address and room.
    WrongPasswords,
    /// A failed log-in, per account.
    FailedLogins,
}

impl Rule {
    const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Auth => "auth",
            Self::Rooms => "rooms",
            Self::Joins => "joins",
            Self::Uploads => "uploads",
            Self::Links => "links",
            Self::WrongCodes => "wrong-codes",
            Self::WrongPasswords => "wrong-passwords",
            Self::FailedLogins => "failed-logins",
        }
    }

    fn limit(self, state: &ApiState) -> u32 {
        let limits = &state.settings.limits;
        match self {
            Self::Api => limits.api_per_minute,
            Self::Auth => limits.auth_per_minute,
            Self::Rooms => limits.rooms_per_hour,
            Self::Joins => limits.joins_per_minute,
            Self::Uploads => limits.uploads_per_hour,
            Self::Links => limits.links_per_minute,
            Self::WrongCodes => limits.wrong_codes,
            Self::WrongPasswords => limits.wrong_passwords,
            Self::FailedLogins => limits.failed_logins,
        }
    }

    const fn window(self) -> Duration {
        match self {
            Self::Api | Self::Auth | Self::Joins | Self::Links => MINUTE,
            Self::Rooms | Self::Uploads | Self::WrongCodes => HOUR,
            Self::WrongPasswords => Duration::from_secs(30 * 60),
            Self::FailedLogins => Duration::from_secs(15 * 60),
        }
    }
}

impl ApiState {
    /// Counts one more and refuses it when there were too many. `who` is what the rule counts by.
    pub(crate) async fn limit(&self, rule: Rule, address: ClientAddress, who: &str) -> Result<(), ApiError> {
        match self.count(rule, address, who).await {
            Some(decision) if !decision.allowed => Err(ApiError::TooMany { retry_after: decision.reset_after }),
            _ => Ok(()),
        }
    }

    /// Refuses somebody whom [`failed`](Self::failed) has blocked.
    pub(crate) async fn not_blocked(&self, rule: Rule, who: &str) -> Result<(), ApiError> {
        match self.store.state.get(&block_key(rule, who), self.now_ms()).await {
            Some((_, left)) => Err(ApiError::TooMany { retry_after: left }),
            None => Ok(()),
        }
    }

    /// Counts a failure, and blocks for a whole window from now on when it is the last one allowed (SEC-2).
    pub(crate) async fn failed(&self, rule: Rule, address: ClientAddress, who: &str) {
        let Some(decision) = self.count(rule, address, who).await else { return };
        if decision.remaining == 0 {
            metrics::blocked(rule.name());
            tracing::warn!(rule = rule.name(), "blocked for trying too often");
            self.store.state.put(&block_key(rule, who), "", rule.window(), self.now_ms()).await;
        }
    }

    /// Whether limits apply to whoever asks from there (ADR 0007).
    pub(crate) fn counts(&self, address: ClientAddress) -> bool {
        self.settings.limits.count_loopback || !address.is_loopback()
    }

    /// None for somebody who is not counted.
    async fn count(&self, rule: Rule, address: ClientAddress, who: &str) -> Option<RateDecision> {
        if !self.counts(address) {
            return None;
        }
        let key = format!("limit:{}:{who}", rule.name());
        Some(self.store.state.hit(&key, rule.limit(self), rule.window(), self.now_ms()).await)
    }
}

fn block_key(rule: Rule, who: &str) -> String {
    format!("block:{}:{who}", rule.name())
}

/// Counts every request to the API by its address.
pub(crate) async fn api_rate_limit(
    State(state): State<ApiState>,
    address: ClientAddress,
    request: Request,
    next: Next,
) -> Response {
    let Some(decision) = state.count(Rule::Api, address, &address.bucket()).await else {
        return next.run(request).await;
    };
    let mut response = if decision.allowed {
        next.run(request).await
    } else {
        ApiError::TooMany { retry_after: decision.reset_after }.into_response()
    };
    describe(response.headers_mut(), Rule::Api, Rule::Api.limit(&state), decision);
    response
}

/// The header fields of the IETF's draft-ietf-httpapi-ratelimit-headers.
fn describe(headers: &mut HeaderMap, rule: Rule, limit: u32, decision: RateDecision) {
    let name = rule.name();
    let policy = format!("\"{name}\";q={limit};w={}", rule.window().as_secs());
    let state = format!("\"{name}\";r={};t={}", decision.remaining, decision.reset_after.as_secs());
    for (header, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(header), value);
        }
    }
}
