//! The table. An ordinary row is 320×180 at 24 frames a second for 6 s with one sound; what a row says differs from that.

use syncwatch_protocol::Code;

use super::{Expected, OddFilm, Plays, Recipe, Sound};

/// All odd films.
pub fn table() -> Vec<OddFilm> {
    [containers(), codecs(), colours(), shapes(), rates(), sounds(), companions(), times(), refused(), names()].concat()
}

/// H.264 and AAC as every browser plays them.
const PLAIN: &str = "-c:v libx264 -preset ultrafast -bf 2 -g 48 -pix_fmt yuv420p -c:a aac -b:a 96k -ac 2";
/// The picture of that; a row adds its sound.
const H264: &str = "-c:v libx264 -preset ultrafast -bf 2 -g 48 -pix_fmt yuv420p";

fn containers() -> Vec<OddFilm> {
    vec![
        film("plain.mp4", "nothing odd, index at the start", PLAIN)
            .written_anew("", "-c copy -movflags faststart")
            .copied(),
        film("index-at-the-end.mp4", "moov behind the film", PLAIN).copied(),
        film("fragmented.mp4", "fragmented MP4", PLAIN)
            .written_anew("", "-c copy -movflags frag_keyframe+empty_moov")
            .copied(),
        film("plain.mov", "QuickTime", PLAIN).copied(),
        film("plain.mkv", "Matroska, times in whole milliseconds", PLAIN).copied(),
        film("without-index.mkv", "Matroska that does not say how long it is", PLAIN)
            .written_anew("", "-c copy -live 1")
            .copied(),
        film("cut-inside-a-group.mp4", "starts between keyframes, by an edit list", PLAIN)
            .written_anew("-ss 1", "-c copy")
            .lasts(5.0),
    ]
}

fn codecs() -> Vec<OddFilm> {
    vec![
        film(
            "baseline.mp4",
            "H.264 Baseline",
            "-c:v libx264 -preset ultrafast -profile:v baseline -g 48 -pix_fmt yuv420p -c:a aac",
        )
        .copied(),
        film(
            "many-references.mkv",
            "H.264 High with B-pyramid and 4 references",
            "-c:v libx264 -preset fast -bf 5 -b-pyramid normal -refs 4 -g 48 -pix_fmt yuv420p -c:a aac",
        )
        .copied(),
        film(
            "hevc.mp4",
            "HEVC",
            "-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p -tag:v hvc1 -c:a aac",
        ),
        film(
            "hevc-10-bit.mkv",
            "HEVC with 10 bits",
            "-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le -c:a ac3",
        ),
        film(
            "vp8.webm",
            "VP8 and Vorbis",
            "-c:v libvpx -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libvorbis",
        ),
        film(
            "vp9.webm",
            "VP9 and Opus",
            "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -row-mt 1 -pix_fmt yuv420p -c:a libopus",
        ),
        film(
            "vp9-profile-1.webm",
            "VP9 4:4:4",
            "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv444p -c:a libopus",
        ),
        film("av1.mp4", "AV1", "-c:v libsvtav1 -preset 12 -g 48 -pix_fmt yuv420p -c:a aac"),
        film(
            "av1.webm",
            "AV1 in WebM",
            "-c:v libaom-av1 -usage realtime -cpu-used 8 -g 48 -pix_fmt yuv420p -c:a libopus",
        ),
        film(
            "prores.mov",
            "ProRes 4:2:2 with 10 bits and PCM",
            "-c:v prores_ks -profile:v 0 -pix_fmt yuv422p10le -c:a pcm_s24le",
        ),
        film("mpeg-2.mkv", "MPEG-2", "-c:v mpeg2video -b:v 2M -pix_fmt yuv420p -c:a mp2"),
        film(
            "mpeg-4-asp.mkv",
            "MPEG-4 Advanced Simple (XviD)",
            "-c:v mpeg4 -vtag XVID -b:v 1M -bf 2 -pix_fmt yuv420p -c:a libmp3lame",
        ),
        film("motion-jpeg.mov", "Motion JPEG", "-c:v mjpeg -q:v 4 -pix_fmt yuvj420p -c:a pcm_s16le"),
        film("theora.mkv", "Theora", "-c:v libtheora -b:v 1M -pix_fmt yuv420p -c:a libvorbis"),
        film("ffv1.mkv", "FFV1, lossless", "-c:v ffv1 -pix_fmt yuv420p -c:a flac"),
    ]
}

fn colours() -> Vec<OddFilm> {
    vec![
        film("chroma-4-2-2.mp4", "H.264 4:2:2", "-c:v libx264 -preset ultrafast -pix_fmt yuv422p -c:a aac"),
        film("chroma-4-4-4.mp4", "H.264 4:4:4", "-c:v libx264 -preset ultrafast -pix_fmt yuv444p -c:a aac"),
        film("ten-bits.mp4", "H.264 with 10 bits", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p10le -c:a aac"),
        film(
            "full-range.mp4",
            "H.264 with full-range colours",
            "-c:v libx264 -preset ultrafast -g 48 -pix_fmt yuvj420p -c:a aac",
        )
        .copied(),
        film("hdr10.mp4", "HDR10", HDR10).tone_mapped(),
        film("hlg.mp4", "Hybrid Log-Gamma", HLG).tone_mapped(),
    ]
}

const HDR10: &str = "-c:v libx265 -preset ultrafast -x265-params log-level=none:hdr10=1:repeat-headers=1 -pix_fmt yuv420p10le \
    -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc -color_range tv -tag:v hvc1 -c:a aac";
const HLG: &str = "-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le \
    -color_primaries bt2020 -color_trc arib-std-b67 -colorspace bt2020nc -color_range tv -tag:v hvc1 -c:a aac";

fn shapes() -> Vec<OddFilm> {
    vec![
        film("turned-90.mp4", "turned to the right", PLAIN)
            .written_anew("", "-c copy -metadata:s:v:0 rotate=90")
            .shown(180, 320),
        film("turned-270.mov", "turned to the left", PLAIN)
            .written_anew("", "-c copy -metadata:s:v:0 rotate=270")
            .shown(180, 320),
        film("turned-180.mp4", "upside down", PLAIN).written_anew("", "-c copy -metadata:s:v:0 rotate=180"),
        film(
            "wide-pixels.mp4",
            "pixels of 4:3",
            "-vf setsar=4/3 -c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv420p -c:a aac",
        )
        .shown(320, 135)
        .rungs(&[120]),
        film(
            "tall-pixels.mkv",
            "pixels of 8:9, as on a DVD",
            "-vf setsar=8/9 -c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv420p -c:a aac",
        )
        .shown(284, 180),
        film("odd-sizes.mkv", "201×101", "-c:v libx264 -preset ultrafast -pix_fmt yuv444p -c:a aac")
            .of_size(201, 101)
            .rungs(&[100]),
        film(
            "odd-sizes.webm",
            "321×181 in VP9",
            "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libopus",
        )
        .of_size(321, 181),
        film("tiny.mp4", "64×48", PLAIN).of_size(64, 48).copied_at(&[48]),
        film("tiny.webm", "64×48 in VP8", "-c:v libvpx -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libvorbis")
            .of_size(64, 48)
            .rungs(&[48]),
        film("upright.mp4", "upright, 180×320", PLAIN).of_size(180, 320).copied(),
        film("very-wide.mp4", "960×64", PLAIN).of_size(960, 64).copied_at(&[64]),
        film("ultra-hd.mp4", "3840×2160, above level 4.2", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac")
            .of_size(3840, 2160)
            .long(2_000)
            .rungs(&[240, 160, 120]),
    ]
}

fn rates() -> Vec<OddFilm> {
    const INTERLACED: &str = "-vf tinterlace=interleave_top,fieldorder=tff -r 25 -flags +ilme+ildct -pix_fmt yuv420p";
    let every_second_picture = "-vf select='gt(t,3)+not(mod(n,2))' -fps_mode vfr -c:v libx264 -preset ultrafast -g 24 \
        -pix_fmt yuv420p -c:a aac";
    let open_groups = "-c:v libx264 -preset ultrafast -x264-params open-gop=1:keyint=48:min-keyint=48:bframes=3:scenecut=0 \
        -pix_fmt yuv420p -c:a aac";
    vec![
        film("uneven-rate.mp4", "variable frame rate", every_second_picture),
        film(
            "one-keyframe.mp4",
            "10 frames a second, one keyframe in 25 s",
            "-c:v libx264 -preset ultrafast -g 1000 -sc_threshold 0 -pix_fmt yuv420p -c:a aac",
        )
        .at(10, 1)
        .long(25_000),
        film(
            "long-groups.mp4",
            "a keyframe every 8 s",
            "-c:v libx264 -preset ultrafast -g 192 -sc_threshold 0 -pix_fmt yuv420p -c:a aac",
        )
        .long(18_000),
        film(
            "only-keyframes.mp4",
            "every picture is a keyframe",
            "-c:v libx264 -preset ultrafast -g 1 -pix_fmt yuv420p -c:a aac",
        )
        .copied(),
        film("open-gop.mp4", "open groups of pictures", open_groups),
        film("open-gop.mkv", "open groups of pictures in Matroska", open_groups),
        film("cinema.mp4", "24000/1001 frames a second", PLAIN).at(24_000, 1_001).copied(),
        film("fifty.mp4", "50 frames a second", PLAIN).at(50, 1).copied(),
        film("fast.mp4", "120 frames a second", PLAIN).at(120, 1).copied(),
        film(
            "fast.webm",
            "120 frames a second in VP9",
            "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libopus",
        )
        .at(120, 1)
        .long(3_000),
        film("slides.mp4", "one picture a second", "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac")
            .at(1, 1)
            .long(12_000)
            .still(),
        film("interlaced.mp4", "interlaced H.264", INTERLACED)
            .also("-c:v libx264 -preset ultrafast -x264opts tff=1 -c:a aac")
            .at(50, 1),
        film("interlaced.mkv", "interlaced MPEG-2", INTERLACED).also("-c:v mpeg2video -b:v 2M -c:a mp2").at(50, 1),
    ]
}

fn sounds() -> Vec<OddFilm> {
    const THREE: &str = "-map 0 -map 1 -map 2 -map 3 -metadata:s:a:0 language=eng -metadata:s:a:1 language=deu -metadata:s:a:2 language=jpn";
    vec![
        film("languages.mp4", "three languages", H264)
            .sounding(&[1000, 700, 500])
            .also(THREE)
            .also("-c:a aac")
            .copied()
            .hear(3),
        film("languages.mkv", "three languages, one codec each", H264)
            .sounding(&[1000, 700, 500])
            .also(THREE)
            .also("-c:a:0 aac -c:a:1 libopus -c:a:2 ac3")
            .copied()
            .hear(3),
        film("surround.mp4", "5.1 in AAC", H264).also("-c:a aac -ac 6").copied(),
        film("surround.mkv", "5.1 in AC-3", H264).also("-c:a ac3 -ac 6").copied(),
        film("flac.mkv", "FLAC", H264).also("-c:a flac").copied(),
        film("flac-7-1.mkv", "FLAC 7.1 at 96 kHz", H264).sampled(96_000).also("-c:a flac -ac 8").copied(),
        film("pcm.mov", "PCM with 24 bits", H264).also("-c:a pcm_s24le").copied(),
        film("telephone.mp4", "AAC at 8 kHz, mono", H264).sampled(8_000).also("-c:a aac -ac 1 -b:a 24k").copied(),
        film("telephone.mov", "A-law at 8 kHz, mono", H264).sampled(8_000).also("-c:a pcm_alaw -ac 1").copied(),
        film("opus.mkv", "Opus beside H.264", H264).also("-c:a libopus").copied(),
        film("mp3.mp4", "MP3 in MP4", H264).also("-c:a libmp3lame").copied(),
        film("compact-disc.mp4", "AAC at 44.1 kHz", H264).sampled(44_100).also("-c:a aac").copied(),
        film("no-sound.mp4", "no sound", H264).sounding(&[]).copied(),
        film("no-sound.webm", "no sound in VP9", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p")
            .sounding(&[]),
        film("sound-late.mkv", "sound begins 2.3 s after the picture", H264)
            .also("-af atrim=start=2.3 -c:a aac")
            .copied()
            .heard(2.3, 6.0),
        film("sound-late.mp4", "sound begins 2.3 s after the picture, by an edit list", H264)
            .also("-af atrim=start=2.3 -c:a aac")
            .copied()
            .heard(2.3, 6.0),
        film(
            "sound-early.mkv",
            "sound begins 1.5 s before the picture",
            "-vf trim=start=1.5 -c:v libx264 -preset ultrafast -g 48 -pix_fmt yuv420p -c:a aac",
        )
        .lasts(4.5)
        .copied()
        .flashing(4),
        film("sound-short.mp4", "sound ends 3 s before the picture", H264)
            .also("-af atrim=end=3 -c:a aac")
            .copied()
            .heard(0.0, 3.0),
        film("sound-long.mp4", "sound ends 3 s after the picture", H264)
            .also("-vf trim=end=3 -c:a aac")
            .lasts(3.0)
            .copied()
            .heard(0.0, 6.0),
        film("sound-pause.mkv", "a hole of 2 s in the sound", H264)
            .also("-af aselect='not(between(t,2,4))' -c:a aac")
            .copied()
            .heard(0.0, 2.0),
    ]
}

fn companions() -> Vec<OddFilm> {
    const SRT: &str = "-i captions.srt";
    vec![
        film("subrip.mkv", "subtitles in SubRip, two languages", H264).with(SRT)
            .also("-map 0 -map 1 -map 2 -map 2 -c:a aac -c:s subrip -metadata:s:s:0 language=eng -metadata:s:s:1 language=deu")
            .copied().read(2),
        film("ass.mkv", "subtitles in ASS", H264).with("-i captions.ass").also("-map 0 -map 1 -map 2 -c:a aac -c:s ass").copied().read(1),
        film("mov-text.mp4", "subtitles of MP4", H264).with(SRT).also("-map 0 -map 1 -map 2 -c:a aac -c:s mov_text").copied().read(1),
        film("webvtt.webm", "subtitles in WebVTT", "-c:v libvpx -deadline realtime -cpu-used 8 -pix_fmt yuv420p").with(SRT)
            .also("-map 0 -map 1 -map 2 -c:a libvorbis -c:s webvtt").read(1),
        film("cover.mp4", "a picture for its box", H264).with("-f lavfi -i color=red:s=600x600:r=1:d=1")
            .also("-map 0 -map 1 -map 2 -c:a aac -c:v:1 png -bf:v:1 0 -pix_fmt:v:1 rgb24 -disposition:v:1 attached_pic").copied(),
        film("attachment.mkv", "a font attached", H264)
            .also("-c:a aac -attach font.ttf -metadata:s:t mimetype=application/x-truetype-font").copied(),
        film("data-track.mov", "a track of time codes", H264).also("-c:a aac -timecode 01:00:00:00").copied(),
        film("chapters.mkv", "chapters", H264).with("-i chapters.txt").also("-map 0 -map 1 -map_metadata 2 -c:a aac").copied(),
        film("two-pictures.mkv", "two tracks of pictures", H264).with("-f lavfi -i color=blue:s=160x90:r=24:d=6")
            .also("-map 0 -map 1 -map 2 -c:a aac").copied(),
    ]
}

fn times() -> Vec<OddFilm> {
    const GAP: &str = "-vf setpts='PTS+gte(T,3)*2/TB' -af asetpts='PTS+gte(T,3)*2/TB' -fps_mode passthrough -c:a aac";
    vec![
        film("starts-at-one-hour.mkv", "its clock starts at 1 h", PLAIN)
            .written_anew("", "-c copy -output_ts_offset 3600")
            .copied(),
        film("starts-at-one-hour.mp4", "its clock starts at 1 h, by an edit list", PLAIN)
            .written_anew("", "-c copy -output_ts_offset 3600")
            .copied(),
        film("gap.mkv", "a hole of 2 s in picture and sound", H264).also(GAP).lasts(8.0).flashing(6).heard(0.0, 3.0),
        film("one-picture.mp4", "a single picture", H264)
            .sounding(&[])
            .also("-frames:v 1")
            .lasts(0.042)
            .copied()
            .still(),
        film("two-pictures.mp4", "two pictures and their sound", PLAIN).long(83).lasts(0.083).copied().still(),
    ]
}

fn refused() -> Vec<OddFilm> {
    use Code::{Unreadable, UnsupportedFormat};
    vec![
        film("cut.mp4", "cut off, the index is lost", PLAIN).kept(600).refused(Unreadable),
        film("cut-behind-the-index.mp4", "cut off, the index is there", PLAIN)
            .long(12_000)
            .written_anew("", "-c copy -movflags faststart")
            .kept(600)
            .refused(Unreadable),
        film("cut-fragments.mp4", "fragmented and cut off", PLAIN)
            .long(12_000)
            .written_anew("", "-c copy -movflags frag_keyframe+empty_moov")
            .kept(600)
            .lasts(7.3)
            .slack(0.5)
            .heard(0.0, 6.0)
            .flashing(8),
        film("cut.mov", "cut off QuickTime", PLAIN).kept(600).refused(Unreadable),
        film("cut.mkv", "cut off Matroska", PLAIN).long(12_000).kept(600).refused(Unreadable),
        film("cut.webm", "cut off WebM", "-c:v libvpx -deadline realtime -cpu-used 8 -pix_fmt yuv420p -c:a libvorbis")
            .long(12_000)
            .kept(600)
            .refused(Unreadable),
        film("no-picture.mp4", "sound alone", "-map 1 -c:a aac").refused(UnsupportedFormat),
        film("only-a-cover.mp4", "sound with a picture for its box", "-map 1 -map 2 -c:a aac -frames:v 1")
            .with("-f lavfi -i color=red:s=600x600:r=1:d=1")
            .also("-c:v png -pix_fmt rgb24 -disposition:v:0 attached_pic")
            .refused(UnsupportedFormat),
        film("eight-pixels.mkv", "8×8, too small to see", "-c:v ffv1 -pix_fmt yuv420p -c:a aac")
            .of_size(8, 8)
            .refused(UnsupportedFormat),
        film("film.avi", "AVI", "-c:v mpeg4 -pix_fmt yuv420p -c:a mp2").refused(UnsupportedFormat),
        film("broadcast.ts", "MPEG transport stream", PLAIN).refused(UnsupportedFormat),
        film("film.flv", "Flash Video", "-c:v flv -c:a libmp3lame -ar 44100 -pix_fmt yuv420p")
            .refused(UnsupportedFormat),
        film("empty.mp4", "empty", "").bytes(b"").refused(UnsupportedFormat),
        film("text.mp4", "text", "").bytes(b"This is a shopping list: milk, eggs, bread.\n").refused(UnsupportedFormat),
        film("playlist.mp4", "a playlist", "")
            .bytes(b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nplain.mp4\n#EXT-X-ENDLIST\n")
            .refused(UnsupportedFormat),
        film("only-a-header.mp4", "a header and nothing behind it", "")
            .bytes(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41")
            .refused(Unreadable),
        film("noise.mkv", "a header and noise", "")
            .bytes(b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska and then nothing")
            .refused(Unreadable),
    ]
}

fn names() -> Vec<OddFilm> {
    [
        ("it's \"quoted\" $(touch pwned) `id`; & done.mp4", "quotes and a command in its name"),
        ("фильм 電影 فيلم ภาพยนตร์ 🎬.mp4", "its name in four scripts"),
        ("-y.mp4", "its name looks like an option"),
        ("concat:a|b.mp4", "its name looks like an address"),
        ("100 %05d %s.mp4", "its name looks like a pattern"),
        ("two\nlines.mp4", "a line break in its name"),
    ]
    .map(|(name, kind)| film(name, kind, PLAIN).long(3_000).copied())
    .into()
}

fn film(name: &'static str, kind: &'static str, options: &'static str) -> OddFilm {
    let recipe = Recipe {
        size: (320, 180),
        rate: (24, 1),
        millis: 6_000,
        sounds: vec![Sound { rate: 48_000, hertz: 1_000 }],
        inputs: "",
        options: vec![options],
        rewritten: None,
        kept: None,
        bytes: None,
    };
    let expected = Expected::Plays(Plays::ordinary(&recipe));
    OddFilm { name, kind, recipe, expected }
}

/// How a row differs. What changes the film comes before what changes the expectation, which follows from the film.
impl OddFilm {
    fn of(mut self, change: impl FnOnce(&mut Recipe)) -> Self {
        change(&mut self.recipe);
        self.expected = Expected::Plays(Plays::ordinary(&self.recipe));
        self
    }

    fn plays(mut self, change: impl FnOnce(&mut Plays)) -> Self {
        if let Expected::Plays(plays) = &mut self.expected {
            change(plays);
        }
        self
    }

    fn of_size(self, width: u32, height: u32) -> Self {
        self.of(|recipe| recipe.size = (width, height))
    }

    fn at(self, frames: u32, seconds: u32) -> Self {
        self.of(|recipe| recipe.rate = (frames, seconds))
    }

    fn long(self, millis: u32) -> Self {
        self.of(|recipe| recipe.millis = millis)
    }

    fn sampled(self, rate: u32) -> Self {
        self.of(|recipe| recipe.sounds.iter_mut().for_each(|sound| sound.rate = rate))
    }

    fn sounding(self, hertz: &[u32]) -> Self {
        self.of(|recipe| recipe.sounds = hertz.iter().map(|hertz| Sound { rate: 48_000, hertz: *hertz }).collect())
    }

    fn with(self, inputs: &'static str) -> Self {
        self.of(|recipe| recipe.inputs = inputs)
    }

    fn also(self, options: &'static str) -> Self {
        self.of(|recipe| recipe.options.push(options))
    }

    fn written_anew(self, before: &'static str, after: &'static str) -> Self {
        self.of(|recipe| recipe.rewritten = Some((before, after)))
    }

    fn kept(self, thousandths: u32) -> Self {
        self.of(|recipe| recipe.kept = Some(thousandths))
    }

    fn bytes(self, bytes: &'static [u8]) -> Self {
        self.of(|recipe| recipe.bytes = Some(bytes))
    }

    fn refused(self, code: Code) -> Self {
        Self { expected: Expected::Refused(code), ..self }
    }

    fn copied(self) -> Self {
        self.copied_at(&[180, 160, 120])
    }

    fn copied_at(self, rungs: &'static [u32]) -> Self {
        self.rungs(rungs).plays(|plays| plays.copied = true)
    }

    fn rungs(self, rungs: &'static [u32]) -> Self {
        self.plays(|plays| plays.rungs = rungs)
    }

    fn shown(self, width: u32, height: u32) -> Self {
        self.plays(|plays| plays.size = (width, height))
    }

    /// The picture of the finished film; the sound ends with it.
    fn lasts(self, seconds: f64) -> Self {
        self.plays(|plays| {
            plays.flashes = plays.flashes.min(seconds.ceil() as usize);
            plays.heard.1 = seconds;
            plays.seconds = seconds;
        })
    }

    fn slack(self, slack: f64) -> Self {
        self.plays(|plays| plays.slack = slack)
    }

    fn heard(self, from: f64, to: f64) -> Self {
        self.plays(|plays| plays.heard = (from, to))
    }

    fn hear(self, sounds: usize) -> Self {
        self.plays(|plays| plays.sounds = sounds)
    }

    fn read(self, subtitles: usize) -> Self {
        self.plays(|plays| plays.subtitles = subtitles)
    }

    fn flashing(self, flashes: usize) -> Self {
        self.plays(|plays| plays.flashes = flashes)
    }

    /// Too few pictures to tell a flash from the rest.
    fn still(self) -> Self {
        self.flashing(0)
    }

    fn tone_mapped(self) -> Self {
        self.plays(|plays| plays.tone_mapped = true)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    // TRN-2
    #[test]
    fn there_are_at_least_fifty_odd_films_and_each_has_a_name_of_its_own() {
        let films = table();
        let names: HashSet<_> = films.iter().map(|film| film.name).collect();
        assert_eq!(names.len(), films.len());
        assert!(films.len() >= 50, "{}", films.len());
    }
}
