use reqwest::StatusCode;
use syncwatch_api::Cleaned;
use syncwatch_protocol::VideoStatus;
use syncwatch_store::notices::{RoomNotice, room_topic};
use syncwatch_store::{Announcement, ObjectKey};

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
