//! A good output is made with FFmpeg alone, broken in one way after another, and each time the checker must say how.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use super::{Checked, MASTER, Rule, Source, check};

const SOURCE: Source = Source { size: (320, 180), seconds: 6.0, slack: 0.1, heard: (0.0, 6.0), tone_mapped: false };

/// Baseline at level 3.0, a keyframe every two seconds.
const PICTURE: &str = "-c:v libx264 -preset ultrafast -profile:v baseline -level 3.0 -g 48 -keyint_min 48 -sc_threshold 0 -pix_fmt yuv420p";
const SOUND: &str = "-c:a aac -b:a 96k -ac 2";

struct Output {
    folder: TempDir,
}

impl Output {
    /// A copy of the good one, to be broken.
    fn good() -> Self {
        static GOOD: OnceLock<TempDir> = OnceLock::new();
        let good = GOOD.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            make(&folder.path().join("large"), "", PICTURE);
            make(&folder.path().join("small"), "-vf scale=160:90", PICTURE);
            make(&folder.path().join("sound"), "", SOUND);
            let variant = |size: &str, name: &str| {
                format!(
                    "#EXT-X-STREAM-INF:BANDWIDTH=4000000,AVERAGE-BANDWIDTH=900000,RESOLUTION={size},FRAME-RATE=24.000,\
                     CODECS=\"avc1.42c01e,mp4a.40.2\",AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n{name}/index.m3u8\n"
                )
            };
            let master = format!(
                "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n\
                 #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"main\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",\
                 URI=\"sound/index.m3u8\"\n{}{}",
                variant("320x180", "large"),
                variant("160x90", "small")
            );
            std::fs::write(folder.path().join(MASTER), master).unwrap();
            folder
        });
        let folder = tempfile::tempdir().unwrap();
        assert!(Command::new("cp").arg("-r").arg(good.path().join(".")).arg(folder.path()).status().unwrap().success());
        Self { folder }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}:\n{text}");
        std::fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }

    fn make_again(&self, name: &str, filters: &str, options: &str) {
        std::fs::remove_dir_all(self.path(name)).unwrap();
        make(&self.path(name), filters, options);
    }

    fn checked(&self, source: &Source) -> Checked {
        let scratch = tempfile::tempdir().unwrap();
        check(self.folder.path(), source, scratch.path()).unwrap()
    }

    /// Asserts that a rule is named together with the file, and returns all that was said.
    fn complains(&self, file: &str, rule: Rule) {
        self.complains_for(&SOURCE, file, rule);
    }

    fn complains_for(&self, source: &Source, file: &str, rule: Rule) {
        let complaints = self.checked(source).complaints;
        assert!(complaints.iter().any(|one| one.file == file && one.rule == rule), "{complaints:#?}");
    }
}

/// One rendition in a folder of its own.
fn make(folder: &Path, filters: &str, options: &str) {
    std::fs::create_dir_all(folder).unwrap();
    let input = if options.contains("-c:v") {
        "testsrc2=s=320x180:r=24:d=6,lutyuv=y='16+(val-16)/5',drawbox=w=iw:h=ih:color=white:t=fill:enable='lt(mod(n,24),1)'"
    } else {
        "aevalsrc='if(lt(mod(t,1),0.05),0.8*sin(2*PI*1000*t),0)':s=48000:d=6"
    };
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", input]).args(filters.split_whitespace());
    ffmpeg.args(options.split_whitespace()).args(["-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"]);
    ffmpeg.args(["-hls_segment_type", "fmp4", "-hls_flags", "independent_segments"]);
    ffmpeg.args(["-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", "%d.m4s", "index.m3u8"]);
    assert!(ffmpeg.current_dir(folder).status().unwrap().success());
}

// HLS-1, TRN-1
#[test]
fn a_good_output_is_seen_for_what_it_is_and_not_complained_about() {
    let checked = Output::good().checked(&SOURCE);
    assert_eq!(checked.complaints, []);
    assert_eq!(checked.sizes, [(320, 180), (160, 90)]);
    assert_eq!((checked.sounds, checked.subtitles, checked.flashes), (1, 0, 6));
    assert_late(&checked, PRIMING);
}

// HLS-1
#[test]
fn playlists_that_break_a_rule_of_the_format_are_named() {
    let cases = [
        (MASTER, "#EXTM3U\n", "", Rule::Playlist),
        (MASTER, "#EXT-X-INDEPENDENT-SEGMENTS\n", "", Rule::Independent),
        (MASTER, "AUDIO=\"audio\",CLOSED", "AUDIO=\"other\",CLOSED", Rule::Groups),
        (MASTER, "DEFAULT=YES,AUTOSELECT=YES", "DEFAULT=YES", Rule::Groups),
        ("large/index.m3u8", "#EXTM3U\n", "", Rule::Playlist),
        ("large/index.m3u8", "#EXT-X-VERSION:7", "#EXT-X-VERSION:3", Rule::Version),
        ("large/index.m3u8", "#EXT-X-TARGETDURATION:2", "#EXT-X-TARGETDURATION:1", Rule::TargetDuration),
        ("sound/index.m3u8", "#EXT-X-ENDLIST", "", Rule::EndList),
        ("small/index.m3u8", "#EXT-X-MAP:URI=\"init.mp4\"", "", Rule::Map),
    ];
    for (file, from, to, rule) in cases {
        let output = Output::good();
        output.replace(file, from, to);
        output.complains(file, rule);
    }
}

// TRN-1
#[test]
fn what_the_master_playlist_says_wrongly_of_a_stream_is_named() {
    let cases = [
        ("avc1.42c01e", "avc1.64001f", Rule::Codecs),
        ("RESOLUTION=320x180", "RESOLUTION=640x360", Rule::Resolution),
        ("FRAME-RATE=24.000", "FRAME-RATE=25.000", Rule::FrameRate),
        ("CHANNELS=\"2\"", "CHANNELS=\"6\"", Rule::Channels),
        ("BANDWIDTH=4000000,AVERAGE-BANDWIDTH=900000", "BANDWIDTH=20000", Rule::Bandwidth),
        ("AVERAGE-BANDWIDTH=900000", "AVERAGE-BANDWIDTH=4000001", Rule::Bandwidth),
    ];
    for (from, to, rule) in cases {
        let output = Output::good();
        output.replace(MASTER, from, to);
        output.complains(MASTER, rule);
    }
}

// HLS-4
#[test]
fn files_that_are_missing_or_too_many_are_named() {
    let output = Output::good();
    std::fs::remove_file(output.path("large/1.m4s")).unwrap();
    std::fs::write(output.path("small/2.m4s.tmp"), "left over").unwrap();
    output.complains("large/1.m4s", Rule::Listed);
    output.complains("small/2.m4s.tmp", Rule::Unlisted);
}

// TRN-1
#[test]
fn segments_of_another_length_order_or_number_are_named() {
    let output = Output::good();
    output.replace("large/index.m3u8", "#EXTINF:2.000000,\n1.m4s", "#EXTINF:1.900000,\n1.m4s");
    output.complains("large/1.m4s", Rule::SegmentLength);

    let output = Output::good();
    output.replace("large/index.m3u8", "1.m4s", "x.m4s");
    output.replace("large/index.m3u8", "2.m4s", "1.m4s");
    output.replace("large/index.m3u8", "x.m4s", "2.m4s");
    output.complains("large/1.m4s", Rule::Continuous);

    let output = Output::good();
    output.replace("large/index.m3u8", "#EXTINF:2.000000,\n1.m4s\n", "");
    output.complains("large/2.m4s", Rule::Continuous);
    output.complains("small/index.m3u8", Rule::Aligned);
}

// TRN-1
#[test]
fn pictures_that_are_cut_elsewhere_than_others_are_named() {
    let output = Output::good();
    output.make_again("small", "-vf scale=160:90", &PICTURE.replace("48", "49"));
    output.complains("small/1.m4s", Rule::Aligned);
}

// TRN-1
#[test]
fn a_segment_that_cannot_be_decoded_by_itself_is_named() {
    let output = Output::good();
    let open = "-c:v libx264 -preset ultrafast -x264-params open-gop=1:keyint=48:min-keyint=48:scenecut=0:bframes=3";
    output.make_again("large", "", open);
    output.complains("large/1.m4s", Rule::Idr);
}

// TRN-1
#[test]
fn a_damaged_segment_is_named() {
    let output = Output::good();
    let file = output.path("large/1.m4s");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 400].fill(0xff);
    std::fs::write(file, bytes).unwrap();
    output.complains("large/index.m3u8", Rule::Decodes);
}

// TRN-1, TRN-2
#[test]
fn pictures_that_the_film_does_not_allow_are_named() {
    let output = Output::good();
    output.complains_for(&Source { size: (300, 168), ..SOURCE }, "large/index.m3u8", Rule::Size);
    output.complains_for(&Source { size: (320, 240), ..SOURCE }, "large/index.m3u8", Rule::Size);
    output.complains_for(&Source { seconds: 7.0, ..SOURCE }, "large/index.m3u8", Rule::Duration);
    output.complains_for(&Source { tone_mapped: true, ..SOURCE }, "large/index.m3u8", Rule::Colours);
}

// TRN-2
#[test]
fn pictures_and_sounds_that_browsers_do_not_play_are_named() {
    let output = Output::good();
    output.make_again("large", "-vf scale=201:101,setsar=4/3", "-c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv444p");
    output.make_again("sound", "", "-c:a ac3 -ac 6");
    output.complains("large/index.m3u8", Rule::Shape);
    output.complains("large/index.m3u8", Rule::Colours);
    output.complains("sound/index.m3u8", Rule::Sound);
}

// TRN-2
#[test]
fn sound_that_is_late_is_named() {
    let output = Output::good();
    output.make_again("sound", "-af adelay=60:all=1", SOUND);
    output.complains("large/index.m3u8", Rule::Together);
    let output = Output::good();
    output.make_again("sound", "-af adelay=10:all=1", SOUND);
    assert_late(&output.checked(&SOURCE), PRIMING + 0.010);
}

/// The silent samples before the first, which FFmpeg does not take out of its own accord.
const PRIMING: f64 = 1_024.0 / 48_000.0;

fn assert_late(checked: &Checked, seconds: f64) {
    let apart = checked.apart.expect("there are flashes and beeps");
    assert!((apart - seconds).abs() < 0.001, "{apart} instead of {seconds}");
}
