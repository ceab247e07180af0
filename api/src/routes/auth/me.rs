//! `GET /auth/me` (ACC-1).

use axum::Json;
use axum::extract::State;
use syncwatch_protocol::Code;

use crate::access::Account;
use crate::accounts::UserView;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::state::ApiState;

/// My account.
#[utoipa::path(
    get,
    path = "/auth/me",
    tag = "accounts",
    operation_id = "myAccount",
    responses(
        (status = 200, description = "The account", body = UserView),
        (status = 401, description = "`not_logged_in`, `session_expired`", body = Problem),
    )
)]
pub(crate) async fn me(State(state): State<ApiState>, account: Account) -> Result<Json<UserView>, ApiError> {
    let user = state.store.rows.user(account.id).await?.ok_or(Code::NotLoggedIn)?;
    Ok(Json((&user).into()))
}
