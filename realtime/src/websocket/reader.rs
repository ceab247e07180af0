//! Frames that clients send.

/// Puts a client's bytes together to messages. Holds no memory while nothing is under way.
#[derive(Debug)]
pub struct FrameReader {
    unread: Vec<u8>,
    /// Up to here `unread` has been taken out.
    taken: usize,
    /// The beginning of a message that comes in several frames, and whether it is text.
    begun: Option<(Vec<u8>, bool)>,
    limit: usize,
}

/// One thing that a client said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A message of text.
    Text(String),
    /// A message of bytes, which nobody here reads.
    Binary,
    /// Wants these bytes back.
    Ping(Vec<u8>),
    /// Lives.
    Pong,
    /// Goes.
    Close,
}

/// Why a client's bytes cannot be read any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It is not what RFC 6455 says.
    Protocol,
    /// A message is larger than allowed.
    TooBig,
    /// A message of text is not UTF-8.
    NotText,
}

/// What stands before a payload.
struct Header {
    last: bool,
    kind: Kind,
    mask: [u8; 4],
    /// Where the payload begins.
    start: usize,
    payload: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl FrameReader {
    /// Reads messages of at most `limit` bytes.
    pub const fn new(limit: usize) -> Self {
        Self { unread: Vec::new(), taken: 0, begun: None, limit }
    }

    /// Adds what has arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.unread.extend_from_slice(bytes);
    }

    /// The next whole message; none until more bytes arrive.
    ///
    /// # Errors
    /// When the client does not keep to the protocol. Nothing can be read after that.
    pub fn take(&mut self) -> Result<Option<Incoming>, Broken> {
        while let Some(header) = parse(&self.unread[self.taken..])? {
            if header.payload + self.begun.as_ref().map_or(0, |(begun, _)| begun.len()) > self.limit {
                return Err(Broken::TooBig);
            }
            let start = self.taken + header.start;
            let end = start + header.payload;
            if self.unread.len() < end {
                break;
            }
            for (place, byte) in self.unread[start..end].iter_mut().enumerate() {
                *byte ^= header.mask[place & 3];
            }
            self.taken = end;
            if let Some(incoming) = self.frame(&header, start..end)? {
                return Ok(Some(incoming));
            }
        }
        self.release();
        Ok(None)
    }

    fn frame(&mut self, header: &Header, payload: std::ops::Range<usize>) -> Result<Option<Incoming>, Broken> {
        let payload = &self.unread[payload];
        match (header.kind, &mut self.begun) {
            (Kind::Close, _) => return Ok(Some(Incoming::Close)),
            (Kind::Ping, _) => return Ok(Some(Incoming::Ping(payload.to_vec()))),
            (Kind::Pong, _) => return Ok(Some(Incoming::Pong)),
            (Kind::Continuation, Some((begun, _))) => begun.extend_from_slice(payload),
            (Kind::Text | Kind::Binary, begun @ None) => *begun = Some((payload.to_vec(), header.kind == Kind::Text)),
            (Kind::Continuation, None) | (Kind::Text | Kind::Binary, Some(_)) => return Err(Broken::Protocol),
        }
        if !header.last {
            return Ok(None);
        }
        match self.begun.take() {
            Some((text, true)) => {
                String::from_utf8(text).map(|text| Some(Incoming::Text(text))).or(Err(Broken::NotText))
            }
            Some((_, false)) | None => Ok(Some(Incoming::Binary)),
        }
    }

    /// Gives back the memory of what has been taken; all of it when nothing is left, as for most of a connection's life.
    fn release(&mut self) {
        if self.taken == self.unread.len() {
            self.unread = Vec::new();
        } else {
            self.unread.drain(..self.taken);
        }
        self.taken = 0;
    }
}

/// The header at the beginning of `bytes`; none when it is not whole yet.
fn parse(bytes: &[u8]) -> Result<Option<Header>, Broken> {
    let [first, second, rest @ ..] = bytes else { return Ok(None) };
    let last = first & 0x80 != 0;
    let reserved = first & 0x70 != 0;
    let masked = second & 0x80 != 0;
    let kind = match first & 0x0f {
        0x0 => Kind::Continuation,
        0x1 => Kind::Text,
        0x2 => Kind::Binary,
        0x8 => Kind::Close,
        0x9 => Kind::Ping,
        0xa => Kind::Pong,
        _ => return Err(Broken::Protocol),
    };
    let short = second & 0x7f;
    let control = matches!(kind, Kind::Close | Kind::Ping | Kind::Pong);
    if reserved || !masked || (control && (!last || short > 125)) {
        return Err(Broken::Protocol);
    }
    let (payload, extended) = match (short, rest) {
        (126, [a, b, ..]) => (usize::from(u16::from_be_bytes([*a, *b])), 2),
        (127, [a, b, c, d, e, f, g, h, ..]) => {
            let length = u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]);
            (usize::try_from(length).ok().filter(|length| *length < usize::MAX / 2).ok_or(Broken::TooBig)?, 8)
        }
        (126 | 127, _) => return Ok(None),
        (short, _) => (usize::from(short), 0),
    };
    let Some(&[a, b, c, d]) = rest.get(extended..extended + 4) else { return Ok(None) };
    Ok(Some(Header { last, kind, mask: [a, b, c, d], start: 2 + extended + 4, payload }))
}

#[cfg(test)]
mod tests;
