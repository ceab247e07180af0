use syncwatch_protocol::VideoStatus;

use crate::harness::{TestStore, guest_row, new_room, new_video, person, room, save_of, video};

// SPEC §1
#[tokio::test]
async fn uploads_count_against_the_quota_in_their_full_size_from_the_start() {
    let test = TestStore::open().await;
    assert!(test.rows.create_video(&new_video(1, 600), 1_000, 0).await.unwrap());
    assert!(!test.rows.create_video(&new_video(2, 401), 1_000, 0).await.unwrap());
    assert!(test.rows.create_video(&new_video(3, 400), 1_000, 0).await.unwrap());
    assert_eq!(test.rows.storage_used(person(1)).await.unwrap(), 1_000);
    assert_eq!(test.rows.video(video(2)).await.unwrap(), None);
}

// UPL-2, UPL-5
#[tokio::test]
async fn a_file_that_was_removed_takes_nothing_of_the_quota() {
    let test = TestStore::open().await;
    assert!(test.rows.create_video(&new_video(1, 600), 1_000, 0).await.unwrap());
    test.rows.source_removed(video(1)).await.unwrap();
    assert_eq!(test.rows.storage_used(person(1)).await.unwrap(), 0);
    assert!(test.rows.create_video(&new_video(2, 1_000), 1_000, 0).await.unwrap());
    assert_eq!(test.rows.videos_of(person(1), 10).await.unwrap().len(), 2, "its owner still sees what became of it");
}

// UPL-1
#[tokio::test]
async fn an_uploads_progress_is_shown_and_puts_off_its_end() {
    let test = TestStore::open().await;
    test.rows.create_video(&new_video(1, 1_000), 1_000, 0).await.unwrap();
    test.rows.upload_advanced(video(1), 250, 9_000, 5).await.unwrap();

    let found = test.rows.video(video(1)).await.unwrap().expect("the video");

    assert_eq!((found.status, found.upload_expires_at_ms), (VideoStatus::Uploading, Some(9_000)));
    assert!((found.view(|_, _| String::new()).progress - 0.25).abs() < 1e-9);
    assert_eq!(test.rows.unfinished_uploads().await.unwrap(), [found]);
}

// UPL-5
#[tokio::test]
async fn a_video_is_listed_renamed_and_deleted() {
    let test = TestStore::open().await;
    test.rows.create_video(&new_video(1, 10), 100, 1).await.unwrap();
    test.rows.create_video(&new_video(2, 10), 100, 2).await.unwrap();
    assert!(test.rows.rename_video(video(1), "Beach", 3).await.unwrap());

    let titles: Vec<_> =
        test.rows.videos_of(person(1), 10).await.unwrap().into_iter().map(|video| video.title).collect();

    assert_eq!(titles, ["Holiday", "Beach"]);
    assert!(test.rows.delete_video(video(1)).await.unwrap());
    assert!(!test.rows.delete_video(video(1)).await.unwrap());
}

// HLS-3
#[tokio::test]
async fn a_video_is_watched_by_the_members_of_open_rooms_that_play_it() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let claimed = test.rows.claim_room(room(1), 1).await.unwrap().expect("the room");
    let mut save = save_of(&claimed);
    save.source_video = Some(video(1));
    let mut kicked = guest_row(3, "Eve");
    kicked.kicked = true;
    save.people = vec![guest_row(2, "Ben"), kicked];
    test.rows.save_room(&save).await.unwrap();

    assert!(test.rows.watches(person(2), video(1), 5).await.unwrap());
    assert!(!test.rows.watches(person(2), video(2), 5).await.unwrap());
    assert!(!test.rows.watches(person(3), video(1), 5).await.unwrap());
    assert!(!test.rows.watches(person(4), video(1), 5).await.unwrap());
    assert!(test.rows.video_in_use(video(1), 5).await.unwrap());
    assert!(!test.rows.video_in_use(video(2), 5).await.unwrap());
    save.queue = Some(vec![video(2), video(3)]);
    test.rows.save_room(&save).await.unwrap();
    assert!(test.rows.video_in_use(video(2), 5).await.unwrap(), "it waits in the queue");
    save.queue = Some(vec![video(3)]);
    test.rows.save_room(&save).await.unwrap();
    assert!(!test.rows.video_in_use(video(2), 5).await.unwrap());
    test.rows.close_room(room(1), 6).await.unwrap();
    assert!(!test.rows.watches(person(2), video(1), 7).await.unwrap());
    for film in [1, 3] {
        assert!(!test.rows.video_in_use(video(film), 7).await.unwrap());
    }
}
