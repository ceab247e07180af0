//! The built program as a child process.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Longer than a start or a stop takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Program {
    child: Child,
    pub(crate) url: String,
    /// Who can open it, in the line after the address.
    pub(crate) who: String,
}

impl Program {
    /// Starts on a free port with `data` and waits for the line that says it is ready.
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_by(&mut command(data, "127.0.0.1:0"))
    }

    /// Starts by a command from [`command`] and waits for the same line.
    pub(crate) fn start_by(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let ready = lines.next().expect("it says something").expect("text");
        let url = ready.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        let who = lines.next().expect("it says more").expect("text");
        Self { child, url, who }
    }

    /// Ctrl-C, and how it ended.
    pub(crate) fn interrupt(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-INT", &pid]).status().expect("kill runs");
        wait(&mut self.child)
    }

    /// Ctrl-C, and everything that it has logged.
    pub(crate) fn interrupt_and_read_log(mut self) -> String {
        let mut stderr = self.child.stderr.take().expect("piped");
        self.interrupt();
        let mut log = String::new();
        stderr.read_to_string(&mut log).expect("text");
        log
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    pub(crate) fn port(&self) -> &str {
        self.url.rsplit(':').next().expect("a port")
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// Starts a program that is expected to refuse, and returns how it ended and what it said.
pub(crate) fn refusal(data: &Path, listen: &str) -> (ExitStatus, String) {
    refusal_of(&mut command(data, listen))
}

/// The same of a command from [`command`].
pub(crate) fn refusal_of(command: &mut Command) -> (ExitStatus, String) {
    let mut child = command.spawn().expect("the program starts");
    let status = wait(&mut child);
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
    (status, said)
}

/// Runs the program to replace its key, and returns how it ended and what it complained of.
pub(crate) fn rotate_keys(data: &Path) -> (ExitStatus, String) {
    refusal_of(command(data, "127.0.0.1:0").arg("--rotate-keys"))
}

/// The program on `data` and `listen`, with pipes for what it says.
pub(crate) fn command(data: &Path, listen: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_syncwatch"));
    command.args(["--listen", listen, "--log", "warn", "--data"]).arg(data);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn wait(child: &mut Child) -> ExitStatus {
    #[expect(clippy::disallowed_methods, reason = "a deadline for a child process, not a decision")]
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return status;
        }
        assert!(deadline.elapsed().is_zero(), "the program did not end in time");
        std::thread::yield_now();
    }
}
