//! `POST /auth/password` (ACC-1).

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use syncwatch_protocol::Code;
use syncwatch_store::AuditAction;
use utoipa::ToSchema;

use crate::access::Account;
use crate::accounts::check_new_password;
use crate::edge::{ClientAddress, Rule};
use crate::error::ApiError;
use crate::input::JsonBody;
use crate::problem::Problem;
use crate::state::{ApiState, Deed};

/// The old and the new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PasswordChange {
    /// The password until now.
    current_password: String,
    /// The password from now on.
    new_password: String,
}

/// Change my password. All my other sessions end.
#[utoipa::path(
    post,
    path = "/auth/password",
    tag = "accounts",
    operation_id = "changePassword",
    request_body = PasswordChange,
    responses(
        (status = 204, description = "Changed"),
        (status = 400, description = "`password_too_short`, `password_too_long`, `password_too_common`", body = Problem),
        (status = 403, description = "`wrong_current_password`", body = Problem),
    )
)]
pub(crate) async fn change_password(
    State(state): State<ApiState>,
    address: ClientAddress,
    account: Account,
    JsonBody(form): JsonBody<PasswordChange>,
) -> Result<StatusCode, ApiError> {
    state.limit(Rule::Auth, address, &address.bucket()).await?;
    let user = state.store.rows.user(account.id).await?.ok_or(Code::NotLoggedIn)?;
    let right = state.passwords.matches(&form.current_password, &user.password_hash).await;
    let action = AuditAction::PasswordChanged;
    if !right {
        state.audit(Deed { action, actor: Some(user.id), address, target: None, success: false }).await;
        return Err(ApiError::field("currentPassword", Code::WrongCurrentPassword));
    }
    check_new_password(&form.new_password, &[&user.username, &user.email])
        .map_err(|code| ApiError::field("newPassword", code))?;
    let hash = state.passwords.hash(&form.new_password).await;
    state.store.rows.set_password(user.id, &hash).await?;
    end_other_sessions(&state, &account).await?;
    state.audit(Deed { action, actor: Some(user.id), address, target: None, success: true }).await;
    Ok(StatusCode::NO_CONTENT)
}

async fn end_other_sessions(state: &ApiState, account: &Account) -> Result<(), ApiError> {
    let keep = account.session.parse().map_err(|_| Code::SessionExpired)?;
    for family in state.store.rows.end_other_sessions(account.id, keep, state.now_ms()).await? {
        state.end_access(family).await;
    }
    Ok(())
}
