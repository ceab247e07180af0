//! Listens to the runs that write a rendition by themselves, and publishes what they make as soon as it can be played.

use std::path::Path;

use syncwatch_media::{Outlook, Plan, Progress};
use tokio::sync::watch;

use crate::growing::Growing;
use crate::publish::Publication;
use crate::run::{Listener, Sign};
use crate::transcode::Transcode;
use crate::{Event, TranscodeError};

/// Listens to the run that copies the picture.
pub(crate) struct Making<'a> {
    pub(crate) whole: &'a Transcode<'a>,
    pub(crate) plan: &'a Plan,
    pub(crate) part: Part,
    pub(crate) publication: Publication<'a>,
    pub(crate) growing: Growing,
    /// It is watched while it grows.
    pub(crate) watched: bool,
}

impl Making<'_> {
    async fn look(&mut self) -> Result<(), TranscodeError> {
        if self.growing.follow().await? {
            self.watched = true;
            let renditions = self.publication.write_master().await?;
            self.whole.tell(Event::Playable { renditions }).await;
        }
        Ok(())
    }
}

impl Listener for Making<'_> {
    async fn hear(&mut self, sign: Sign) -> Result<(), TranscodeError> {
        match sign {
            Sign::Look if self.watched => {}
            Sign::Look => self.look().await?,
            Sign::Progress(progress) => {
                self.whole.check_disk_of(self.publication.folder, 0)?;
                if self.watched {
                    self.growing.follow().await?;
                }
                self.whole.tell(Event::Progress(self.part.of_whole(self.plan, progress))).await;
            }
            Sign::Health(health) => self.whole.tell_health(health).await,
        }
        Ok(())
    }
}

/// Listens to the run that makes the sound alone.
pub(crate) struct Sounding<'a> {
    pub(crate) whole: &'a Transcode<'a>,
    pub(crate) folder: &'a Path,
    pub(crate) growing: Growing,
    /// It can be played from its start.
    pub(crate) there: &'a watch::Sender<bool>,
}

impl Listener for Sounding<'_> {
    async fn hear(&mut self, sign: Sign) -> Result<(), TranscodeError> {
        match sign {
            Sign::Look if *self.there.borrow() => {}
            Sign::Look => self.look().await?,
            Sign::Progress(_) => {
                self.whole.check_disk_of(self.folder, 0)?;
                self.look().await?;
            }
            Sign::Health(health) => self.whole.tell_health(health).await,
        }
        Ok(())
    }
}

impl Sounding<'_> {
    async fn look(&mut self) -> Result<(), TranscodeError> {
        let playable = self.growing.follow().await?;
        self.there.send_if_modified(|there| !std::mem::replace(there, playable || *there) && playable);
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
