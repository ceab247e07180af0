//! The API's metrics (OBS-2). Labels come from enumerations and from our own route patterns.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use metrics::{counter, histogram};

/// One request was answered. `route` is the pattern, such as `/api/v1/rooms/{code}`, never the address itself.
pub(crate) fn request_answered(method: &Method, route: &str, status: StatusCode, took: Duration) {
    let class = match status.as_u16() {
        100..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    };
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    };
    let route = route.to_owned();
    counter!("syncwatch_http_requests_total", "method" => method, "route" => route.clone(), "status" => class)
        .increment(1);
    histogram!("syncwatch_http_request_seconds", "method" => method, "route" => route).record(took.as_secs_f64());
}

/// Bytes of uploads were written to the disk.
pub(crate) fn upload_bytes(bytes: u64) {
    counter!("syncwatch_upload_bytes_total").increment(bytes);
}

/// What the clean-up removes (TRN-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rubbish {
    /// An upload that nobody goes on with.
    DroppedUpload,
    /// A film that nobody can reach any more.
    AbandonedFilm,
    /// A film whose day has come.
    ExpiredFilm,
    /// An uploaded file without a row.
    LostUpload,
    /// Bytes whose checksum was never compared.
    Unverified,
    /// The folder of a film without a row.
    LostFilm,
    /// What an attempt made that is not served.
    OldAttempt,
}

/// Something was cleaned up.
pub(crate) fn cleaned(kind: Rubbish, bytes: u64) {
    let kind = match kind {
        Rubbish::DroppedUpload => "dropped_upload",
        Rubbish::AbandonedFilm => "abandoned_film",
        Rubbish::ExpiredFilm => "expired_film",
        Rubbish::LostUpload => "lost_upload",
        Rubbish::Unverified => "unverified",
        Rubbish::LostFilm => "lost_film",
        Rubbish::OldAttempt => "old_attempt",
    };
    counter!("syncwatch_cleaned_total", "kind" => kind).increment(1);
    counter!("syncwatch_cleaned_bytes_total", "kind" => kind).increment(bytes);
}

/// How a scan for malware ended (UPL-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScanOutcome {
    Clean,
    Found,
    Failed,
}

/// A file was scanned, or could not be.
pub(crate) fn scanned(outcome: ScanOutcome) {
    let outcome = match outcome {
        ScanOutcome::Clean => "clean",
        ScanOutcome::Found => "found",
        ScanOutcome::Failed => "failed",
    };
    counter!("syncwatch_scans_total", "outcome" => outcome).increment(1);
}

/// Somebody asked for a file that a finished film should have and has not (OBS-5).
pub(crate) fn segment_missing() {
    counter!("syncwatch_missing_segments_total").increment(1);
}

/// What became of a damaged film (HLS-4).
pub(crate) fn film_repaired(outcome: &'static str) {
    counter!("syncwatch_repairs_total", "outcome" => outcome).increment(1);
}

/// Somebody was blocked for trying too much (SEC-2).
pub(crate) fn blocked(reason: &'static str) {
    counter!("syncwatch_blocks_total", "reason" => reason).increment(1);
}
