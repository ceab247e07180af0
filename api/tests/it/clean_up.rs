use reqwest::StatusCode;
use syncwatch_api::Cleaned;
use syncwatch_protocol::{VideoId, VideoStatus};
use syncwatch_store::notices::{RoomNotice, room_topic};
use syncwatch_store::{Announcement, ObjectKey};
use uuid::Uuid;

use crate::harness::{Expect, TestApi, present, text};
use crate::tus::{Upload, film};

const HOUR_MS: u64 = 3_600_000;

async fn clean(api: &TestApi) -> Cleaned {
    api.clean_up().run_once(api.clock.now()).await.unwrap()
}

// WT-2
#[tokio::test]
async fn guests_rooms_are_closed_a_day_after_they_became_empty() {
    let api = TestApi::start().await;
    let (empty, _) = api.guest_room("Ada").await;
    let (busy, ben) = api.guest_room("Ben").await;
    api.people_in(&busy, &[present(ben.participant(), "Ben")], None).await;
    let mut notices = api.store.state.subscribe(&room_topic(text(&empty["id"]).parse().unwrap())).await;
    api.advance_ms(23 * HOUR_MS);
    assert_eq!(clean(&api).await.rooms, 0);
    api.advance_ms(2 * HOUR_MS);

    assert_eq!(clean(&api).await.rooms, 1);

    let Some(Announcement::Message(notice)) = notices.next().await else { panic!("no notice") };
    assert_eq!(serde_json::from_slice::<RoomNotice>(&notice).unwrap(), RoomNotice::Expired);
    let info = |code: String| api.get(&format!("rooms/{code}")).send();
    info(text(&empty["code"])).await.unwrap().expect_problem(410, "room_closed").await;
    info(text(&busy["code"])).await.unwrap().expect(StatusCode::OK).await;
}

// UPL-1
#[tokio::test]
async fn an_upload_that_nobody_goes_on_with_is_removed_after_a_day() {
    let api = TestApi::start().await;
    let ada = api.user("ada").await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    upload.patch(0, &film(10_000)[..5_000]).await.expect(StatusCode::NO_CONTENT).await;
    api.advance_ms(23 * HOUR_MS);
    assert_eq!(clean(&api).await.uploads, 0);
    api.advance_ms(2 * HOUR_MS);

    assert_eq!(clean(&api).await.uploads, 1);

    assert_eq!(api.store.rows.video(upload.id).await.unwrap(), None);
    assert!(!api.store.objects.path(&ObjectKey::upload(upload.id)).exists());
}

// UPL-1
#[tokio::test]
async fn a_complete_upload_that_a_crash_kept_back_is_handed_on() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    std::fs::write(api.store.objects.path(&ObjectKey::upload(upload.id)), film(10_000)).unwrap();

    assert_eq!(clean(&api).await.recovered, 1);

    assert_eq!(api.store.rows.video(upload.id).await.unwrap().unwrap().status, VideoStatus::Pending);
}

// TRN-9
#[tokio::test]
async fn a_guests_film_goes_a_day_after_his_room_and_an_accounts_film_stays() {
    let api = TestApi::start().await;
    let (room, guest) = api.guest_room("Ada").await;
    let ben = api.user("ben").await;
    let (lost, kept) = (crate::videos::ready(&api, &guest).await, crate::videos::ready(&api, &ben).await);
    let path = format!("rooms/{}", text(&room["code"]));
    let deleted = api.request(reqwest::Method::DELETE, &path).bearer_auth(&guest.token).send().await.unwrap();
    deleted.expect(StatusCode::NO_CONTENT).await;
    api.advance_ms(23 * HOUR_MS);
    assert_eq!(clean(&api).await.films, 0);
    api.advance_ms(2 * HOUR_MS);

    assert_eq!(clean(&api).await.films, 1);

    assert_eq!(api.store.rows.video(lost).await.unwrap(), None);
    assert!(!api.store.objects.path(&ObjectKey::upload(lost)).exists());
    assert!(api.store.rows.video(kept).await.unwrap().is_some());
}

async fn write(api: &TestApi, key: &ObjectKey, bytes: usize) {
    api.store.objects.create(key).await.unwrap();
    std::fs::write(api.store.objects.path(key), vec![0; bytes]).unwrap();
}

fn attempt_file(film: VideoId, attempt: u32) -> ObjectKey {
    ObjectKey::attempt_file(film, attempt, "720p/00000.m4s").unwrap()
}

// TRN-9
#[tokio::test]
async fn files_that_belong_to_nothing_go_a_day_after_they_were_last_written_and_all_others_stay() {
    let api = TestApi::start().await;
    let ada = api.user("ada").await;
    let watched = crate::videos::ready(&api, &ada).await;
    let waiting = Upload::begin(&api, &ada, 5_000).await;
    waiting.patch(0, &film(5_000)).await.expect(StatusCode::NO_CONTENT).await;
    let gone = VideoId::new(Uuid::from_u128(7));
    let subtitles = api.store.objects.path(&ObjectKey::video(gone)).join("subtitles");
    let orphans =
        [ObjectKey::upload(gone), ObjectKey::unverified(waiting.id), attempt_file(gone, 1), attempt_file(watched, 2)];
    let kept = [attempt_file(watched, 1), attempt_file(waiting.id, 1), ObjectKey::upload(waiting.id)];
    for key in orphans.iter().chain(&kept[..2]) {
        write(&api, key, 1_000).await;
    }
    std::fs::create_dir(&subtitles).unwrap();
    std::fs::write(subtitles.join("1.vtt"), "WEBVTT").unwrap();
    let stranger = api.store.objects.path(&ObjectKey::uploads()).join("notes.txt");
    std::fs::write(&stranger, "somebody's").unwrap();
    let is_there = |key: &ObjectKey| api.store.objects.path(key).exists();
    api.advance_ms(23 * HOUR_MS);
    assert_eq!((clean(&api).await.orphans, orphans.iter().all(is_there)), (0, true));
    api.advance_ms(2 * HOUR_MS);

    let cleaned = clean(&api).await;

    assert_eq!((cleaned.orphans, cleaned.bytes), (4, 4_006));
    assert!(!orphans.iter().any(is_there) && !subtitles.exists());
    assert!(kept.iter().all(is_there) && stranger.exists());
    let metrics = api.get("/metrics").send().await.unwrap().text().await.unwrap();
    for kind in ["lost_upload", "unverified", "lost_film", "old_attempt"] {
        assert!(metrics.contains(&format!("syncwatch_cleaned_total{{kind=\"{kind}\"}}")), "{kind} in {metrics}");
    }
    assert_eq!(clean(&api).await.orphans, 0);
}

// TRN-9
#[tokio::test]
async fn what_an_earlier_attempt_left_stays_while_a_film_is_made_anew() {
    let api = TestApi::start().await;
    let ada = api.user("ada").await;
    let id = crate::videos::ready(&api, &ada).await;
    write(&api, &attempt_file(id, 1), 10).await;
    write(&api, &attempt_file(id, 2), 10).await;
    api.store.rows.enqueue_transcode(id, api.clock.now().0).await.unwrap();
    api.advance_ms(48 * HOUR_MS);
    assert_eq!(clean(&api).await.orphans, 0);
    let day_ms = 24 * HOUR_MS;
    let job = api.store.rows.claim_transcode(api.clock.now().0, day_ms).await.unwrap().unwrap();
    assert_eq!(clean(&api).await.orphans, 0);
    api.store.rows.fail_transcode(id, job.attempt, syncwatch_protocol::Code::Timeout, None).await.unwrap();
    assert_eq!(clean(&api).await.orphans, 1, "of two attempts one is served");
    assert!(api.store.objects.path(&attempt_file(id, 1)).exists());
}

// TRN-9
#[tokio::test]
async fn what_cannot_be_cleaned_up_keeps_nothing_else_from_it() {
    let api = TestApi::start().await;
    let (stuck, other) = (VideoId::new(Uuid::from_u128(1)), VideoId::new(Uuid::from_u128(2)));
    let in_the_way = api.store.objects.path(&ObjectKey::upload(stuck));
    std::fs::create_dir(&in_the_way).unwrap();
    write(&api, &ObjectKey::upload(other), 10).await;
    api.advance_ms(25 * HOUR_MS);
    assert_eq!(clean(&api).await.orphans, 1);
    assert!(in_the_way.exists() && !api.store.objects.path(&ObjectKey::upload(other)).exists());
}

// UPL-6
#[tokio::test]
async fn films_are_kept_for_good_unless_a_lifetime_is_set() {
    let api = TestApi::start().await;
    let ada = api.user("ada").await;
    let id = crate::videos::ready(&api, &ada).await;
    api.advance_ms(3_650 * 24 * HOUR_MS);
    assert_eq!(clean(&api).await.expired, 0);
    assert_eq!(api.store.rows.video(id).await.unwrap().unwrap().expires_at_ms, None);
}

// UPL-6
#[tokio::test]
async fn a_film_expires_when_nobody_has_watched_it_for_long_and_says_so_before() {
    let api = TestApi::start_with(|settings| settings.uploads.film_days = 30).await;
    let ada = api.user("ada").await;
    let (watched, forgotten) = (crate::videos::ready(&api, &ada).await, crate::videos::ready(&api, &ada).await);
    let (room, ben) = api.guest_room("Ben").await;
    api.people_in(&room, &[present(ben.participant(), "Ben")], Some(watched)).await;
    assert_eq!(clean(&api).await.expired, 0);
    let status = api.get(&format!("videos/{forgotten}/status")).bearer_auth(&ada.token).send().await.unwrap();
    let day = status.expect(StatusCode::OK).await["expiresAtMs"].as_u64().unwrap();
    assert!(day > api.clock.now().0 + 29 * 24 * HOUR_MS);
    api.advance_ms(6 * 24 * HOUR_MS);
    clean(&api).await;
    api.advance_ms(25 * 24 * HOUR_MS);

    assert_eq!(clean(&api).await.expired, 1);

    assert_eq!(api.store.rows.video(forgotten).await.unwrap(), None);
    assert!(!api.store.objects.path(&ObjectKey::upload(forgotten)).exists());
    let left = api.store.rows.video(watched).await.unwrap().unwrap();
    assert!(left.expires_at_ms.unwrap() > api.clock.now().0, "it was put off while it was on");
    let api = api.crash_and_restart_with(|settings| settings.uploads.film_days = 0).await;
    clean(&api).await;
    assert_eq!(api.store.rows.video(watched).await.unwrap().unwrap().expires_at_ms, None);
}

// SEC-5
#[tokio::test]
async fn tokens_and_log_lines_are_forgotten_when_their_time_is_over() {
    let api = TestApi::start().await;
    api.user("ada").await;
    let (_, _) = api.guest_room("Ben").await;
    assert_eq!(clean(&api).await, Cleaned::default());
    api.advance_ms(8 * 24 * HOUR_MS);
    let week = clean(&api).await;
    assert_eq!((week.tokens, week.audit_lines), (1, 0));
    api.advance_ms(90 * 24 * HOUR_MS);
    assert_eq!(clean(&api).await.audit_lines, 1, "the room's line; that of the log-in is kept for a year");
}
