//! Uploads by tus 1.0: creation, creation-with-upload, termination, expiration, checksum (UPL-1).

mod append;
mod begin;
mod give_up;
mod offset;
mod options;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, head, options};
use syncwatch_protocol::Code;
use syncwatch_service::Tasks;
use syncwatch_store::VideoRow;

use crate::access::Caller;
use crate::edge::ClientAddress;
use crate::error::ApiError;
use crate::input::video_id;
use crate::state::ApiState;
use crate::uploads::{TUS_RESUMABLE, TUS_VERSION, VERSION, read_on, speaks_our_version};

pub(super) fn routes(tasks: Tasks) -> Router<ApiState> {
    let one = head(offset::offset).patch(append::append).delete(give_up::give_up).post(overridden);
    Router::new()
        .route("/api/v1/videos/upload", options(options::options).post(begin::begin).fallback(wrong_method))
        .route("/api/v1/videos/upload/{id}", one.options(options::options).fallback(wrong_method))
        .route("/api/v1/videos/upload/{id}/{*rest}", any(nothing_here))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(speak_tus))
        .layer(from_fn_with_state(tasks, read_on))
}

/// Refuses other versions of the protocol, and marks every answer with ours.
async fn speak_tus(request: Request, next: Next) -> Response {
    let understood = request.method() == Method::OPTIONS || speaks_our_version(request.headers());
    let mut response =
        if understood { next.run(request).await } else { ApiError::Refused(Code::UploadVersion).into_response() };
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, HeaderValue::from_static(VERSION));
    if !understood {
        headers.insert(TUS_VERSION, HeaderValue::from_static(VERSION));
    }
    response
}

/// Some networks let only `GET` and `POST` through; there the method is named in a header.
async fn overridden(
    state: axum::extract::State<ApiState>,
    path: axum::extract::Path<String>,
    address: ClientAddress,
    caller: Caller,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    match headers.get("x-http-method-override").map(HeaderValue::as_bytes) {
        Some(b"PATCH") => append::append(state, path, address, caller, headers, request).await,
        Some(b"DELETE") => give_up::give_up(state, path, caller).await.map(IntoResponse::into_response),
        _ => Err(Code::MethodNotAllowed.into()),
    }
}

/// One of the caller's own uploads. Those of others are as unknown to him as those that do not exist.
async fn own_upload(state: &ApiState, caller: &Caller, id: &str) -> Result<VideoRow, ApiError> {
    let unknown = ApiError::Refused(Code::UploadNotFound);
    let Ok(id) = video_id(id) else { return Err(unknown) };
    state.store.rows.video(id).await?.filter(|video| video.owner == caller.id()).ok_or(unknown)
}

async fn wrong_method() -> ApiError {
    Code::MethodNotAllowed.into()
}

async fn nothing_here() -> ApiError {
    Code::UploadNotFound.into()
}
