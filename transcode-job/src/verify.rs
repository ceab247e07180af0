//! Where the copied rung is cut, and whether the encoded rungs are whole when all of them are there.

use std::path::Path;

use syncwatch_media::ffmpeg::{INIT, PLAYLIST, SOURCE_FOLDER, check_run};
use syncwatch_media::{
    FailureReason, MediaPlaylist, Micros, Part, PartReader, Plan, Segments, Ticks, first_shown, segment_file,
};
use tokio::fs;

use crate::files::{read_head, replace};
use crate::output::{Output, WORK};
use crate::run::Nobody;
use crate::transcode::Transcode;
use crate::{Event, TranscodeError};

/// When the first picture of each segment of the copied rung is shown.
pub(crate) async fn copied_cuts(output: &Output) -> Result<Vec<Ticks>, TranscodeError> {
    let folder = output.folder.join(SOURCE_FOLDER);
    let storage = |error: std::io::Error| TranscodeError::storage("cannot read the copied rung", &error);
    let text = fs::read_to_string(folder.join(PLAYLIST)).await.map_err(storage)?;
    let playlist = MediaPlaylist::parse(&text).map_err(|error| TranscodeError::internal(error.to_string()))?;
    let init = fs::read(folder.join(INIT)).await.map_err(storage)?;
    let mut cuts: Vec<Ticks> = Vec::new();
    for segment in playlist.segments() {
        let head = read_head(&folder.join(&segment.file)).await.map_err(storage)?;
        let shown = first_shown(&init, &head);
        let shown = shown.ok_or_else(|| TranscodeError::internal(format!("source/{} has no times", segment.file)))?;
        if cuts.last().is_some_and(|last| *last >= shown) {
            return Err(TranscodeError::internal(format!("source/{} begins before the one before it", segment.file)));
        }
        // The film begins with its first picture, whatever a rounded edit list says.
        cuts.push(if cuts.is_empty() { 0 } else { shown });
    }
    Ok(cuts)
}

/// Everything is made: looks whether it is what was promised, and closes the playlists.
pub(crate) async fn close_rungs(
    whole: &Transcode<'_>,
    plan: &Plan,
    output: &Output,
    mut segments: Segments,
) -> Result<(), TranscodeError> {
    let rungs = plan.encoded.iter().flat_map(|ladder| &ladder.rungs);
    let mut ends = Vec::new();
    for rung in rungs.clone() {
        ends.push(end_of(&output.folder.join(&rung.name), segments.count()).await?);
    }
    let end = ends.iter().copied().max().unwrap_or(0);
    if ends.iter().any(|other| end.abs_diff(*other) > segments.half_frame() * 2) {
        return Err(wrong(format!("the rungs end at {ends:?} ticks")));
    }
    segments.end_at(segments.count(), end);
    check_length(plan, end)?;
    for rung in rungs.clone() {
        decode_some(whole, plan, output, &rung.name, segments.count()).await?;
    }
    for rung in rungs {
        let text = MediaPlaylist::planned(&segments, segments.count(), true);
        let written = replace(&output.folder.join(&rung.name).join(PLAYLIST), &text).await;
        written.map_err(|error| TranscodeError::storage("cannot publish a playlist", &error))?;
    }
    whole.tell(Event::Grown).await;
    Ok(())
}

/// FFmpeg ends well even when the film's second half could not be read. Sound may end later than the picture.
fn check_length(plan: &Plan, end: Ticks) -> Result<(), TranscodeError> {
    let (film, shown) = (plan.film.picture.seconds(), end as f64 / 90_000.0);
    if shown + (film * 0.02).max(2.0) < film {
        return Err(wrong(format!(
            "only {} of {} seconds can be shown",
            Micros::from_seconds(shown),
            plan.film.picture
        )));
    }
    Ok(())
}

/// Decodes the first, the middle and the last segment of a rung: what a decoder refuses here it would refuse in a browser.
async fn decode_some(
    whole: &Transcode<'_>,
    plan: &Plan,
    output: &Output,
    rung: &str,
    count: usize,
) -> Result<(), TranscodeError> {
    let storage = |error: std::io::Error| TranscodeError::storage("cannot look at a rung", &error);
    let folder = output.folder.join(rung);
    let mut film = fs::read(folder.join(INIT)).await.map_err(storage)?;
    let mut chosen = vec![0, count / 2, count.saturating_sub(1)];
    chosen.dedup();
    for number in chosen {
        film.extend(fs::read(folder.join(segment_file(number))).await.map_err(storage)?);
    }
    let file = format!("{WORK}/{rung}-check.mp4");
    fs::write(output.folder.join(&file), film).await.map_err(storage)?;
    let decoded = whole.ffmpeg(plan, output, whole.cancel).run(&check_run(&file), &mut Nobody).await;
    fs::remove_file(output.folder.join(&file)).await.map_err(storage)?;
    decoded.map_err(|error| match error {
        TranscodeError::Failed { reason: FailureReason::FormatError | FailureReason::Internal, detail } => {
            TranscodeError::internal(format!("{rung} cannot be decoded: {detail}"))
        }
        other => other,
    })
}

/// When the last segment of a rung ends, all of them being there.
async fn end_of(folder: &Path, count: usize) -> Result<Ticks, TranscodeError> {
    let Some(last) = count.checked_sub(1) else { return Ok(0) };
    Ok(parts_of(&folder.join(segment_file(last))).await?.last().map_or(0, Part::end))
}

async fn parts_of(segment: &Path) -> Result<Vec<Part>, TranscodeError> {
    let bytes = fs::read(segment).await.map_err(|error| TranscodeError::storage("cannot read a segment", &error))?;
    let mut reader = PartReader::default();
    reader.feed(&bytes);
    let mut parts = Vec::new();
    while let Some(part) = reader.next_part().map_err(|error| wrong(error.to_string()))? {
        parts.push(part);
    }
    Ok(parts)
}

fn wrong(detail: String) -> TranscodeError {
    TranscodeError::failed(FailureReason::FormatError, detail)
}
