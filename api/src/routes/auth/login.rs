//! `POST /auth/login` (ACC-1).

use axum::Json;
use axum::extract::State;
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use syncwatch_protocol::Code;
use syncwatch_store::{AuditAction, UserRow};
use utoipa::ToSchema;

use crate::accounts::{AuthSession, SessionCookies, begin_session};
use crate::edge::{ClientAddress, Rule};
use crate::error::ApiError;
use crate::input::JsonBody;
use crate::problem::Problem;
use crate::state::{ApiState, Deed};

/// Who wants in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Login {
    /// E-mail address or username.
    login: String,
    /// The account's password.
    password: String,
}

/// Log in.
#[utoipa::path(
    post,
    path = "/auth/login",
    tag = "accounts",
    operation_id = "logIn",
    security(()),
    request_body = Login,
    responses(
        (status = 200, description = "Logged in; cookies hold the session", body = AuthSession),
        (status = 401, description = "`wrong_login`", body = Problem),
        (status = 429, description = "`rate_limited`", body = Problem),
    )
)]
pub(crate) async fn login(
    State(state): State<ApiState>,
    address: ClientAddress,
    cookies: SessionCookies,
    JsonBody(form): JsonBody<Login>,
) -> Result<(CookieJar, Json<AuthSession>), ApiError> {
    state.limit(Rule::Auth, address, &address.bucket()).await?;
    // By name and address: counted by name alone, anybody could lock an account's owner out.
    let who = format!("{}@{}", form.login.trim().to_lowercase(), address.bucket());
    state.not_blocked(Rule::FailedLogins, &who).await?;
    let user = state.store.rows.user_by_login(&form.login).await?;
    let Some(user) = right_password(&state, user, &form.password).await else {
        state.failed(Rule::FailedLogins, address, &who).await;
        let action = AuditAction::LoginFailed;
        state.audit(Deed { action, actor: None, address, target: None, success: false }).await;
        return Err(Code::WrongLogin.into());
    };
    let session = begin_session(&state, &cookies, &user).await?;
    state.audit(Deed { action: AuditAction::Login, actor: Some(user.id), address, target: None, success: true }).await;
    Ok(session)
}

/// The user, if the password is his. Takes the same time when there is no such user.
async fn right_password(state: &ApiState, user: Option<UserRow>, password: &str) -> Option<UserRow> {
    let Some(user) = user else {
        state.passwords.pretend().await;
        return None;
    };
    state.passwords.matches(password, &user.password_hash).await.then_some(user)
}
