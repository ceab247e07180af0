//! FFmpeg's HLS writer: fragmented MP4 in a folder of its own, with a playlist that grows.

use super::{INIT, WORKING_PLAYLIST};

/// The options and the name of one rendition's output.
pub(super) fn output(folder: &str, segment_seconds: u32, segment_options: &str) -> Vec<String> {
    let seconds = segment_seconds.to_string();
    let segments = format!("{folder}/%05d.m4s");
    let playlist = format!("{folder}/{WORKING_PLAYLIST}");
    [
        // Names, places and encoders of the original are nobody's business, and chapters are not carried over yet.
        "-map_metadata",
        "-1",
        "-map_chapters",
        "-1",
        "-avoid_negative_ts",
        "disabled",
        "-max_muxing_queue_size",
        "4096",
        "-f",
        "hls",
        "-hls_time",
        &seconds,
        // EVENT: players may start while it grows, and nothing is taken out of it again (TRN-3).
        "-hls_playlist_type",
        "event",
        "-hls_segment_type",
        "fmp4",
        // Written aside and renamed, so that nobody reads half a playlist.
        "-hls_flags",
        "independent_segments+temp_file",
        "-hls_fmp4_init_filename",
        INIT,
        "-hls_segment_filename",
        &segments,
        "-hls_segment_options",
        segment_options,
        &playlist,
    ]
    .map(str::to_owned)
    .to_vec()
}
