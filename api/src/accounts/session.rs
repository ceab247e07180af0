//! Sessions: an access token for a quarter of an hour, a refresh token to get the next one (ACC-3).

use axum::Json;
use axum_extra::extract::CookieJar;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use syncwatch_protocol::ParticipantId;
use syncwatch_service::{AccessClaims, new_id, random_bytes};
use syncwatch_store::{NewToken, Spending, UserRow};
use utoipa::ToSchema;
use uuid::Uuid;

use super::SessionCookies;
use crate::error::ApiError;
use crate::state::ApiState;

/// An account as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserView {
    /// His id; also his id in rooms.
    id: ParticipantId,
    /// E-mail address.
    email: String,
    /// Name.
    username: String,
    /// Member since, UTC.
    created_at_ms: u64,
}

/// The answer to a log-in. The refresh token comes as a cookie.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuthSession {
    /// Who is logged in.
    user: UserView,
    /// For `Authorization: Bearer`.
    access_token: String,
    /// For so long.
    expires_in_seconds: u64,
}

impl From<&UserRow> for UserView {
    fn from(user: &UserRow) -> Self {
        let UserRow { id, email, username, created_at_ms, .. } = user.clone();
        Self { id, email, username, created_at_ms }
    }
}

/// Logs somebody in.
pub(crate) async fn begin_session(
    state: &ApiState,
    cookies: &SessionCookies,
    user: &UserRow,
) -> Result<(CookieJar, Json<AuthSession>), ApiError> {
    let family = new_id(state.now());
    let (token, stored) = fresh_token(state);
    state.store.rows.start_session(user.id, family, &stored, state.now_ms()).await?;
    Ok(answer(state, cookies, user, family, token))
}

/// What came of a refresh token.
pub(crate) enum Resumed {
    /// The session goes on.
    Yes(CookieJar, Json<AuthSession>),
    /// Somebody else had used the token: the whole log-in has ended.
    Stolen(ParticipantId, Uuid),
    /// The token is of no use.
    No,
}

/// Goes on with a session by spending its refresh token.
pub(crate) async fn resume_session(
    state: &ApiState,
    cookies: &SessionCookies,
    refresh_token: &str,
) -> Result<Resumed, ApiError> {
    let (token, stored) = fresh_token(state);
    let grace_ms = state.settings.accounts.refresh_grace_seconds * 1_000;
    let spending = state.store.rows.spend_token(&token_hash(refresh_token), &stored, state.now_ms(), grace_ms).await?;
    match spending {
        Spending::Rotated { user, family } => {
            let Some(user) = state.store.rows.user(user).await? else { return Ok(Resumed::No) };
            let (jar, session) = answer(state, cookies, &user, family, token);
            Ok(Resumed::Yes(jar, session))
        }
        Spending::Reused { user, family } => Ok(Resumed::Stolen(user, family)),
        Spending::Void => Ok(Resumed::No),
    }
}

/// What is stored of a refresh token. Plain SHA-256, as the token has 256 random bits that nobody can guess.
pub(crate) fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

fn fresh_token(state: &ApiState) -> (String, NewToken) {
    let token = URL_SAFE_NO_PAD.encode(random_bytes::<32>());
    let life_ms = state.settings.accounts.refresh_token_days * 24 * 60 * 60 * 1_000;
    let stored = NewToken { token_hash: token_hash(&token), expires_at_ms: state.now_ms() + life_ms };
    (token, stored)
}

fn answer(
    state: &ApiState,
    cookies: &SessionCookies,
    user: &UserRow,
    family: Uuid,
    refresh_token: String,
) -> (CookieJar, Json<AuthSession>) {
    let accounts = &state.settings.accounts;
    let claims = AccessClaims { participant: user.id, username: user.username.clone(), session: family.to_string() };
    let access_token = state.keys.sign(&claims, accounts.access_token_seconds, state.now());
    let csrf_token = URL_SAFE_NO_PAD.encode(random_bytes::<16>());
    let jar = cookies.give(refresh_token, csrf_token, accounts.refresh_token_days);
    let expires_in_seconds = accounts.access_token_seconds;
    (jar, Json(AuthSession { user: user.into(), access_token, expires_in_seconds }))
}
