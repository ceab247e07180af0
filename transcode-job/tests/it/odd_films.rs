//! Some of the odd films; `make test-media` takes all of them.

mod row;

use rstest::rstest;
use syncwatch_testkit::films::OddFilm;

use crate::studio::tools;

// TRN-1, TRN-2, UPL-2
#[rstest]
#[case("index-at-the-end.mp4")]
#[case("open-gop.mp4")]
#[case("uneven-rate.mp4")]
#[case("hdr10.mp4")]
#[case("turned-90.mp4")]
#[case("no-sound.mp4")]
#[case("sound-late.mkv")]
#[case("starts-at-one-hour.mp4")]
#[case("cut.mkv")]
#[case("it's \"quoted\" $(touch pwned) `id`; & done.mp4")]
#[tokio::test]
async fn an_odd_film_becomes_what_the_table_says(#[case] name: &str) {
    let verdict = row::transcoded_row(&OddFilm::named(name), &tools()).await.unwrap();
    assert!(verdict.wrong.is_empty(), "{}: {:#?}", verdict.outcome, verdict.wrong);
}
