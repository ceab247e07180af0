//! Logs and metrics of a process (OBS-1, OBS-2).

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For a person at a terminal.
    #[default]
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

/// Whether `text` says how much to log: levels, alone or for a target each, separated by commas.
///
/// A bare word that is no level would be taken for the name of a target, and `inof` would silence everything else.
pub fn is_log_filter(text: &str) -> bool {
    let is_level = |word: &str| !word.is_empty() && word.parse::<LevelFilter>().is_ok();
    let says_a_level = |part: &str| is_level(part.rsplit('=').next().unwrap_or_default().trim());
    text.split(',').all(says_a_level) && EnvFilter::try_new(text).is_ok()
}

/// What the process tells about itself.
#[derive(Debug, Clone)]
pub struct Telemetry {
    metrics: PrometheusHandle,
}

impl Telemetry {
    /// Starts logging at `level` (a `tracing` filter such as `info` or `syncwatch=debug,info`) and collecting metrics.
    /// Logs go to standard error. A second call in one process keeps the first one's logger, as in tests.
    pub fn start(format: LogFormat, level: &str) -> Self {
        let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info"));
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        let _already_started = match format {
            LogFormat::Text => lines.compact().try_init(),
            LogFormat::Json => lines.json().flatten_event(true).try_init(),
        };
        Self::with_recorder()
    }

    fn with_recorder() -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        let metrics = recorder.handle();
        let _already_installed = metrics::set_global_recorder(recorder);
        Self { metrics }
    }

    /// The metrics in Prometheus' text format.
    pub fn render(&self) -> String {
        self.metrics.run_upkeep();
        self.metrics.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // OPS-1, OBS-1
    #[test]
    fn a_log_filter_is_told_from_a_slip_of_the_pen() {
        for right in [
            "info",
            "WARN",
            "off",
            "syncwatch=debug,info",
            "syncwatch_room=trace",
            "warn,syncwatch_api[api.request{http.method=GET}]=debug",
        ] {
            assert!(is_log_filter(right), "{right} was refused");
        }
        for wrong in ["", " ", "inof", "info,", "syncwatch=lots", "loud,info", "syncwatch=", "=="] {
            assert!(!is_log_filter(wrong), "{wrong:?} was accepted");
        }
    }
}
