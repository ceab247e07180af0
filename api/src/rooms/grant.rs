//! The grant that opens a room's socket (DESIGN §6).

use serde::Serialize;
use syncwatch_protocol::{ParticipantId, ParticipantKind};
use syncwatch_service::{GuestClaims, JoinClaims};
use syncwatch_store::RoomRow;
use utoipa::ToSchema;

use super::{RoomInfo, room_info};
use crate::error::ApiError;
use crate::state::ApiState;

/// For so long a join token opens the socket. It is meant to be used at once.
const JOIN_SECONDS: u64 = 60;

/// For so long a guest can come back as himself, unless the room ends before.
const GUEST_SECONDS: u64 = 7 * 24 * 60 * 60;

/// The right to open a room's socket, for the next minute.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JoinGrant {
    /// The room.
    room: RoomInfo,
    /// Who you are in it.
    participant_id: ParticipantId,
    /// What you are called in it.
    nickname: String,
    /// For `client:hello`.
    join_token: String,
    /// Where its socket is.
    socket_path: String,
    /// For guests: sent as bearer, it makes you the same person again.
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_token: Option<String>,
}

/// Somebody who may enter.
#[derive(Debug, Clone)]
pub(crate) struct Entrant {
    pub(crate) id: ParticipantId,
    pub(crate) name: String,
    pub(crate) kind: ParticipantKind,
}

/// Lets somebody in, after everything has been checked.
pub(crate) async fn grant(state: &ApiState, room: &RoomRow, entrant: Entrant) -> Result<JoinGrant, ApiError> {
    let Entrant { id, name, kind } = entrant;
    let join = JoinClaims { room: room.id, participant: id, name: name.clone(), kind };
    let guest = GuestClaims { participant: id, nickname: name.clone(), room: room.id };
    let room_seconds = room.expires_at_ms.saturating_sub(state.now_ms()) / 1_000;
    let guest_token = || state.keys.sign(&guest, GUEST_SECONDS.min(room_seconds), state.now());
    Ok(JoinGrant {
        room: room_info(state, room).await?,
        participant_id: id,
        nickname: name,
        join_token: state.keys.sign(&join, JOIN_SECONDS, state.now()),
        socket_path: format!("/rt/rooms/{}", room.id),
        guest_token: (kind == ParticipantKind::Guest).then(guest_token),
    })
}
