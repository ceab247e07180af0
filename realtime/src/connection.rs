//! One socket, from its hello to its close. It decides nothing about the room.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use syncwatch_protocol::{
    ClientMessage, Code, Compatibility, Credential, IdempotencyKey, PROTOCOL_VERSION, ProtocolVersion, Resume, RoomId,
    ServerMessage,
};
use syncwatch_room::{ConnectionId, Person, Via};
use syncwatch_service::{JoinClaims, SessionClaims, TokenError};

use crate::actor::Event;
use crate::flood::FloodGate;
use crate::metrics;
use crate::outgoing::{CloseCode, Frame, Outgoing, encode};
use crate::request::{Asked, Offer, parse, understand};
use crate::rooms::{Busy, Rooms};

/// A client says hello within this time or is closed.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// A ping goes out this often; its pong is the sign of life that browsers give even from hidden tabs.
const PING_EVERY: Duration = Duration::from_secs(5);
/// Without any sign of life for so long, a connection is half open and is dropped.
const SILENT_AFTER: Duration = Duration::from_secs(16);
/// A write that takes longer is to a client that does not read.
const WRITE_WITHIN: Duration = Duration::from_secs(5);
/// Messages that cannot be read, before the connection is closed.
const ERRORS_ALLOWED: u32 = 20;

/// A socket that has been let as far as the room's actor.
pub(crate) struct Connection {
    rooms: Rooms,
    room: RoomId,
    id: ConnectionId,
    socket: WebSocket,
    flood: FloodGate,
    errors: u32,
    heard_at: Instant,
}

/// Why a connection ends.
enum End {
    /// The client is gone.
    Gone,
    /// The server closes it.
    Close(CloseCode),
}

impl Connection {
    /// Serves one socket until it ends.
    pub(crate) async fn serve(rooms: Rooms, room: RoomId, mut socket: WebSocket) {
        metrics::connection_opened();
        let _until_told_to_go = rooms.tasks().hold();
        match timeout(HELLO_WITHIN, admit(&rooms, room, &mut socket)).await {
            Ok(Ok(admitted)) => Self::stay(rooms, room, socket, admitted).await,
            Ok(Err(code)) => refuse(socket, code).await,
            Err(_too_late) => refuse(socket, Code::HelloExpected).await,
        }
        metrics::connection_closed();
    }

    async fn stay(rooms: Rooms, room: RoomId, socket: WebSocket, (person, via, resume): Admitted) {
        let id = rooms.next_connection();
        let (outgoing, waiting) = Outgoing::channel();
        if rooms.send(room, Event::Enter { connection: id, person, via, resume, outgoing }).is_err() {
            return refuse(socket, Code::Unavailable).await;
        }
        let flood = FloodGate::new(rooms.clock().now());
        let mut connection = Self { rooms, room, id, socket, flood, errors: 0, heard_at: Instant::now() };
        let end = connection.run(waiting).await;
        // A full mailbox would lose the news that he is gone; the actor also learns it from the dropped queue.
        let _busy = connection.tell(Event::Drop { connection: id });
        if let End::Close(code) = end {
            close(connection.socket, code).await;
        }
    }

    async fn run(&mut self, mut waiting: Receiver<Frame>) -> End {
        let mut pings = interval(PING_EVERY);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let step = tokio::select! {
                biased;
                message = self.socket.recv() => self.hear(message).await,
                frame = waiting.recv() => self.write(frame, &mut waiting).await,
                _ = pings.tick() => self.ping().await,
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let message = match message {
            None | Some(Ok(Message::Close(_))) => return Err(End::Gone),
            Some(Err(error)) => return Err(if is_too_big(&error) { End::Close(CloseCode::TooBig) } else { End::Gone }),
            Some(Ok(message)) => message,
        };
        self.heard_at = Instant::now();
        match message {
            Message::Text(text) if self.flood.admits(self.rooms.clock().now()) => self.read(&text).await,
            Message::Text(_) => self.error(Code::TooManyCommands, None).await,
            Message::Binary(_) => self.error(Code::BinaryNotSupported, None).await,
            Message::Pong(_) | Message::Ping(_) | Message::Close(_) => self.alive(),
        }
    }

    async fn read(&mut self, text: &str) -> Result<(), End> {
        // Stamped before parsing: the difference to `s3` is what the client takes off the round trip.
        let read_at = self.rooms.clock().now_fine_ms();
        match parse(text).map(understand) {
            Ok(Asked::Clock { c1 }) => self.answer_clock(c1, read_at).await,
            Ok(Asked::Greeting) => self.error(Code::MalformedMessage, None).await,
            Ok(Asked::Older(before)) => self.pass_on(Event::Older { connection: self.id, before }, None).await,
            Ok(Asked::Video(id, offer)) => self.offer(id, offer).await,
            Ok(Asked::Engine(request)) => self.pass_on(Event::Request { connection: self.id, request }, None).await,
            Err((code, id)) => self.error(code, id).await,
        }
    }

    async fn offer(&mut self, id: syncwatch_protocol::VideoId, offer: Offer) -> Result<(), End> {
        let request_id = offer.id().clone();
        match self.rooms.store().rows.video(id).await {
            Ok(Some(row)) => {
                let offered = offer.with(self.rooms.view(&row), row.owner);
                self.pass_on(Event::Offered { connection: self.id, offered }, Some(request_id)).await
            }
            Ok(None) => self.send(&not_done(Code::VideoNotFound, Some(request_id))).await,
            Err(failure) => {
                tracing::warn!(room.id = %self.room, "video could not be looked up: {failure}");
                self.send(&not_done(Code::Unavailable, Some(request_id))).await
            }
        }
    }

    /// Hands something to the actor; when it has too much to do, the sender is told instead of made to wait.
    async fn pass_on(&mut self, event: Event, id: Option<IdempotencyKey>) -> Result<(), End> {
        match self.tell(event) {
            Ok(()) => Ok(()),
            Err(Busy) => self.send(&not_done(Code::Unavailable, id)).await,
        }
    }

    fn alive(&self) -> Result<(), End> {
        // Losing a sign of life to a full mailbox is harmless: the next one comes in seconds.
        let _busy = self.tell(Event::Alive { connection: self.id });
        Ok(())
    }

    fn tell(&self, event: Event) -> Result<(), Busy> {
        self.rooms.send(self.room, event)
    }

    async fn answer_clock(&mut self, c1: f64, s2: f64) -> Result<(), End> {
        let s3 = self.rooms.clock().now_fine_ms();
        self.send(&ServerMessage::ClockPong { c1, s2, s3 }).await
    }

    async fn error(&mut self, code: Code, id: Option<IdempotencyKey>) -> Result<(), End> {
        metrics::message_refused(code);
        self.errors += 1;
        if self.errors > ERRORS_ALLOWED {
            self.send(&not_done(Code::TooManyErrors, None)).await?;
            return Err(End::Close(CloseCode::TooManyErrors));
        }
        self.send(&not_done(code, id)).await
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.heard_at.elapsed() > SILENT_AFTER {
            return Err(End::Gone);
        }
        written(timeout(WRITE_WITHIN, self.socket.send(Message::Ping(axum::body::Bytes::new()))).await)
    }

    /// Writes a frame and all that wait behind it, with one flush.
    async fn write(&mut self, first: Option<Frame>, waiting: &mut Receiver<Frame>) -> Result<(), End> {
        let mut next = Some(first.ok_or(End::Close(CloseCode::TooSlow))?);
        while let Some(frame) = next {
            match frame {
                Frame::Text(text) => written(timeout(WRITE_WITHIN, self.socket.feed(Message::Text(text))).await)?,
                Frame::Close(code) => return Err(End::Close(code)),
            }
            next = waiting.try_recv().ok();
        }
        written(timeout(WRITE_WITHIN, self.socket.flush()).await)
    }

    async fn send(&mut self, message: &ServerMessage) -> Result<(), End> {
        written(timeout(WRITE_WITHIN, self.socket.send(Message::Text(encode(message)))).await)
    }
}

fn written(result: Result<Result<(), axum::Error>, tokio::time::error::Elapsed>) -> Result<(), End> {
    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_gone)) => Err(End::Gone),
        Err(_too_slow) => Err(End::Close(CloseCode::TooSlow)),
    }
}

fn is_too_big(error: &axum::Error) -> bool {
    // axum hides the library's error type; its text is all there is to see.
    error.to_string().to_lowercase().contains("too long")
}

fn not_done(code: Code, request_id: Option<IdempotencyKey>) -> ServerMessage {
    ServerMessage::Error { code, message: code.sentence().into(), request_id }
}

/// Who has shown a good token, by which right, and what he has seen.
type Admitted = (Person, Via, Option<Resume>);

async fn admit(rooms: &Rooms, room: RoomId, socket: &mut WebSocket) -> Result<Admitted, Code> {
    let text = loop {
        match socket.recv().await {
            Some(Ok(Message::Text(text))) => break text,
            Some(Ok(Message::Binary(_))) => return Err(Code::BinaryNotSupported),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Code::HelloExpected),
        }
    };
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

async fn refuse(mut socket: WebSocket, code: Code) {
    metrics::message_refused(code);
    let text = encode(&not_done(code, None));
    if timeout(WRITE_WITHIN, socket.send(Message::Text(text))).await.is_ok() {
        close(socket, CloseCode::NotAdmitted).await;
    }
}

/// Says why and waits a moment for the client's own close, so that what was written before is not lost to a reset.
async fn close(mut socket: WebSocket, code: CloseCode) {
    let frame = CloseFrame { code: code.number(), reason: Utf8Bytes::default() };
    let _gone = timeout(WRITE_WITHIN, async {
        socket.send(Message::Close(Some(frame))).await?;
        while let Some(Ok(_ignored)) = socket.recv().await {}
        Ok::<(), axum::Error>(())
    })
    .await;
}
