//! What somebody who is not in a room is told about it (ROOM-2).

use serde::Serialize;
use syncwatch_protocol::{RoomCode, RoomId, RoomStatus};
use syncwatch_store::{PersonRow, RoomRow};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::state::ApiState;

/// A room as it is seen from outside.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoomInfo {
    /// Its id.
    id: RoomId,
    /// Its code; the link is `/r/CODE`.
    code: RoomCode,
    /// Its name.
    name: String,
    /// Where it is in its life.
    status: RoomStatus,
    /// Who is in.
    participants: Vec<PersonInfo>,
    /// How many are in.
    participant_count: usize,
    /// How many may be in.
    max_participants: u16,
    /// Strangers are asked for a password.
    password_needed: bool,
    /// People without an account may come in.
    guests_allowed: bool,
    /// The title of what is on.
    watching: Option<String>,
    /// Who decides.
    owner_name: String,
    /// When it was made, UTC.
    created_at_ms: u64,
    /// When it closes by itself, UTC.
    expires_at_ms: u64,
}

/// Somebody in a room, as seen from outside.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonInfo {
    /// His name.
    name: String,
    /// His colour there.
    colour: u8,
}

/// Puts together what is told about a room.
pub(crate) async fn room_info(state: &ApiState, room: &RoomRow) -> Result<RoomInfo, ApiError> {
    let people = state.store.rows.people(room.id).await?;
    let watching = match room.source_video {
        Some(video) => state.store.rows.video(video).await?.map(|video| video.title),
        None => None,
    };
    Ok(describe(room, &people, watching))
}

fn describe(room: &RoomRow, people: &[PersonRow], watching: Option<String>) -> RoomInfo {
    let present = people.iter().filter(|person| person.present);
    let participants: Vec<PersonInfo> =
        present.map(|person| PersonInfo { name: person.name.clone(), colour: person.colour }).collect();
    RoomInfo {
        id: room.id,
        code: room.code.clone(),
        name: room.settings.name.clone(),
        status: room.status,
        participant_count: participants.len(),
        participants,
        max_participants: room.settings.max_participants,
        password_needed: room.password_hash.is_some(),
        guests_allowed: room.settings.privacy.allows_guests(),
        watching,
        owner_name: room.owner_name.clone(),
        created_at_ms: room.created_at_ms,
        expires_at_ms: room.expires_at_ms,
    }
}
