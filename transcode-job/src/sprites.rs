//! Makes the pictures for the seek bar (TRN-8).

use syncwatch_media::ffmpeg::{RunLimits, SPRITE_FOLDER, SPRITE_INDEX, sprite_run, sprite_sheet};
use syncwatch_media::{Plan, Sprites};
use tokio::fs;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use crate::files::replace;
use crate::output::Output;
use crate::run::Nobody;
use crate::transcode::Transcode;
use crate::{Event, TranscodeError};

impl Transcode<'_> {
    /// A film without them is a film; only being stopped counts.
    pub(crate) async fn make_sprites(
        &self,
        plan: &Plan,
        output: &Output,
        stop: &CancellationToken,
    ) -> Result<(), TranscodeError> {
        if output.folder.join(SPRITE_INDEX).exists() {
            self.tell(Event::Thumbnails).await;
            return Ok(());
        }
        let folder = output.folder.join(SPRITE_FOLDER);
        let made = fs::create_dir_all(&folder).await;
        made.map_err(|error| TranscodeError::storage("cannot make a folder for pictures", &error))?;
        // One thread: whoever watches already and the encoder go first.
        let run = sprite_run(plan, self.ladder(), &self.source, RunLimits { threads: 1 });
        let ran = self.ffmpeg(plan, output, stop).run(&run, &mut Nobody).await;
        if let Err(error) = &ran
            && error.is_cancelled()
        {
            return ran;
        }
        let sprites = Sprites::of(plan);
        let mut complete = ran.is_ok();
        for number in 1..=sprites.sheets() {
            complete &= fs::try_exists(folder.join(sprite_sheet(number))).await.unwrap_or(false);
        }
        if !complete {
            warn!(
                "no pictures for the seek bar: {}",
                ran.err().map_or("a sheet is missing".to_owned(), |it| it.to_string())
            );
            let _ = fs::remove_dir_all(&folder).await;
            return Ok(());
        }
        let index = replace(&output.folder.join(SPRITE_INDEX), &sprites.to_web_vtt(sprite_sheet)).await;
        index.map_err(|error| TranscodeError::storage("cannot write the index of pictures", &error))?;
        self.tell(Event::Thumbnails).await;
        Ok(())
    }
}
