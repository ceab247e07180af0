use std::time::Duration;

use reqwest::{Method, StatusCode};
use tokio::time::Instant;

use crate::harness::{Expect, TestApi};
use crate::tus::{Upload, film, header, offset_of};

/// An API to which this machine is a stranger, who may send 1 MB a second after the first 200 KB.
async fn slow() -> TestApi {
    TestApi::start_with(|settings| {
        settings.limits.count_loopback = true;
        settings.uploads.mbit_per_second = 8;
        settings.uploads.burst_bytes = 200_000;
    })
    .await
}

// UPL-3
#[tokio::test]
async fn uploads_side_by_side_share_their_owners_rate_and_nothing_of_them_is_lost() {
    let api = slow().await;
    let (_, ada) = api.guest_room("Ada").await;
    let bytes = film(800_000);
    let (one, other) = (Upload::begin(&api, &ada, bytes.len()).await, Upload::begin(&api, &ada, bytes.len()).await);

    let began = Instant::now();
    let (first, second) = tokio::join!(one.patch(0, &bytes), other.patch(0, &bytes));

    // What is read last is not waited for: at most a socket's worth of each.
    assert!(began.elapsed() >= Duration::from_millis(500), "{:?}", began.elapsed());
    assert_eq!((offset_of(&first), offset_of(&second)), (800_000, 800_000));
    let (_, ben) = api.guest_room("Ben").await;
    let unhindered = Upload::begin(&api, &ben, 200_000).await;
    assert_eq!(offset_of(&unhindered.patch(0, &film(200_000)).await), 200_000);
}

// UPL-3
#[tokio::test]
async fn a_slowed_upload_can_be_given_up_and_holds_up_nobody() {
    let api = slow().await;
    let (_, ada) = api.guest_room("Ada").await;
    let upload = Upload::begin(&api, &ada, 60_000_000).await;
    let (request, bytes) = (upload.patching(0), film(60_000_000));
    let sending = tokio::spawn(async move { request.body(bytes).send().await });
    let stored = api.store.objects.path(&syncwatch_store::ObjectKey::upload(upload.id));
    let deadline = Instant::now() + Duration::from_secs(20);
    while std::fs::metadata(&stored).unwrap().len() < 200_000 {
        assert!(Instant::now() < deadline, "nothing arrives");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(std::fs::metadata(&stored).unwrap().len() < 30_000_000, "it was not slowed");
    sending.abort();
    upload.request(Method::DELETE).send().await.unwrap().expect(StatusCode::NO_CONTENT).await;
    assert!(!stored.exists());
}

// UPL-3
#[tokio::test]
async fn too_many_uploads_are_told_when_the_next_may_begin() {
    let api = TestApi::start_with(|settings| settings.limits.count_loopback = true).await;
    let (_, ada) = api.guest_room("Ada").await;
    for _ in 0..3 {
        Upload::begin(&api, &ada, 100).await;
    }
    let refused = Upload::creation(&api, &ada, 100).send().await.unwrap();
    let wait: u64 = header(&refused, "retry-after").parse().unwrap();
    assert!((3_590..=3_600).contains(&wait), "{wait}");
    assert_eq!(refused.expect_problem(429, "rate_limited").await["retryAfterSeconds"], wait);
    api.advance_ms(wait * 1_000);
    Upload::begin(&api, &ada, 100).await;
}

// SPEC §1
#[tokio::test]
async fn uploads_that_begin_at_the_same_moment_cannot_go_over_the_quota_together() {
    let api = TestApi::start_with(|settings| settings.uploads.quota_bytes = 1_000).await;
    let (_, ada) = api.guest_room("Ada").await;
    let begin = || async { Upload::creation(&api, &ada, 300).send().await.unwrap().status() };

    let all = tokio::join!(begin(), begin(), begin(), begin(), begin(), begin(), begin(), begin());

    let all = [all.0, all.1, all.2, all.3, all.4, all.5, all.6, all.7];
    assert_eq!(all.iter().filter(|status| **status == StatusCode::CREATED).count(), 3, "{all:?}");
    assert_eq!(api.store.rows.storage_used(ada.participant()).await.unwrap(), 900);
}

// SPEC §1
#[tokio::test]
async fn what_is_deleted_makes_room_at_once() {
    let api = TestApi::start_with(|settings| settings.uploads.quota_bytes = 6_000).await;
    let (_, ada) = api.guest_room("Ada").await;
    let id = crate::videos::ready(&api, &ada).await;
    let begin = || async { Upload::creation(&api, &ada, 2_000).send().await.unwrap() };
    begin().await.expect_problem(403, "quota_exceeded").await;
    let deleted = api.request(Method::DELETE, &format!("videos/{id}")).bearer_auth(&ada.token).send().await.unwrap();
    deleted.expect(StatusCode::NO_CONTENT).await;
    assert_eq!(begin().await.status(), StatusCode::CREATED);
}

// SPEC §1
#[tokio::test]
async fn an_upload_stops_while_its_owner_has_more_than_his_quota_and_goes_on_afterwards() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let old = crate::videos::ready(&api, &ada).await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    upload.patch(0, &film(10_000)[..4_000]).await.expect(StatusCode::NO_CONTENT).await;
    let api = api.crash_and_restart_with(|settings| settings.uploads.quota_bytes = 12_000).await;
    let upload = upload.at(api.url("/").trim_end_matches('/'));

    upload.patch(4_000, &film(10_000)[4_000..]).await.expect_problem(403, "quota_exceeded").await;
    let deleted = api.request(Method::DELETE, &format!("videos/{old}")).bearer_auth(&ada.token).send().await.unwrap();
    deleted.expect(StatusCode::NO_CONTENT).await;
    assert_eq!(offset_of(&upload.patch(4_000, &film(10_000)[4_000..]).await), 10_000);
}
