use syncwatch_protocol::{Code, Rendition, SubtitleOrigin, VideoStatus};
use syncwatch_store::{MediaFacts, QueueCounts, StoreError, StoredSubtitle};

use crate::harness::{TestStore, new_video, video};

const LEASE_MS: u64 = 1_000;

fn facts() -> MediaFacts {
    let renditions = vec![Rendition { name: "720p".into(), width: 1280, height: 720 }];
    MediaFacts { duration_ms: 60_000, width: 1920, height: 1080, renditions, poster: true }
}

fn address(attempt: u32, file: &str) -> String {
    format!("/{attempt}/{file}")
}

async fn with_queued(numbers: &[u128]) -> TestStore {
    let test = TestStore::open().await;
    for number in numbers {
        test.rows.create_video(&new_video(*number, 10), 1_000, 0).await.unwrap();
        assert!(test.rows.enqueue_transcode(video(*number), *number as u64).await.unwrap());
    }
    test
}

// TRN-12
#[tokio::test]
async fn jobs_are_claimed_once_and_in_order() {
    let test = with_queued(&[1, 2]).await;
    assert_eq!(test.rows.place_in_queue(video(2)).await.unwrap(), Some(1));
    let first = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    let second = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    assert_eq!((first.video.id, second.video.id), (video(1), video(2)));
    assert_eq!((first.attempt, first.tries, first.video.status), (1, 1, VideoStatus::Processing));
    assert!(test.rows.claim_transcode(10, LEASE_MS).await.unwrap().is_none());
    assert!(test.rows.enqueue_transcode(video(1), 11).await.unwrap(), "again changes nothing while it runs");
    assert!(test.rows.claim_transcode(12, LEASE_MS).await.unwrap().is_none());
}

// TRN-4
#[tokio::test]
async fn progress_playable_and_ready_are_seen_as_they_come() {
    let test = with_queued(&[1]).await;
    let job = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    test.rows.update_progress(video(1), job.attempt, 0.4, Some(12.0), true).await.unwrap();
    let seen = test.rows.video(video(1)).await.unwrap().expect("the video");
    assert_eq!((seen.progress, seen.eta_seconds, seen.stalled, seen.playable), (0.4, Some(12.0), true, false));

    test.rows.mark_playable(video(1), job.attempt, &facts()).await.unwrap();
    let seen = test.rows.video(video(1)).await.unwrap().expect("the video");
    assert_eq!((seen.status, seen.playable, seen.attempt), (VideoStatus::Processing, true, 1));

    test.rows.finish_transcode(video(1), job.attempt, &facts()).await.unwrap();
    let seen = test.rows.video(video(1)).await.unwrap().expect("the video").view(address);
    assert_eq!((seen.status, seen.progress, seen.stalled), (VideoStatus::Ready, 1.0, false));
    assert_eq!((seen.renditions, seen.poster_url.as_deref()), (facts().renditions, Some("/1/poster.jpg")));
    assert_eq!(test.rows.transcode_counts().await.unwrap(), QueueCounts { done: 1, ..QueueCounts::default() });
}

// SRC-6
#[tokio::test]
async fn subtitles_of_an_attempt_go_with_it_and_those_that_were_added_stay() {
    let test = with_queued(&[1]).await;
    let stored = |id: &str, file: &str| StoredSubtitle {
        id: id.into(),
        label: id.into(),
        language: None,
        forced: false,
        note: None,
        file: file.into(),
    };
    let shown = async || {
        let view = test.rows.video(video(1)).await.unwrap().expect("the video").view(address);
        view.subtitles.into_iter().map(|track| (track.id, track.origin, track.url)).collect::<Vec<_>>()
    };
    let job = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    let embedded = [stored("subtitles-1", "subtitles-1/all.vtt")];
    test.rows.mark_playable(video(1), job.attempt, &facts()).await.unwrap();
    test.rows.note_subtitles(video(1), job.attempt, &embedded).await.unwrap();
    let add = |all: &mut Vec<StoredSubtitle>| {
        all.push(stored("own", "subtitles/own.vtt"));
        Ok::<_, ()>(())
    };
    assert_eq!(test.rows.change_added_subtitles(video(1), add).await.unwrap(), Some(Ok(())));
    let refused = test.rows.change_added_subtitles(video(1), |all| {
        all.clear();
        Err::<(), _>("no")
    });
    assert_eq!(refused.await.unwrap(), Some(Err("no")));
    let own = ("own".to_owned(), SubtitleOrigin::Added, "/0/subtitles/own.vtt".to_owned());
    let first = ("subtitles-1".to_owned(), SubtitleOrigin::Embedded, "/1/subtitles-1/all.vtt".to_owned());
    assert_eq!(shown().await, [first.clone(), own.clone()]);

    test.rows.finish_transcode(video(1), job.attempt, &facts()).await.unwrap();
    assert_eq!(shown().await, [first, own.clone()], "the same attempt goes on");
    test.rows.enqueue_transcode(video(1), 20).await.unwrap();
    let next = test.rows.claim_transcode(30, LEASE_MS).await.unwrap().expect("a job");
    test.rows.begin_output(video(1), next.attempt, 2).await.unwrap();
    test.rows.mark_playable(video(1), next.attempt, &facts()).await.unwrap();
    assert_eq!(shown().await, std::slice::from_ref(&own));
    test.rows.note_subtitles(video(1), job.attempt, &embedded).await.unwrap();
    assert_eq!(shown().await, [own], "the attempt that is not served any more");
}

// TRN-6
#[tokio::test]
async fn a_failed_try_waits_for_its_time_and_the_last_one_gives_up() {
    let test = with_queued(&[1]).await;
    let job = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    test.rows.fail_transcode(video(1), job.attempt, Code::Timeout, Some(5_000)).await.unwrap();
    assert!(test.rows.claim_transcode(4_999, LEASE_MS).await.unwrap().is_none());
    assert_eq!(test.rows.next_transcode_at().await.unwrap(), Some(5_000));

    let job = test.rows.claim_transcode(5_000, LEASE_MS).await.unwrap().expect("a job");
    assert_eq!((job.attempt, job.tries), (2, 2));
    test.rows.fail_transcode(video(1), job.attempt, Code::FormatError, None).await.unwrap();
    let seen = test.rows.video(video(1)).await.unwrap().expect("the video");
    assert_eq!((seen.status, seen.failure), (VideoStatus::Failed, Some(Code::FormatError)));

    assert!(test.rows.enqueue_transcode(video(1), 6_000).await.unwrap());
    let job = test.rows.claim_transcode(6_000, LEASE_MS).await.unwrap().expect("a job");
    assert_eq!((job.attempt, job.tries), (3, 1), "tries count anew, output folders do not");
}

// TRN-6
#[tokio::test]
async fn a_worker_that_lost_its_job_can_write_nothing_more() {
    let test = with_queued(&[1]).await;
    let slow = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    test.rows.renew_transcode(video(1), slow.attempt, 500, LEASE_MS).await.unwrap();
    assert!(test.rows.claim_transcode(1_500, LEASE_MS).await.unwrap().is_none());
    let next = test.rows.claim_transcode(1_501, LEASE_MS).await.unwrap().expect("the lease has run out");

    let late = [
        test.rows.update_progress(video(1), slow.attempt, 0.9, None, false).await,
        test.rows.mark_playable(video(1), slow.attempt, &facts()).await,
        test.rows.finish_transcode(video(1), slow.attempt, &facts()).await,
        test.rows.fail_transcode(video(1), slow.attempt, Code::Oom, None).await,
        test.rows.renew_transcode(video(1), slow.attempt, 1_502, LEASE_MS).await,
    ];

    assert!(late.iter().all(|result| matches!(result, Err(StoreError::Fenced))), "{late:?}");
    test.rows.update_progress(video(1), next.attempt, 0.1, None, false).await.unwrap();
}

// TRN-12
#[tokio::test]
async fn running_jobs_are_queued_anew_after_a_crash_and_handed_back_untried_on_a_stop() {
    let mut test = with_queued(&[1, 2]).await;
    test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    test.rows.release_transcode(video(2)).await.unwrap();
    test.reopen().await;

    assert_eq!(test.rows.recover_running_jobs(20).await.unwrap(), 1);

    let released = test.rows.claim_transcode(20, LEASE_MS).await.unwrap().expect("a job");
    let crashed = test.rows.claim_transcode(20, LEASE_MS).await.unwrap().expect("a job");
    assert_eq!((released.video.id, released.tries, released.attempt), (video(2), 1, 2));
    assert_eq!((crashed.video.id, crashed.tries, crashed.attempt), (video(1), 2, 2));
}

// UPL-5
#[tokio::test]
async fn a_cancelled_job_takes_nothing_from_its_worker_and_is_over_when_he_has_left() {
    let test = with_queued(&[1, 2]).await;
    let job = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    assert!(test.rows.is_worked_on(video(1), 11).await.unwrap());

    assert!(test.rows.cancel_transcode(video(1), 11).await.unwrap());
    assert!(!test.rows.cancel_transcode(video(1), 12).await.unwrap(), "once is enough");

    let late = test.rows.finish_transcode(video(1), job.attempt, &facts()).await;
    assert!(matches!(late, Err(StoreError::Fenced)), "{late:?}");
    let seen = test.rows.video(video(1)).await.unwrap().expect("the video");
    assert_eq!((seen.status, seen.failure, seen.playable), (VideoStatus::Failed, Some(Code::Cancelled), false));
    assert!(test.rows.is_worked_on(video(1), 1_010).await.unwrap(), "he may not know yet");
    assert!(!test.rows.is_worked_on(video(1), 1_011).await.unwrap(), "he is taken for gone");
    test.rows.leave_transcode(video(1), job.attempt).await.unwrap();
    assert!(!test.rows.is_worked_on(video(1), 12).await.unwrap());

    assert!(test.rows.cancel_transcode(video(2), 12).await.unwrap(), "one that waits has no worker");
    assert!(!test.rows.is_worked_on(video(2), 12).await.unwrap());
    assert!(test.rows.claim_transcode(13, LEASE_MS).await.unwrap().is_none());
}

// TRN-6
#[tokio::test]
async fn the_next_claim_fills_the_same_output_unless_another_one_was_begun() {
    let test = with_queued(&[1]).await;
    let job = test.rows.claim_transcode(10, LEASE_MS).await.unwrap().expect("a job");
    assert_eq!((job.attempt, job.output), (1, 1));
    test.rows.mark_playable(video(1), job.attempt, &facts()).await.unwrap();

    let job = test.rows.claim_transcode(5_000, LEASE_MS).await.unwrap().expect("its lease has run out");
    assert_eq!((job.attempt, job.output), (2, 1));
    assert!(matches!(test.rows.begin_output(video(1), 1, 1).await, Err(StoreError::Fenced)));
    test.rows.begin_output(video(1), job.attempt, 2).await.unwrap();
    assert_eq!(test.rows.video(video(1)).await.unwrap().expect("the video").attempt, 1, "the old one is served");
    test.rows.mark_playable(video(1), job.attempt, &facts()).await.unwrap();
    assert_eq!(test.rows.video(video(1)).await.unwrap().expect("the video").attempt, 2, "until the new one can be");

    let job = test.rows.claim_transcode(9_000, LEASE_MS).await.unwrap().expect("its lease has run out");
    assert_eq!((job.attempt, job.output), (3, 2));
}
