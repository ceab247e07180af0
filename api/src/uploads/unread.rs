//! What a client still sends when its answer is known already.
//!
//! A refusal comes while megabytes are on their way: the disk is full, the film is none, the token is old. A connection that
//! is closed over unread bytes is reset, and a browser then reports a broken network instead of the refusal; some do not
//! even look for an answer before all their bytes are gone. So the answer leaves at once, and the rest is read behind it
//! and thrown away.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::StreamExt;
use futures_util::stream::{Fuse, poll_fn};
use syncwatch_service::Tasks;

/// Bytes that are read after an answer, at most: what our pages send in one request, so that they get every answer. Whoever
/// sends more at once has had the time to look for it.
const READ_ON_BYTES: usize = 64 * 1024 * 1024;

/// For so long, at most. A minute carries those bytes over 10 Mbit/s; a client that dawdles on purpose holds one socket and
/// no lock, no file and no request.
const READ_ON_FOR: Duration = Duration::from_secs(60);

type Shared = Arc<Mutex<Fuse<BodyDataStream>>>;

/// Reads on after the answer, whoever gave it and why. A stop does not wait for what nobody will look at.
pub(crate) async fn read_on(State(tasks): State<Tasks>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = Arc::new(Mutex::new(body.into_data_stream().fuse()));
    let response = next.run(Request::from_parts(parts, lent(body.clone()))).await;
    let stopping = tasks.cancelled();
    tasks.spawn("upload rest", async move {
        tokio::select! {
            () = stopping.cancelled() => {}
            () = throw_away(body) => {}
            () = tokio::time::sleep(READ_ON_FOR) => {}
        }
    });
    response
}

/// The body for whoever handles the request. When he drops it, the connection's own is still there.
fn lent(body: Shared) -> Body {
    Body::from_stream(poll_fn(move |context| {
        body.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context)
    }))
}

async fn throw_away(body: Shared) {
    let mut rest = lent(body).into_data_stream();
    let mut read = 0;
    while read < READ_ON_BYTES
        && let Some(Ok(bytes)) = rest.next().await
    {
        read += bytes.len();
    }
}
