//! What is counted (OBS-4).

use std::time::Duration;

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use syncwatch_protocol::Code;

const RUNNING: &str = "syncwatch_transcodes_running";
const ENDED: &str = "syncwatch_transcodes_total";
const TOOK: &str = "syncwatch_transcode_duration_seconds";

/// Says what the metrics mean.
pub(crate) fn describe() {
    describe_gauge!(RUNNING, "Films being made");
    describe_counter!(ENDED, "Turns of films that ended, by outcome");
    describe_histogram!(TOOK, "Seconds from the claim of a film until it was ready");
}

pub(crate) fn running(count: usize) {
    gauge!(RUNNING).set(count as f64);
}

pub(crate) fn finished(outcome: &'static str, took: Duration) {
    counter!(ENDED, "outcome" => outcome, "retried" => "no").increment(1);
    histogram!(TOOK).record(took.as_secs_f64());
}

pub(crate) fn failed(code: Code, retried: bool) {
    counter!(ENDED, "outcome" => code.as_str(), "retried" => if retried { "yes" } else { "no" }).increment(1);
}

pub(crate) fn interrupted() {
    counter!(ENDED, "outcome" => "interrupted", "retried" => "yes").increment(1);
}
