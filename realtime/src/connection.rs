//! One socket, from its hello to its close. It decides nothing about the room.

use std::sync::Arc;

use bytes::Bytes;
use tokio::net::TcpStream;
use tokio::task::yield_now;

use syncwatch_protocol::{Code, IdempotencyKey, RoomId, ServerMessage, VideoId};
use syncwatch_room::ConnectionId;

use crate::actor::{Entrance, Event};
use crate::admission::{Admitted, admit};
use crate::backlog::Kind;
use crate::flood::FloodGate;
use crate::link::{Link, LinkAt, Woken};
use crate::metrics;
use crate::outgoing::{CloseCode, Outgoing};
use crate::request::{Asked, Offer, Weight, parse, understand};
use crate::rooms::{Busy, Full, Mailbox, Rooms};
use crate::websocket::{Broken, Frame, Incoming, Reader};

/// Messages that cannot be read, before the connection is closed.
const ERRORS_ALLOWED: u32 = 20;

/// A socket that has been let as far as the room's actor.
pub(crate) struct Connection {
    rooms: Rooms,
    mailbox: Mailbox,
    id: ConnectionId,
    link: Arc<Link>,
    reader: Reader,
    flood: FloodGate,
    errors: u32,
}

/// Why a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The client is gone.
    Gone,
    /// The server closes it.
    Close(CloseCode),
}

/// What has to be looked up before a message can be handed on.
type Later = (VideoId, Offer);

impl Connection {
    /// Serves one socket until it ends.
    pub(crate) async fn serve(rooms: Rooms, room: RoomId, stream: TcpStream, read: Bytes) {
        metrics::connection_opened();
        let link = Arc::new(Link::new(stream, rooms.clock().now()));
        rooms.pulse().watch(&link);
        let mut reader = Reader::new(&read);
        // Even empty it would keep the 16 KiB alive into which HTTP has read.
        drop(read);
        match Box::pin(admit(&rooms, room, &link, &mut reader)).await {
            Ok(admitted) => Self::stay(&rooms, room, &link, reader, admitted).await,
            Err(code) => refuse(&rooms, &link, code),
        }
        let clock = rooms.clock();
        Box::pin(link.see_off(|| clock.now())).await;
        metrics::connection_closed();
    }

    async fn stay(rooms: &Rooms, room: RoomId, link: &Arc<Link>, reader: Reader, (person, via, resume): Admitted) {
        let id = rooms.next_connection();
        let outgoing = Outgoing::new(link.clone());
        let entrance = Event::Enter(Box::new(Entrance { connection: id, person, via, resume, outgoing }));
        let mailbox = match rooms.enter(room, entrance) {
            Ok(mailbox) => mailbox,
            Err(Full(_kept_open)) => return refuse(rooms, link, Code::Unavailable),
        };
        let flood = FloodGate::new(rooms.clock().now());
        let (rooms_too, link_too) = (rooms.clone(), link.clone());
        let mut connection = Self { rooms: rooms_too, mailbox, id, link: link_too, reader, flood, errors: 0 };
        let end = connection.run().await;
        // Said before the mailbox is told, so that what was close to being written still goes out.
        if let End::Close(code) = end {
            link.close(rooms.clock().now(), code);
        }
        connection.mailbox.insist(Event::Drop { connection: id }).await;
    }

    async fn run(&mut self) -> End {
        loop {
            // What came along with the hello is there already.
            if let Err(end) = self.hear().await {
                return end;
            }
            let rooms = &self.rooms;
            match self.link.woken(|| rooms.clock().now()).await {
                Woken::Readable => {}
                Woken::Lacking => self.mailbox.insist(Event::Lacking { connection: self.id }).await,
                Woken::Ended => return End::Gone,
            }
        }
    }

    /// Reads until the socket is empty, or until it is the turn of others.
    async fn hear(&mut self) -> Result<(), End> {
        let link = self.link.clone();
        let mut socket = link.at(self.rooms.clock().now());
        while let Some((video, offer)) = self.answer_all(&mut socket)? {
            Box::pin(self.offer(video, offer)).await;
        }
        if socket.is_spent() {
            yield_now().await;
        }
        Ok(())
    }

    /// Answers messages in order until one needs a look into the store.
    fn answer_all(&mut self, socket: &mut LinkAt<'_>) -> Result<Option<Later>, End> {
        while let Some(incoming) = self.reader.next(socket)? {
            metrics::message_received();
            if let Some(later) = self.answer(incoming)? {
                return Ok(Some(later));
            }
        }
        Ok(None)
    }

    fn answer(&mut self, incoming: Incoming) -> Result<Option<Later>, End> {
        let now = self.rooms.clock().now();
        match incoming {
            Incoming::Close => return Err(End::Close(CloseCode::Normal)),
            _ if !self.flood.admits(now) => self.error(Code::TooManyCommands, None)?,
            Incoming::Text(text) => return self.understand(&text),
            Incoming::Binary => self.error(Code::BinaryNotSupported, None)?,
            Incoming::Alive => self.show_life(),
        }
        Ok(None)
    }

    fn understand(&mut self, text: &str) -> Result<Option<Later>, End> {
        // Stamped before parsing: the difference to `s3` is what the client takes off the round trip.
        let read_at = self.rooms.clock().now_fine_ms();
        let connection = self.id;
        match parse(text).map(understand) {
            Ok(Asked::Clock { c1 }) => {
                self.answer_clock(c1, read_at);
                self.show_life();
            }
            Ok(Asked::Nonsense) => self.error(Code::MalformedMessage, None)?,
            Ok(Asked::Older(before)) => self.pass_on(Event::Older { connection, before }, None),
            Ok(Asked::Video(id, offer)) => return Ok(Some((id, offer))),
            Ok(Asked::Engine(request)) if request.may_be_shed() => {
                self.tell_or_shed(Event::Request { connection, request: Box::new(request) });
            }
            Ok(Asked::Engine(request)) => {
                let id = request.id().cloned();
                self.pass_on(Event::Request { connection, request: Box::new(request) }, id);
            }
            Err((code, id)) => self.error(code, id)?,
        }
        Ok(None)
    }

    async fn offer(&mut self, id: VideoId, offer: Offer) {
        let request_id = Some(offer.id().clone());
        match self.rooms.store().rows.video(id).await {
            Ok(Some(row)) => {
                let offered = offer.with(self.rooms.view(&row), row.owner);
                self.pass_on(Event::Offered { connection: self.id, offered: Box::new(offered) }, request_id);
            }
            Ok(None) => self.not_done(Code::VideoNotFound, request_id),
            Err(failure) => {
                tracing::warn!(video.id = %id, "video could not be looked up: {failure}");
                self.not_done(Code::Unavailable, request_id);
            }
        }
    }

    /// Hands something to the actor; when it has too much to do, the sender is told instead of made to wait.
    fn pass_on(&mut self, event: Event, id: Option<IdempotencyKey>) {
        if let Err(Busy) = self.mailbox.offer(event) {
            self.not_done(Code::Unavailable, id);
        }
    }

    /// Lets the room know that this member lives, if it wants to. Clock exchanges count: they come from a worker, also while the
    /// timers of a hidden page are throttled, and keep the socket too busy for pings.
    fn show_life(&self) {
        if self.link.is_heeded() {
            self.tell_or_shed(Event::Alive { connection: self.id });
        }
    }

    /// Hands something on that comes again by itself, unless the actor has too much to do.
    fn tell_or_shed(&self, event: Event) {
        if let Err(Busy) = self.mailbox.offer(event) {
            metrics::event_shed();
        }
    }

    fn answer_clock(&self, c1: f64, s2: f64) {
        let s3 = self.rooms.clock().now_fine_ms();
        let pong = Frame::json(&ServerMessage::ClockPong { c1, s2, s3 });
        self.link.send(self.rooms.clock().now(), Kind::Clock, &pong);
    }

    fn error(&mut self, code: Code, id: Option<IdempotencyKey>) -> Result<(), End> {
        self.errors += 1;
        if self.errors > ERRORS_ALLOWED {
            self.not_done(Code::TooManyErrors, None);
            return Err(End::Close(CloseCode::TooManyErrors));
        }
        self.not_done(code, id);
        Ok(())
    }

    fn not_done(&self, code: Code, id: Option<IdempotencyKey>) {
        say_no(&self.rooms, &self.link, code, id);
    }
}

impl From<Broken> for End {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Gone => Self::Gone,
            Broken::Protocol => Self::Close(CloseCode::Protocol),
            Broken::TooBig => Self::Close(CloseCode::TooBig),
            Broken::NotText => Self::Close(CloseCode::NotText),
        }
    }
}

fn refuse(rooms: &Rooms, link: &Link, code: Code) {
    say_no(rooms, link, code, None);
    link.close(rooms.clock().now(), CloseCode::after(code));
}

fn say_no(rooms: &Rooms, link: &Link, code: Code, request_id: Option<IdempotencyKey>) {
    metrics::message_refused(code);
    let error = ServerMessage::Error { code, message: code.sentence().into(), request_id };
    link.send(rooms.clock().now(), Kind::Control, &Frame::json(&error));
}
