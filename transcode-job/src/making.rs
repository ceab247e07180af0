//! Listens to one run of FFmpeg and publishes what it makes, as soon as it can be played.

use syncwatch_media::{Outlook, Plan, Progress};

use crate::growing::Growing;
use crate::publish::Publication;
use crate::run::{Listener, Sign};
use crate::transcode::Transcode;
use crate::{Event, TranscodeError};

/// Listens to a run and publishes what it makes.
pub(crate) struct Making<'a> {
    pub(crate) whole: &'a Transcode<'a>,
    pub(crate) plan: &'a Plan,
    pub(crate) part: Part,
    pub(crate) publication: Publication<'a>,
    pub(crate) growing: Growing,
    pub(crate) stage: Stage,
}

/// What players see of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing yet; it appears as soon as it can be played.
    Hidden,
    /// It is watched while it grows.
    Watched,
    /// It appears when it is complete: there is something to watch already.
    Later,
}

impl Making<'_> {
    async fn look(&mut self) -> Result<(), TranscodeError> {
        if self.growing.follow().await? {
            self.stage = Stage::Watched;
            let renditions = self.publication.write_master().await?;
            self.whole.tell(Event::Playable { renditions }).await;
        }
        Ok(())
    }
}

impl Listener for Making<'_> {
    async fn hear(&mut self, sign: Sign) -> Result<(), TranscodeError> {
        match (sign, self.stage) {
            (Sign::Look, Stage::Hidden) => self.look().await?,
            (Sign::Look, _) => {}
            (Sign::Progress(progress), stage) => {
                self.whole.check_disk(0)?;
                if stage == Stage::Watched {
                    self.growing.follow().await?;
                }
                self.whole.tell(Event::Progress(self.part.of_whole(self.plan, progress))).await;
            }
            (Sign::Health(health), _) => self.whole.tell_health(health).await,
        }
        Ok(())
    }
}

/// The part of the whole that a run does.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Part {
    fn of_whole(self, plan: &Plan, progress: Progress) -> Outlook {
        let outlook = progress.outlook(plan.film.duration);
        let fraction = self.from + (self.to - self.from) * outlook.fraction;
        // How long the next run will take is not known yet, so nothing is claimed.
        let eta = outlook.eta.filter(|_| self.to >= 1.0);
        Outlook { fraction, eta, ..outlook }
    }
}
