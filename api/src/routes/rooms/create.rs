//! `POST /rooms` (ROOM-1, WT-1).

use axum::Json;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderName, StatusCode};
use serde::Deserialize;
use syncwatch_protocol::{
    Code, ParticipantId, ParticipantKind, PlaybackControl, Privacy, RoomCode, RoomId, RoomSettings, VideoId,
    WaitingPolicy, limits,
};
use syncwatch_service::{new_id, random_bytes};
use syncwatch_store::{AuditAction, NewRoom, RoomRow, StoreError, Unique};
use utoipa::ToSchema;

use crate::access::{Caller, Visitor};
use crate::accounts::check_room_password;
use crate::edge::{ClientAddress, Rule};
use crate::error::ApiError;
use crate::input::{self, JsonBody};
use crate::problem::Problem;
use crate::rooms::{Entrant, JoinGrant, generate_nickname, grant};
use crate::state::{ApiState, Deed};

/// Tries until a code is free. With 10^11 codes a second one is needed about never; five failures mean something else.
const CODE_TRIES: u32 = 5;

/// A new room. Everything has a default.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct RoomWish {
    /// 1 to 80 visible characters; made from the owner's name when missing.
    name: Option<String>,
    /// 2 to 5.
    max_participants: Option<u16>,
    /// At most 72 bytes. An empty one is none.
    password: Option<String>,
    /// Who moves the film; `owner_only` when missing.
    playback_control: Option<PlaybackControl>,
    /// Who comes in; anybody with the link when missing.
    privacy: Option<Privacy>,
    /// One of my films.
    video_id: Option<VideoId>,
    /// For those without an account; generated when missing.
    nickname: Option<String>,
}

/// Make a room and get the right to enter it.
///
/// Without an account you become a guest who owns the room.
#[utoipa::path(
    post,
    path = "/rooms",
    tag = "rooms",
    operation_id = "createRoom",
    security((), ("bearer" = [])),
    request_body = RoomWish,
    responses(
        (status = 201, description = "Made", body = JoinGrant),
        (status = 400, description = "`room_name_invalid`, `room_size_invalid`, `nickname_invalid`, …", body = Problem),
        (status = 404, description = "`video_not_found`", body = Problem),
        (status = 429, description = "`rate_limited`", body = Problem),
    )
)]
pub(crate) async fn create(
    State(state): State<ApiState>,
    address: ClientAddress,
    Visitor(visitor): Visitor,
    JsonBody(wish): JsonBody<RoomWish>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<JoinGrant>), ApiError> {
    let owner = owner(&state, visitor.as_ref(), wish.nickname.as_deref())?;
    let settings = settings(&state, &wish, &owner)?;
    check_film(&state, visitor.as_ref(), wish.video_id).await?;
    let who = if owner.kind == ParticipantKind::Account { owner.id.to_string() } else { address.bucket() };
    state.limit(Rule::Rooms, address, &who).await?;
    let password_hash = password_hash(&state, wish.password.as_deref()).await?;
    let room = store(&state, &owner, settings, password_hash, wish.video_id).await?;
    let (action, target) = (AuditAction::RoomCreated, Some(room.id.to_string()));
    state.audit(Deed { action, actor: Some(owner.id), address, target, success: true }).await;
    let location = format!("/api/v1/rooms/{}", room.code);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(grant(&state, &room, owner).await?)))
}

/// Whoever asks, or a guest made for him. A guest of another room is somebody new: a guest has one room (ACC-6).
fn owner(state: &ApiState, visitor: Option<&Caller>, nickname: Option<&str>) -> Result<Entrant, ApiError> {
    if let Some(Caller::Account(account)) = visitor {
        let name = account.username.clone();
        return Ok(Entrant { id: account.id, name, kind: ParticipantKind::Account });
    }
    let name = match (nickname, visitor) {
        (Some(nickname), _) => input::nickname(nickname)?,
        (None, Some(guest)) => guest.name().to_owned(),
        (None, None) => generate_nickname(),
    };
    Ok(Entrant { id: ParticipantId::new(new_id(state.now())), name, kind: ParticipantKind::Guest })
}

fn settings(state: &ApiState, wish: &RoomWish, owner: &Entrant) -> Result<RoomSettings, ApiError> {
    let name = match &wish.name {
        Some(name) => limits::clean_name(name, limits::ROOM_NAME_MAX_CHARS)
            .ok_or_else(|| ApiError::field("name", Code::RoomNameInvalid))?,
        None => format!("{}'s room", owner.name),
    };
    let cap = state.settings.rooms.max_participants;
    let max_participants = wish.max_participants.unwrap_or(limits::MAX_PARTICIPANTS.min(cap));
    if !(limits::MIN_PARTICIPANTS..=cap).contains(&max_participants) {
        return Err(ApiError::field("maxParticipants", Code::RoomSizeInvalid));
    }
    let privacy = wish.privacy.unwrap_or_default();
    check_privacy(privacy, owner)?;
    Ok(RoomSettings {
        name,
        max_participants,
        playback_control: wish.playback_control.unwrap_or_default(),
        privacy,
        chat: true,
        // Instant rooms and the presets for guests let guests write (CHAT-1).
        guest_chat: privacy.allows_guests(),
        auto_handover: true,
        owner_lock: true,
        waiting: WaitingPolicy::GoOn,
    })
}

/// There are no friends yet, and a guest could not enter a room that is for accounts.
fn check_privacy(privacy: Privacy, owner: &Entrant) -> Result<(), ApiError> {
    match privacy {
        Privacy::FriendsOnly => Err(ApiError::field("privacy", Code::PrivacyUnavailable)),
        Privacy::Private if owner.kind == ParticipantKind::Guest => Err(Code::RoomNeedsAccount.into()),
        Privacy::Public | Privacy::Private | Privacy::Anonymous => Ok(()),
    }
}

async fn check_film(state: &ApiState, visitor: Option<&Caller>, film: Option<VideoId>) -> Result<(), ApiError> {
    let Some(film) = film else { return Ok(()) };
    let video = state.store.rows.video(film).await?;
    let mine = video.is_some_and(|video| visitor.map(Caller::id) == Some(video.owner));
    if mine { Ok(()) } else { Err(ApiError::field("videoId", Code::VideoNotFound)) }
}

async fn password_hash(state: &ApiState, password: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(password) = password.filter(|password| !password.is_empty()) else { return Ok(None) };
    check_room_password(password).map_err(|code| ApiError::field("password", code))?;
    Ok(Some(state.passwords.hash(password).await))
}

async fn store(
    state: &ApiState,
    owner: &Entrant,
    settings: RoomSettings,
    password_hash: Option<String>,
    source_video: Option<VideoId>,
) -> Result<RoomRow, ApiError> {
    let mut room = NewRoom {
        id: RoomId::new(new_id(state.now())),
        code: random_code(),
        owner: owner.id,
        owner_name: owner.name.clone(),
        owner_kind: owner.kind,
        password_hash,
        settings,
        source_video,
        expires_at_ms: state.now_ms() + state.settings.rooms.lifetime_hours * 60 * 60 * 1_000,
    };
    for _ in 1..CODE_TRIES {
        match state.store.rows.create_room(&room, state.now_ms()).await {
            Err(StoreError::Taken(Unique::RoomCode)) => room.code = random_code(),
            made => {
                made?;
                break;
            }
        }
    }
    state.store.rows.room(room.id).await?.ok_or(ApiError::Refused(Code::Internal))
}

fn random_code() -> RoomCode {
    RoomCode::from_random(|| random_bytes::<1>()[0])
}
