//! Taking a room over from the store: the engine as it was, under a new epoch.

use syncwatch_protocol::{Code, RoomId, ServerTime, VideoView};
use syncwatch_room::{Identity, Room, Snapshot};
use syncwatch_store::{ClaimedRoom, PersonRow, RoomRow};

use crate::rooms::Rooms;

/// A room that is ours to serve.
pub(super) struct TakenOver {
    pub(super) room: Room,
    /// Under which it is written.
    pub(super) epoch: u64,
    /// Its people as they stand in the store.
    pub(super) people: Vec<PersonRow>,
}

/// The room, or why it cannot be entered.
pub(super) async fn take_over(rooms: &Rooms, id: RoomId) -> Result<TakenOver, Code> {
    match rooms.store().rows.claim_room(id, rooms.clock().now().0).await {
        Ok(Some(claimed)) => room_of(claimed, rooms).await,
        Ok(None) => Err(Code::RoomNotFound),
        Err(failure) => {
            tracing::error!(room.id = %id, "room {id} could not be taken over: {failure}");
            Err(Code::Unavailable)
        }
    }
}

async fn room_of(claimed: ClaimedRoom, rooms: &Rooms) -> Result<TakenOver, Code> {
    let now = rooms.clock().now();
    let ClaimedRoom { room: row, epoch, snapshot, people, messages, older } = claimed;
    if row.closed_at_ms.is_some() {
        return Err(Code::RoomClosed);
    }
    let expires_at = ServerTime(row.expires_at_ms);
    if expires_at <= now {
        return Err(Code::RoomExpired);
    }
    let identity = Identity { id: row.id, code: row.code.clone(), expires_at, places_cap: rooms.places_cap() };
    let Some(stored) = snapshot else {
        let film = first_film(rooms, &row).await;
        let room = Room::new(identity, row.settings, row.owner, epoch, now).with_chat(messages, older);
        let room = film.into_iter().fold(room, Room::watching);
        return Ok(TakenOver { room, epoch, people });
    };
    let snapshot: Snapshot = serde_json::from_str(&stored.body).map_err(|error| {
        tracing::error!(room.id = %row.id, "snapshot of room {} cannot be read: {error}", row.id);
        Code::Internal
    })?;
    let room = Room::restore(identity, snapshot, messages, older, epoch, now);
    Ok(TakenOver { room, epoch, people })
}

/// The film that a room was made with.
async fn first_film(rooms: &Rooms, row: &RoomRow) -> Option<VideoView> {
    match rooms.store().rows.video(row.source_video?).await {
        Ok(video) => video.map(|video| rooms.view(&video)),
        Err(failure) => {
            tracing::warn!(room.id = %row.id, "first film could not be read: {failure}");
            None
        }
    }
}
