//! How each server is spoken to. All but Socket.IO get and send the same JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;

use crate::server::Kind;

/// What a server said, as far as the load client cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// It wants this answer before it goes on.
    Wants(&'static str),
    /// It waits for the hello.
    Listens,
    /// The member is in.
    Welcome,
    /// A numbered line or command.
    Delivery(u64),
    /// What a returning member missed.
    Missed,
    /// Something else.
    Other,
}

/// The request that turns the connection into a socket.
pub(crate) fn upgrade(kind: Kind, room: &str) -> String {
    let path = match kind {
        Kind::SyncWatch => format!("/rt/rooms/{room}"),
        Kind::Uws | Kind::Ws => "/".to_owned(),
        Kind::SocketIo => "/socket.io/?EIO=4&transport=websocket".to_owned(),
    };
    let key = STANDARD.encode([7; 16]);
    format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    )
}

/// The hello to a server that needs no token.
pub(crate) fn plain_hello(kind: Kind, room: &str, name: &str) -> String {
    match kind {
        Kind::SocketIo => format!(r#"42["client:hello",{{"room":"{room}","name":"{name}"}}]"#),
        _ => format!(r#"{{"type":"client:hello","room":"{room}","name":"{name}"}}"#),
    }
}

/// The hello to ours.
pub(crate) fn our_hello(credential: &str, token: &str, resume: &str) -> String {
    format!(
        r#"{{"type":"client:hello","protocolVersion":"1.0.0","clientId":"bench","capabilities":["seek"],"credential":{{"kind":"{credential}","token":"{token}"}}{resume}}}"#
    )
}

/// A numbered line of chat, `filler` bytes longer than its number.
pub(crate) fn line(kind: Kind, number: u64, filler: usize) -> String {
    let text = format!("{}{:x<filler$}", mark(number), "");
    match kind {
        Kind::SocketIo => format!(r#"42["chat:send",{{"id":"c{number}","text":"{text}"}}]"#),
        _ => format!(r#"{{"type":"chat:send","id":"c{number}","text":"{text}"}}"#),
    }
}

/// A numbered command. Only ours knows commands.
pub(crate) fn seek(number: u64) -> String {
    format!(r#"{{"type":"sync:seek","id":"{}","mediaTimeMs":{}}}"#, mark(number), 1_000 + number)
}

/// A number as it stands in a text.
fn mark(number: u64) -> String {
    format!("@{number:010}@")
}

/// What a text from a server is.
pub(crate) fn understand(kind: Kind, text: &[u8]) -> Said {
    if kind == Kind::SocketIo {
        return match text {
            [b'0', ..] => Said::Wants("40"),
            [b'4', b'0', ..] => Said::Listens,
            [b'2'] => Said::Wants("3"),
            _ if text.starts_with(br#"42["chat:message""#) => delivery(text),
            _ if text.starts_with(br#"42["server:hello""#) => Said::Welcome,
            _ => Said::Other,
        };
    }
    let Some(rest) = text.strip_prefix(br#"{"type":""#) else { return Said::Other };
    match rest {
        _ if rest.starts_with(b"chat:message") || rest.starts_with(b"sync:command") => delivery(text),
        _ if rest.starts_with(b"server:hello") => Said::Welcome,
        _ if rest.starts_with(b"sync:catchup") || rest.starts_with(b"chat:catchup") => Said::Missed,
        _ => Said::Other,
    }
}

fn delivery(text: &[u8]) -> Said {
    let number = memmem::find(text, b"\"@").and_then(|at| text.get(at + 2..at + 12));
    let number = number.and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    number.map_or(Said::Other, Said::Delivery)
}

/// A client's frame of text. The mask is zero, which the standard allows and saves the client work.
pub(crate) fn frame(text: &str) -> Vec<u8> {
    masked(0x81, text.as_bytes())
}

/// The answer to a server's ping.
pub(crate) fn pong(payload: &[u8]) -> Vec<u8> {
    masked(0x8a, payload)
}

fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        short @ 0..=125 => frame.push(0x80 | short as u8),
        long => {
            frame.push(0x80 | 126);
            frame.extend((long as u16).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}
