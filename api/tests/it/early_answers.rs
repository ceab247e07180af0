//! Answers that are known before the whole body has come, to a client that sends all of it before it looks for one.

use std::time::Duration;

use rstest::rstest;
use syncwatch_store::ObjectKey;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{Person, TestApi};
use crate::tus::{Upload, film};

/// More than the sockets on the way hold, so that the client cannot have sent it before the server has read most of it.
const BODY_BYTES: usize = 32 * 1024 * 1024;

/// Longer than a busy machine takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is wrong with an upload.
enum Trouble {
    DiskFull,
    Unknown,
    WrongOffset,
    NotLoggedIn,
    OldProtocol,
    NoFilm,
}

// UPL-1, API-1
#[rstest]
#[case::disk_full(Trouble::DiskFull, "storage_full")]
#[case::unknown(Trouble::Unknown, "upload_not_found")]
#[case::wrong_offset(Trouble::WrongOffset, "upload_offset_mismatch")]
#[case::not_logged_in(Trouble::NotLoggedIn, "session_expired")]
#[case::old_protocol(Trouble::OldProtocol, "upload_version")]
#[case::no_film(Trouble::NoFilm, "unsupported_format")]
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_reaches_a_browser_that_is_still_sending(#[case] trouble: Trouble, #[case] code: &str) {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let mut upload = Upload::begin(&api, &ada, BODY_BYTES + 5).await;
    let (mut bytes, mut version, mut offset) = (film(BODY_BYTES), "1.0.0", 0);
    match trouble {
        Trouble::DiskFull => fill_disk_of(&api, &upload),
        Trouble::Unknown => upload.url.truncate(upload.url.len() - 4),
        Trouble::WrongOffset => offset = 5,
        Trouble::NotLoggedIn => upload.owner = Person { token: "a.b.c".into(), ..ada },
        Trouble::OldProtocol => version = "0.2.2",
        Trouble::NoFilm => bytes.fill(b'x'),
    }

    let answer = tokio::time::timeout(PATIENCE, send_all_then_read(&upload, version, offset, &bytes)).await;

    let answer = answer.expect("in time");
    assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{answer}");
}

/// Writing to /dev/full fails as writing to a full disk does.
fn fill_disk_of(api: &TestApi, upload: &Upload) {
    let path = api.store.objects.path(&ObjectKey::upload(upload.id));
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/full", &path).unwrap();
}

// OBS-6
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_does_not_wait_for_bytes_that_nobody_wants_any_more() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let upload = Upload::begin(&api, &ada, BODY_BYTES).await;
    let mut connection = send(&upload, "1.0.0", 0, BODY_BYTES, &[b'x'; 64 * 1024]).await;
    let mut answer = [0; 12];
    connection.read_exact(&mut answer).await.expect("the server answers");
    assert_eq!(&answer, b"HTTP/1.1 415");

    // The rest never comes, and the server still waits for it.
    assert!(api.tasks.stop(PATIENCE).await);

    let mut rest = Vec::new();
    let closed = tokio::time::timeout(PATIENCE, connection.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the connection stays open");
}

/// Sends a request as some browsers do: not a look at the answer before the last byte is gone.
async fn send_all_then_read(upload: &Upload, version: &str, offset: usize, bytes: &[u8]) -> String {
    let mut connection = send(upload, version, offset, bytes.len(), bytes).await;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("the server answers");
    answer
}

/// Sends a request whose body may be shorter than it says.
async fn send(upload: &Upload, version: &str, offset: usize, announced: usize, bytes: &[u8]) -> TcpStream {
    let (host, path) = upload.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let head = format!(
        "PATCH /{path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\ntus-resumable: {version}\r\n\
         content-type: application/offset+octet-stream\r\nupload-offset: {offset}\r\ncontent-length: {announced}\r\n\
         connection: close\r\n\r\n",
        upload.owner.token,
    );
    let mut connection = TcpStream::connect(host).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(bytes).await.expect("the server takes all bytes");
    connection
}
