//! FFmpeg's MP4 writer, for a file that is read while it grows.

/// The options and the name of a rung's file: a fragment for each keyframe, written out as soon as it is whole. The movie's
/// header waits for the first one (`delay_moov`), because only then is known how far decoding runs ahead of showing.
pub(super) fn output(file: &str) -> Vec<String> {
    [
        "-map_metadata",
        "-1",
        "-map_chapters",
        "-1",
        "-avoid_negative_ts",
        "disabled",
        "-max_muxing_queue_size",
        "4096",
        "-video_track_timescale",
        "90000",
        "-movflags",
        "+frag_keyframe+delay_moov+default_base_moof+skip_sidx+skip_trailer",
        "-flush_packets",
        "1",
        "-f",
        "mp4",
        file,
    ]
    .map(str::to_owned)
    .to_vec()
}
