//! Turns every error into a problem document (RFC 9457): status, code, what the user is told, what the log is told.
//!
//! Nothing else in the API chooses a status. The user never sees an address, a query or a path; the request's id leads
//! from what he sees to what the log says (SEC-7).

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use syncwatch_protocol::Code;
use syncwatch_store::{StoreError, Unique};
use utoipa::ToSchema;

use crate::error::ApiError;

/// A problem document.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `urn:syncwatch:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// What happened and what to do, in English.
    title: &'static str,
    /// The HTTP status again.
    status: u16,
    /// Stable; what programs look at.
    code: Code,
    /// More about this one case.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Leads to the server's log.
    request_id: String,
    /// Fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// When it may be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u64>,
}

/// One wrong field.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// Its name.
    field: &'static str,
    /// What is wrong.
    code: Code,
    /// The same in words.
    message: &'static str,
}

impl Problem {
    fn new(code: Code) -> Self {
        Self {
            kind: format!("urn:syncwatch:problem:{}", code.as_str()),
            title: code.sentence(),
            status: status_of(code).as_u16(),
            code,
            detail: None,
            request_id: String::new(),
            errors: Vec::new(),
            retry_after_seconds: None,
        }
    }

    /// The status that it is sent with.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The document as an answer, once the request's id is known.
    pub(crate) fn into_document(mut self, request_id: &str) -> Body {
        self.request_id = request_id.to_owned();
        Body::from(serde_json::to_vec(&self).expect("a problem has string keys only, so it always serialises"))
    }
}

impl From<&ApiError> for Problem {
    fn from(error: &ApiError) -> Self {
        match error {
            ApiError::Refused(code) => Self::new(*code),
            ApiError::Invalid(detail) => Self { detail: Some(detail.clone()), ..Self::new(Code::InvalidRequest) },
            ApiError::WrongType(wanted) => Self {
                status: StatusCode::UNSUPPORTED_MEDIA_TYPE.as_u16(),
                detail: Some(format!("the body must be {wanted}")),
                ..Self::new(Code::InvalidRequest)
            },
            ApiError::Fields(fields) => {
                let problem = |wrong: &crate::error::WrongField| FieldProblem {
                    field: wrong.field,
                    code: wrong.code,
                    message: wrong.code.sentence(),
                };
                // A single wrong field is the problem itself; of several, the document can only be about the request.
                let code = if let [only] = fields.as_slice() { only.code } else { Code::InvalidRequest };
                Self { errors: fields.iter().map(problem).collect(), ..Self::new(code) }
            }
            ApiError::TooMany { retry_after } => {
                let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
                Self { retry_after_seconds: Some(seconds.max(1)), ..Self::new(Code::RateLimited) }
            }
            ApiError::Store(error) => Self::new(code_of(error)),
        }
    }
}

/// The code that people get for a failure of the store.
fn code_of(error: &StoreError) -> Code {
    match error {
        StoreError::Full => Code::StorageFull,
        StoreError::Taken(Unique::Email) => Code::EmailTaken,
        StoreError::Taken(Unique::Username) => Code::UsernameTaken,
        error if error.is_passing() => Code::Unavailable,
        _ => Code::Internal,
    }
}

/// The status of every code.
fn status_of(code: Code) -> StatusCode {
    use Code as C;
    match code {
        C::NotLoggedIn | C::SessionExpired | C::WrongLogin | C::TokenInvalid => StatusCode::UNAUTHORIZED,
        C::Forbidden | C::CsrfMissing | C::WrongCurrentPassword | C::RoomPasswordNeeded | C::RoomPasswordWrong => {
            StatusCode::FORBIDDEN
        }
        C::RoomBanned | C::RoomKicked | C::RoomNeedsAccount | C::OnlyOwner | C::QuotaExceeded | C::LinkExpired => {
            StatusCode::FORBIDDEN
        }
        C::NotFound | C::RoomNotFound | C::VideoNotFound | C::UploadNotFound => StatusCode::NOT_FOUND,
        C::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        C::AuthRequired | C::DrmProtected | C::UnknownProvider | C::XFrameOptions | C::CspBlocked | C::LinkCodec => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        C::LinkUnreachable | C::LinkNoRanges | C::LinkCorsBlocked | C::LinkLive => StatusCode::UNPROCESSABLE_ENTITY,
        C::LinkHostNotAllowed | C::LinkPrivate => StatusCode::FORBIDDEN,
        C::EmailTaken
        | C::UsernameTaken
        | C::RoomFull
        | C::VideoInUse
        | C::SourceNotReady
        | C::SourceFailed
        | C::TooManySubtitles => StatusCode::CONFLICT,
        C::UploadOffsetMismatch | C::UploadIncomplete => StatusCode::CONFLICT,
        C::RoomExpired | C::RoomClosed => StatusCode::GONE,
        C::UploadVersion => StatusCode::PRECONDITION_FAILED,
        C::PayloadTooLarge | C::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        C::UnsupportedFormat | C::MimeMismatch => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        C::Unreadable | C::TooLong | C::FormatError | C::MalwareFound => StatusCode::UNPROCESSABLE_ENTITY,
        C::UploadLocked => StatusCode::LOCKED,
        C::RateLimited | C::MessageTooFast => StatusCode::TOO_MANY_REQUESTS,
        // The tus protocol's own status.
        C::UploadChecksumMismatch => StatusCode::from_u16(460).expect("460 is a status"),
        C::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        C::Unavailable | C::FfmpegMissing | C::ScanFailed => StatusCode::SERVICE_UNAVAILABLE,
        C::Internal | C::Storage | C::Timeout | C::Oom => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

impl IntoResponse for ApiError {
    /// The document is written further out, where the request's id is known; here it travels beside an empty answer.
    fn into_response(self) -> Response {
        if let Self::Store(failure) = &self
            && matches!(code_of(failure), Code::Internal | Code::Unavailable | Code::StorageFull)
        {
            tracing::error!(error = %failure, "a request failed in the store");
        }
        let problem = Problem::from(&self);
        let mut response = problem.status().into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = problem.retry_after_seconds {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(problem);
        response
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    // SEC-7
    #[test]
    fn a_failure_inside_shows_nothing_of_the_inside() {
        let path = "/srv/secret/path".into();
        let failure = ApiError::Store(StoreError::Corrupt { path, reason: "SELECT secret".into() });
        let problem = serde_json::to_string(&Problem::from(&failure)).unwrap();
        assert!(!problem.contains("secret"), "{problem}");
    }

    // API-4
    #[test]
    fn waiting_times_are_whole_seconds_and_never_too_short() {
        let problem = |ms| Problem::from(&ApiError::TooMany { retry_after: Duration::from_millis(ms) });
        assert_eq!(problem(0).retry_after_seconds, Some(1));
        assert_eq!(problem(59_001).retry_after_seconds, Some(60));
    }

    // API-1
    #[test]
    fn one_wrong_field_is_the_problem_and_several_are_listed() {
        let wrong = |field, code| crate::error::WrongField { field, code };
        let one = ApiError::Fields(vec![wrong("email", Code::EmailInvalid)]);
        assert_eq!(Problem::from(&one).code, Code::EmailInvalid);
        let two = ApiError::Fields(vec![wrong("email", Code::EmailInvalid), wrong("password", Code::PasswordTooLong)]);
        let problem = Problem::from(&two);
        assert_eq!((problem.code, problem.errors.len()), (Code::InvalidRequest, 2));
    }

    // API-1
    #[test]
    fn every_code_has_a_status_of_a_failure() {
        for code in Code::ALL {
            assert!(status_of(*code).as_u16() >= 400, "{}", code.as_str());
        }
    }
}
