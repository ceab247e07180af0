//! Background tasks and how they end (OBS-6).

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::{error, info, warn};

/// A stop takes at most so long; what has not ended by then is left (OBS-6).
pub const STOP_DEADLINE: Duration = Duration::from_secs(30);

/// The tasks of a process, and the one token that ends them.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    cancel: CancellationToken,
    tracker: TaskTracker,
}

impl Tasks {
    /// No tasks yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cancelled when the process stops; long tasks watch it.
    pub fn cancelled(&self) -> CancellationToken {
        self.cancel.clone()
    }

    /// Starts a task that a stop waits for. It handles its own errors; `name` is for the log when it panics.
    pub fn spawn(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let task = tokio::spawn(task);
        self.tracker.spawn(async move {
            if let Err(failure) = task.await
                && failure.is_panic()
            {
                error!(task.name = name, "task {name} panicked");
            }
        });
    }

    /// Makes a stop wait until the returned value is dropped, for tasks that somebody else has started.
    pub fn hold(&self) -> TaskTrackerToken {
        self.tracker.token()
    }

    /// Tells all tasks to end.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// Tells all tasks to end and waits for them, but not longer than `deadline`. True when all ended.
    pub async fn stop(&self, deadline: Duration) -> bool {
        self.cancel.cancel();
        self.tracker.close();
        let ended = tokio::time::timeout(deadline, self.tracker.wait()).await.is_ok();
        if !ended {
            warn!(tasks.left = self.tracker.len(), "{} tasks did not end in time", self.tracker.len());
        }
        ended
    }
}

/// Listens to SIGINT and SIGTERM from now on; what is returned resolves at the first of them.
///
/// # Errors
/// When the process may not listen to signals.
pub fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => info!("stopping after SIGINT"),
            _ = terminate.recv() => info!("stopping after SIGTERM"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // OBS-6
    #[tokio::test]
    async fn a_stop_waits_for_tasks_that_end_and_gives_up_on_those_that_do_not() {
        let tasks = Tasks::new();
        let cancelled = tasks.cancelled();
        tasks.spawn("obedient", async move { cancelled.cancelled().await });
        assert!(tasks.stop(Duration::from_secs(5)).await);

        let stubborn = Tasks::new();
        stubborn.spawn("stubborn", std::future::pending());
        assert!(!stubborn.stop(Duration::from_millis(10)).await);
    }
}
