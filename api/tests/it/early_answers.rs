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

/// Sends a request as some browsers do: not a look at the answer before the last byte is gone.
async fn send_all_then_read(upload: &Upload, version: &str, offset: usize, bytes: &[u8]) -> String {
    let (host, path) = upload.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let head = format!(
        "PATCH /{path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\ntus-resumable: {version}\r\n\
         content-type: application/offset+octet-stream\r\nupload-offset: {offset}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n",
        upload.owner.token,
        bytes.len(),
    );
    let mut connection = TcpStream::connect(host).await.unwrap();
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(bytes).await.expect("the server takes all bytes");
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.expect("the server answers");
    answer
}
