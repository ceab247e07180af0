//! One connection of the load client.

use std::io::{ErrorKind, Read, Write};

use anyhow::{Context, bail, ensure};
use mio::net::TcpStream;

use crate::dialect::{self, Said};
use crate::server::Kind;

/// How far a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Connecting,
    Upgrading,
    Greeting,
    In,
    /// Closed by the server, with this code; 0 without a word.
    Closed(u16),
}

/// One member of one room of one server.
pub(crate) struct Member {
    pub(crate) stream: TcpStream,
    pub(crate) stage: Stage,
    /// A sum over all numbers that came, in their order: equal for members who were told the same.
    pub(crate) order: u64,
    /// What a member who will come back needs to know; only kept when asked for.
    pub(crate) diary: Option<Diary>,
    kind: Kind,
    upgrade: String,
    hello: String,
    /// The beginning of a frame.
    rest: Vec<u8>,
}

/// What was said to a member.
#[derive(Debug, Default)]
pub(crate) struct Diary {
    pub(crate) welcome: Vec<u8>,
    pub(crate) missed: Vec<Vec<u8>>,
    pub(crate) last_line: Vec<u8>,
    /// Bytes of the last delivery's text.
    pub(crate) deliveries: u64,
}

/// What came out of reading.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) deliveries: Vec<u64>,
    pub(crate) bytes: usize,
}

impl Member {
    pub(crate) fn new(stream: TcpStream, kind: Kind, room: &str, hello: String) -> Self {
        Self {
            stream,
            stage: Stage::Connecting,
            order: 0,
            diary: None,
            kind,
            upgrade: dialect::upgrade(kind, room),
            hello,
            rest: Vec::new(),
        }
    }

    /// Writes something that is small enough to be taken at once.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let written = self.stream.write(bytes).context("writing to the server")?;
        ensure!(written == bytes.len(), "the server took {written} of {} bytes", bytes.len());
        Ok(())
    }

    /// Goes on after the connection stands.
    pub(crate) fn connected(&mut self) -> anyhow::Result<()> {
        if let Some(error) = self.stream.take_error()? {
            return Err(error).context("connecting");
        }
        self.stage = Stage::Upgrading;
        let upgrade = std::mem::take(&mut self.upgrade);
        self.write(upgrade.as_bytes())
    }

    /// Reads all that is there.
    pub(crate) fn read(&mut self, buffer: &mut [u8], heard: &mut Heard) -> anyhow::Result<()> {
        loop {
            match self.stream.read(buffer) {
                Ok(0) => break,
                Ok(count) => {
                    heard.bytes += count;
                    self.take(&buffer[..count], heard)?;
                    // Less than there was room for: the socket is empty, and asking again would only cost time.
                    if count < buffer.len() {
                        return Ok(());
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
                Err(error) => return Err(error.into()),
            }
        }
        if !matches!(self.stage, Stage::Closed(_)) {
            self.stage = Stage::Closed(0);
        }
        Ok(())
    }

    fn take(&mut self, bytes: &[u8], heard: &mut Heard) -> anyhow::Result<()> {
        if self.rest.is_empty() {
            let taken = self.frames(bytes, heard)?;
            self.rest.extend_from_slice(&bytes[taken..]);
        } else {
            let mut rest = std::mem::take(&mut self.rest);
            rest.extend_from_slice(bytes);
            let taken = self.frames(&rest, heard)?;
            rest.drain(..taken);
            self.rest = if rest.is_empty() { Vec::new() } else { rest };
        }
        Ok(())
    }

    /// Answers whole frames; gives how many bytes they were.
    fn frames(&mut self, bytes: &[u8], heard: &mut Heard) -> anyhow::Result<usize> {
        let mut taken = 0;
        if self.stage == Stage::Upgrading {
            let Some(end) = memchr::memmem::find(bytes, b"\r\n\r\n") else { return Ok(0) };
            ensure!(bytes.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&bytes[..end]));
            self.stage = Stage::Greeting;
            taken = end + 4;
            if self.kind != Kind::SocketIo {
                self.greet()?;
            }
        }
        while let Some((first, start, length)) = header(&bytes[taken..]) {
            let Some(payload) = bytes.get(taken + start..taken + start + length) else { break };
            self.frame(first, payload, heard)?;
            taken += start + length;
        }
        Ok(taken)
    }

    fn greet(&mut self) -> anyhow::Result<()> {
        let hello = std::mem::take(&mut self.hello);
        self.write(&dialect::frame(&hello))
    }

    fn frame(&mut self, first: u8, payload: &[u8], heard: &mut Heard) -> anyhow::Result<()> {
        match first {
            0x81 => self.text(payload, heard),
            0x89 => self.write(&dialect::pong(payload)),
            0x88 => {
                self.stage = Stage::Closed(payload.get(..2).map_or(0, |code| u16::from_be_bytes([code[0], code[1]])));
                Ok(())
            }
            other => bail!("a frame that begins with {other:x}"),
        }
    }

    fn text(&mut self, text: &[u8], heard: &mut Heard) -> anyhow::Result<()> {
        match dialect::understand(self.kind, text) {
            Said::Wants(answer) => self.write(&dialect::frame(answer))?,
            Said::Listens => self.greet()?,
            Said::Welcome => {
                self.stage = Stage::In;
                if let Some(diary) = &mut self.diary {
                    diary.welcome = text.to_vec();
                }
            }
            Said::Delivery(number) => {
                self.order = self.order.wrapping_mul(0x0100_0000_01b3).wrapping_add(number);
                heard.deliveries.push(number);
                if let Some(diary) = &mut self.diary {
                    diary.deliveries += 1;
                    diary.last_line = text.to_vec();
                }
            }
            Said::Missed => {
                if let Some(diary) = &mut self.diary {
                    diary.missed.push(text.to_vec());
                }
            }
            Said::Other => {}
        }
        Ok(())
    }
}

/// First byte, header length and payload length of the frame at the beginning of `bytes`, if its header is whole.
fn header(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    match bytes {
        [first, 126, a, b, ..] => Some((*first, 4, usize::from(u16::from_be_bytes([*a, *b])))),
        [first, 127, a, b, c, d, e, f, g, h, ..] => {
            Some((*first, 10, u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]) as usize))
        }
        [_, 126 | 127, ..] => None,
        [first, length, ..] => Some((*first, 2, usize::from(*length))),
        _ => None,
    }
}
