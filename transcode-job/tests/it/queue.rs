//! The worker between the queue and FFmpeg (TRN-4, TRN-6, TRN-12): what rows, files and listeners see.

use std::path::PathBuf;

use syncwatch_protocol::{Code, VideoEvent, VideoStatus};
use syncwatch_store::notices;
use syncwatch_transcode_job::Tools;

use crate::films::{Film, STANDARD, written};
use crate::house::{House, WAITS, encoding_does, until};
use crate::studio::tools;

// TRN-3, TRN-4
#[tokio::test(flavor = "multi_thread")]
async fn a_film_in_the_queue_becomes_playable_and_then_ready_and_everybody_hears_of_it() {
    let house = House::new().await;
    let working = house.start(tools());
    let (id, mut topic) = house.upload(&STANDARD.file()).await;
    let seen = until(&mut topic, |view| view.status == VideoStatus::Ready).await;
    working.stop().await;

    let first_playable = seen.iter().find(|view| view.playable).unwrap();
    assert_eq!(first_playable.status, VideoStatus::Processing, "playable before it is done");
    assert_eq!(first_playable.renditions.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["source"]);
    assert_eq!(first_playable.duration_ms.unwrap().0, 14_000);
    let row = house.row(id).await;
    assert_eq!((row.status, row.playable, row.poster, row.attempt), (VideoStatus::Ready, true, true, 1));
    assert_eq!((row.width, row.height), (Some(640), Some(360)));
    assert_eq!(row.renditions.len(), 4);
    let poster = seen.last().unwrap().poster_url.clone().unwrap();
    let grant = poster.split('/').nth(4).unwrap();
    assert_eq!((house.links.check(id, 1, grant, house.clock.now()), poster.ends_with("/poster.jpg")), (Ok(()), true));
    assert!(house.output(id, 1).join("master.m3u8").exists());
    assert!(house.has_upload(id), "the original is kept as long as the film");
}

// UPL-2
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_film_fails_once_with_its_code_and_its_bytes_are_removed() {
    let house = House::new().await;
    let working = house.start(tools());
    let (id, mut topic) = house.upload(&written("list.mp4", b"#EXTM3U\nhttp://127.0.0.1:9/x\n")).await;
    until(&mut topic, |view| view.status == VideoStatus::Failed).await;
    working.stop().await;
    let row = house.row(id).await;
    assert_eq!((row.failure, row.playable), (Some(Code::UnsupportedFormat), false));
    assert!(!house.has_upload(id) && !house.output(id, 1).exists());
    assert_eq!(house.store.rows.storage_used(row.owner).await.unwrap(), 0, "it takes nothing of his quota");
}

// TRN-6
#[tokio::test(flavor = "multi_thread")]
async fn a_film_whose_ffmpeg_dies_is_tried_again_after_its_pauses_and_then_given_up() {
    let house = House::new().await;
    let film = Film {
        name: "to-encode.mp4",
        options: "-c:v libx264 -preset ultrafast -g 250 -pix_fmt yuv420p -c:a aac",
        ..STANDARD
    };
    let working = house.start(encoding_does(house.folder.path(), "kill -KILL $$"));
    let (id, mut topic) = house.upload(&film.file()).await;
    for (pause_ms, attempt) in [(5_000, 1), (30_000, 2), (120_000, 3)] {
        until(&mut topic, |view| view.status == VideoStatus::Pending && view.failure == Some(Code::Internal)).await;
        let next = house.store.rows.next_transcode_at().await.unwrap().unwrap();
        let wait = next.saturating_sub(house.clock.now().0);
        assert!((pause_ms - 2_000..=pause_ms).contains(&wait), "attempt {attempt} waits {wait} ms");
        (house.advance)(pause_ms);
        house.store.state.publish(notices::JOBS_TOPIC, Vec::new()).await;
    }
    until(&mut topic, |view| view.status == VideoStatus::Failed).await;
    working.stop().await;
    assert_eq!(house.row(id).await.failure, Some(Code::Internal));
    assert!(!house.output(id, 1).exists(), "nothing is left of what nobody will go on with");
    assert!(house.has_upload(id), "its owner may try again");
}

// TRN-12, OBS-6
#[tokio::test(flavor = "multi_thread")]
async fn a_stopping_process_hands_its_film_back_and_the_next_one_finishes_it() {
    let house = House::new().await;
    let working = house.start(encoding_does(house.folder.path(), WAITS));
    let (id, mut topic) = house.upload(&STANDARD.file()).await;
    // The poster is made when the copy is complete, and before anything is encoded.
    while !house.row(id).await.poster {
        until(&mut topic, |_| true).await;
    }
    working.stop().await;
    let row = house.row(id).await;
    assert_eq!(row.status, VideoStatus::Pending);
    assert!(row.playable && house.output(id, 1).join("master.m3u8").exists(), "the copied film stays watchable");

    let working = house.start(tools());
    until(&mut topic, |view| view.status == VideoStatus::Ready).await;
    working.stop().await;
    assert_eq!(house.row(id).await.attempt, 1, "it goes on in the same output, and whoever watches does not notice");
}

// TRN-12
#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_was_being_made_when_the_process_died_is_taken_up_again() {
    let house = House::new().await;
    let (id, mut topic) = house.upload(&STANDARD.file()).await;
    // A worker of a process that is gone: it claimed, wrote a piece, and was killed.
    let claimed = house.store.rows.claim_transcode(house.clock.now().0, 30_000).await.unwrap().unwrap();
    assert_eq!(claimed.attempt, 1);
    std::fs::create_dir_all(house.output(id, 1).join("source")).unwrap();

    let working = house.start(tools());
    until(&mut topic, |view| view.status == VideoStatus::Ready).await;
    working.stop().await;
    assert_eq!(house.row(id).await.attempt, 2);
    assert!(!house.output(id, 1).exists(), "the piece is gone");
}

// UPL-5, TRN-6
#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_is_deleted_while_it_is_made_leaves_nothing_behind() {
    let house = House::new().await;
    let working = house.start(encoding_does(house.folder.path(), WAITS));
    let (id, mut topic) = house.upload(&STANDARD.file()).await;
    until(&mut topic, |view| view.playable).await;
    house.store.rows.delete_video(id).await.unwrap();
    let gone = serde_json::to_vec(&VideoEvent::Deleted { id }).unwrap();
    house.store.state.publish(&notices::video_topic(id), gone).await;

    let (other, mut topic) =
        house.upload(&Film { name: "next.mp4", sound: false, seconds: 2, ..STANDARD }.file()).await;
    until(&mut topic, |view| view.playable).await;
    assert!(!house.output(id, 1).exists(), "the worker has gone on to the next film");
    working.stop().await;
    assert!(house.row(other).await.playable);
}

// TRN-12
#[tokio::test(flavor = "multi_thread")]
async fn films_are_made_one_after_the_other_in_the_order_of_their_arrival() {
    let house = House::new().await;
    let short = Film { name: "next.mp4", sound: false, seconds: 2, ..STANDARD }.file();
    let (first, mut first_topic) = house.upload(&short).await;
    (house.advance)(10);
    let (second, mut second_topic) = house.upload(&short).await;
    let working = house.start(tools());
    until(&mut first_topic, |view| view.status == VideoStatus::Ready).await;
    until(&mut second_topic, |view| view.status == VideoStatus::Processing).await;
    assert_eq!(house.row(first).await.status, VideoStatus::Ready);
    until(&mut second_topic, |view| view.status == VideoStatus::Ready).await;
    working.stop().await;
    assert_eq!(house.row(second).await.status, VideoStatus::Ready);
}

// TRN-6
#[tokio::test(flavor = "multi_thread")]
async fn without_ffmpeg_a_film_fails_and_says_so() {
    let house = House::new().await;
    let working = house.start(Tools { ffmpeg: PathBuf::from("/nonexistent/ffmpeg"), ..tools() });
    let (id, mut topic) = house.upload(&STANDARD.file()).await;
    until(&mut topic, |view| view.status == VideoStatus::Failed).await;
    working.stop().await;
    assert_eq!(house.row(id).await.failure, Some(Code::FfmpegMissing));
    assert!(house.has_upload(id));
}
