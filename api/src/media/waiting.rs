//! Segments that are asked for before they are made (TRN-3): whoever makes the film is told, and the request waits a little.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use syncwatch_media::ffmpeg::{AUDIO_FOLDERS, INIT, PLAYLIST, SOURCE_FOLDER};
use syncwatch_media::segment_number;
use syncwatch_protocol::{Code, VideoId, VideoStatus};
use syncwatch_store::notices::{self, MakingNotice};
use syncwatch_store::{ObjectKey, ObjectReader, Subscription, VideoRow};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use crate::error::ApiError;
use crate::state::ApiState;

/// Shorter than players wait for the first byte, which is ten seconds in hls.js.
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// Requests that wait at once; each holds a connection and little else. Whoever finds no place is told to ask again.
const WAITING_AT_MOST: usize = 512;
/// A playlist of three hours with segments of a second.
const PLAYLIST_MAX_BYTES: u64 = 1024 * 1024;

/// Places for requests that wait.
#[derive(Debug, Clone)]
pub(crate) struct WaitingRoom {
    places: Arc<Semaphore>,
    longest: Duration,
}

impl Default for WaitingRoom {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(WAITING_AT_MOST)), longest: LONGEST_WAIT }
    }
}

/// What became of waiting.
pub(crate) enum Waited {
    /// It is there.
    Arrived(ObjectReader),
    /// Another quality has this moment of the film already. hls.js takes that one at once, because it does not repeat what
    /// was answered with 425.
    TooEarly,
    /// Not yet; worth asking again.
    NotYet,
}

impl Waited {
    /// The answer for whoever did not get it. Nobody may remember it.
    pub(crate) fn refusal(&self) -> Response {
        let no_store = (CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::TooEarly => (StatusCode::TOO_EARLY, [no_store]).into_response(),
            _ => (StatusCode::SERVICE_UNAVAILABLE, [no_store, (RETRY_AFTER, HeaderValue::from_static("1"))])
                .into_response(),
        }
    }
}

/// A file of an encoded rung.
struct RungFile<'a> {
    rung: &'a str,
    name: &'a str,
    /// None for what players need before the first segment.
    segment: Option<usize>,
}

/// Waits for a file that is not there.
///
/// # Errors
/// `not_found` when nobody is going to make it.
pub(crate) async fn wait_for(state: &ApiState, video: VideoId, attempt: u32, file: &str) -> Result<Waited, ApiError> {
    let unknown = ApiError::Refused(Code::NotFound);
    let Some(wanted) = rung_file(file) else { return Err(unknown) };
    let Some(row) = state.store.rows.video(video).await? else { return Err(unknown) };
    if !is_being_made(&row, attempt) || !is_listed(state, &row, &wanted).await? {
        return Err(unknown);
    }
    // Before the wish: what is announced after it must not be missed.
    let news = state.store.state.subscribe(&notices::making_topic(video)).await;
    if let Some(segment) = wanted.segment {
        let wish = MakingNotice::Wished { output: attempt, segment };
        let wish = serde_json::to_vec(&wish).map_err(|error| ApiError::Invalid(error.to_string()))?;
        state.store.state.publish(&notices::making_topic(video), wish).await;
    }
    if is_elsewhere(state, &row, &wanted).await? {
        return Ok(Waited::TooEarly);
    }
    let Ok(_place) = state.waiting_room.places.clone().try_acquire_owned() else { return Ok(Waited::NotYet) };
    let Some(key) = ObjectKey::attempt_file(video, attempt, file) else { return Err(unknown) };
    arrival(state, &key, news).await
}

/// A folder that FFmpeg writes by itself lists only what is there, so nobody asks for what is not.
fn rung_file(file: &str) -> Option<RungFile<'_>> {
    let (rung, name) = file.split_once('/')?;
    let by_itself = rung == SOURCE_FOLDER || rung.starts_with(AUDIO_FOLDERS);
    let segment = segment_number(name);
    (!by_itself && (segment.is_some() || name == INIT)).then_some(RungFile { rung, name, segment })
}

fn is_being_made(row: &VideoRow, attempt: u32) -> bool {
    row.playable && row.attempt == attempt && matches!(row.status, VideoStatus::Pending | VideoStatus::Processing)
}

async fn is_listed(state: &ApiState, row: &VideoRow, wanted: &RungFile<'_>) -> Result<bool, ApiError> {
    let playlist = ObjectKey::attempt_file(row.id, row.attempt, &format!("{}/{PLAYLIST}", wanted.rung));
    let Some(playlist) = playlist else { return Ok(false) };
    let Some(object) = state.store.objects.open(&playlist).await? else { return Ok(false) };
    let text = object.read_start(PLAYLIST_MAX_BYTES).await?;
    let names = |line: &[u8]| line == wanted.name.as_bytes();
    Ok(wanted.segment.is_none() || text.split(|byte| *byte == b'\n').any(names))
}

/// Whether another quality has it.
async fn is_elsewhere(state: &ApiState, row: &VideoRow, wanted: &RungFile<'_>) -> Result<bool, ApiError> {
    for other in row.renditions.iter().filter(|other| other.name != wanted.rung) {
        let key = ObjectKey::attempt_file(row.id, row.attempt, &format!("{}/{}", other.name, wanted.name));
        if let Some(key) = key
            && state.store.objects.open(&key).await?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn arrival(state: &ApiState, key: &ObjectKey, mut news: Subscription) -> Result<Waited, ApiError> {
    let deadline = Instant::now() + state.waiting_room.longest;
    let stopping = state.stopping();
    loop {
        if let Some(object) = state.store.objects.open(key).await? {
            return Ok(Waited::Arrived(object));
        }
        tokio::select! {
            () = stopping.cancelled() => return Ok(Waited::NotYet),
            heard = timeout_at(deadline, news.next()) => match heard {
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => return Ok(Waited::NotYet),
            },
        }
    }
}
