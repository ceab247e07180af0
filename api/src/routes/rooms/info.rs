//! `GET /rooms/{code}` (ROOM-2).

use axum::Json;
use axum::extract::{Path, State};

use crate::edge::ClientAddress;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::rooms::{RoomInfo, find_open, room_info};
use crate::state::ApiState;

/// What is known about a room before joining it.
#[utoipa::path(
    get,
    path = "/rooms/{code}",
    tag = "rooms",
    operation_id = "roomInfo",
    security(()),
    params(("code" = String, Path, description = "The room's code, in any case, with or without dashes")),
    responses(
        (status = 200, description = "The room", body = RoomInfo),
        (status = 400, description = "`room_code_invalid`", body = Problem),
        (status = 404, description = "`room_not_found`", body = Problem),
        (status = 410, description = "`room_closed`, `room_expired`", body = Problem),
    )
)]
pub(crate) async fn info(
    State(state): State<ApiState>,
    address: ClientAddress,
    Path(code): Path<String>,
) -> Result<Json<RoomInfo>, ApiError> {
    let room = find_open(&state, address, &code).await?;
    Ok(Json(room_info(&state, &room).await?))
}
