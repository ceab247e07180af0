//! `GET /media/{video}/{attempt}/{grant}/{file}`: the files of films, to whoever has a signed address (HLS-1, HLS-3).

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, LAST_MODIFIED,
    RANGE, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use syncwatch_protocol::Code;
use syncwatch_service::TokenError;
use syncwatch_store::{ObjectKey, ObjectReader};

use crate::error::ApiError;
use crate::input::video_id;
use crate::media::{
    ByteRange, FileKind, Validators, Waited, Wanted, gzipped, not_modified, range_still_fits, takes_gzip, wait_for,
    wanted,
};
use crate::repair;
use crate::state::ApiState;
use crate::uploads::expiry_date;

/// Playlists are small. One that is not is damaged.
const PLAYLIST_MAX_BYTES: u64 = 4 * 1024 * 1024;

pub(super) fn routes() -> Router<ApiState> {
    Router::new().route("/media/{video}/{attempt}/{grant}/{*file}", get(file).fallback(super::wrong_method))
}

async fn file(
    State(state): State<ApiState>,
    Path((video, attempt, grant, file)): Path<(String, String, String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let key = granted(&state, &video, &attempt, &grant, &file)?;
    let object = match state.store.objects.open(&key).await? {
        Some(object) => object,
        None => match absent(&state, &key, &video, &attempt, &file).await? {
            Waited::Arrived(object) => object,
            waited => return Ok(waited.refusal()),
        },
    };
    let kind = FileKind::of(&file);
    let modified = expiry_date(object.modified_ms);
    if kind == FileKind::Playlist {
        let content = object.read_start(PLAYLIST_MAX_BYTES).await?;
        // By content: FFmpeg rewrites a playlist whenever it adds to it, and twice in the same millisecond at its end.
        let tag = Sha256::digest(&content).iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>();
        return playlist(&tag, modified, &headers, &method, content);
    }
    let etag = format!("\"{attempt}-{:x}-{:x}\"", object.size_bytes, object.modified_ms);
    let validators = Validators { etag, last_modified: modified };
    answer(kind, &validators, &headers, &method, object.size_bytes, Content::Stored(object))
}

/// A file that is not there: put back when it was lost, waited for when it is being made.
async fn absent(state: &ApiState, key: &ObjectKey, video: &str, attempt: &str, file: &str) -> Result<Waited, ApiError> {
    let (Ok(video), Ok(attempt)) = (video_id(video), attempt.parse()) else { return Err(Code::NotFound.into()) };
    if repair::missing(state, video, attempt, file).await?
        && let Some(object) = state.store.objects.open(key).await?
    {
        return Ok(Waited::Arrived(object));
    }
    wait_for(state, video, attempt, file).await
}

/// The object that an address names, if its signature is good.
fn granted(state: &ApiState, video: &str, attempt: &str, grant: &str, file: &str) -> Result<ObjectKey, ApiError> {
    let unknown = ApiError::Refused(Code::NotFound);
    let (Ok(video), Ok(attempt)) = (video_id(video), attempt.parse()) else { return Err(unknown) };
    state.links.check(video, attempt, grant, state.now()).map_err(|error| match error {
        TokenError::Expired => Code::LinkExpired,
        TokenError::Invalid => Code::Forbidden,
    })?;
    // No attempt has the number zero: it stands for what belongs to the film, whatever is made of it.
    let key =
        if attempt == 0 { ObjectKey::film_file(video, file) } else { ObjectKey::attempt_file(video, attempt, file) };
    key.ok_or(unknown)
}

/// A playlist, compressed for whoever takes that. Each form has a tag of its own, as the bytes differ. A part of a playlist is
/// a part of the text.
fn playlist(
    tag: &str,
    last_modified: String,
    headers: &HeaderMap,
    method: &Method,
    text: Bytes,
) -> Result<Response, ApiError> {
    let compressed = if takes_gzip(headers) && !headers.contains_key(RANGE) { gzipped(&text) } else { None };
    let (etag, encoded) = match compressed {
        Some(_) => (format!("\"{tag}-gzip\""), true),
        None => (format!("\"{tag}\""), false),
    };
    let content = compressed.unwrap_or(text);
    let (length, validators) = (content.len() as u64, Validators { etag, last_modified });
    let mut response = answer(FileKind::Playlist, &validators, headers, method, length, Content::Whole(content))?;
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    if encoded && response.status() == StatusCode::OK {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

/// Where the bytes come from.
enum Content {
    Whole(Bytes),
    Stored(ObjectReader),
}

impl Content {
    fn part(self, range: ByteRange) -> Body {
        match self {
            Self::Whole(bytes) => {
                let index = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
                Body::from(bytes.slice(index(range.first)..=index(range.last)))
            }
            Self::Stored(object) => Body::from_stream(object.stream(range.first, range.length())),
        }
    }
}

fn answer(
    kind: FileKind,
    validators: &Validators,
    request: &HeaderMap,
    method: &Method,
    size: u64,
    content: Content,
) -> Result<Response, ApiError> {
    let described = described(kind, validators);
    if not_modified(request, validators) {
        return Ok((StatusCode::NOT_MODIFIED, described).into_response());
    }
    let range = request.get(RANGE).and_then(|range| range.to_str().ok());
    let range = range.filter(|_| *method == Method::GET && range_still_fits(request, validators));
    let (status, part) = match wanted(range, size) {
        Wanted::Nothing => {
            let size = [(CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, described, size).into_response());
        }
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, Some(part)),
        Wanted::All => (StatusCode::OK, size.checked_sub(1).map(|last| ByteRange { first: 0, last })),
    };
    let length = [(CONTENT_LENGTH, part.map_or(0, ByteRange::length).to_string())];
    let body = match part {
        Some(part) if *method != Method::HEAD => content.part(part),
        _ => Body::empty(),
    };
    let mut response = (status, described, length, body).into_response();
    if let (StatusCode::PARTIAL_CONTENT, Some(ByteRange { first, last })) = (status, part) {
        let position = format!("bytes {first}-{last}/{size}");
        response.headers_mut().insert(CONTENT_RANGE, position.parse().expect("digits are a valid header"));
    }
    Ok(response)
}

/// What every answer about a file says. Pages that isolate themselves (COEP) may use it, as its address is its permission.
fn described(kind: FileKind, validators: &Validators) -> [(HeaderName, String); 7] {
    [
        (CONTENT_TYPE, kind.media_type().to_owned()),
        (CACHE_CONTROL, kind.cache_control().to_owned()),
        (ETAG, validators.etag.clone()),
        (LAST_MODIFIED, validators.last_modified.clone()),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".to_owned()),
        (HeaderName::from_static("timing-allow-origin"), "*".to_owned()),
    ]
}
