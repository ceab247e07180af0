use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use syncwatch_protocol::{Code, Rendition, VideoId};
use syncwatch_store::{MediaFacts, ObjectKey};

use crate::harness::{Expect, Person, TestApi, present, text};
use crate::tus::{Upload, film};

/// A complete upload, queued.
async fn uploaded(api: &TestApi, owner: &Person) -> VideoId {
    let upload = Upload::begin(api, owner, 5_000).await;
    upload.patch(0, &film(5_000)).await.expect(StatusCode::NO_CONTENT).await;
    upload.id
}

/// A film that can be watched.
pub(crate) async fn ready(api: &TestApi, owner: &Person) -> VideoId {
    let id = uploaded(api, owner).await;
    let job = api.store.rows.claim_transcode(api.clock.now().0, 1_000).await.unwrap().unwrap();
    let renditions = vec![Rendition { name: "720p".into(), width: 1280, height: 720 }];
    let facts = MediaFacts { duration_ms: 60_000, width: 1280, height: 720, renditions, poster: true };
    api.store.rows.finish_transcode(id, job.attempt, &facts).await.unwrap();
    id
}

/// A film that can be watched while it is made.
pub(crate) async fn making(api: &TestApi, owner: &Person) -> VideoId {
    let id = uploaded(api, owner).await;
    let job = api.store.rows.claim_transcode(api.clock.now().0, 60_000).await.unwrap().unwrap();
    let renditions = vec![Rendition { name: "720p".into(), width: 1280, height: 720 }];
    let facts = MediaFacts { duration_ms: 60_000, width: 1280, height: 720, renditions, poster: false };
    api.store.rows.mark_playable(id, job.attempt, &facts).await.unwrap();
    id
}

async fn call(api: &TestApi, method: Method, path: String, whom: &Person, body: Option<Value>) -> reqwest::Response {
    let request = api.request(method, &path).bearer_auth(&whom.token);
    body.into_iter().fold(request, |request, body| request.json(&body)).send().await.unwrap()
}

// UPL-5
#[tokio::test]
async fn my_videos_are_listed_with_what_they_take() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let (_, ben) = api.guest_room("Ben").await;
    let id = ready(&api, &ada).await;
    uploaded(&api, &ben).await;

    let list = call(&api, Method::GET, "videos".into(), &ada, None).await.expect(StatusCode::OK).await;

    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    let item = &list["items"][0];
    assert_eq!((&item["id"], &item["status"], &item["durationMs"]), (&json!(id), &json!("ready"), &json!(60_000)));
    assert!(text(&item["posterUrl"]).starts_with(&format!("/media/{id}/1/")));
    assert_eq!(list["storage"], json!({ "usedBytes": 5_000, "quotaBytes": 20_u64 << 30 }));
}

// UPL-5
#[tokio::test]
async fn a_video_is_renamed_by_its_owner_alone() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let (_, eve) = api.guest_room("Eve").await;
    let path = format!("videos/{}", uploaded(&api, &ada).await);
    let rename =
        async |whom, title: &str| call(&api, Method::PATCH, path.clone(), whom, Some(json!({ "title": title }))).await;

    let renamed = rename(&ada, " Beach ").await.expect(StatusCode::OK).await;
    assert_eq!(renamed["title"], "Beach");
    for wrong in ["", " ", "a\nb", "x\u{202e}y"] {
        rename(&ada, wrong).await.expect_problem(400, "title_invalid").await;
    }
    rename(&ada, &"x".repeat(201)).await.expect_problem(400, "title_invalid").await;
    rename(&eve, "Mine").await.expect_problem(404, "video_not_found").await;
}

// UPL-5
#[tokio::test]
async fn deleting_a_video_removes_everything_of_it() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let (_, eve) = api.guest_room("Eve").await;
    let id = ready(&api, &ada).await;
    api.store.objects.create(&ObjectKey::attempt_file(id, 1, "720p/00000.m4s").unwrap()).await.unwrap();
    let delete = async |whom| call(&api, Method::DELETE, format!("videos/{id}"), whom, None).await;

    delete(&eve).await.expect_problem(404, "video_not_found").await;
    delete(&ada).await.expect(StatusCode::NO_CONTENT).await;

    assert!(!api.store.objects.path(&ObjectKey::video(id)).exists());
    assert!(!api.store.objects.path(&ObjectKey::upload(id)).exists());
    delete(&ada).await.expect_problem(404, "video_not_found").await;
}

// UPL-5
#[tokio::test]
async fn a_deletion_that_was_cut_short_can_be_done_again() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let id = uploaded(&api, &ada).await;
    let in_the_way = api.store.objects.path(&ObjectKey::unverified(id));
    std::fs::create_dir(&in_the_way).unwrap();
    let delete = async || call(&api, Method::DELETE, format!("videos/{id}"), &ada, None).await;

    delete().await.expect_problem(500, "internal").await;
    let status = call(&api, Method::GET, format!("videos/{id}/status"), &ada, None).await.expect(StatusCode::OK).await;
    assert_eq!(
        (&status["status"], &status["failure"]),
        (&json!("failed"), &json!("cancelled")),
        "it is not made any more"
    );
    std::fs::remove_dir(in_the_way).unwrap();
    delete().await.expect(StatusCode::NO_CONTENT).await;

    assert!(!api.store.objects.path(&ObjectKey::upload(id)).exists());
}

// UPL-5
#[tokio::test]
async fn a_video_that_a_room_watches_stays() {
    let api = TestApi::start().await;
    let (room, ada) = api.guest_room("Ada").await;
    let id = ready(&api, &ada).await;
    api.people_in(&room, &[present(ada.participant(), "Ada")], Some(id)).await;
    let delete = async || call(&api, Method::DELETE, format!("videos/{id}"), &ada, None).await;
    delete().await.expect_problem(409, "video_in_use").await;
    let info = api.get(&format!("rooms/{}", text(&room["code"]))).send().await.unwrap().expect(StatusCode::OK).await;
    assert_eq!(info["watching"], "Holiday");
    let path = format!("rooms/{}", text(&room["code"]));
    call(&api, Method::DELETE, path, &ada, None).await.expect(StatusCode::NO_CONTENT).await;
    delete().await.expect(StatusCode::NO_CONTENT).await;
}

// UPL-5
#[tokio::test]
async fn what_was_found_and_decided_is_told_to_the_owner_alone() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let (_, eve) = api.guest_room("Eve").await;
    let id = uploaded(&api, &ada).await;
    let details = async |whom| call(&api, Method::GET, format!("videos/{id}/details"), whom, None).await;
    let nothing = json!({ "report": null, "decisions": [] });
    assert_eq!(details(&ada).await.expect(StatusCode::OK).await, nothing);

    let decisions = json!([{ "choice": "picture copied", "reason": "every browser plays it" }]);
    api.store.rows.note_report(id, r#"{"container":"mp4"}"#).await.unwrap();
    api.store.rows.note_decisions(id, &decisions.to_string()).await.unwrap();
    let told = details(&ada).await.expect(StatusCode::OK).await;
    assert_eq!(told, json!({ "report": { "container": "mp4" }, "decisions": decisions }));
    details(&eve).await.expect_problem(404, "video_not_found").await;
}

// HLS-3
#[tokio::test]
async fn a_manifest_is_for_the_owner_and_for_those_in_a_room_that_watches() {
    let api = TestApi::start().await;
    let (room, ada) = api.guest_room("Ada").await;
    let (_, eve) = api.guest_room("Eve").await;
    let id = ready(&api, &ada).await;
    let manifest = async |whom| call(&api, Method::GET, format!("videos/{id}/manifest"), whom, None).await;
    let knock = api.post(&format!("rooms/{}/join", text(&room["code"])), json!({})).send().await.unwrap();
    let knock = knock.expect(StatusCode::OK).await;
    let ben = Person { id: text(&knock["participantId"]), token: text(&knock["guestToken"]) };
    manifest(&ben).await.expect_problem(404, "video_not_found").await;

    api.people_in(&room, &[present(ben.participant(), "Ben")], Some(id)).await;

    let (for_ada, for_ben) =
        (manifest(&ada).await.expect(StatusCode::OK).await, manifest(&ben).await.expect(StatusCode::OK).await);
    assert_eq!(for_ada, for_ben, "all who watch fetch the same addresses");
    assert!(text(&for_ben["manifestUrl"]).ends_with("/master.m3u8"));
    assert!(text(&for_ben["posterUrl"]).ends_with("/poster.jpg"));
    manifest(&eve).await.expect_problem(404, "video_not_found").await;
    call(&api, Method::GET, format!("videos/{id}/status"), &ben, None).await.expect(StatusCode::OK).await;
    call(&api, Method::GET, format!("videos/{id}/status"), &eve, None)
        .await
        .expect_problem(404, "video_not_found")
        .await;
}

// TRN-6
#[tokio::test]
async fn a_failed_video_is_tried_again_on_request() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let id = uploaded(&api, &ada).await;
    let manifest = call(&api, Method::GET, format!("videos/{id}/manifest"), &ada, None).await;
    manifest.expect_problem(409, "source_not_ready").await;
    let job = api.store.rows.claim_transcode(api.clock.now().0, 1_000).await.unwrap().unwrap();
    api.store.rows.fail_transcode(id, job.attempt, Code::Timeout, None).await.unwrap();
    let status = call(&api, Method::GET, format!("videos/{id}/status"), &ada, None).await.expect(StatusCode::OK).await;
    assert_eq!((&status["status"], &status["failure"]), (&json!("failed"), &json!("timeout")));

    let retried = call(&api, Method::POST, format!("videos/{id}/retry"), &ada, None).await;

    assert_eq!(retried.expect(StatusCode::ACCEPTED).await["status"], "pending");
    assert!(api.store.rows.claim_transcode(api.clock.now().0, 1_000).await.unwrap().is_some());
    let unfinished = Upload::begin(&api, &ada, 100).await;
    let retried = call(&api, Method::POST, format!("videos/{}/retry", unfinished.id), &ada, None).await;
    retried.expect_problem(409, "upload_incomplete").await;
}
