//! Thousands of members on one thread.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use socket2::{Domain, SockRef, Socket, Type};

use crate::dialect;
use crate::member::{Diary, Heard, Member, Stage};
use crate::server::Kind;

/// Connections that are being made at once.
const UNDER_WAY: usize = 256;
/// Whatever is waited for comes within this time or never.
const PATIENCE: Duration = Duration::from_secs(60);
/// A member that does not read has a small window, so that the server notices soon.
const DEAF_WINDOW: usize = 4_096;

/// All members, and what was sent to them.
pub(crate) struct Swarm {
    poll: Poll,
    events: Events,
    pub(crate) members: Vec<Member>,
    buffer: Vec<u8>,
    numbers: Vec<Number>,
    /// Everybody has all numbers before this one.
    delivered: usize,
    /// Latency of each delivery since it was last emptied.
    pub(crate) latencies_ms: Vec<f64>,
    /// Bytes read in all.
    pub(crate) bytes: usize,
}

/// Something that was sent, and who has it.
struct Number {
    sent_at: Instant,
    wanted: u32,
    got: u32,
    last_at: Instant,
}

/// Somebody who is to join.
pub(crate) struct Newcomer {
    pub(crate) kind: Kind,
    pub(crate) address: SocketAddr,
    pub(crate) room: String,
    pub(crate) hello: String,
    pub(crate) keeps_diary: bool,
    /// Never reads once he is in.
    pub(crate) deaf: bool,
}

impl Swarm {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let now = Instant::now();
        let nothing = Number { sent_at: now, wanted: 0, got: 0, last_at: now };
        Ok(Self {
            poll: Poll::new()?,
            events: Events::with_capacity(4_096),
            members: Vec::new(),
            buffer: vec![0; 256 * 1_024],
            numbers: vec![nothing],
            delivered: 1,
            latencies_ms: Vec::new(),
            bytes: 0,
        })
    }

    /// Brings all of these in, not too many at once, and gives their places.
    pub(crate) fn join(
        &mut self,
        newcomers: impl IntoIterator<Item = Newcomer>,
        under_way: Option<usize>,
    ) -> anyhow::Result<std::ops::Range<usize>> {
        let first = self.members.len();
        let (mut newcomers, mut settled) = (newcomers.into_iter().peekable(), first);
        let mut deaf = Vec::new();
        let started = Instant::now();
        loop {
            while self.members.len() - settled < under_way.unwrap_or(UNDER_WAY)
                && let Some(newcomer) = newcomers.next()
            {
                if newcomer.deaf {
                    deaf.push(self.members.len());
                }
                self.connect(newcomer)?;
            }
            while self.members.get(settled).is_some_and(|member| member.stage == Stage::In) {
                settled += 1;
            }
            if newcomers.peek().is_none() && settled == self.members.len() {
                break;
            }
            self.turn()?;
            ensure!(started.elapsed() < 5 * PATIENCE, "{} of {} are in", settled - first, self.members.len() - first);
        }
        for place in deaf {
            self.poll.registry().deregister(&mut self.members[place].stream)?;
        }
        Ok(first..self.members.len())
    }

    /// Sends a numbered frame from one member to `wanted` ones, himself included.
    pub(crate) fn say(
        &mut self,
        member: usize,
        wanted: usize,
        texts: usize,
        text: impl Fn(u64) -> String,
    ) -> anyhow::Result<u64> {
        let mut bytes = Vec::new();
        for _ in 0..texts {
            bytes.extend(dialect::frame(&text(self.numbers.len() as u64)));
            let now = Instant::now();
            self.numbers.push(Number { sent_at: now, wanted: wanted as u32, got: 0, last_at: now });
        }
        let now = Instant::now();
        let first = self.numbers.len() - texts;
        self.numbers[first..].iter_mut().for_each(|number| number.sent_at = now);
        self.members[member].write(&bytes)?;
        Ok(self.numbers.len() as u64 - 1)
    }

    /// Goes on until everybody has everything that was sent.
    pub(crate) fn until_delivered(&mut self) -> anyhow::Result<()> {
        let started = Instant::now();
        while let Some(number) = self.numbers[self.delivered..].first() {
            ensure!(number.got <= number.wanted, "somebody was told twice");
            if started.elapsed() > PATIENCE {
                let closed: Vec<_> = self.members.iter().filter(|member| member.stage != Stage::In).collect();
                let codes: Vec<_> = closed.iter().map(|member| member.stage).collect();
                bail!("{} of {} were told; not in: {codes:?}", number.got, number.wanted);
            }
            if number.got == number.wanted {
                self.delivered += 1;
            } else {
                self.turn()?;
            }
        }
        Ok(())
    }

    /// Fails unless all of these were told the same in the same order.
    pub(crate) fn ensure_they_agree(&self, members: std::ops::Range<usize>) -> anyhow::Result<()> {
        let first = self.members[members.start].order;
        let odd = self.members[members].iter().filter(|member| member.order != first).count();
        ensure!(odd == 0, "{odd} members were told something else than the first");
        Ok(())
    }

    /// Goes on for so long.
    pub(crate) fn pass(&mut self, time: Duration) -> anyhow::Result<()> {
        let end = Instant::now() + time;
        while Instant::now() < end {
            self.turn()?;
        }
        Ok(())
    }

    /// From sending a number until the last member had it. Fails when somebody did not get it.
    pub(crate) fn last_delivery_ms(&self, number: u64) -> anyhow::Result<f64> {
        let Number { sent_at, wanted, got, last_at } = &self.numbers[number as usize];
        ensure!(got == wanted, "number {number} reached {got} of {wanted} members");
        Ok(last_at.duration_since(*sent_at).as_secs_f64() * 1_000.0)
    }

    /// Takes what has happened, and never sleeps: on one machine it would be the server's system calls that wake this process,
    /// at some microseconds for each delivery, which no network card charges.
    pub(crate) fn turn(&mut self) -> anyhow::Result<()> {
        self.poll.poll(&mut self.events, Some(Duration::ZERO)).context("asking for events")?;
        let mut heard = Heard::default();
        for event in &self.events {
            let member = &mut self.members[event.token().0];
            if member.stage == Stage::Connecting && event.is_writable() {
                member.connected()?;
            }
            if event.is_readable() {
                member.read(&mut self.buffer, &mut heard)?;
            }
            let now = Instant::now();
            for number in heard.deliveries.drain(..) {
                let number = self.numbers.get_mut(number as usize).context("a number that nobody sent")?;
                number.got += 1;
                number.last_at = now;
                self.latencies_ms.push(now.duration_since(number.sent_at).as_secs_f64() * 1_000.0);
            }
        }
        self.bytes += heard.bytes;
        Ok(())
    }

    /// Ends the connections from `first` on as a network does that is gone: without a word. Gives the members back.
    pub(crate) fn cut(&mut self, first: usize) -> anyhow::Result<Vec<Diary>> {
        let gone = self.members.split_off(first);
        gone.into_iter()
            .map(|mut member| {
                self.poll.registry().deregister(&mut member.stream)?;
                SockRef::from(&member.stream).set_linger(Some(Duration::ZERO))?;
                Ok(member.diary.unwrap_or_default())
            })
            .collect()
    }

    fn connect(&mut self, newcomer: Newcomer) -> anyhow::Result<()> {
        let Newcomer { kind, address, room, hello, keeps_diary, deaf } = newcomer;
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        socket.set_tcp_nodelay(true)?;
        if deaf {
            socket.set_recv_buffer_size(DEAF_WINDOW)?;
        }
        match socket.connect(&address.into()) {
            Err(error) if error.raw_os_error() == Some(nix::libc::EINPROGRESS) => {}
            Err(error) => bail!("connecting: {error}"),
            Ok(()) => {}
        }
        let mut stream = TcpStream::from_std(socket.into());
        let token = Token(self.members.len());
        self.poll.registry().register(&mut stream, token, Interest::READABLE | Interest::WRITABLE)?;
        let mut member = Member::new(stream, kind, &room, hello);
        member.diary = keeps_diary.then(Diary::default);
        self.members.push(member);
        Ok(())
    }
}
