//! The door: `GET /rt/rooms/{roomId}`.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use socket2::SockRef;
use tokio::net::TcpStream;

use syncwatch_protocol::RoomId;

use crate::connection::Connection;
use crate::rooms::Rooms;
use crate::websocket::Handshake;

/// Unsent bytes that the kernel takes for one socket. What it has taken cannot be overtaken any more, so a command for a
/// member who reads slowly waits behind this much and not behind megabytes; what it has sent already does not count.
const UNSENT_MAX_BYTES: u32 = 16 * 1024;

/// The sockets of `rooms`.
pub fn router(rooms: Rooms) -> Router {
    Router::new().route("/rt/rooms/{room_id}", get(enter)).with_state(rooms)
}

async fn enter(State(rooms): State<Rooms>, Path(room): Path<String>, handshake: Handshake) -> Response {
    let Ok(room) = room.parse::<RoomId>() else { return StatusCode::NOT_FOUND.into_response() };
    let (answer, upgrade) = handshake.accept();
    // Held instead of started by the process's tasks, which would watch each connection with a second task.
    let held = rooms.tasks().hold();
    tokio::spawn(async move {
        if let Some((stream, read)) = Box::pin(upgraded(upgrade)).await {
            Connection::serve(rooms, room, stream, read).await;
        }
        drop(held);
    });
    answer
}

/// The socket below HTTP, and what of the client's first frames came with the request.
async fn upgraded(upgrade: OnUpgrade) -> Option<(TcpStream, Bytes)> {
    match upgrade.await.map(stream_of) {
        Ok(Ok((stream, read))) => match prepare(&stream) {
            Ok(()) => Some((stream, read)),
            Err(error) => {
                tracing::debug!("socket is gone already: {error}");
                None
            }
        },
        Ok(Err(_other)) => {
            tracing::error!("sockets are served over plain TCP alone; put a proxy in front for TLS");
            None
        }
        Err(error) => {
            tracing::debug!("connection ended before it was a socket: {error}");
            None
        }
    }
}

/// The gateway writes to the socket itself and not through HTTP's layers, which would buffer once more.
fn stream_of(upgraded: Upgraded) -> Result<(TcpStream, Bytes), Upgraded> {
    let parts = downcast::<TokioIo<TcpStream>>(upgraded)?;
    Ok((parts.io.into_inner(), parts.read_buf))
}

fn prepare(stream: &TcpStream) -> std::io::Result<()> {
    // Without it a frame waits until the one before is acknowledged, up to 40 ms.
    stream.set_nodelay(true)?;
    SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_MAX_BYTES)
}
