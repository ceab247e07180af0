//! One socket as seen by those who write to it.
//!
//! The room's actor and the socket's own task both write here, straight into the socket: waking a task for each frame would
//! cost about as much as the frame. Only what the socket does not take waits, and then the socket's task brings it out.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;

use syncwatch_protocol::ServerTime;

use crate::backlog::{Backlog, Kind, Lacking};
use crate::batch::Batch;
use crate::metrics;
use crate::outgoing::CloseCode;
use crate::websocket::Frame;

/// A ping goes to whoever was silent for so long; its pong comes even from a tab whose timers are throttled.
const PING_AFTER_MS: u64 = 5_000;
/// Without an answer to it for so long, a connection is half open and is dropped.
const ANSWER_WITHIN_MS: u64 = 7_000;
/// Read from one socket before others have their turn: no flood of bytes, whatever they are, holds a thread.
const READ_AT_ONCE: usize = 4 * 1024;
/// A client that was told to go has so long to read it.
const SEE_OFF_WITHIN: Duration = Duration::from_secs(5);

/// The socket, what waits for it, and how it ends.
#[derive(Debug)]
pub(crate) struct Link {
    stream: TcpStream,
    heard_at: AtomicU64,
    /// The room wants to know that this member lives; it does of its owner.
    heeded: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// None for a socket that takes everything at once, which is nearly all of the time.
    backlog: Option<Box<Backlog>>,
    end: Option<End>,
    /// The socket's task, to be woken when the socket is full or ends.
    task: Option<Waker>,
    /// The socket's task waits for room in the socket already.
    full: bool,
    /// What was left out has been asked for.
    asked: bool,
    pinged_at: Option<ServerTime>,
}

/// How a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It is dead.
    Gone,
    /// A close frame is on its way.
    Closing,
}

/// Why the socket's task was woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Woken {
    /// There is something to read.
    Readable,
    /// The socket is free again, and something was left out meanwhile.
    Lacking,
    /// It is over.
    Ended,
}

impl Link {
    pub(crate) fn new(stream: TcpStream, now: ServerTime) -> Self {
        Self { stream, heard_at: AtomicU64::new(now.0), heeded: AtomicBool::new(false), state: Mutex::default() }
    }

    /// Says whether this member's signs of life are to be passed on.
    pub(crate) fn heed(&self, heeded: bool) {
        self.heeded.store(heeded, Ordering::Relaxed);
    }

    pub(crate) fn is_heeded(&self) -> bool {
        self.heeded.load(Ordering::Relaxed)
    }

    /// Writes a frame, or lets it wait in its lane.
    pub(crate) fn send(&self, now: ServerTime, kind: Kind, frame: &Frame) {
        let mut state = self.state();
        if state.end.is_none() {
            self.put(&mut state, now, kind, frame);
            state.wake_if_needed();
        }
    }

    /// Lets a frame wait until `flush`, so that several go out together.
    pub(crate) fn queue(&self, now: ServerTime, kind: Kind, frame: &Frame) {
        let mut state = self.state();
        if state.end.is_none() && state.backlog(now).push(now, kind, frame).is_err() {
            state.give_up();
        }
    }

    /// Writes what waits, as far as the socket takes it.
    pub(crate) fn flush(&self, now: ServerTime) {
        let mut state = self.state();
        self.write(&mut state, now);
        state.wake_if_needed();
    }

    /// Writes what everybody gets. For a socket without a backlog it is one call and nothing is copied or counted.
    pub(crate) fn broadcast(&self, now: ServerTime, batch: &Batch) {
        let mut state = self.state();
        if state.end == Some(End::Gone) {
            return;
        }
        if state.backlog.is_some() {
            for (kind, frame) in batch.frames() {
                if state.backlog(now).push(now, *kind, frame).is_err() {
                    state.give_up();
                }
            }
        } else {
            let taken = self.try_write(|stream| stream.try_write(batch.bytes()), &mut state);
            if taken == batch.bytes().len() {
                return;
            }
            batch.rest(taken, state.backlog(now), now);
        }
        self.write(&mut state, now);
        state.wake_if_needed();
    }

    /// What this member is to be given anew, as it was left out while he was slow.
    pub(crate) fn lacking(&self) -> Lacking {
        self.state().lacking()
    }

    /// Gives a member what makes up for what was left out. Goes out with the next flush.
    pub(crate) fn make_up(&self, now: ServerTime, made_up: Lacking, missing: Vec<(Kind, Frame)>) {
        let mut state = self.state();
        state.asked = false;
        state.backlog(now).make_up(now, made_up, missing);
    }

    /// Ends the connection after what is owed to the member.
    pub(crate) fn close(&self, now: ServerTime, code: CloseCode) {
        let mut state = self.state();
        if state.end.is_none() {
            state.backlog(now).close(Frame::close(code.number()));
            state.end = Some(End::Closing);
            self.write(&mut state, now);
            state.wake();
        }
    }

    /// Looks after the socket from time to time: asks the silent for a sign of life, and lets go of those who give none or
    /// take nothing.
    pub(crate) fn look_after(&self, now: ServerTime) {
        let heard_at = ServerTime(self.heard_at.load(Ordering::Relaxed));
        let mut state = self.state();
        match state.pinged_at.filter(|pinged_at| *pinged_at > heard_at) {
            Some(pinged_at) if now.ms_since(pinged_at) > ANSWER_WITHIN_MS => state.end = Some(End::Gone),
            Some(_) => {}
            None if now.ms_since(heard_at) >= PING_AFTER_MS && state.end.is_none() => {
                state.pinged_at = Some(now);
                self.put(&mut state, now, Kind::Clock, &Frame::ping());
            }
            None => {}
        }
        if state.end.is_none() && state.backlog.as_ref().is_some_and(|backlog| backlog.check(now).is_err()) {
            state.give_up();
        }
        state.wake_if_needed();
    }

    /// The socket at this moment, to be read without waiting.
    pub(crate) fn at(&self, now: ServerTime) -> LinkAt<'_> {
        LinkAt { link: self, now, left: READ_AT_ONCE }
    }

    /// Waits until there is something to do for the socket's own task. Meanwhile brings out what waits.
    pub(crate) async fn woken(&self, now: impl Fn() -> ServerTime) -> Woken {
        poll_fn(|context| {
            {
                let mut state = self.state();
                if state.end.is_none() {
                    self.poll_write(context, &mut state, now());
                }
                if state.end.is_some() {
                    return Poll::Ready(Woken::Ended);
                }
                if !state.asked && state.lacking() != Lacking::default() {
                    state.asked = true;
                    return Poll::Ready(Woken::Lacking);
                }
                state.remember(context);
            }
            let readable = ready!(self.stream.poll_read_ready(context));
            Poll::Ready(if readable.is_ok() { Woken::Readable } else { Woken::Ended })
        })
        .await
    }

    /// Brings out what is owed and waits a moment for the client's own close, so that what was written before is not lost
    /// to a reset.
    pub(crate) async fn see_off(&self, now: impl Fn() -> ServerTime) {
        let gone = poll_fn(|context| {
            let mut state = self.state();
            self.poll_write(context, &mut state, now());
            if state.end == Some(End::Gone) {
                return Poll::Ready(());
            }
            drop(state);
            loop {
                let mut ignored = [0; 1_024];
                let readable = ready!(self.stream.poll_read_ready(context));
                match readable.and_then(|()| self.stream.try_read(&mut ignored)) {
                    Ok(1..) => {}
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Ok(0) | Err(_) => return Poll::Ready(()),
                }
            }
        });
        let _too_late = timeout(SEE_OFF_WITHIN, gone).await;
    }

    /// Writes while the socket takes something, and lets `context` know when it does again.
    fn poll_write(&self, context: &mut Context<'_>, state: &mut State, now: ServerTime) {
        state.full = false;
        while state.waits() {
            match self.stream.poll_write_ready(context) {
                Poll::Ready(Ok(())) => self.write(state, now),
                Poll::Ready(Err(_)) => state.end = Some(End::Gone),
                Poll::Pending => {
                    state.full = true;
                    return;
                }
            }
        }
    }

    /// Writes one frame at once, or puts it into the backlog.
    fn put(&self, state: &mut State, now: ServerTime, kind: Kind, frame: &Frame) {
        if state.backlog.is_some() {
            if state.backlog(now).push(now, kind, frame).is_err() {
                state.give_up();
            }
            return self.write(state, now);
        }
        let taken = self.try_write(|stream| stream.try_write(frame), state);
        if taken < frame.len() {
            state.backlog(now).begin(kind, frame.rest(taken));
        }
    }

    fn write(&self, state: &mut State, now: ServerTime) {
        while state.waits() {
            let Some(mut backlog) = state.backlog.take() else { return };
            let (slices, count) = backlog.gather();
            let taken = self.try_write(|stream| stream.try_write_vectored(&slices[..count]), state);
            backlog.written(now, taken);
            state.backlog = Some(backlog).filter(|backlog| !backlog.is_over());
            if taken == 0 {
                return;
            }
        }
    }

    /// Bytes that the socket took; a dead socket takes none and is noted as such.
    fn try_write(&self, write: impl Fn(&TcpStream) -> io::Result<usize>, state: &mut State) -> usize {
        match write(&self.stream) {
            Ok(taken) => taken,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
            Err(_gone) => {
                state.end = Some(End::Gone);
                state.wake();
                0
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Held for a write that never waits; a panic elsewhere cannot leave a frame half counted.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn backlog(&mut self, now: ServerTime) -> &mut Backlog {
        self.backlog.get_or_insert_with(|| Box::new(Backlog::new(now)))
    }

    /// Whether there is something to write to a socket that lives.
    fn waits(&self) -> bool {
        self.end != Some(End::Gone) && self.backlog.as_ref().is_some_and(|backlog| !backlog.is_written())
    }

    fn lacking(&self) -> Lacking {
        self.backlog.as_ref().map_or(Lacking::default(), |backlog| backlog.lacking())
    }

    fn give_up(&mut self) {
        metrics::member_too_slow();
        if let Some(backlog) = &mut self.backlog {
            backlog.cut_off(Frame::close(CloseCode::TooSlow.number()));
        }
        self.end = Some(End::Closing);
        self.wake();
    }

    fn remember(&mut self, context: &Context<'_>) {
        if !self.task.as_ref().is_some_and(|task| task.will_wake(context.waker())) {
            self.task = Some(context.waker().clone());
        }
    }

    fn wake_if_needed(&mut self) {
        let lacking = !self.asked && self.lacking() != Lacking::default();
        if self.end.is_some() || (self.waits() && !self.full) || lacking {
            self.wake();
        }
    }

    fn wake(&mut self) {
        if let Some(task) = self.task.take() {
            task.wake();
        }
    }
}

/// A link as a plain stream of bytes: takes what has arrived, and lets whole frames wait in their lane.
pub(crate) struct LinkAt<'a> {
    link: &'a Link,
    now: ServerTime,
    /// Bytes that may still be read before others have their turn.
    left: usize,
}

impl LinkAt<'_> {
    /// Whether it was given up with more to read.
    pub(crate) fn is_spent(&self) -> bool {
        self.left == 0
    }
}

impl Read for LinkAt<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let most = buffer.len().min(self.left);
        let count = self.link.stream.try_read(&mut buffer[..most])?;
        self.left -= count;
        self.link.heard_at.store(self.now.0, Ordering::Relaxed);
        Ok(count)
    }
}

impl Write for LinkAt<'_> {
    fn write(&mut self, frame: &[u8]) -> io::Result<usize> {
        self.link.send(self.now, Kind::Control, &Frame::written(frame));
        Ok(frame.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
