//! Logs and metrics of a process (OBS-1, OBS-2).

use std::ffi::OsStr;
use std::io::IsTerminal;

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

/// Colours are for a person at a terminal who does not refuse them (no-color.org): in a file they are rubbish.
fn wants_colours(is_terminal: bool, no_color: Option<&OsStr>) -> bool {
    is_terminal && no_color.is_none_or(OsStr::is_empty)
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
        let colours = wants_colours(std::io::stderr().is_terminal(), std::env::var_os("NO_COLOR").as_deref());
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
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

    // OBS-1
    #[test]
    fn a_log_is_coloured_at_a_terminal_alone_and_not_where_colours_are_refused() {
        assert!(wants_colours(true, None) && wants_colours(true, Some(OsStr::new(""))));
        assert!(!wants_colours(true, Some(OsStr::new("1"))));
        assert!(!wants_colours(false, None));
    }

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
