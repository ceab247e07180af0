//! Pictures for the seek bar (TRN-8).

use rstest::rstest;
use syncwatch_media::{Micros, Sprites};

use crate::films::{Film, STANDARD};
use crate::studio::transcoded;

// TRN-8
#[rstest]
#[case::copied(STANDARD, (160, 90))]
#[case::encoded(
    Film { name: "upright-vp8.webm", size: (180, 320), seconds: 12, options: "-c:v libvpx -deadline realtime -cpu-used 8 -g 24 -c:a libopus", ..STANDARD },
    (90, 160)
)]
#[tokio::test]
async fn the_pictures_of_the_seek_bar_are_the_film_s_own_at_their_times(#[case] film: Film, #[case] tile: (u32, u32)) {
    let film = transcoded(&film.file()).await;
    let sprites = Sprites::of(film.plan());
    assert_eq!((sprites.interval, sprites.count), (Micros::from_seconds(5.0), 3));
    assert_eq!((sprites.tile.width, sprites.tile.height), tile);
    let index = film.text("sprites/index.vtt");
    assert!(
        index.contains(&format!("00:00:05.000 --> 00:00:10.000\n001.jpg#xywh={},0,{},{}\n", tile.0, tile.0, tile.1)),
        "{index}"
    );

    let sheet = image(&film.output.join("sprites/001.jpg"), tile.0 * 10, tile.1 * 10);
    // Each picture of the film has its number in stripes; a keyframe comes every two seconds or one.
    for number in 0..3 {
        let row = &sheet[(tile.1 / 2 * tile.0 * 10) as usize..][(number * tile.0) as usize..][..tile.0 as usize];
        let bit = |bit: u32| u32::from(row[(tile.0 * bit / 10 + tile.0 / 20) as usize] > 127) << bit;
        let frame: u32 = (0..10).map(bit).sum();
        let (at, from) = (f64::from(frame) / 24.0, f64::from(number) * 5.0);
        assert!((from - 0.1..from + 2.6).contains(&at) || number == 2 && at > 9.0, "picture {number} shows {at} s");
    }
    let empty = &sheet[(tile.1 / 2 * tile.0 * 10) as usize..][(3 * tile.0) as usize..][..tile.0 as usize];
    assert!(empty.iter().all(|grey| *grey < 40), "nothing after the last one");
}

fn image(file: &std::path::Path, width: u32, height: u32) -> Vec<u8> {
    let mut ffmpeg = std::process::Command::new("ffmpeg");
    ffmpeg.args(["-nostdin", "-v", "error", "-i"]).arg(file).args(["-pix_fmt", "gray", "-f", "rawvideo", "pipe:1"]);
    let output = ffmpeg.output().unwrap();
    assert_eq!(output.stdout.len(), (width * height) as usize, "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
