use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};
use syncwatch_protocol::{VideoEvent, VideoStatus};
use syncwatch_store::notices::{JOBS_TOPIC, video_topic};
use syncwatch_store::{Announcement, ObjectKey};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::harness::{Expect, Person, TestApi, text};
use crate::tus::{Upload, film, header, offset_of};

// UPL-1
#[tokio::test]
async fn a_film_sent_in_parts_is_stored_whole_and_queued() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let bytes = film(300_000);
    let mut jobs = api.store.state.subscribe(JOBS_TOPIC).await;
    let upload = Upload::begin(&api, &ada, bytes.len()).await;
    let mut events = api.store.state.subscribe(&video_topic(upload.id)).await;

    let first = upload.patch(0, &bytes[..100_000]).await;
    assert_eq!((first.status(), offset_of(&first)), (StatusCode::NO_CONTENT, 100_000));
    assert!(header(&first, "upload-expires").ends_with("GMT"));
    let asked = upload.head().await;
    assert_eq!((offset_of(&asked), header(&asked, "upload-length")), (100_000, "300000".into()));
    assert_eq!(header(&asked, "cache-control"), "no-store");
    let second = upload.patch(100_000, &bytes[100_000..]).await;
    assert_eq!(offset_of(&second), 300_000);

    assert_eq!(std::fs::read(api.store.objects.path(&ObjectKey::upload(upload.id))).unwrap(), bytes);
    let video = api.store.rows.video(upload.id).await.unwrap().unwrap();
    assert_eq!(
        (video.status, video.title.as_str(), video.mime.as_str()),
        (VideoStatus::Pending, "Holiday", "video/mp4")
    );
    assert!(api.store.rows.claim_transcode(api.clock.now().0, 1_000).await.unwrap().is_some());
    assert!(jobs.next().await.is_some());
    let mut seen = Vec::new();
    while seen.last() != Some(&VideoStatus::Pending) {
        let Some(Announcement::Message(event)) = events.next().await else { panic!("the events end") };
        let VideoEvent::Changed(view) = serde_json::from_slice(&event).unwrap() else { panic!("deleted") };
        seen.push(view.status);
    }
    assert!(seen.contains(&VideoStatus::Uploading), "{seen:?}");
    assert_eq!(offset_of(&upload.head().await), 300_000, "the offset of a complete upload is its length");
}

// UPL-1
#[tokio::test]
async fn the_server_says_what_it_can_do() {
    let api = TestApi::start().await;
    let answer = api.request(Method::OPTIONS, "videos/upload").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(header(&answer, "tus-version"), "1.0.0");
    assert_eq!(header(&answer, "tus-extension"), "creation,creation-with-upload,termination,expiration,checksum");
    assert_eq!(header(&answer, "tus-max-size"), (8_u64 << 30).to_string());
    assert_eq!(header(&answer, "tus-checksum-algorithm"), "sha1");
}

// UPL-1
#[tokio::test]
async fn an_upload_may_begin_with_its_first_bytes() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let bytes = film(10_000);
    let begin = Upload::creation(&api, &ada, bytes.len()).header("content-type", "application/offset+octet-stream");
    let answer = begin.body(bytes).send().await.unwrap();
    assert_eq!((answer.status(), offset_of(&answer)), (StatusCode::CREATED, 10_000));
    let id = header(&answer, "location").rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(api.store.rows.video(id).await.unwrap().unwrap().status, VideoStatus::Pending);
}

// UPL-1
#[tokio::test]
async fn bytes_with_the_right_checksum_count_and_others_are_thrown_away() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let bytes = film(20_000);
    let upload = Upload::begin(&api, &ada, bytes.len()).await;

    let wrong = upload.patch_with_checksum(0, &bytes[..8_000], b"something else").await;
    wrong.expect_problem(460, "upload_checksum_mismatch").await;
    assert_eq!(offset_of(&upload.head().await), 0);
    let right = upload.patch_with_checksum(0, &bytes[..8_000], &bytes[..8_000]).await;
    assert_eq!(offset_of(&right), 8_000);
    let rest = upload.patch_with_checksum(8_000, &bytes[8_000..], &bytes[8_000..]).await;
    assert_eq!(offset_of(&rest), 20_000);

    assert_eq!(std::fs::read(api.store.objects.path(&ObjectKey::upload(upload.id))).unwrap(), bytes);
    assert!(!api.store.objects.path(&ObjectKey::unverified(upload.id)).exists());
}

// UPL-1
#[tokio::test]
async fn an_upload_is_given_up_on_request() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let upload = Upload::begin(&api, &ada, 50_000).await;
    upload.patch(0, &film(50_000)[..9_000]).await.expect(StatusCode::NO_CONTENT).await;

    upload.request(Method::DELETE).send().await.unwrap().expect(StatusCode::NO_CONTENT).await;

    assert_eq!(upload.head().await.status(), StatusCode::NOT_FOUND);
    assert!(!api.store.objects.path(&ObjectKey::upload(upload.id)).exists());
    assert_eq!(api.store.rows.storage_used(ada.participant()).await.unwrap(), 0);
}

// UPL-1
#[tokio::test]
async fn where_only_post_comes_through_the_method_is_named_in_a_header() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let upload = Upload::begin(&api, &ada, 5_000).await;
    let posted = |method: &str| upload.request(Method::POST).header("x-http-method-override", method);
    let patch = posted("PATCH").header("content-type", "application/offset+octet-stream").header("upload-offset", 0);
    assert_eq!(offset_of(&patch.body(film(5_000)[..100].to_vec()).send().await.unwrap()), 100);
    posted("PUT").send().await.unwrap().expect_problem(405, "method_not_allowed").await;
    posted("DELETE").send().await.unwrap().expect(StatusCode::NO_CONTENT).await;
}

// UPL-1
#[tokio::test]
async fn after_a_lost_connection_an_upload_goes_on_from_what_arrived() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let bytes = film(2_000_000);
    let upload = Upload::begin(&api, &ada, bytes.len()).await;
    let connection = send_half(&upload, 0, &bytes, 1_000_000).await;
    let path = api.store.objects.path(&ObjectKey::upload(upload.id));
    until(async || std::fs::metadata(&path).unwrap().len() >= 1_000_000).await;
    drop(connection);

    let offset = resume_at(&upload).await;

    assert_eq!(offset, 1_000_000);
    assert_eq!(offset_of(&upload.patch(offset, &bytes[1_000_000..]).await), 2_000_000);
    assert_eq!(std::fs::read(path).unwrap(), bytes);
}

// UPL-1
#[tokio::test]
async fn a_second_connection_is_refused_while_bytes_come_and_takes_over_when_they_stop() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let bytes = film(200_000);
    let upload = Upload::begin(&api, &ada, bytes.len()).await;
    let _still_open = send_half(&upload, 0, &bytes, 50_000).await;
    let path = api.store.objects.path(&ObjectKey::upload(upload.id));
    until(async || std::fs::metadata(&path).unwrap().len() >= 50_000).await;

    upload.patch(50_000, &bytes[50_000..]).await.expect_problem(423, "upload_locked").await;
    api.advance_ms(3_000);

    assert_eq!(offset_of(&upload.head().await), 50_000);
    assert_eq!(offset_of(&upload.patch(50_000, &bytes[50_000..]).await), 200_000);
}

// UPL-1
#[tokio::test]
async fn after_kill_9_an_upload_goes_on_from_what_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let client = reqwest::Client::new();
    let bytes = film(8 << 20);
    let (server, base) = start_process(folder.path());
    let grant = client.post(format!("{base}/api/v1/rooms")).json(&json!({})).send().await.unwrap();
    let grant = grant.expect(StatusCode::CREATED).await;
    let ada = Person { id: text(&grant["participantId"]), token: text(&grant["guestToken"]) };
    let upload = Upload::begin_at(&client, &base, &ada, bytes.len()).await;
    assert_eq!(offset_of(&upload.patch(0, &bytes[..3 << 20]).await), 3 << 20);
    let _connection = send_half(&upload, 3 << 20, &bytes, 2 << 20).await;
    let path = folder.path().join("media/uploads").join(upload.id.to_string());
    until(async || std::fs::metadata(&path).unwrap().len() > 3 << 20).await;
    kill_9(server);

    let (server, base) = start_process(folder.path());
    let upload = upload.at(&base);
    let offset = resume_at(&upload).await;

    assert!((3 << 20..=5 << 20).contains(&offset), "{offset}");
    let rest = upload.patch(offset, &bytes[usize::try_from(offset).unwrap()..]).await;
    assert_eq!(offset_of(&rest), 8 << 20);
    assert_eq!(Sha256::digest(std::fs::read(path).unwrap()), Sha256::digest(&bytes));
    kill_9(server);
}

/// Sends the head of a request for all bytes from `offset` on, and only some of them.
async fn send_half(upload: &Upload, offset: usize, bytes: &[u8], length: usize) -> TcpStream {
    let address = upload.url.strip_prefix("http://").unwrap();
    let (host, path) = address.split_once('/').unwrap();
    let mut connection = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "PATCH /{path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\ntus-resumable: 1.0.0\r\n\
         content-type: application/offset+octet-stream\r\nupload-offset: {offset}\r\ncontent-length: {}\r\n\r\n",
        upload.owner.token,
        bytes.len() - offset,
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(&bytes[offset..offset + length]).await.unwrap();
    connection.flush().await.unwrap();
    connection
}

/// The offset, as soon as the server has noticed that the former connection is gone.
async fn resume_at(upload: &Upload) -> u64 {
    until(async || upload.head().await.status() == StatusCode::OK).await;
    offset_of(&upload.head().await)
}

async fn until(condition: impl AsyncFn() -> bool) {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(15);
    while !condition().await {
        assert!(tokio::time::Instant::now() < deadline, "it did not happen in time");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

const FOLDER: &str = "SYNCWATCH_TEST_FOLDER";

/// Starts this very program again as a server of its own, and returns where it listens.
fn start_process(folder: &std::path::Path) -> (Child, String) {
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "uploads::serve_until_killed", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let base =
        lines.map_while(Result::ok).find_map(|line| Some(format!("http://{}", line.split_once("listening ")?.1)));
    (server, base.expect("the server says where it listens"))
}

fn kill_9(mut server: Child) {
    server.kill().unwrap();
    server.wait().unwrap();
}

#[tokio::test]
#[ignore = "a server for the test above, which kills it"]
async fn serve_until_killed() {
    let folder = std::path::PathBuf::from(std::env::var_os(FOLDER).expect("started by its test"));
    let api = TestApi::start_in(&folder).await;
    println!("listening {}", api.url("/").trim_start_matches("http://").trim_end_matches('/'));
    std::future::pending::<()>().await;
}
