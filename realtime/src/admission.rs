//! Who may come in: a hello in time, a version that we speak, and a token for this room.

use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::timeout;
use tungstenite::Utf8Bytes;

use syncwatch_protocol::{
    ClientMessage, Code, Compatibility, Credential, PROTOCOL_VERSION, ProtocolVersion, Resume, RoomId,
};
use syncwatch_room::{Person, Via};
use syncwatch_service::{JoinClaims, SessionClaims, TokenError};

use crate::link::{Link, Woken};
use crate::request::parse;
use crate::rooms::Rooms;
use crate::websocket::{Incoming, Reader};

/// A client says hello within this time or is closed.
const HELLO_WITHIN: Duration = Duration::from_secs(10);

/// Who has shown a good token, by which right, and what he has seen.
pub(crate) type Admitted = (Person, Via, Option<Resume>);

/// Waits for the hello and reads it.
pub(crate) async fn admit(rooms: &Rooms, room: RoomId, link: &Link, reader: &mut Reader) -> Result<Admitted, Code> {
    let text = timeout(HELLO_WITHIN, first_text(rooms, link, reader)).await.unwrap_or(Err(Code::HelloExpected))?;
    let message = parse(&text).map_err(|(code, _)| code)?;
    let ClientMessage::Hello { protocol_version, credential, resume, .. } = message else {
        return Err(Code::HelloExpected);
    };
    let version: ProtocolVersion = protocol_version.parse().map_err(|()| Code::MalformedMessage)?;
    if PROTOCOL_VERSION.accepts(version) == Compatibility::UpgradeRequired {
        return Err(Code::UpgradeRequired);
    }
    let (granted, person, via) = verify(rooms, credential).map_err(|_| Code::TokenInvalid)?;
    if granted == room { Ok((person, via, resume)) } else { Err(Code::TokenInvalid) }
}

async fn first_text(rooms: &Rooms, link: &Link, reader: &mut Reader) -> Result<Utf8Bytes, Code> {
    loop {
        let mut socket = link.at(rooms.clock().now());
        loop {
            match reader.next(&mut socket) {
                Ok(Some(Incoming::Text(text))) => return Ok(text),
                Ok(Some(Incoming::Binary)) => return Err(Code::BinaryNotSupported),
                Ok(Some(Incoming::Alive)) => {}
                Ok(Some(Incoming::Close)) | Err(_) => return Err(Code::HelloExpected),
                Ok(None) => break,
            }
        }
        if socket.is_spent() {
            yield_now().await;
        }
        if link.woken(|| rooms.clock().now()).await != Woken::Readable {
            return Err(Code::HelloExpected);
        }
    }
}

fn verify(rooms: &Rooms, credential: Credential) -> Result<(RoomId, Person, Via), TokenError> {
    let now = rooms.clock().now();
    match credential {
        Credential::Join { token } => {
            let JoinClaims { room, participant, name, kind } = rooms.keys().verify(&token, now)?;
            Ok((room, Person { id: participant, name, kind }, Via::Join))
        }
        Credential::Session { token } => {
            let SessionClaims { room, participant, name, kind } = rooms.keys().verify(&token, now)?;
            Ok((room, Person { id: participant, name, kind }, Via::Session))
        }
    }
}
