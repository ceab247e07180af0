//! `POST /videos/{id}/subtitles` (SRC-6).

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use syncwatch_media::{Micros, SubtitleFormat};
use syncwatch_protocol::{Code, SubtitleNote, SubtitleTrack, limits};
use syncwatch_service::new_id;
use syncwatch_store::{ObjectKey, StoredSubtitle};

use super::{Language, SubtitleFile};
use crate::access::Caller;
use crate::error::ApiError;
use crate::problem::Problem;
use crate::routes::videos::own_video;
use crate::state::ApiState;

/// Tracks that may be added to one film. A menu of more is no help.
const TRACKS_MAX: usize = 20;

/// Characters of a track's name.
const LABEL_MAX_CHARS: usize = 60;

/// What is known of the file.
#[derive(Debug, Deserialize)]
pub(crate) struct About {
    language: Option<String>,
    label: Option<String>,
}

/// Add subtitles to a video, for everybody who watches it. The body is the file: SubRip, WebVTT or ASS, in any usual encoding.
#[utoipa::path(
    post,
    path = "/videos/{id}/subtitles",
    tag = "videos",
    operation_id = "addSubtitles",
    params(
        ("id" = String, Path, description = "The video"),
        ("language" = Option<String>, Query, description = "As BCP 47 writes it; also helps to guess the encoding"),
        ("label" = Option<String>, Query, description = "What a menu calls it, 1 to 60 visible characters"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, description = "The track", body = SubtitleTrack),
        (status = 404, description = "`video_not_found`", body = Problem),
        (status = 409, description = "`too_many_subtitles`", body = Problem),
        (status = 413, description = "`too_large`: more than 1 MiB", body = Problem),
        (status = 415, description = "`unsupported_format`", body = Problem),
        (status = 422, description = "`unreadable`", body = Problem),
    )
)]
pub(crate) async fn add(
    State(state): State<ApiState>,
    Path(id): Path<String>,
    Query(about): Query<About>,
    caller: Caller,
    file: SubtitleFile,
) -> Result<(StatusCode, Json<SubtitleTrack>), ApiError> {
    let video = own_video(&state, &caller, &id).await?;
    let language = Language::of(about.language.as_deref())?;
    let label = label(about.label.as_deref(), language.as_ref())?;
    let subtitles = file.read(language.clone()).await?;
    let note = (subtitles.format == SubtitleFormat::Ass).then_some(SubtitleNote::ConvertedFromAss);
    let subtitles = match video.duration_ms.and_then(|ms| i64::try_from(ms).ok()) {
        Some(length) => subtitles.within(Micros::from_ms(length)),
        None => subtitles,
    };
    if subtitles.cues.is_empty() {
        return Err(Code::Unreadable.into());
    }

    let track = new_id(state.now()).simple().to_string();
    let stored = StoredSubtitle {
        id: track.clone(),
        label,
        language: language.map(|language| language.0),
        forced: false,
        note,
        file: format!("subtitles/{track}.vtt"),
    };
    let key = ObjectKey::film_file(video.id, &stored.file).expect("a name made of letters and digits is plain");
    state.store.objects.put(&key, subtitles.to_web_vtt().as_bytes()).await?;
    // The row last: nobody is told of a file that is not there.
    let added = state.store.rows.change_added_subtitles(video.id, |added| {
        if added.len() >= TRACKS_MAX {
            return Err(Code::TooManySubtitles);
        }
        let taken = |label: &str| added.iter().chain(&video.subtitles).any(|other| other.label == label);
        let numbered = (2..).map(|number| format!("{} {number}", stored.label));
        let label = std::iter::once(stored.label.clone()).chain(numbered).find(|label| !taken(label));
        added.push(StoredSubtitle { label: label.expect("there are more numbers than tracks"), ..stored });
        Ok(())
    });
    if let Err(refusal) = added.await?.unwrap_or(Err(Code::VideoNotFound)) {
        state.store.objects.remove(&key).await?;
        return Err(refusal.into());
    }
    state.announce_change_of(video.id).await?;
    let video = own_video(&state, &caller, &id).await?;
    let shown = state.view(&video).subtitles.into_iter().find(|shown| shown.id == track);
    Ok((StatusCode::CREATED, Json(shown.ok_or(Code::VideoNotFound)?)))
}

fn label(given: Option<&str>, language: Option<&Language>) -> Result<String, ApiError> {
    match given.filter(|label| !label.trim().is_empty()) {
        Some(label) => limits::clean_name(label, LABEL_MAX_CHARS)
            .ok_or_else(|| ApiError::Invalid("a label has 1 to 60 visible characters".into())),
        None => Ok(language.map_or_else(|| "subtitles".to_owned(), |language| language.0.clone())),
    }
}
