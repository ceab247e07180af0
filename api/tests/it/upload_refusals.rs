use reqwest::{Method, StatusCode};
use rstest::rstest;
use serde_json::json;
use syncwatch_store::ObjectKey;

use crate::harness::{Expect, PASSWORD, Person, TestApi};
use crate::tus::{Upload, film, metadata, offset_of};

async fn api_with_guest() -> (TestApi, Person) {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    (api, ada)
}

async fn begin(api: &TestApi, owner: &Person, size: &str, meta: &str) -> reqwest::Response {
    let request = api.request(Method::POST, "videos/upload").bearer_auth(&owner.token);
    let request =
        request.header("tus-resumable", "1.0.0").header("upload-length", size).header("upload-metadata", meta);
    request.send().await.unwrap()
}

// UPL-2
#[rstest]
#[case("0", "video/mp4", 422, "unreadable")]
#[case("9663676416", "video/mp4", 413, "too_large")]
#[case("1000", "text/plain", 415, "unsupported_format")]
#[case("1000", "application/vnd.apple.mpegurl", 415, "unsupported_format")]
#[case("-1", "video/mp4", 400, "invalid_request")]
#[case("many", "video/mp4", 400, "invalid_request")]
#[tokio::test]
async fn what_cannot_be_taken_is_refused_before_a_byte_is_sent(
    #[case] size: &str,
    #[case] kind: &str,
    #[case] status: u16,
    #[case] code: &str,
) {
    let (api, ada) = api_with_guest().await;
    begin(&api, &ada, size, &metadata("film.mp4", kind)).await.expect_problem(status, code).await;
    assert!(api.store.rows.videos_of(ada.participant(), 10).await.unwrap().is_empty());
}

// UPL-2
#[rstest]
#[case::text(b"Dear diary, today I renamed a text into holiday.mp4. ".repeat(2_000), "video/mp4", "unsupported_format")]
#[case::playlist(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\nhttp://127.0.0.1/x\n".repeat(200), "video/mp4", "unsupported_format")]
#[case::short_text(b"hello".to_vec(), "video/mp4", "unsupported_format")]
#[case::mp4_as_webm(film(100_000), "video/webm", "mime_mismatch")]
#[tokio::test]
async fn content_that_is_no_film_or_another_kind_is_refused_and_removed(
    #[case] bytes: Vec<u8>,
    #[case] kind: &str,
    #[case] code: &str,
) {
    let (api, ada) = api_with_guest().await;
    let begun = begin(&api, &ada, &bytes.len().to_string(), &metadata("holiday.mp4", kind)).await;
    assert_eq!(begun.status(), StatusCode::CREATED);
    let path = crate::tus::header(&begun, "location");
    let patch = api.request(Method::PATCH, &path).bearer_auth(&ada.token).header("tus-resumable", "1.0.0");
    let patch = patch.header("content-type", "application/offset+octet-stream").header("upload-offset", 0);

    patch.body(bytes).send().await.unwrap().expect_problem(415, code).await;

    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(api.store.rows.video(id).await.unwrap(), None);
    assert!(!api.store.objects.path(&ObjectKey::upload(id)).exists());
}

// UPL-2
#[tokio::test]
async fn a_text_that_comes_byte_by_byte_is_refused_as_well() {
    let (api, ada) = api_with_guest().await;
    let upload = Upload::begin(&api, &ada, 6).await;
    for offset in 0..5 {
        assert_eq!(offset_of(&upload.patch(offset, b"x").await), offset + 1);
    }
    upload.patch(5, b"x").await.expect_problem(415, "unsupported_format").await;
}

// SPEC §1
#[tokio::test]
async fn the_quota_counts_uploads_that_have_only_begun() {
    let api = TestApi::start_with(|settings| settings.uploads.quota_bytes = 1_000).await;
    let (_, ada) = api.guest_room("Ada").await;
    let meta = metadata("film.mp4", "video/mp4");
    assert_eq!(begin(&api, &ada, "700", &meta).await.status(), StatusCode::CREATED);
    begin(&api, &ada, "301", &meta).await.expect_problem(403, "quota_exceeded").await;
    assert_eq!(begin(&api, &ada, "300", &meta).await.status(), StatusCode::CREATED);
}

// UPL-1
#[tokio::test]
async fn a_wrong_offset_is_refused_and_changes_nothing() {
    let (api, ada) = api_with_guest().await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    upload.patch(0, &film(10_000)[..4_000]).await.expect(StatusCode::NO_CONTENT).await;
    for wrong in [0, 3_999, 4_001, 10_000] {
        upload.patch(wrong, b"").await.expect_problem(409, "upload_offset_mismatch").await;
    }
    assert_eq!(offset_of(&upload.head().await), 4_000);
}

// UPL-1
#[tokio::test]
async fn more_bytes_than_announced_are_refused() {
    let (api, ada) = api_with_guest().await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    upload.patch(0, &film(10_001)).await.expect_problem(413, "payload_too_large").await;
    assert_eq!(offset_of(&upload.head().await), 0);
    let stream = futures_util::stream::iter([9_000, 2_000].map(|size| Ok::<_, std::io::Error>(film(size))));
    let unannounced = upload.patching(0).body(reqwest::Body::wrap_stream(stream)).send().await.unwrap();
    unannounced.expect_problem(413, "payload_too_large").await;
    assert!(offset_of(&upload.head().await) <= 10_000);
}

// UPL-1
#[tokio::test]
async fn requests_that_do_not_speak_the_protocol_are_refused() {
    let (api, ada) = api_with_guest().await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    let old =
        api.client.head(&upload.url).bearer_auth(&ada.token).header("tus-resumable", "0.2.2").send().await.unwrap();
    assert_eq!(
        (old.status(), crate::tus::header(&old, "tus-version")),
        (StatusCode::PRECONDITION_FAILED, "1.0.0".into())
    );
    let none = api.request(Method::POST, "videos/upload").bearer_auth(&ada.token).send().await.unwrap();
    none.expect_problem(412, "upload_version").await;
    let json = upload.request(Method::PATCH).header("upload-offset", 0).json(&json!({})).send().await.unwrap();
    json.expect_problem(415, "invalid_request").await;
    let patch = upload.request(Method::PATCH).header("content-type", "application/offset+octet-stream");
    patch.send().await.unwrap().expect_problem(400, "invalid_request").await;
    let md5 = upload.patching(0).header("upload-checksum", "md5 AAAA").body("x").send().await.unwrap();
    md5.expect_problem(400, "invalid_request").await;
    upload.request(Method::PUT).send().await.unwrap().expect_problem(405, "method_not_allowed").await;
}

// SEC-8
#[tokio::test]
async fn an_upload_belongs_to_whoever_began_it() {
    let (api, ada) = api_with_guest().await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    let (_, eve) = api.guest_room("Eve").await;
    let foreign = Upload { owner: eve, ..upload };
    assert_eq!(foreign.head().await.status(), StatusCode::NOT_FOUND);
    foreign.patch(0, b"x").await.expect_problem(404, "upload_not_found").await;
    foreign.request(Method::DELETE).send().await.unwrap().expect_problem(404, "upload_not_found").await;
    let nobody = api.client.patch(&foreign.url).header("tus-resumable", "1.0.0").header("upload-offset", 0);
    let nobody = nobody.header("content-type", "application/offset+octet-stream");
    nobody.send().await.unwrap().expect_problem(401, "not_logged_in").await;
}

// UPL-1
#[tokio::test]
async fn an_upload_that_vanished_is_unknown() {
    let (api, ada) = api_with_guest().await;
    let upload = Upload::begin(&api, &ada, 10_000).await;
    std::fs::remove_file(api.store.objects.path(&ObjectKey::upload(upload.id))).unwrap();
    assert_eq!(upload.head().await.status(), StatusCode::NOT_FOUND);
    upload.patch(0, b"x").await.expect_problem(404, "upload_not_found").await;
}

// UPL-1
#[tokio::test]
async fn when_the_disk_is_full_people_are_told_and_the_upload_goes_on_once_there_is_space() {
    let (api, ada) = api_with_guest().await;
    let bytes = film(50_000);
    let upload = Upload::begin(&api, &ada, bytes.len()).await;
    let path = api.store.objects.path(&ObjectKey::upload(upload.id));
    let aside = path.with_extension("aside");
    std::fs::rename(&path, &aside).unwrap();
    // Writing to /dev/full fails as writing to a full disk does.
    std::os::unix::fs::symlink("/dev/full", &path).unwrap();

    upload.patch(0, &bytes).await.expect_problem(507, "storage_full").await;

    std::fs::rename(&aside, &path).unwrap();
    assert_eq!(offset_of(&upload.head().await), 0);
    assert_eq!(offset_of(&upload.patch(0, &bytes).await), 50_000);
}

// UPL-1
#[tokio::test]
async fn a_complete_upload_takes_no_more_and_cannot_be_given_up() {
    let (api, ada) = api_with_guest().await;
    let upload = Upload::begin(&api, &ada, 5_000).await;
    upload.patch(0, &film(5_000)).await.expect(StatusCode::NO_CONTENT).await;
    upload.patch(0, b"x").await.expect_problem(409, "upload_offset_mismatch").await;
    assert_eq!(offset_of(&upload.patch(5_000, b"").await), 5_000, "a repeated last request is answered as the first");
    upload.request(Method::DELETE).send().await.unwrap().expect_problem(404, "upload_not_found").await;
}

// ACC-6
#[tokio::test]
async fn a_guest_who_registers_goes_on_with_his_upload() {
    let (api, guest) = api_with_guest().await;
    let bytes = film(10_000);
    let upload = Upload::begin(&api, &guest, bytes.len()).await;
    upload.patch(0, &bytes[..5_000]).await.expect(StatusCode::NO_CONTENT).await;
    let form = json!({ "email": "ada@example.org", "username": "ada", "password": PASSWORD });
    let session = api.post("auth/register", form).bearer_auth(&guest.token).send().await.unwrap();
    let session = session.expect(StatusCode::CREATED).await;

    let token = crate::harness::text(&session["accessToken"]);
    let upload = Upload { owner: Person { token, ..guest }, ..upload };

    assert_eq!(offset_of(&upload.patch(5_000, &bytes[5_000..]).await), 10_000);
}
