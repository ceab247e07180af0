//! Makes films and keeps them under `target/fixtures`, by what they are made of: a changed row gets a new file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};

use super::recipe::SIDE_FILES;
use super::{OddFilm, Recipe};

/// Encoders use the machine's cores by themselves; two films at once keep them busy while a file is opened or closed.
const AT_ONCE: usize = 2;

impl OddFilm {
    /// The film's file; made when it is not there yet.
    ///
    /// # Errors
    /// FFmpeg is missing or does not know what the recipe asks for.
    pub fn file(&self) -> Result<PathBuf> {
        let folder = fixtures().join(self.recipe.key());
        let path = folder.join(self.name);
        if path.exists() {
            return Ok(path);
        }
        std::fs::create_dir_all(&folder)?;
        // Several programs may want the same film: each makes its own, the last one renames it into place.
        let aside = tempfile::tempdir_in(fixtures())?;
        let made =
            self.recipe.make(aside.path(), self.ending()).with_context(|| format!("cannot make {}", self.name))?;
        std::fs::rename(made, &path)?;
        Ok(path)
    }

    fn ending(&self) -> &str {
        Path::new(self.name).extension().and_then(OsStr::to_str).unwrap_or("mp4")
    }
}

/// Makes all films that are not there yet, two at a time, and returns their files in the same order.
///
/// # Errors
/// The first film that cannot be made.
pub fn make_all(films: &[OddFilm]) -> Result<Vec<PathBuf>> {
    let next = Mutex::new(films.iter());
    let work = || -> Result<()> {
        loop {
            let film = next.lock().ok().and_then(|mut rest| rest.next());
            let Some(film) = film else { return Ok(()) };
            film.file()?;
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    films.iter().map(OddFilm::file).collect()
}

impl Recipe {
    fn make(&self, folder: &Path, ending: &str) -> Result<PathBuf> {
        let made = folder.join(format!("made.{ending}"));
        if let Some(bytes) = self.bytes {
            std::fs::write(&made, bytes)?;
            return Ok(made);
        }
        for (name, text) in SIDE_FILES {
            std::fs::write(folder.join(name), text)?;
        }
        let encoded = format!("encoded.{ending}");
        ffmpeg(folder, self.encoding(&encoded))?;
        match self.rewritten {
            Some((before, after)) => {
                let words = words(before).chain(words(&format!("-i {encoded}"))).chain(words(after)).collect();
                ffmpeg(folder, [words, vec![format!("made.{ending}")]].concat())?;
            }
            None => std::fs::rename(folder.join(encoded), &made)?,
        }
        if let Some(thousandths) = self.kept {
            let file = std::fs::File::options().write(true).open(&made)?;
            file.set_len(file.metadata()?.len() * u64::from(thousandths) / 1_000)?;
        }
        Ok(made)
    }

    fn encoding(&self, to: &str) -> Vec<String> {
        let lavfi = |graph: String| ["-f".to_owned(), "lavfi".to_owned(), "-i".to_owned(), graph];
        let mut arguments: Vec<String> = lavfi(self.picture()).into();
        arguments.extend(self.sounds.iter().flat_map(|sound| lavfi(self.beeps(*sound))));
        arguments.extend(words(self.inputs).chain(self.options.iter().flat_map(|options| words(options))));
        arguments.push(to.to_owned());
        arguments
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_whitespace().map(str::to_owned)
}

fn ffmpeg(folder: &Path, arguments: Vec<String>) -> Result<()> {
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-v", "error", "-y"]).args(&arguments).current_dir(folder);
    let output = ffmpeg.stdin(Stdio::null()).output().context("ffmpeg does not start")?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "ffmpeg {}: {}", arguments.join(" "), words.trim());
    Ok(())
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fixtures")
}
