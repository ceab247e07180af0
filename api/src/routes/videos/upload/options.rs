//! `OPTIONS /videos/upload`: what this server can do.

use axum::extract::State;
use axum::http::{HeaderName, StatusCode};

use crate::state::ApiState;
use crate::uploads::{
    CHECKSUM_ALGORITHM, EXTENSIONS, TUS_CHECKSUM_ALGORITHM, TUS_EXTENSION, TUS_MAX_SIZE, TUS_VERSION, VERSION,
};

pub(super) async fn options(State(state): State<ApiState>) -> (StatusCode, [(HeaderName, String); 4]) {
    let headers = [
        (TUS_VERSION, VERSION.to_owned()),
        (TUS_EXTENSION, EXTENSIONS.to_owned()),
        (TUS_MAX_SIZE, state.settings.uploads.max_bytes.to_string()),
        (TUS_CHECKSUM_ALGORITHM, CHECKSUM_ALGORITHM.to_owned()),
    ];
    (StatusCode::NO_CONTENT, headers)
}
