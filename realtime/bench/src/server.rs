//! The servers that are measured, each a child process on the servers' core.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};

use crate::Paths;
use crate::data::Data;
use crate::process::SERVER_CORE;

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Ours.
    SyncWatch,
    /// uWebSockets in Bun.
    Uws,
    /// npm `ws`.
    Ws,
    /// Socket.IO.
    SocketIo,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::SyncWatch, Self::Uws, Self::Ws, Self::SocketIo];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SyncWatch => "syncwatch",
            Self::Uws => "uWebSockets in Bun",
            Self::Ws => "ws",
            Self::SocketIo => "Socket.IO",
        }
    }
}

/// A server that runs. Ends with this value.
pub(crate) struct Server {
    pub(crate) kind: Kind,
    pub(crate) address: SocketAddr,
    child: Child,
    /// Only ours keeps anything.
    pub(crate) data: Option<Data>,
}

impl Server {
    /// Starts ours on a data folder.
    pub(crate) fn ours(paths: &Paths, data: Data) -> anyhow::Result<Self> {
        let mut command = pinned(&paths.program);
        command.args(["--listen", "127.0.0.1:0", "--log", "error", "--data"]).arg(data.folder.path());
        command.env("SYNCWATCH_API__ROOMS__MAX_PARTICIPANTS", "5000");
        Self::start(Kind::SyncWatch, command, Some(data))
    }

    /// Kills ours without a warning and starts it again on what it has stored.
    pub(crate) fn killed_and_started(mut self, paths: &Paths) -> anyhow::Result<Self> {
        let data = self.data.take().context("only ours comes back")?;
        drop(self);
        Self::ours(paths, data)
    }

    /// Starts another one.
    pub(crate) fn peer(paths: &Paths, kind: Kind) -> anyhow::Result<Self> {
        let modules = paths.peers.join("node_modules");
        let bun = ["bun/bin/bun.exe", "@oven/bun-linux-x64/bin/bun"].map(|path| modules.join(path));
        let (runtime, script) = match kind {
            Kind::SyncWatch => bail!("ours is no peer"),
            Kind::Uws => (bun.into_iter().find(|path| path.exists()).context("bun is not installed")?, "uws.mjs"),
            Kind::Ws => ("node".into(), "ws.mjs"),
            Kind::SocketIo => ("node".into(), "socketio.mjs"),
        };
        let mut command = pinned(&runtime);
        command.arg(script).current_dir(&paths.peers).env("NODE_ENV", "production");
        Self::start(kind, command, None)
    }

    fn start(kind: Kind, mut command: Command, data: Option<Data>) -> anyhow::Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context(kind.name())?;
        let output = BufReader::new(child.stdout.take().context("piped")?);
        for line in output.lines() {
            if let Some((_, port)) = line?.split_once("http://").and_then(|(_, rest)| rest.split_once(':')) {
                let digits: String = port.chars().take_while(char::is_ascii_digit).collect();
                let address = SocketAddr::from(([127, 0, 0, 1], digits.parse()?));
                return Ok(Self { kind, address, child, data });
            }
        }
        bail!("{} ended before it was ready", kind.name())
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// `taskset` replaces itself, so that the child's id is the server's.
fn pinned(program: &std::path::Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", &SERVER_CORE.to_string()]).arg(program);
    command
}
