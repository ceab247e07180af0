//! `DELETE /rooms/{code}` (ROOM-5).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use syncwatch_protocol::Code;
use syncwatch_store::AuditAction;
use syncwatch_store::notices::RoomNotice;

use crate::access::Caller;
use crate::edge::ClientAddress;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::rooms::find_open;
use crate::state::{ApiState, Deed};

/// Close a room for good. Everybody in it is told and sent out.
#[utoipa::path(
    delete,
    path = "/rooms/{code}",
    tag = "rooms",
    operation_id = "deleteRoom",
    params(("code" = String, Path, description = "The room's code")),
    responses(
        (status = 204, description = "Closed"),
        (status = 401, description = "`not_logged_in`", body = Problem),
        (status = 403, description = "`only_owner`", body = Problem),
        (status = 404, description = "`room_not_found`", body = Problem),
        (status = 410, description = "`room_closed`, `room_expired`", body = Problem),
    )
)]
pub(crate) async fn delete(
    State(state): State<ApiState>,
    address: ClientAddress,
    Path(code): Path<String>,
    caller: Caller,
) -> Result<StatusCode, ApiError> {
    let room = find_open(&state, address, &code).await?;
    let (actor, target) = (Some(caller.id()), Some(room.id.to_string()));
    let deed = Deed { action: AuditAction::RoomDeleted, actor, address, target, success: room.owner == caller.id() };
    let allowed = deed.success;
    state.audit(deed).await;
    if !allowed {
        return Err(Code::OnlyOwner.into());
    }
    state.store.rows.close_room(room.id, state.now_ms()).await?;
    state.notify_room(room.id, RoomNotice::Deleted { by: caller.id() }).await;
    Ok(StatusCode::NO_CONTENT)
}
