//! Takes the subtitles out of a film and gives them to players as clean WebVTT (SRC-6).

use std::path::Path;

use syncwatch_media::ffmpeg::{PLAYLIST, RunLimits, SUBTITLES, extracted, subtitle_run};
use syncwatch_media::{Micros, Plan, SubtitlePlan, Subtitles};
use tokio::fs;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::files::replace;
use crate::output::Output;
use crate::publish::Publication;
use crate::run::Nobody;
use crate::transcode::Transcode;
use crate::{Event, TranscodeError};

/// What FFmpeg wrote of one track, at most. The text of a long film has a tenth of a megabyte; karaoke has several.
const EXTRACTED_MAX_BYTES: u64 = 32 * 1024 * 1024;

impl Transcode<'_> {
    /// A film without its subtitles is a film; only being stopped counts.
    pub(crate) async fn make_subtitles(
        &self,
        plan: &Plan,
        output: &Output,
        stop: &CancellationToken,
    ) -> Result<(), TranscodeError> {
        let limits = RunLimits { threads: 1 };
        let Some(run) = subtitle_run(plan, self.ladder(), &self.source, limits) else { return Ok(()) };
        if plan.subtitles.iter().all(|track| output.folder.join(&track.folder).join(PLAYLIST).exists()) {
            self.tell(Event::Subtitles(plan.subtitles.clone())).await;
            return Ok(());
        }
        for folder in &run.folders {
            let made = fs::create_dir_all(output.folder.join(folder)).await;
            made.map_err(|error| TranscodeError::storage("cannot make a folder for subtitles", &error))?;
        }
        match self.ffmpeg(plan, output, stop).run(&run, &mut Nobody).await {
            Err(error) if error.is_cancelled() => return Err(error),
            // What was written until then is still worth reading.
            Err(error) => warn!("subtitles could not be taken out whole: {error}"),
            Ok(()) => {}
        }
        let mut tracks = Vec::new();
        for track in &plan.subtitles {
            match publish(&output.folder, plan, track).await {
                Ok(true) => tracks.push(track.clone()),
                Ok(false) => info!("subtitles of stream {} have no text", track.index),
                Err(error) => warn!("subtitles of stream {} could not be published: {error}", track.index),
            }
        }
        if !tracks.is_empty() {
            Publication::new(&output.folder, plan, self.ladder()).write_master().await?;
            self.tell(Event::Subtitles(tracks)).await;
        }
        Ok(())
    }
}

/// False when there is nothing in them to be shown.
async fn publish(output: &Path, plan: &Plan, track: &SubtitlePlan) -> std::io::Result<bool> {
    let written = output.join(extracted(track));
    let folder = output.join(&track.folder);
    let subtitles = match fs::metadata(&written).await {
        Ok(facts) if facts.len() <= EXTRACTED_MAX_BYTES => Some(fs::read(&written).await?),
        _ => None,
    };
    let subtitles = subtitles.and_then(|bytes| Subtitles::read(&bytes, track.language.as_deref()).ok());
    let subtitles = subtitles.map(|all| all.within(plan.film.duration)).filter(|all| !all.cues.is_empty());
    let Some(subtitles) = subtitles else {
        fs::remove_dir_all(&folder).await?;
        return Ok(false);
    };
    replace(&folder.join(SUBTITLES), &subtitles.to_web_vtt()).await?;
    replace(&folder.join(PLAYLIST), &playlist(plan.film.duration)).await?;
    fs::remove_file(&written).await?;
    Ok(true)
}

/// One segment with all of it: a film's text is smaller than a second of its picture.
fn playlist(film: Micros) -> String {
    let longest = film.seconds().ceil() as u64;
    format!(
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{longest}\n#EXT-X-MEDIA-SEQUENCE:0\n\
         #EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:{film},\n{SUBTITLES}\n#EXT-X-ENDLIST\n"
    )
}
