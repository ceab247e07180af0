//! Asks the probe program what is inside a file.

use std::path::Path;
use std::time::Duration;

use syncwatch_media::{FailureReason, ProbeAnswer, ProbeReport, Rejection};
use tokio::io::AsyncReadExt;

use crate::child::{self, confined, is_missing, last_words};
use crate::{Tools, ToolsError, TranscodeError, TranscodeSettings};

/// Address space of the probe; it limits itself further.
const MEMORY_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// What is inside `file`.
///
/// # Errors
/// A rejection when it is not a film that we read, a failure when the probe could not answer.
pub async fn probe(file: &Path, tools: &Tools, settings: &TranscodeSettings) -> Result<ProbeReport, TranscodeError> {
    let mut command = confined(&tools.probe, MEMORY_BYTES);
    let mut child = command.arg(file).spawn().map_err(|error| ToolsError::Probe(error.to_string()))?;
    let (output, errors) = (child.stdout.take(), child.stderr.take().map(last_words));
    let answer = async {
        let mut text = String::new();
        if let Some(mut output) = output {
            let _ = output.read_to_string(&mut text).await;
        }
        (child.wait().await, text)
    };
    let Ok((status, text)) = tokio::time::timeout(Duration::from_secs(settings.probe_seconds), answer).await else {
        let _ = child::end(&mut child, Duration::ZERO).await;
        return Err(Rejection::Unreadable("looking into it took too long".to_owned()).into());
    };
    let words = match errors {
        Some(errors) => errors.await.unwrap_or_default(),
        None => String::new(),
    };
    let status = status.map_err(|error| TranscodeError::failed(FailureReason::Internal, error.to_string()))?;
    if is_missing(status, &words) {
        return Err(ToolsError::Probe(words.trim().to_owned()).into());
    }
    match serde_json::from_str(&text) {
        Ok(ProbeAnswer::Film(report)) => Ok(*report),
        Ok(ProbeAnswer::Rejected(rejection)) => Err(rejection.into()),
        // A library that dies of a film's bytes says all there is to say about the film.
        Err(_) => Err(Rejection::Unreadable(format!("the probe ended with {status}: {}", words.trim())).into()),
    }
}
