//! The door: `GET /rt/rooms/{roomId}`.

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use syncwatch_protocol::{RoomId, limits};

use crate::connection::Connection;
use crate::rooms::Rooms;

/// Read buffer of a socket: clients send small messages, and the library's default of 128 KiB would be kept per connection.
const READ_BUFFER_BYTES: usize = 4 * 1024;
/// Unwritten bytes that a socket may hold before it counts as broken.
const WRITE_BUFFER_MAX_BYTES: usize = 1024 * 1024;

/// The sockets of `rooms`.
pub fn router(rooms: Rooms) -> Router {
    Router::new().route("/rt/rooms/{room_id}", get(enter)).with_state(rooms)
}

async fn enter(State(rooms): State<Rooms>, Path(room): Path<String>, upgrade: WebSocketUpgrade) -> Response {
    let Ok(room) = room.parse::<RoomId>() else { return StatusCode::NOT_FOUND.into_response() };
    upgrade
        .max_message_size(limits::CLIENT_MESSAGE_MAX_BYTES)
        .max_frame_size(limits::CLIENT_MESSAGE_MAX_BYTES)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(READ_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_MAX_BYTES)
        .on_upgrade(move |socket| Connection::serve(rooms, room, socket))
}
