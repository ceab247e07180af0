//! `POST /auth/refresh` (ACC-3, ACC-4).

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use syncwatch_protocol::Code;
use syncwatch_store::AuditAction;

use crate::accounts::{AuthSession, Resumed, SessionCookies, csrf_shown, forget_cookies, resume_session};
use crate::edge::ClientAddress;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::state::{ApiState, Deed};

/// Get the next access token for the session in the cookie.
///
/// The refresh token is spent and replaced. One that was spent before, by more than the grace for two tabs, ends the log-in.
#[utoipa::path(
    post,
    path = "/auth/refresh",
    tag = "accounts",
    operation_id = "refreshSession",
    security(("session" = [], "csrf" = [])),
    responses(
        (status = 200, description = "The session goes on; cookies are renewed", body = AuthSession),
        (status = 401, description = "`not_logged_in`, `session_expired`", body = Problem),
        (status = 403, description = "`csrf_missing`", body = Problem),
    )
)]
pub(crate) async fn refresh(
    State(state): State<ApiState>,
    address: ClientAddress,
    headers: HeaderMap,
    cookies: SessionCookies,
) -> Result<Response, ApiError> {
    let Some(refresh_token) = &cookies.refresh_token else { return Err(Code::NotLoggedIn.into()) };
    csrf_shown(&headers)?;
    match resume_session(&state, &cookies, refresh_token).await? {
        Resumed::Yes(jar, session) => Ok((jar, session).into_response()),
        Resumed::No => Ok(expired(&cookies)),
        Resumed::Stolen(user, family) => {
            state.end_access(family).await;
            tracing::warn!(user.id = %user, "a spent refresh token came again; the log-in has been ended");
            let (action, target) = (AuditAction::Logout, Some(user.to_string()));
            state.audit(Deed { action, actor: None, address, target, success: true }).await;
            Ok(expired(&cookies))
        }
    }
}

/// The session is over, and the browser forgets its cookies.
fn expired(cookies: &SessionCookies) -> Response {
    (forget_cookies(cookies), ApiError::Refused(Code::SessionExpired)).into_response()
}
