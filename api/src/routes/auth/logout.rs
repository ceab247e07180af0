//! `POST /auth/logout` (ACC-1, ACC-3).

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum_extra::extract::CookieJar;
use syncwatch_store::AuditAction;

use crate::accounts::{SessionCookies, csrf_shown, forget_cookies, token_hash};
use crate::edge::ClientAddress;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::state::{ApiState, Deed};

/// End the session in the cookie, on the server and in the browser.
#[utoipa::path(
    post,
    path = "/auth/logout",
    tag = "accounts",
    operation_id = "logOut",
    security(("session" = [], "csrf" = [])),
    responses(
        (status = 204, description = "Logged out, or there was no session"),
        (status = 403, description = "`csrf_missing`", body = Problem),
    )
)]
pub(crate) async fn logout(
    State(state): State<ApiState>,
    address: ClientAddress,
    headers: HeaderMap,
    cookies: SessionCookies,
) -> Result<(StatusCode, CookieJar), ApiError> {
    if let Some(refresh_token) = &cookies.refresh_token {
        csrf_shown(&headers)?;
        end(&state, refresh_token, address).await?;
    }
    Ok((StatusCode::NO_CONTENT, forget_cookies(&cookies)))
}

async fn end(state: &ApiState, refresh_token: &str, address: ClientAddress) -> Result<(), ApiError> {
    let ended = state.store.rows.end_session(&token_hash(refresh_token), state.now_ms()).await?;
    if let Some((user, family)) = ended {
        state.end_access(family).await;
        let action = AuditAction::Logout;
        state.audit(Deed { action, actor: Some(user), address, target: None, success: true }).await;
    }
    Ok(())
}
