//! The request by which a browser turns an HTTP connection into a WebSocket (RFC 6455 §4).

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::{SEC_WEBSOCKET_VERSION, UPGRADE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::OnUpgrade;
use tungstenite::handshake::server::create_response_with_body;

/// A request that may become a WebSocket. Unlike axum's own it leads to the bare connection, and not to a socket that
/// copies every message.
#[derive(Debug)]
pub(crate) struct Handshake {
    answer: Response,
    upgrade: OnUpgrade,
}

impl Handshake {
    /// The answer that agrees, and the connection once that answer is sent.
    pub(crate) fn accept(self) -> (Response, OnUpgrade) {
        (self.answer, self.upgrade)
    }
}

impl<S: Sync> FromRequest<S> for Handshake {
    type Rejection = Response;

    async fn from_request(mut request: Request, _state: &S) -> Result<Self, Response> {
        let upgrade = request.extensions_mut().remove::<OnUpgrade>();
        match (create_response_with_body(&request, Body::empty), upgrade) {
            (Ok(answer), Some(upgrade)) => Ok(Self { answer, upgrade }),
            (Err(_) | Ok(_), _) => {
                let wanted = [(UPGRADE, "websocket"), (SEC_WEBSOCKET_VERSION, "13")];
                let wanted = wanted.map(|(name, value)| (name, HeaderValue::from_static(value)));
                Err((StatusCode::UPGRADE_REQUIRED, wanted).into_response())
            }
        }
    }
}
