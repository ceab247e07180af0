//! Rooms (ROOM-1, ROOM-2, ROOM-5, WT-1, WT-2).

mod create;
mod delete;
mod info;
mod join;
mod mine;
mod nickname;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(mine::mine))
        .routes(routes!(info::info, delete::delete))
        .routes(routes!(join::join))
        .routes(routes!(nickname::nickname))
}
