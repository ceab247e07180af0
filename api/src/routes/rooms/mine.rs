//! `GET /rooms/mine` (WT-2).

use axum::Json;
use axum::extract::State;

use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::rooms::{RoomInfo, room_info};
use crate::routes::Page;
use crate::state::ApiState;

/// Nobody is in more open rooms than this; older ones have expired.
const LIMIT: u32 = 50;

/// Open rooms that I own or have been in, newest first.
#[utoipa::path(
    get,
    path = "/rooms/mine",
    tag = "rooms",
    operation_id = "myRooms",
    responses(
        (status = 200, description = "The rooms", body = Page<RoomInfo>),
        (status = 401, description = "`not_logged_in`", body = Problem),
    )
)]
pub(crate) async fn mine(State(state): State<ApiState>, caller: Caller) -> Result<Json<Page<RoomInfo>>, ApiError> {
    let rooms = state.store.rows.rooms_of(caller.id(), state.now_ms(), LIMIT).await?;
    let mut items = Vec::with_capacity(rooms.len());
    for room in &rooms {
        items.push(room_info(&state, room).await?);
    }
    Ok(Json(Page { items, next: None }))
}
