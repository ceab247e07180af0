//! Receiving the body of one request into an upload.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use syncwatch_protocol::Code;
use syncwatch_store::{ObjectKey, VideoRow};
use tokio::time::Instant;

use super::checksum::Checksum;
use super::discard::discard;
use super::intake::Intake;
use super::lock::UploadLock;
use super::pace::Pace;
use crate::error::ApiError;
use crate::state::ApiState;

/// Takes a body that begins at `offset`, and says where the upload stands afterwards.
///
/// The body may end early: what came is kept, unless it had a checksum. What turns out to be no film is removed.
pub(crate) async fn receive(
    state: &ApiState,
    video: &VideoRow,
    (lock, pace): (&UploadLock, Option<&Pace>),
    offset: u64,
    checksum: Option<Checksum>,
    body: Body,
) -> Result<u64, ApiError> {
    let intake = Intake::open(state, video).await?;
    if intake.offset() != offset {
        return Err(Code::UploadOffsetMismatch.into());
    }
    let mut body = BodyChunks { state, lock, pace, body: body.into_data_stream(), left: video.size_bytes - offset };
    let received = match checksum {
        Some(checksum) => verified(state, video, intake, checksum, &mut body).await,
        None => direct(intake, &mut body).await,
    };
    if matches!(received, Err(ApiError::Refused(Code::UnsupportedFormat | Code::MimeMismatch))) {
        discard(state, video.id).await?;
    }
    received
}

async fn direct(mut intake: Intake<'_>, body: &mut BodyChunks<'_>) -> Result<u64, ApiError> {
    let mut refused = None;
    loop {
        match body.next().await {
            Ok(Some(bytes)) => intake.take(&bytes).await?,
            Ok(None) => break,
            Err(refusal) => {
                refused = Some(refusal);
                break;
            }
        }
    }
    // What came before a refusal is good, and the client goes on after it.
    let offset = intake.close().await?;
    refused.map_or(Ok(offset), Err)
}

/// Bytes with a checksum wait beside the upload until they are known to be right. Then they are copied, so that not even
/// a crash in between leaves a byte in the upload that nobody vouched for.
async fn verified(
    state: &ApiState,
    video: &VideoRow,
    mut intake: Intake<'_>,
    mut checksum: Checksum,
    body: &mut BodyChunks<'_>,
) -> Result<u64, ApiError> {
    let aside = ObjectKey::unverified(video.id);
    state.store.objects.create(&aside).await?;
    let mut writer = state.store.objects.append(&aside).await?.ok_or(Code::UploadNotFound)?;
    while let Some(bytes) = body.next().await? {
        checksum.add(&bytes);
        writer.write(&bytes).await?;
    }
    let length = writer.sync().await?;
    if checksum.matches() {
        let stored = state.store.objects.open(&aside).await?.ok_or(Code::UploadNotFound)?;
        let mut chunks = Box::pin(stored.stream(0, length));
        while let Some(bytes) = chunks.try_next().await.map_err(syncwatch_store::StoreError::from)? {
            intake.take(&bytes).await?;
        }
    } else {
        state.store.objects.remove(&aside).await?;
        return Err(Code::UploadChecksumMismatch.into());
    }
    state.store.objects.remove(&aside).await?;
    intake.close().await
}

/// A request's body in pieces, no more of it than the upload has room for.
struct BodyChunks<'a> {
    state: &'a ApiState,
    lock: &'a UploadLock,
    pace: Option<&'a Pace>,
    body: BodyDataStream,
    left: u64,
}

impl BodyChunks<'_> {
    /// The next piece; none at the end, which may be the connection's own.
    async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
        let stopping = self.state.stopping();
        let piece = tokio::select! {
            () = self.lock.asked_to_go() => return Err(Code::UploadLocked.into()),
            () = stopping.cancelled() => return Err(Code::Unavailable.into()),
            piece = arrival(self.state, self.lock, self.pace, &mut self.body) => piece,
        };
        let Some(bytes) = piece else { return Ok(None) };
        self.lock.heard(self.state.now_ms());
        if let Some(pace) = self.pace {
            pace.pay(bytes.len(), Instant::now());
        }
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(Code::PayloadTooLarge)?;
        Ok(Some(bytes))
    }
}

/// What comes next, when its turn has come. A sender whom we keep waiting is not idle.
async fn arrival(state: &ApiState, lock: &UploadLock, pace: Option<&Pace>, body: &mut BodyDataStream) -> Option<Bytes> {
    if let Some(pace) = pace {
        if pace.is_owed() {
            lock.held_back(state.now_ms());
            pace.until_paid().await;
        }
        lock.heard(state.now_ms());
    }
    let idle = Duration::from_secs(state.settings.uploads.idle_seconds);
    tokio::time::timeout(idle, body.next()).await.ok()??.ok()
}
