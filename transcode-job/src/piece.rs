//! One run of FFmpeg for a piece of the encoded rungs: its parts are joined to segments while it writes.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use syncwatch_media::ffmpeg::{RunLimits, part_file, piece_run};
use syncwatch_media::{
    Ending, FailureReason, Health, Joiner, MadeSegment, PartReader, Piece, Plan, SeamError, Segments, Ticks,
    WatchdogLimits,
};
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::sync::mpsc::Sender;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::output::{Output, WORK};
use crate::run::{Ffmpeg, Listener, Sign};
use crate::{Tools, TranscodeError, TranscodeSettings};

/// What a run tells while it works.
pub(crate) enum PieceEvent {
    /// A segment of a rung is there.
    Made { rung: usize, segment: usize },
    /// FFmpeg works; the place is counted from the piece's start.
    Moved,
    /// The watchdog said something.
    Health(Health),
}

/// How a run ended.
pub(crate) struct PieceEnd {
    pub(crate) piece: Piece,
    /// Film seconds per second.
    pub(crate) speed: f64,
    pub(crate) result: Result<Option<Over>, TranscodeError>,
}

/// The picture turned out to be over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Over {
    pub(crate) segments: usize,
    pub(crate) end: Ticks,
}

/// All that a run needs, so that it can go its own way.
pub(crate) struct PieceWork {
    pub(crate) tools: Tools,
    pub(crate) settings: TranscodeSettings,
    pub(crate) source: PathBuf,
    pub(crate) output: Output,
    pub(crate) plan: Arc<Plan>,
    pub(crate) segments: Segments,
    pub(crate) piece: Piece,
    /// Names its folder among those of other runs.
    pub(crate) number: usize,
    pub(crate) threads: usize,
    pub(crate) watch: WatchdogLimits,
    pub(crate) cancel: CancellationToken,
    pub(crate) events: Sender<PieceEvent>,
}

impl PieceWork {
    /// Makes the piece.
    pub(crate) async fn run(self) -> PieceEnd {
        let started = Instant::now();
        let folder = format!("{WORK}/{}", self.number);
        let result = self.make(&folder).await;
        // What is left of it is of no use to anybody, and the next try empties the folder anyway.
        let _ = fs::remove_dir_all(self.output.folder.join(&folder)).await;
        let range = &self.piece.segments;
        let length = (self.segments.start(range.end) - self.segments.start(range.start)) as f64 / 90_000.0;
        PieceEnd { speed: length / started.elapsed().as_secs_f64().max(0.001), piece: self.piece, result }
    }

    async fn make(&self, folder: &str) -> Result<Option<Over>, TranscodeError> {
        fs::create_dir_all(self.output.folder.join(folder)).await.map_err(|error| storage(&error))?;
        let limits = RunLimits { threads: self.threads };
        let cut = (&self.segments, &self.piece);
        let run = piece_run(&self.plan, &self.settings.ladder, &self.source, limits, cut, folder);
        let run = run.ok_or_else(|| internal("there is nothing to encode"))?;
        let mut joining = Joining { work: self, rungs: self.rungs(folder) };
        let ffmpeg = Ffmpeg {
            tools: &self.tools,
            settings: &self.settings,
            folder: &self.output.folder,
            watch: self.watch,
            cancel: &self.cancel,
        };
        ffmpeg.run(&run, &mut joining).await?;
        joining.finish().await
    }

    fn rungs(&self, folder: &str) -> Vec<RungFile> {
        let ladder = self.plan.encoded.iter().flat_map(|ladder| &ladder.rungs);
        let wanted = ladder.enumerate().filter(|(rung, _)| self.piece.rungs.contains(rung));
        wanted
            .map(|(rung, plan)| RungFile {
                rung,
                name: plan.name.clone(),
                path: self.output.folder.join(part_file(folder, plan)),
                read: 0,
                reader: PartReader::default(),
                has_init: false,
                joiner: Joiner::new(self.segments.clone(), self.piece.segments.clone()),
            })
            .collect()
    }
}

/// Follows the files that a run writes.
struct Joining<'a> {
    work: &'a PieceWork,
    rungs: Vec<RungFile>,
}

/// One of them.
struct RungFile {
    rung: usize,
    name: String,
    path: PathBuf,
    read: u64,
    reader: PartReader,
    has_init: bool,
    joiner: Joiner,
}

impl Listener for Joining<'_> {
    async fn hear(&mut self, sign: Sign) -> Result<(), TranscodeError> {
        match sign {
            Sign::Look => self.look().await?,
            Sign::Progress(_) => self.work.tell(PieceEvent::Moved).await,
            Sign::Health(health) => self.work.tell(PieceEvent::Health(health)).await,
        }
        Ok(())
    }
}

impl Joining<'_> {
    async fn look(&mut self) -> Result<(), TranscodeError> {
        for file in &mut self.rungs {
            for made in file.follow(&self.work.output).await? {
                file.put(&self.work.output, &made).await?;
                self.work.tell(PieceEvent::Made { rung: file.rung, segment: made.number }).await;
            }
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<Option<Over>, TranscodeError> {
        self.look().await?;
        let mut over = None;
        for file in self.rungs {
            let (rung, name) = (file.rung, file.name.clone());
            let joiner = file.joiner.clone();
            let Ending { last, over: ended } = joiner.finish().map_err(|error| seam(&name, &error))?;
            if let Some(made) = last {
                file.put(&self.work.output, &made).await?;
                self.work.tell(PieceEvent::Made { rung, segment: made.number }).await;
            }
            over = over.or(ended.map(|(segments, end)| Over { segments, end }));
        }
        Ok(over)
    }
}

impl RungFile {
    /// The segments that are whole since the last look.
    async fn follow(&mut self, output: &Output) -> Result<Vec<MadeSegment>, TranscodeError> {
        let mut made = Vec::new();
        if !self.read_on().await.map_err(|error| storage(&error))? {
            return Ok(made);
        }
        while let Some(part) = self.reader.next_part().map_err(|error| seam(&self.name, &error.into()))? {
            if !self.has_init {
                self.put_init(output).await?;
            }
            made.extend(self.joiner.add(part).map_err(|error| seam(&self.name, &error))?);
        }
        Ok(made)
    }

    /// Reads what was added to the file; false when nothing was.
    async fn read_on(&mut self) -> io::Result<bool> {
        let mut file = match fs::File::open(&self.path).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            file => file?,
        };
        if file.metadata().await?.len() <= self.read {
            return Ok(false);
        }
        file.seek(io::SeekFrom::Start(self.read)).await?;
        let mut added = Vec::new();
        file.read_to_end(&mut added).await?;
        self.read += added.len() as u64;
        self.reader.feed(&added);
        Ok(true)
    }

    /// All pieces of a rung must need the same before their first segment: players fetch it once. Another FFmpeg than the one
    /// before a restart may write another one; then the next try begins anew.
    async fn put_init(&mut self, output: &Output) -> Result<(), TranscodeError> {
        let init = self.reader.init().ok_or_else(|| internal("a part came before what players need first"))?;
        if !output.put_init(&self.name, init).await.map_err(|error| storage(&error))? {
            output.forget().await.map_err(|error| storage(&error))?;
            return Err(internal(&format!("{} came out otherwise than its other pieces", self.name)));
        }
        self.has_init = true;
        Ok(())
    }

    async fn put(&self, output: &Output, made: &MadeSegment) -> Result<(), TranscodeError> {
        output.put_segment(&self.name, made.number, &made.bytes).await.map_err(|error| storage(&error))
    }
}

impl PieceWork {
    /// Whoever directs the runs is there until all have ended.
    async fn tell(&self, event: PieceEvent) {
        let _ = self.events.send(event).await;
    }
}

fn storage(error: &io::Error) -> TranscodeError {
    TranscodeError::storage("cannot put a segment in its place", error)
}

fn seam(rung: &str, error: &SeamError) -> TranscodeError {
    internal(&format!("{rung}: {error}"))
}

fn internal(what: &str) -> TranscodeError {
    TranscodeError::failed(FailureReason::Internal, what)
}
