//! The films. Each picture carries its number as ten black or white stripes, and each second begins with a beep, so that a
//! test can tell which moment of the film it sees and hears.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Stripes of a picture, the lowest bit first.
pub(crate) const STRIPES: u32 = 10;

/// A film to be made.
#[derive(Debug, Clone)]
pub(crate) struct Film {
    /// Unique: it is the file's name.
    pub(crate) name: &'static str,
    pub(crate) size: (u32, u32),
    pub(crate) rate: &'static str,
    pub(crate) seconds: u32,
    pub(crate) sound: bool,
    /// FFmpeg's output options.
    pub(crate) options: &'static str,
}

/// Compatible with everything: it is copied.
pub(crate) const STANDARD: Film = Film {
    name: "standard.mp4",
    size: (640, 360),
    rate: "24",
    seconds: 14,
    sound: true,
    options: "-c:v libx264 -preset ultrafast -bf 2 -g 48 -pix_fmt yuv420p -c:a aac -b:a 96k -ac 2",
};

impl Film {
    /// The film's file; made when it is not there yet.
    pub(crate) fn file(&self) -> PathBuf {
        let path = folder().join(self.name);
        if path.exists() {
            return path;
        }
        // Tests run side by side and may want the same film: each makes its own, the last one renames it into place.
        let aside = aside();
        let own = aside.path().join(self.name);
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.args(["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", &self.picture()]);
        if self.sound {
            ffmpeg.args(["-f", "lavfi", "-i", &self.beeps()]);
        }
        let status = ffmpeg.args(self.options.split_whitespace()).arg(&own).status().expect("ffmpeg is installed");
        assert!(status.success(), "cannot make {}", self.name);
        std::fs::rename(own, &path).unwrap();
        path
    }

    fn picture(&self) -> String {
        let (width, height) = self.size;
        let stripe = |bit: u32| {
            let (x, w) = (width * bit / STRIPES, width.div_ceil(STRIPES));
            format!(",drawbox=x={x}:y=0:w={w}:h={height}:color=white:t=fill:enable='mod(floor(n/{}),2)'", 1 << bit)
        };
        let stripes: String = (0..STRIPES).map(stripe).collect();
        format!("color=black:s={width}x{height}:r={}:d={}{stripes}", self.rate, self.seconds)
    }

    fn beeps(&self) -> String {
        format!("aevalsrc='if(lt(mod(t,1),0.05),0.8*sin(2*PI*1000*t),0)':s=48000:d={}", self.seconds)
    }
}

/// A film made from another one without encoding: `ffmpeg BEFORE -i FROM AFTER NAME`.
pub(crate) fn remade(from: &Path, name: &str, before: &str, after: &str) -> PathBuf {
    let path = folder().join(name);
    if !path.exists() {
        let aside = aside();
        let own = aside.path().join(name);
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.args(["-nostdin", "-v", "error", "-y"]).args(before.split_whitespace()).arg("-i").arg(from);
        let status = ffmpeg.args(after.split_whitespace()).arg(&own).status().expect("ffmpeg is installed");
        assert!(status.success(), "cannot make {name}");
        std::fs::rename(own, &path).unwrap();
    }
    path
}

/// A file with these bytes.
pub(crate) fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let aside = aside();
    let own = aside.path().join(name);
    std::fs::write(&own, bytes).unwrap();
    let path = folder().join(name);
    std::fs::rename(own, &path).unwrap();
    path
}

fn aside() -> tempfile::TempDir {
    tempfile::tempdir_in(folder()).unwrap()
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("films");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
