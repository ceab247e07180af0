//! Children of ours: confined, listened to, and ended for sure (TRN-5, TRN-11).

use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

/// So much of what a child says last is kept for the log. FFmpeg can repeat a complaint for every frame of a film.
const LAST_WORDS_BYTES: usize = 8 * 1024;

/// A confined command: lowest priority, bounded address space, no environment of ours, a process group of its own, and it
/// ends when we end. The limits are set by small standard programs on the way, because setting them between fork and exec
/// ourselves would need `unsafe`.
pub(crate) fn confined(program: &Path, memory_bytes: u64) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", "nice", "-n", "19", "prlimit"]);
    command.args([&format!("--as={memory_bytes}"), "--core=0", "--"]);
    command.arg(program);
    command.env_clear().env("LC_ALL", "C").env("MALLOC_ARENA_MAX", "2");
    command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.process_group(0).kill_on_drop(true);
    command
}

/// The program was not there. The wrappers say so with the status that shells use.
pub(crate) fn is_missing(status: ExitStatus, last_words: &str) -> bool {
    let too_large_to_load = last_words.contains("failed to map segment");
    !too_large_to_load && matches!(status.code(), Some(126 | 127))
}

/// Asks a child to stop, waits for `grace`, then makes it stop.
pub(crate) async fn end(child: &mut Child, grace: Duration) -> io::Result<ExitStatus> {
    signal(child, Signal::SIGTERM);
    if let Ok(status) = tokio::time::timeout(grace, child.wait()).await {
        return status;
    }
    signal(child, Signal::SIGKILL);
    child.wait().await
}

/// Signals the child and whatever it started. A group that has ended meanwhile is no error.
fn signal(child: &Child, signal: Signal) {
    if let Some(id) = child.id().and_then(|id| i32::try_from(id).ok()) {
        let _ = killpg(Pid::from_raw(id), signal);
    }
}

/// Reads all that comes, so that the child never waits for us, and keeps the end of it.
pub(crate) fn last_words(mut stream: impl AsyncRead + Unpin + Send + 'static) -> JoinHandle<String> {
    tokio::spawn(async move {
        let (mut kept, mut chunk) = (Vec::new(), vec![0; 4096]);
        while let Ok(length @ 1..) = stream.read(&mut chunk).await {
            kept.extend_from_slice(&chunk[..length]);
            if kept.len() > LAST_WORDS_BYTES {
                kept.drain(..kept.len() - LAST_WORDS_BYTES);
            }
        }
        String::from_utf8_lossy(&kept).into_owned()
    })
}

/// How often the kernel has ended processes for lack of memory. A child that dies of SIGKILL while this grows did not do
/// so by its own fault, and nothing else tells us.
pub(crate) async fn kernel_memory_kills() -> u64 {
    let text = tokio::fs::read_to_string("/proc/vmstat").await.unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("oom_kill "));
    line.and_then(|count| count.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    // TRN-5
    #[tokio::test]
    async fn a_child_that_ignores_the_request_to_stop_is_made_to_stop() {
        let mut command = confined(Path::new("sh"), 1 << 30);
        let mut child = command.args(["-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"]).spawn().unwrap();
        let mut ready = [0; 5];
        child.stdout.as_mut().unwrap().read_exact(&mut ready).await.unwrap();
        let status = end(&mut child, Duration::from_millis(200)).await.unwrap();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9));
    }

    // TRN-5
    #[tokio::test]
    async fn a_talkative_child_does_not_fill_our_memory_nor_wait_for_us() {
        let mut command = confined(Path::new("sh"), 1 << 30);
        let mut child = command.args(["-c", "yes complaint | head -c 3000000 >&2; echo done >&2"]).spawn().unwrap();
        let words = last_words(child.stderr.take().unwrap());
        assert!(child.wait().await.unwrap().success());
        let words = words.await.unwrap();
        assert!(words.len() <= LAST_WORDS_BYTES && words.ends_with("done\n"), "{}", words.len());
    }

    // TRN-11
    #[tokio::test]
    async fn a_child_is_nice_bounded_and_knows_nothing_of_our_environment() {
        let mut command = confined(Path::new("sh"), 1 << 30);
        let output = command.args(["-c", "nice; ulimit -v; env"]).output().await.unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let mut lines = text.lines();
        assert_eq!((lines.next(), lines.next()), (Some("19"), Some("1048576")), "{text}");
        assert!(!text.contains("CARGO") && !text.contains("HOME"), "{text}");
    }

    // TRN-11
    #[tokio::test]
    async fn a_missing_program_is_told_from_one_that_fails() {
        let output = confined(Path::new("no-such-program"), 1 << 30).output().await.unwrap();
        assert!(is_missing(output.status, &String::from_utf8_lossy(&output.stderr)));
        let output = confined(Path::new("false"), 1 << 30).output().await.unwrap();
        assert!(!is_missing(output.status, ""));
    }
}
