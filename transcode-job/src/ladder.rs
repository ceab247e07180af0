//! Directs the runs that make the encoded rungs: which is next, what is listed, and who is heard meanwhile.

use std::sync::Arc;

use syncwatch_media::ffmpeg::PLAYLIST;
use syncwatch_media::{Board, EncodedRung, MediaPlaylist, Outlook, Piece, Plan, Segments};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::files::replace;
use crate::output::Output;
use crate::piece::{Over, PieceEnd, PieceEvent, PieceWork};
use crate::publish::Publication;
use crate::transcode::{Transcode, cancelled};
use crate::{Event, TranscodeError};

/// Runs report twice a second each; a few more may wait for a slow disk before they do.
const EVENTS_WAITING: usize = 64;

/// The last segments are listed when they are there: a picture may be over before its film is.
const UNSURE: usize = 2;

/// Makes all encoded rungs of a film.
pub(crate) struct Ladder<'a> {
    pub(crate) whole: &'a Transcode<'a>,
    pub(crate) plan: Arc<Plan>,
    pub(crate) output: Output,
    pub(crate) segments: Segments,
    pub(crate) board: Board,
    /// The part of the whole work that is done before this one.
    pub(crate) from: f64,
    /// There is a copied rung, or the sound can be played from its start.
    pub(crate) sound: watch::Receiver<bool>,
    /// The segment that somebody wants to see.
    pub(crate) wishes: watch::Receiver<Option<usize>>,
    pub(crate) stop: &'a CancellationToken,
    pub(crate) playable: &'a watch::Sender<bool>,
    pub(crate) state: State,
}

/// What changes on the way.
pub(crate) struct State {
    runs: usize,
    running: Vec<(Piece, CancellationToken)>,
    shown: usize,
    fraction: f64,
    started: Option<(Instant, f64)>,
    listed: Vec<usize>,
}

impl State {
    pub(crate) fn new(rungs: usize) -> Self {
        Self { runs: 0, running: Vec::new(), shown: 0, fraction: 0.0, started: None, listed: vec![0; rungs] }
    }
}

impl Ladder<'_> {
    /// Works until every segment of every rung is there. The segments come back as they turned out.
    pub(crate) async fn run(mut self) -> Result<Segments, TranscodeError> {
        let (events, mut heard) = mpsc::channel(EVENTS_WAITING);
        let mut runs = JoinSet::new();
        let result = self.direct(&events, &mut heard, &mut runs).await;
        // Nobody writes into the folder after this.
        for (_, stop) in &self.state.running {
            stop.cancel();
        }
        loop {
            tokio::select! {
                biased;
                ended = runs.join_next() => if ended.is_none() { break },
                _ = heard.recv() => {}
            }
        }
        result?;
        Ok(self.segments)
    }

    async fn direct(
        &mut self,
        events: &mpsc::Sender<PieceEvent>,
        heard: &mut mpsc::Receiver<PieceEvent>,
        runs: &mut JoinSet<PieceEnd>,
    ) -> Result<(), TranscodeError> {
        self.take_stock().await?;
        self.list_all().await?;
        self.show().await?;
        loop {
            self.fill(events, runs);
            if runs.is_empty() {
                return Ok(());
            }
            tokio::select! {
                biased;
                () = self.stop.cancelled() => return Err(cancelled()),
                Ok(()) = self.wishes.changed() => self.wish(),
                Some(event) = heard.recv() => self.hear(event).await?,
                Some(ended) = runs.join_next() => {
                    while let Ok(event) = heard.try_recv() {
                        self.hear(event).await?;
                    }
                    let ended = ended.map_err(|error| TranscodeError::internal(format!("a piece was lost: {error}")))?;
                    self.ended(ended).await?;
                }
                Ok(()) = self.sound.changed() => self.show().await?,
            }
        }
    }

    /// What earlier tries have made.
    async fn take_stock(&mut self) -> Result<(), TranscodeError> {
        for (rung, name) in self.names() {
            let made = self.output.segments(&name).await;
            for segment in made.map_err(|error| TranscodeError::storage("cannot read a folder", &error))? {
                self.board.made(rung, segment);
            }
        }
        Ok(())
    }

    fn fill(&mut self, events: &mpsc::Sender<PieceEvent>, runs: &mut JoinSet<PieceEnd>) {
        while runs.len() < self.whole.settings.pieces_at_once()
            && let Some(piece) = self.board.next()
        {
            let cancel = self.stop.child_token();
            self.state.runs += 1;
            self.state.started.get_or_insert((Instant::now(), self.fraction()));
            self.board.begin(piece.clone());
            self.state.running.push((piece.clone(), cancel.clone()));
            runs.spawn(self.work(piece, cancel, events.clone()).run());
        }
    }

    fn work(&self, piece: Piece, cancel: CancellationToken, events: mpsc::Sender<PieceEvent>) -> PieceWork {
        PieceWork {
            tools: self.whole.tools.clone(),
            settings: self.whole.settings.clone(),
            source: self.whole.source.to_owned(),
            output: self.output.clone(),
            plan: self.plan.clone(),
            segments: self.segments.clone(),
            piece,
            number: self.state.runs,
            threads: self.whole.settings.threads_of_a_piece(),
            watch: self.whole.watchdog(&self.plan),
            cancel,
            events,
        }
    }

    fn wish(&mut self) {
        let Some(wish) = *self.wishes.borrow_and_update() else { return };
        for piece in self.board.wish(wish) {
            for (_, cancel) in self.state.running.iter().filter(|(running, _)| *running == piece) {
                cancel.cancel();
            }
        }
    }

    async fn hear(&mut self, event: PieceEvent) -> Result<(), TranscodeError> {
        match event {
            PieceEvent::Made { rung, segment } => {
                self.board.made(rung, segment);
                self.list(rung).await?;
                self.whole.tell(Event::Grown).await;
                self.show().await?;
                self.tell_progress().await;
            }
            PieceEvent::Moved => {
                self.whole.check_disk_of(&self.output.folder, 0)?;
                self.tell_progress().await;
            }
            PieceEvent::Health(health) => self.whole.tell_health(health).await,
        }
        Ok(())
    }

    async fn ended(&mut self, ended: PieceEnd) -> Result<(), TranscodeError> {
        let PieceEnd { piece, speed, result } = ended;
        let place = self.state.running.iter().position(|(running, _)| *running == piece);
        let cut_short = place.is_some_and(|place| self.state.running.swap_remove(place).1.is_cancelled());
        self.board.end(&piece);
        match result {
            Ok(over) => {
                if piece.rungs.len() == self.rungs().len() {
                    self.board.measured(speed);
                }
                if let Some(Over { segments, end }) = over {
                    self.segments.end_at(segments, end);
                    self.board.end_at(segments);
                    self.list_all().await?;
                }
                Ok(())
            }
            Err(error) if error.is_cancelled() && cut_short && !self.stop.is_cancelled() => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn list_all(&mut self) -> Result<(), TranscodeError> {
        for (rung, _) in self.names() {
            self.list(rung).await?;
        }
        Ok(())
    }

    /// Lists what is planned of a rung, except for the end, which is not sure yet.
    async fn list(&mut self, rung: usize) -> Result<(), TranscodeError> {
        let all = self.segments.count();
        let sure = all.saturating_sub(UNSURE).max(1);
        let listed = (sure..all).take_while(|segment| self.board.is_made(rung, *segment)).count() + sure;
        // What is listed stays listed, unless the film turned out to be shorter.
        let listed = listed.max(self.state.listed[rung]).min(all);
        if self.state.listed[rung] == listed {
            return Ok(());
        }
        self.state.listed[rung] = listed;
        let text = MediaPlaylist::planned(&self.segments, listed, false);
        let path = self.output.folder.join(&self.rungs()[rung].name).join(PLAYLIST);
        replace(&path, &text).await.map_err(|error| TranscodeError::storage("cannot publish a playlist", &error))
    }

    /// Tells what can be watched when that has changed.
    async fn show(&mut self) -> Result<(), TranscodeError> {
        let begun = (0..self.rungs().len()).filter(|rung| self.board.has_begun(*rung)).count();
        let nothing_new = begun == self.state.shown && (begun > 0 || self.plan.copied.is_none());
        if nothing_new || !*self.sound.borrow() {
            return Ok(());
        }
        self.state.shown = begun;
        let renditions =
            Publication::new(&self.output.folder, &self.plan, &self.whole.settings.ladder).write_master().await?;
        if begun > 0 {
            self.whole.tell(Event::Playable { renditions }).await;
            self.playable.send_replace(true);
        }
        Ok(())
    }

    /// How much of the work is done, by what a segment of each rung costs.
    fn fraction(&self) -> f64 {
        let cost = |rung: &EncodedRung| f64::from(rung.size.width * rung.size.height);
        self.board.fraction(&self.rungs().iter().map(cost).collect::<Vec<_>>())
    }

    async fn tell_progress(&mut self) {
        // A picture that ends early, and a run that was cut short, take nothing back.
        self.state.fraction = self.state.fraction.max(self.fraction());
        let fraction = self.state.fraction;
        let rate = self.state.started.and_then(|(since, before)| {
            let (done, took) = (fraction - before, since.elapsed());
            (done > 0.0 && !took.is_zero()).then(|| done / took.as_secs_f64())
        });
        let eta = rate.and_then(|rate| std::time::Duration::try_from_secs_f64((1.0 - fraction) / rate).ok());
        let speed = rate.map(|rate| rate * self.plan.film.duration.seconds());
        let fraction = self.from + (1.0 - self.from) * fraction;
        self.whole.tell(Event::Progress(Outlook { fraction, speed, eta })).await;
    }

    fn rungs(&self) -> &[EncodedRung] {
        self.plan.encoded.as_ref().map_or(&[], |ladder| &ladder.rungs)
    }

    fn names(&self) -> Vec<(usize, String)> {
        self.rungs().iter().map(|rung| rung.name.clone()).enumerate().collect()
    }
}
