//! `POST /rooms/{code}/join` (ROOM-2, ACC-6, SEC-2).

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use syncwatch_protocol::{Code, ParticipantId, ParticipantKind};
use syncwatch_service::new_id;
use syncwatch_store::{GuestRow, PersonRow, RoomRow};
use utoipa::ToSchema;

use crate::access::{Caller, Visitor};
use crate::edge::{ClientAddress, Rule};
use crate::error::ApiError;
use crate::input::{self, JsonBody};
use crate::problem::Problem;
use crate::rooms::{Entrant, JoinGrant, find_open, generate_nickname, grant};
use crate::state::ApiState;

/// Who wants in, and with what.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Knock {
    /// For those without an account; generated when missing, kept when coming back.
    nickname: Option<String>,
    /// The room's password, if it has one.
    password: Option<String>,
}

/// Join a room, or come back to it.
///
/// A member needs no password again. Guests who send the token of their last join are the same person.
#[utoipa::path(
    post,
    path = "/rooms/{code}/join",
    tag = "rooms",
    operation_id = "joinRoom",
    security((), ("bearer" = [])),
    params(("code" = String, Path, description = "The room's code, in any case, with or without dashes")),
    request_body = Knock,
    responses(
        (status = 200, description = "Come in", body = JoinGrant),
        (status = 403, description = "`room_password_needed`, `room_password_wrong`, `room_banned`, `room_needs_account`", body = Problem),
        (status = 404, description = "`room_not_found`", body = Problem),
        (status = 409, description = "`room_full`", body = Problem),
        (status = 410, description = "`room_closed`, `room_expired`", body = Problem),
        (status = 429, description = "`rate_limited`", body = Problem),
    )
)]
pub(crate) async fn join(
    State(state): State<ApiState>,
    address: ClientAddress,
    Path(code): Path<String>,
    Visitor(visitor): Visitor,
    JsonBody(knock): JsonBody<Knock>,
) -> Result<Json<JoinGrant>, ApiError> {
    state.limit(Rule::Joins, address, &address.bucket()).await?;
    let room = find_open(&state, address, &code).await?;
    let entrant = entrant(&state, &room, visitor, knock.nickname.as_deref())?;
    if state.store.rows.is_banned(room.id, entrant.id).await? {
        return Err(Code::RoomBanned.into());
    }
    let people = state.store.rows.people(room.id).await?;
    let known = people.iter().find(|person| person.id == entrant.id && !person.kicked);
    if known.is_none() {
        admit_stranger(&state, &room, &entrant, address, knock.password.as_deref()).await?;
    }
    check_place(&room, &people, known)?;
    if entrant.kind == ParticipantKind::Guest {
        let guest = GuestRow { id: entrant.id, room: room.id, nickname: entrant.name.clone() };
        state.store.rows.put_guest(&guest, state.now_ms()).await?;
    }
    Ok(Json(grant(&state, &room, entrant).await?))
}

/// Who he will be in the room. A guest of another room is somebody new here.
fn entrant(
    state: &ApiState,
    room: &RoomRow,
    visitor: Option<Caller>,
    nickname: Option<&str>,
) -> Result<Entrant, ApiError> {
    let nickname = nickname.map(input::nickname).transpose()?;
    let (id, name) = match visitor {
        Some(Caller::Account(account)) => {
            return Ok(Entrant { id: account.id, name: account.username, kind: ParticipantKind::Account });
        }
        Some(Caller::Guest { id, nickname: former, room: home }) if home == room.id => (id, nickname.unwrap_or(former)),
        Some(Caller::Guest { .. }) | None => {
            (ParticipantId::new(new_id(state.now())), nickname.unwrap_or_else(generate_nickname))
        }
    };
    Ok(Entrant { id, name, kind: ParticipantKind::Guest })
}

async fn admit_stranger(
    state: &ApiState,
    room: &RoomRow,
    entrant: &Entrant,
    address: ClientAddress,
    password: Option<&str>,
) -> Result<(), ApiError> {
    if entrant.kind == ParticipantKind::Guest && !room.settings.privacy.allows_guests() {
        return Err(Code::RoomNeedsAccount.into());
    }
    let Some(hash) = &room.password_hash else { return Ok(()) };
    let who = format!("{}@{}", room.id, address.bucket());
    state.not_blocked(Rule::WrongPasswords, &who).await?;
    let Some(password) = password.filter(|password| !password.is_empty()) else {
        return Err(Code::RoomPasswordNeeded.into());
    };
    if !state.passwords.matches(password, hash).await {
        state.failed(Rule::WrongPasswords, address, &who).await;
        return Err(Code::RoomPasswordWrong.into());
    }
    Ok(())
}

/// Whoever has a place keeps it, and the owner always finds one. The room's actor counts again when the socket opens.
fn check_place(room: &RoomRow, people: &[PersonRow], known: Option<&PersonRow>) -> Result<(), ApiError> {
    let has_place = known.is_some_and(|person| person.present || person.id == room.owner);
    let present = people.iter().filter(|person| person.present).count();
    if !has_place && present >= usize::from(room.settings.max_participants) {
        return Err(Code::RoomFull.into());
    }
    Ok(())
}
