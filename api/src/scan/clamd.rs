//! A client of clamd's `INSTREAM` command (clamd(8)): the file goes over a socket, in pieces that each begin with their length.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, TryStreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

/// An answer has one line: the signature's name at most.
const ANSWER_MAX_BYTES: u64 = 4 * 1024;

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    Unix(String),
    Tcp(String),
}

/// What clamd thinks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Clean,
    /// With the name of the signature.
    Found(String),
}

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScanError {
    #[error("clamd did not play along: {0}")]
    Connection(#[from] io::Error),
    #[error("clamd did nothing for too long")]
    Silent,
    #[error("clamd answered {0:?}")]
    Answer(String),
}

impl Address {
    /// Reads `unix:/path` or `tcp:host:port`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (kind, place) = text.split_once(':')?;
        match kind {
            "unix" if place.starts_with('/') => Some(Self::Unix(place.to_owned())),
            "tcp" => {
                let (host, port) = place.rsplit_once(':')?;
                (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| Self::Tcp(place.to_owned()))
            }
            _ => None,
        }
    }
}

/// Shows `file` to clamd. `patience` is how long clamd may do nothing: neither take a piece nor answer.
pub(crate) async fn scan(
    address: &Address,
    file: impl Stream<Item = io::Result<Bytes>> + Unpin,
    patience: Duration,
) -> Result<Verdict, ScanError> {
    match address {
        Address::Unix(path) => talk(within(patience, UnixStream::connect(path)).await?, file, patience).await,
        Address::Tcp(place) => talk(within(patience, TcpStream::connect(place)).await?, file, patience).await,
    }
}

async fn talk(
    socket: impl AsyncRead + AsyncWrite,
    file: impl Stream<Item = io::Result<Bytes>> + Unpin,
    patience: Duration,
) -> Result<Verdict, ScanError> {
    let (reading, mut writing) = tokio::io::split(socket);
    let sent = send(&mut writing, file, patience).await;
    let mut answer = Vec::new();
    let read = within(patience, reading.take(ANSWER_MAX_BYTES).read_to_end(&mut answer)).await;
    // It hangs up while bytes are still coming when it has seen enough, and what it says then is the verdict.
    match (verdict(&String::from_utf8_lossy(&answer)), sent) {
        (Ok(verdict), _) => Ok(verdict),
        (Err(_), Err(failure)) if answer.is_empty() => Err(failure),
        (Err(_), _) if answer.is_empty() => Err(read.err().unwrap_or_else(|| ScanError::Answer(String::new()))),
        (Err(unclear), _) => Err(unclear),
    }
}

async fn send(
    to: &mut (impl AsyncWrite + Unpin),
    mut file: impl Stream<Item = io::Result<Bytes>> + Unpin,
    patience: Duration,
) -> Result<(), ScanError> {
    within(patience, to.write_all(b"zINSTREAM\0")).await?;
    while let Some(piece) = file.try_next().await? {
        // A length of zero is the end.
        let length = u32::try_from(piece.len()).map_err(io::Error::other)?.to_be_bytes();
        if !piece.is_empty() {
            within(patience, to.write_all(&length)).await?;
            within(patience, to.write_all(&piece)).await?;
        }
    }
    within(patience, to.write_all(&[0; 4])).await
}

async fn within<T>(patience: Duration, step: impl Future<Output = io::Result<T>>) -> Result<T, ScanError> {
    Ok(timeout(patience, step).await.map_err(|_| ScanError::Silent)??)
}

fn verdict(answer: &str) -> Result<Verdict, ScanError> {
    let words = answer.trim_end_matches(['\0', '\n']).strip_prefix("stream: ");
    match words {
        Some("OK") => Ok(Verdict::Clean),
        Some(words) if words.ends_with(" FOUND") => Ok(Verdict::Found(words.trim_end_matches(" FOUND").to_owned())),
        _ => Err(ScanError::Answer(answer.chars().take(200).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // UPL-4
    #[test]
    fn an_address_is_a_socket_file_or_a_host_with_its_port() {
        assert_eq!(Address::parse("unix:/run/clamav/clamd.ctl"), Some(Address::Unix("/run/clamav/clamd.ctl".into())));
        assert_eq!(Address::parse("tcp:clamd.example.org:3310"), Some(Address::Tcp("clamd.example.org:3310".into())));
        assert_eq!(Address::parse("tcp:[::1]:3310"), Some(Address::Tcp("[::1]:3310".into())));
        for wrong in ["", "/run/clamd.ctl", "unix:clamd.ctl", "tcp:localhost", "tcp::3310", "tcp:a:99999", "http:a:1"] {
            assert_eq!(Address::parse(wrong), None, "{wrong:?}");
        }
    }

    // UPL-4
    #[test]
    fn only_a_clear_answer_is_a_verdict() {
        assert_eq!(verdict("stream: OK\0").unwrap(), Verdict::Clean);
        assert_eq!(
            verdict("stream: Win.Test.EICAR_HDB-1 FOUND\0").unwrap(),
            Verdict::Found("Win.Test.EICAR_HDB-1".into())
        );
        for unclear in ["", "INSTREAM size limit exceeded. ERROR\0", "UNKNOWN COMMAND\0", "stream: ", "OK"] {
            assert!(verdict(unclear).is_err(), "{unclear:?}");
        }
    }
}
