//! The web application, embedded in the program (WEB-8).

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../web/dist"]
#[exclude = "*.map"]
struct Files;

/// Vite puts the hash of its content into the name of each file in this folder, so they never change.
const HASHED: &str = "assets/";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

/// How files lie beside the originals, best first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// A file of the application, or its page for an address that only the page knows.
pub(crate) async fn serve(uri: Uri, request: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    match Files::get(path) {
        Some(file) if !path.is_empty() => answer(path, file, &request),
        _ if is_file(path) => StatusCode::NOT_FOUND.into_response(),
        _ => match Files::get("index.html") {
            Some(page) => answer("index.html", page, &request),
            None => NOT_BUILT.into_response(),
        },
    }
}

const NOT_BUILT: (StatusCode, &str) = (
    StatusCode::NOT_FOUND,
    "The web application is not part of this build. Run `make build` and start the program again.\n",
);

/// Pages have no dot in their last part; what has one is a file, and a missing file is not the page.
fn is_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn answer(path: &str, file: EmbeddedFile, request: &HeaderMap) -> Response {
    let tag = tag(&file);
    let caching = if path.starts_with(HASHED) { FOR_EVER } else { ASK_EACH_TIME };
    let known = request.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        let headers = [(header::ETAG, text(&tag)), (header::CACHE_CONTROL, caching)];
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, text(kind.as_ref())),
        (header::CACHE_CONTROL, caching),
        (header::ETAG, text(&tag)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    match compressed(path, request) {
        Some((encoding, smaller)) => {
            let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static(encoding))];
            (headers, encoding, smaller.data).into_response()
        }
        None => (headers, file.data).into_response(),
    }
}

/// The best compressed form that was built and that the browser takes.
fn compressed(path: &str, request: &HeaderMap) -> Option<(&'static str, EmbeddedFile)> {
    let accepted = request.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |encoding: &str| accepted.split(',').any(|one| one.trim().split(';').next() == Some(encoding));
    let form = |(encoding, ending): &(&'static str, &str)| {
        takes(encoding).then(|| Files::get(&format!("{path}{ending}")).map(|file| (*encoding, file))).flatten()
    };
    ENCODINGS.iter().find_map(form)
}

/// Weak, because the compressed forms of a file share it.
fn tag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let hex: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).expect("types and tags are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    // WEB-7
    #[tokio::test]
    async fn a_missing_file_is_not_answered_with_the_page() {
        let response = serve(Uri::from_static("/assets/gone-1234.js"), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}
