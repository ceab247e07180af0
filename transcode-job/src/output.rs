//! The folder of a film's output, which outlives the tries that fill it: what is in it already, and whether it goes on.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use syncwatch_media::ffmpeg::{AUDIO_FOLDERS, INIT, PLAYLIST, SOURCE_FOLDER, WORKING_PLAYLIST};
use syncwatch_media::{LadderSettings, MediaPlaylist, Plan, segment_file, segment_number};
use tokio::fs;

use crate::TranscodeError;
use crate::files::{gone_is_fine, is_whole, read_if_there, replace, replace_bytes};

/// What is not served lies here: files that begin with a dot are not.
pub(crate) const WORK: &str = ".work";
/// What the output was made by.
const PLAN: &str = ".work/plan.json";

/// Grows when outputs are made in another way, so that nothing is joined that does not fit.
const MADE_BY: u32 = 1;

/// What decides how an output looks. Two outputs of the same recipe may be mixed.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Recipe {
    made_by: u32,
    plan: Plan,
    ladder: LadderSettings,
}

impl Recipe {
    fn new(plan: &Plan, ladder: &LadderSettings) -> Self {
        Self { made_by: MADE_BY, plan: plan.clone(), ladder: ladder.clone() }
    }
}

/// Whether a folder holds an unfinished output of that very plan.
pub(crate) async fn goes_on(folder: &Path, plan: &Plan, ladder: &LadderSettings) -> bool {
    let saved = read_if_there(&folder.join(PLAN)).await.ok().flatten();
    let saved: Option<Recipe> = saved.and_then(|text| serde_json::from_str(&text).ok());
    saved.is_some_and(|saved| saved == Recipe::new(plan, ladder))
}

/// An output folder of one recipe.
#[derive(Debug, Clone)]
pub(crate) struct Output {
    pub(crate) folder: PathBuf,
}

impl Output {
    /// Takes a folder up where the last try left it, or begins it. What was written aside is removed.
    pub(crate) async fn open(folder: &Path, plan: &Plan, ladder: &LadderSettings) -> Result<Self, TranscodeError> {
        let output = Self { folder: folder.to_owned() };
        let goes_on = goes_on(folder, plan, ladder).await;
        output
            .prepare(plan, ladder, goes_on)
            .await
            .map_err(|error| TranscodeError::storage("cannot make a folder", &error))?;
        Ok(output)
    }

    async fn prepare(&self, plan: &Plan, ladder: &LadderSettings, goes_on: bool) -> io::Result<()> {
        let work = self.folder.join(WORK);
        if goes_on {
            return self.tidy(&work).await;
        }
        gone_is_fine(fs::remove_dir_all(&self.folder).await)?;
        fs::create_dir_all(&work).await?;
        let recipe = serde_json::to_string(&Recipe::new(plan, ladder)).map_err(io::Error::other)?;
        replace(&self.folder.join(PLAN), &recipe).await
    }

    /// Removes what runs left, and never the recipe: without it all would be made again.
    async fn tidy(&self, work: &Path) -> io::Result<()> {
        let mut entries = fs::read_dir(work).await?;
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            if entry.file_type().await?.is_dir() {
                gone_is_fine(fs::remove_dir_all(&path).await)?;
            } else if path != self.folder.join(PLAN) {
                gone_is_fine(fs::remove_file(&path).await)?;
            }
        }
        Ok(())
    }

    /// Whether the copied picture and its sound are complete.
    pub(crate) async fn has_copy(&self, plan: &Plan) -> bool {
        self.has_sound(plan).await && self.is_complete(SOURCE_FOLDER).await
    }

    /// Whether all tracks of sound are complete.
    pub(crate) async fn has_sound(&self, plan: &Plan) -> bool {
        for track in &plan.audio {
            if !self.is_complete(&track.folder).await {
                return false;
            }
        }
        true
    }

    /// The same, of an output whose plan nobody knows: what sound is there was planned.
    pub(crate) async fn has_complete_copy(&self) -> io::Result<bool> {
        if !self.is_complete(SOURCE_FOLDER).await {
            return Ok(false);
        }
        let mut entries = fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let Some(track) = name.to_str().filter(|name| name.starts_with(AUDIO_FOLDERS)) else { continue };
            if !self.is_complete(track).await {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a rendition that FFmpeg writes by itself is complete.
    pub(crate) async fn is_complete(&self, rendition: &str) -> bool {
        let folder = self.folder.join(rendition);
        let text = read_if_there(&folder.join(PLAYLIST)).await.ok().flatten();
        let complete = text.and_then(|text| MediaPlaylist::parse(&text).ok()).is_some_and(|list| list.is_complete());
        complete && !folder.join(WORKING_PLAYLIST).exists()
    }

    /// The numbers of the segments of a rung that are there. One that is not whole, as after a power failure, is removed.
    pub(crate) async fn segments(&self, rung: &str) -> io::Result<Vec<usize>> {
        let folder = self.folder.join(rung);
        fs::create_dir_all(&folder).await?;
        let mut numbers = Vec::new();
        if !folder.join(INIT).exists() {
            return Ok(numbers);
        }
        let mut entries = fs::read_dir(&folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            let Some(number) = entry.file_name().to_str().and_then(segment_number) else { continue };
            if is_whole(&entry.path()).await? {
                numbers.push(number);
            } else {
                fs::remove_file(entry.path()).await?;
            }
        }
        Ok(numbers)
    }

    /// Puts a finished segment where players find it: all of it, or nothing.
    pub(crate) async fn put_segment(&self, rung: &str, number: usize, bytes: &[u8]) -> io::Result<()> {
        let aside = self.folder.join(WORK).join(format!("{rung}-{}", segment_file(number)));
        replace_bytes(&aside, &self.folder.join(rung).join(segment_file(number)), bytes).await
    }

    /// Puts what players need before a rung's first segment there. False when another one is there already.
    pub(crate) async fn put_init(&self, rung: &str, bytes: &[u8]) -> io::Result<bool> {
        let path = self.folder.join(rung).join(INIT);
        match fs::read(&path).await {
            Ok(there) => Ok(there == bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let aside = self.folder.join(WORK).join(format!("{rung}-{INIT}"));
                replace_bytes(&aside, &path, bytes).await?;
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }

    /// Nothing of it can be gone on with: the next try begins another output.
    pub(crate) async fn forget(&self) -> io::Result<()> {
        gone_is_fine(fs::remove_file(self.folder.join(PLAN)).await)
    }

    /// Everything is made: what was only needed on the way goes.
    pub(crate) async fn close(&self) -> io::Result<()> {
        gone_is_fine(fs::remove_dir_all(self.folder.join(WORK)).await)
    }
}
