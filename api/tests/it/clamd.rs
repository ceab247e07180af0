//! A clamd that speaks its protocol as clamd(8) describes it, and a real one. Both know one signature.

use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener, UnixStream};
use tokio::time::Instant;

/// What this one takes for malware.
pub(crate) const SIGNATURE: &[u8] = b"one signature of our own";

pub(crate) struct FakeClamd {
    /// What the setting says.
    pub(crate) address: String,
    /// How many bytes each scan was shown.
    pub(crate) seen: Arc<Mutex<Vec<usize>>>,
    serving: tokio::task::JoinHandle<()>,
}

/// How it behaves towards one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Works,
    HangsUp,
    /// As with a `StreamMaxLength` that is too small.
    TakesNoMoreThan(usize),
}

impl FakeClamd {
    /// Serves one connection in each of these moods, and further ones in the last.
    pub(crate) async fn start(moods: &[Mood]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("tcp:{}", listener.local_addr().unwrap());
        let (moods, seen) = (moods.to_vec(), Arc::new(Mutex::new(Vec::new())));
        let told = seen.clone();
        let serving = tokio::spawn(async move {
            for connection in 0.. {
                let Ok((socket, _)) = listener.accept().await else { return };
                let mood = moods.get(connection).or(moods.last()).copied().unwrap_or(Mood::Works);
                serve(socket, mood, &told).await;
            }
        });
        Self { address, seen, serving }
    }

    pub(crate) async fn start_at(path: &std::path::Path) -> Self {
        let listener = UnixListener::bind(path).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let told = seen.clone();
        let serving = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                serve(socket, Mood::Works, &told).await;
            }
        });
        Self { address: format!("unix:{}", path.display()), seen, serving }
    }
}

impl Drop for FakeClamd {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(mut socket: impl AsyncRead + AsyncWrite + Unpin, mood: Mood, seen: &Mutex<Vec<usize>>) {
    let limit = match mood {
        Mood::Works => usize::MAX,
        Mood::HangsUp => return,
        Mood::TakesNoMoreThan(bytes) => bytes,
    };
    let answer = match read(&mut socket, limit).await {
        Some(bytes) => {
            seen.lock().unwrap().push(bytes.len());
            let found = bytes.windows(SIGNATURE.len()).any(|window| window == SIGNATURE);
            if found { "stream: Own.Test.Signature FOUND\0" } else { "stream: OK\0" }
        }
        None => "INSTREAM size limit exceeded. ERROR\0",
    };
    let _client_may_be_gone = socket.write_all(answer.as_bytes()).await;
}

/// All pieces up to the one of length zero; none when they are more than the limit.
async fn read(socket: &mut (impl AsyncRead + Unpin), limit: usize) -> Option<Vec<u8>> {
    let mut command = [0; 10];
    socket.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let length = socket.read_u32().await.unwrap() as usize;
        if length == 0 {
            return Some(bytes);
        }
        if bytes.len() + length > limit {
            return None;
        }
        let at = bytes.len();
        bytes.resize(at + length, 0);
        socket.read_exact(&mut bytes[at..]).await.unwrap();
    }
}

/// A real clamd in a folder of its own, with a database of one signature, so that nothing is downloaded.
pub(crate) struct RealClamd {
    folder: TempDir,
    process: Child,
}

impl RealClamd {
    pub(crate) async fn start(program: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let hex: String = SIGNATURE.iter().map(|byte| format!("{byte:02x}")).collect();
        std::fs::create_dir(path("database")).unwrap();
        std::fs::write(path("database").join("own.ndb"), format!("Own.Test.Signature:0:*:{hex}\n")).unwrap();
        let config = format!(
            "Foreground yes\nLocalSocket {}\nDatabaseDirectory {}\nStreamMaxLength 25M\n",
            path("clamd.ctl").display(),
            path("database").display()
        );
        std::fs::write(path("clamd.conf"), config).unwrap();
        let mut command = Command::new(program);
        command.arg("--config-file").arg(path("clamd.conf")).stdout(Stdio::null());
        let process = command.spawn().unwrap();
        let clamd = Self { process, folder };
        let deadline = Instant::now() + Duration::from_secs(60);
        while UnixStream::connect(clamd.folder.path().join("clamd.ctl")).await.is_err() {
            assert!(Instant::now() < deadline, "clamd does not listen");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        clamd
    }

    pub(crate) fn address(&self) -> String {
        format!("unix:{}", self.folder.path().join("clamd.ctl").display())
    }
}

impl Drop for RealClamd {
    fn drop(&mut self) {
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}
