//! `POST /auth/register` (ACC-1).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use serde::Deserialize;
use syncwatch_protocol::{Code, ParticipantId, ParticipantKind};
use syncwatch_service::new_id;
use syncwatch_store::notices::RoomNotice;
use syncwatch_store::{AuditAction, NewUser, StoreError, Unique, UserRow};
use utoipa::ToSchema;

use crate::access::RegisteringGuest;
use crate::accounts::{AuthSession, SessionCookies, begin_session, check_new_password, email, username};
use crate::edge::{ClientAddress, Rule};
use crate::error::{ApiError, WrongField};
use crate::input::JsonBody;
use crate::problem::Problem;
use crate::state::{ApiState, Deed};

/// A new account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Registration {
    /// E-mail address, for logging in.
    email: String,
    /// Name that others see.
    username: String,
    /// 8 characters to 72 bytes.
    password: String,
}

/// Make an account and log in.
///
/// A guest who sends his token keeps his id, and with it his room, rights and films; a lapsed token counts as none.
#[utoipa::path(
    post,
    path = "/auth/register",
    tag = "accounts",
    operation_id = "register",
    security((), ("bearer" = [])),
    request_body = Registration,
    responses(
        (status = 201, description = "Made and logged in; cookies hold the session", body = AuthSession),
        (status = 400, description = "`email_invalid`, `username_invalid`, `password_too_short`, …", body = Problem),
        (status = 409, description = "`email_taken`, `username_taken`", body = Problem),
    )
)]
pub(crate) async fn register(
    State(state): State<ApiState>,
    address: ClientAddress,
    RegisteringGuest(guest): RegisteringGuest,
    cookies: SessionCookies,
    JsonBody(form): JsonBody<Registration>,
) -> Result<(StatusCode, CookieJar, Json<AuthSession>), ApiError> {
    state.limit(Rule::Auth, address, &address.bucket()).await?;
    let (email, username) = check(&form)?;
    let id = guest.unwrap_or_else(|| ParticipantId::new(new_id(state.now())));
    let password_hash = state.passwords.hash(&form.password).await;
    let user = store(&state, NewUser { id, email, username, password_hash }).await?;
    state.audit(Deed { action: AuditAction::Login, actor: Some(id), address, target: None, success: true }).await;
    let (jar, session) = begin_session(&state, &cookies, &user).await?;
    Ok((StatusCode::CREATED, jar, session))
}

/// Looks at all fields, so that a form shows everything that is wrong at once.
fn check(form: &Registration) -> Result<(String, String), ApiError> {
    let (email, username) = (email(&form.email), username(&form.username));
    let password = check_new_password(&form.password, &[&form.username, &form.email]);
    let wrong = |field, code: Option<Code>| code.map(|code| WrongField { field, code });
    let fields = [
        wrong("email", email.as_ref().err().copied()),
        wrong("username", username.as_ref().err().copied()),
        wrong("password", password.err()),
    ];
    match (email, username, password) {
        (Ok(email), Ok(username), Ok(())) => Ok((email, username)),
        _ => Err(ApiError::Fields(fields.into_iter().flatten().collect())),
    }
}

async fn store(state: &ApiState, user: NewUser) -> Result<UserRow, ApiError> {
    let rooms = state.store.rows.register(&user, state.now_ms()).await.map_err(|error| match error {
        StoreError::Taken(Unique::Email) => ApiError::field("email", Code::EmailTaken),
        StoreError::Taken(Unique::Username) => ApiError::field("username", Code::UsernameTaken),
        error => error.into(),
    })?;
    for room in rooms {
        let (id, name) = (user.id, user.username.clone());
        state.notify_room(room, RoomNotice::PersonRenamed { id, name, kind: ParticipantKind::Account }).await;
    }
    let NewUser { id, email, username, password_hash } = user;
    Ok(UserRow { id, email, username, password_hash, created_at_ms: state.now_ms() })
}
