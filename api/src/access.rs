//! Who asks: an account, a guest, or nobody (ACC-3, ACC-6).

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use syncwatch_protocol::{Code, ParticipantId, RoomId};
use syncwatch_service::{AccessClaims, GuestClaims, TokenError};

use crate::error::ApiError;
use crate::state::ApiState;

/// Somebody who showed a good token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Somebody with an account.
    Account(Account),
    /// A guest, bound to one room.
    Guest { id: ParticipantId, nickname: String, room: RoomId },
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) id: ParticipantId,
    pub(crate) username: String,
    /// His log-in: the family of its refresh tokens.
    pub(crate) session: String,
}

/// Whoever asks, if he showed a token at all.
#[derive(Debug, Clone)]
pub(crate) struct Visitor(pub(crate) Option<Caller>);

/// The guest who makes an account, if he showed a token that we know.
///
/// A browser keeps its guest's token for longer than it is good: the keys may be others since, or its week is over. Whoever
/// shows such a one wants an account like everybody else, so to him it is as if he had shown none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RegisteringGuest(pub(crate) Option<ParticipantId>);

impl Caller {
    pub(crate) fn id(&self) -> ParticipantId {
        match self {
            Self::Account(account) => account.id,
            Self::Guest { id, .. } => *id,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Account(account) => &account.username,
            Self::Guest { nickname, .. } => nickname,
        }
    }
}

/// Under which an ended log-in is remembered for as long as its last access token lives.
pub(crate) fn ended_session_key(session: &str) -> String {
    format!("ended-session:{session}")
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor
where
    ApiState: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let state = ApiState::from_ref(state);
        let Some(header) = parts.headers.get(AUTHORIZATION) else { return Ok(Self(None)) };
        let token = header.to_str().ok().and_then(bearer).ok_or(Code::NotLoggedIn)?;
        match state.keys.verify::<AccessClaims>(token, state.now()) {
            Ok(claims) => account(&state, claims).await.map(|account| Self(Some(Caller::Account(account)))),
            Err(TokenError::Expired) => Err(Code::SessionExpired.into()),
            Err(TokenError::Invalid) => guest(&state, token).await.map(Self),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RegisteringGuest
where
    ApiState: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Visitor::from_request_parts(parts, state).await {
            Ok(Visitor(Some(Caller::Guest { id, .. }))) => Ok(Self(Some(id))),
            Ok(_) | Err(ApiError::Refused(_)) => Ok(Self(None)),
            // Somebody new would lose the guest's room and films, so a store that does not answer is no "nobody".
            Err(failure) => Err(failure),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller
where
    ApiState: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Visitor(caller) = Visitor::from_request_parts(parts, state).await?;
        caller.ok_or(ApiError::Refused(Code::NotLoggedIn))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Account
where
    ApiState: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match Caller::from_request_parts(parts, state).await? {
            Caller::Account(account) => Ok(account),
            Caller::Guest { .. } => Err(Code::NotLoggedIn.into()),
        }
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn account(state: &ApiState, claims: AccessClaims) -> Result<Account, ApiError> {
    if state.store.state.get(&ended_session_key(&claims.session), state.now_ms()).await.is_some() {
        return Err(Code::SessionExpired.into());
    }
    Ok(Account { id: claims.participant, username: claims.username, session: claims.session })
}

/// The guest of a token. Nobody when its week is over, or when he has registered since and is somebody else to us now.
async fn guest(state: &ApiState, token: &str) -> Result<Option<Caller>, ApiError> {
    let claims = match state.keys.verify::<GuestClaims>(token, state.now()) {
        Ok(claims) => claims,
        Err(TokenError::Expired) => return Ok(None),
        Err(TokenError::Invalid) => return Err(Code::SessionExpired.into()),
    };
    let row = state.store.rows.guest(claims.participant).await?;
    Ok(row.map(|guest| Caller::Guest { id: guest.id, nickname: guest.nickname, room: guest.room }))
}
