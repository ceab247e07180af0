//! Finding a room by its code, and stopping those who try codes (ROOM-2, SEC-2).

use syncwatch_protocol::Code;
use syncwatch_store::RoomRow;

use crate::edge::{ClientAddress, Rule};
use crate::error::ApiError;
use crate::input::room_code;
use crate::state::ApiState;

/// The open room with this code. Closed, expired and unknown ones each have their own refusal.
pub(crate) async fn find_open(state: &ApiState, address: ClientAddress, code: &str) -> Result<RoomRow, ApiError> {
    let code = room_code(code)?;
    let who = address.bucket();
    state.not_blocked(Rule::WrongCodes, &who).await?;
    let Some(room) = state.store.rows.room_by_code(&code).await? else {
        state.failed(Rule::WrongCodes, address, &who).await;
        return Err(Code::RoomNotFound.into());
    };
    // Expiry first: the clean-up closes what has expired, and people should read the same before and after it.
    if room.expires_at_ms <= state.now_ms() {
        return Err(Code::RoomExpired.into());
    }
    if room.closed_at_ms.is_some() { Err(Code::RoomClosed.into()) } else { Ok(room) }
}
