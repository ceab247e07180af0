use reqwest::{Method, StatusCode};
use syncwatch_api::{ApiSettings, OnScanFailure};
use syncwatch_protocol::{Code, VideoEvent, VideoId, VideoStatus};
use syncwatch_store::notices::video_topic;
use syncwatch_store::{Announcement, ObjectKey, Subscription};

use crate::clamd::{FakeClamd, Mood, RealClamd, SIGNATURE};
use crate::harness::{Expect, Person, TestApi};
use crate::tus::{Upload, film};

/// 300 KB, so that it takes several pieces, with something in the last one.
fn infected() -> Vec<u8> {
    let mut bytes = film(300_000);
    let at = bytes.len() - SIGNATURE.len();
    bytes[at..].copy_from_slice(SIGNATURE);
    bytes
}

async fn scanning(clamd: &FakeClamd, set: impl FnOnce(&mut ApiSettings)) -> (TestApi, Person) {
    let api = TestApi::start_with(|settings| {
        settings.scan.clamd = clamd.address.clone();
        settings.scan.retry_seconds = 0;
        set(settings);
    })
    .await;
    let ada = api.user("ada").await;
    (api, ada)
}

/// Uploads a film, and says what became of it and over which states.
async fn upload(api: &TestApi, owner: &Person, bytes: &[u8]) -> (VideoId, Vec<VideoStatus>, Option<Code>) {
    let upload = Upload::begin(api, owner, bytes.len()).await;
    let mut events = api.store.state.subscribe(&video_topic(upload.id)).await;
    upload.patch(0, bytes).await.expect(StatusCode::NO_CONTENT).await;
    let (states, failure) = states(&mut events).await;
    (upload.id, states, failure)
}

async fn states(events: &mut Subscription) -> (Vec<VideoStatus>, Option<Code>) {
    let mut seen = Vec::new();
    loop {
        let Some(Announcement::Message(event)) = events.next().await else { panic!("the events end") };
        let VideoEvent::Changed(view) = serde_json::from_slice(&event).unwrap() else { panic!("deleted") };
        if seen.last() != Some(&view.status) {
            seen.push(view.status);
        }
        if matches!(view.status, VideoStatus::Pending | VideoStatus::Failed) {
            return (seen, view.failure);
        }
    }
}

// UPL-4
#[tokio::test]
async fn a_clean_film_is_scanned_whole_and_then_queued() {
    let folder = tempfile::tempdir().unwrap();
    let clamd = FakeClamd::start_at(&folder.path().join("clamd.ctl")).await;
    let (api, ada) = scanning(&clamd, |_| {}).await;
    let (_, states, failure) = upload(&api, &ada, &film(300_000)).await;
    assert_eq!(states, [VideoStatus::Uploading, VideoStatus::Scanning, VideoStatus::Pending]);
    assert_eq!((failure, clamd.seen.lock().unwrap().as_slice()), (None, [300_000].as_slice()));
}

// UPL-4
#[tokio::test]
async fn malware_is_removed_and_its_owner_is_told() {
    let clamd = FakeClamd::start(&[Mood::Works]).await;
    let (api, ada) = scanning(&clamd, |_| {}).await;

    let (id, states, failure) = upload(&api, &ada, &infected()).await;

    assert_eq!(states, [VideoStatus::Uploading, VideoStatus::Scanning, VideoStatus::Failed]);
    assert_eq!(failure, Some(Code::MalwareFound));
    let retried = api.request(Method::POST, &format!("videos/{id}/retry")).bearer_auth(&ada.token).send().await;
    retried.unwrap().expect_problem(422, "malware_found").await;
    assert!(api.store.rows.claim_transcode(api.clock.now().0, 1_000).await.unwrap().is_none());
    assert!(!api.store.objects.path(&ObjectKey::upload(id)).exists());
    assert_eq!(api.store.rows.storage_used(ada.participant()).await.unwrap(), 0);
}

// UPL-4
#[tokio::test]
async fn a_scanner_that_was_away_for_a_moment_is_asked_again() {
    let clamd = FakeClamd::start(&[Mood::HangsUp, Mood::HangsUp, Mood::Works]).await;
    let (api, ada) = scanning(&clamd, |_| {}).await;
    assert_eq!(upload(&api, &ada, &infected()).await.2, Some(Code::MalwareFound));
}

// UPL-4
#[tokio::test]
async fn without_a_scanner_a_film_is_kept_but_not_made_ready_until_one_is_back() {
    let clamd = FakeClamd::start(&[Mood::HangsUp, Mood::HangsUp, Mood::HangsUp, Mood::Works]).await;
    let (api, ada) = scanning(&clamd, |_| {}).await;
    let (id, _, failure) = upload(&api, &ada, &film(5_000)).await;
    assert_eq!(failure, Some(Code::ScanFailed));
    assert!(api.store.objects.path(&ObjectKey::upload(id)).exists());
    let mut events = api.store.state.subscribe(&video_topic(id)).await;

    let retried = api.request(Method::POST, &format!("videos/{id}/retry")).bearer_auth(&ada.token).send().await;

    assert_eq!(retried.unwrap().expect(StatusCode::ACCEPTED).await["status"], "scanning");
    assert_eq!(states(&mut events).await.0.last(), Some(&VideoStatus::Pending));
}

// UPL-4
#[tokio::test]
async fn an_installation_may_take_what_could_not_be_scanned() {
    let clamd = FakeClamd::start(&[Mood::TakesNoMoreThan(100_000)]).await;
    let (api, ada) = scanning(&clamd, |settings| settings.scan.on_failure = OnScanFailure::Accept).await;
    assert_eq!(upload(&api, &ada, &infected()).await.1.last(), Some(&VideoStatus::Pending));
    let (api, ada) = scanning(&clamd, |settings| settings.scan.max_bytes = 100_000).await;
    let (_, states, _) = upload(&api, &ada, &infected()).await;
    assert_eq!(states.last(), Some(&VideoStatus::Pending), "what is scanned is the beginning");
    assert_eq!(*clamd.seen.lock().unwrap(), [100_000]);
}

// UPL-4
#[tokio::test]
async fn a_scan_that_the_end_of_the_process_cut_short_is_done_at_the_next_start() {
    let clamd = FakeClamd::start(&[Mood::Works]).await;
    let (api, ada) = scanning(&clamd, |_| {}).await;
    let begun = Upload::begin(&api, &ada, 300_000).await;
    std::fs::write(api.store.objects.path(&ObjectKey::upload(begun.id)), infected()).unwrap();
    assert!(api.store.rows.begin_scan(begun.id, api.clock.now().0).await.unwrap());
    let api = api.crash_and_restart().await;
    let mut events = api.store.state.subscribe(&video_topic(begun.id)).await;

    api.clean_up().run_once(api.clock.now()).await.unwrap();

    assert_eq!(states(&mut events).await.1, Some(Code::MalwareFound));
}

/// `make test-clamd` runs this one; the variable names the program.
// UPL-4
#[tokio::test]
#[ignore = "needs clamd, which `make test-clamd` installs"]
async fn a_real_clamd_finds_what_it_knows_and_passes_the_rest() {
    #[expect(clippy::disallowed_methods, reason = "the program is not a setting of ours")]
    let clamd = RealClamd::start(&std::env::var("SYNCWATCH_TEST_CLAMD").unwrap()).await;
    let api = TestApi::start_with(|settings| settings.scan.clamd = clamd.address()).await;
    let ada = api.user("ada").await;
    assert_eq!(upload(&api, &ada, &film(1_000_000)).await.1.last(), Some(&VideoStatus::Pending));
    let (_, _, failure) = upload(&api, &ada, &infected()).await;
    assert_eq!(failure, Some(Code::MalwareFound));
}
