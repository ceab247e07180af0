//! The programs that a transcode needs, and whether they are there.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

/// Where the programs are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tools {
    /// FFmpeg; a bare name is looked up in `PATH`.
    pub ffmpeg: PathBuf,
    /// `syncwatch-probe`.
    pub probe: PathBuf,
}

/// What this FFmpeg can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Bring bright pictures into the range of ordinary screens.
    pub tone_map: bool,
}

/// A program is missing or does not start. The text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ToolsError {
    /// FFmpeg.
    #[error("FFmpeg is missing ({0}): install it, on Debian and Ubuntu with `apt install ffmpeg`")]
    Ffmpeg(String),
    /// FFmpeg lacks what no film can do without.
    #[error("this FFmpeg has no {0} encoder: install a complete one, on Debian and Ubuntu with `apt install ffmpeg`")]
    Encoder(&'static str),
    /// The probe.
    #[error(
        "syncwatch-probe does not start ({0}): it must be beside the program and needs FFmpeg's libraries, on Debian and Ubuntu `apt install ffmpeg`"
    )]
    Probe(String),
}

impl Tools {
    /// FFmpeg from `PATH`, and the probe beside the program that runs now.
    pub fn beside(program: &Path) -> Self {
        Self { ffmpeg: PathBuf::from("ffmpeg"), probe: program.with_file_name("syncwatch-probe") }
    }

    /// Looks whether all is there.
    ///
    /// # Errors
    /// What is missing and how to install it.
    pub async fn check(&self) -> Result<Capabilities, ToolsError> {
        let encoders = self.list("-encoders").await?;
        if !encoders.contains(" libx264 ") {
            return Err(ToolsError::Encoder("libx264"));
        }
        let filters = self.list("-filters").await?;
        self.check_probe().await?;
        Ok(Capabilities { tone_map: filters.contains(" zscale ") && filters.contains(" tonemap ") })
    }

    async fn list(&self, what: &str) -> Result<String, ToolsError> {
        let output =
            Command::new(&self.ffmpeg).args(["-hide_banner", "-v", "error", what]).stdin(Stdio::null()).output();
        let output = output.await.map_err(|error| ToolsError::Ffmpeg(error.to_string()))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(ToolsError::Ffmpeg(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
        }
    }

    /// Called without a file it explains itself and exits with 2; whatever else happens, it did not start.
    async fn check_probe(&self) -> Result<(), ToolsError> {
        let output = Command::new(&self.probe).stdin(Stdio::null()).output();
        let output = output.await.map_err(|error| ToolsError::Probe(error.to_string()))?;
        match output.status.code() {
            Some(2) => Ok(()),
            _ => Err(ToolsError::Probe(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
        }
    }
}
