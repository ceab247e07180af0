//! `GET /nickname` (ACC-6).

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::rooms::generate_nickname;

/// A nickname to use or not.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NicknameIdea {
    /// Adjective, animal, number.
    nickname: String,
}

/// An idea for a nickname.
#[utoipa::path(
    get,
    path = "/nickname",
    tag = "rooms",
    operation_id = "nicknameIdea",
    security(()),
    responses((status = 200, description = "The idea", body = NicknameIdea))
)]
pub(crate) async fn nickname() -> Json<NicknameIdea> {
    Json(NicknameIdea { nickname: generate_nickname() })
}
