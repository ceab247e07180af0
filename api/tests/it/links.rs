//! Films on other people's servers, which are real ones here, on loopback.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_RANGE, CONTENT_TYPE, LOCATION, RANGE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

use crate::harness::{Person, TestApi};

const PAGE: &str = "http://watch.test";

/// Somebody's server with films.
async fn films() -> SocketAddr {
    let page = |name: &'static str, value: &'static str| {
        move || async move { ([(CONTENT_TYPE, "text/html")], [(name, value)], "<html>") }
    };
    let list = |text: &'static str, readers: &'static str| {
        move || async move { ([(ACCESS_CONTROL_ALLOW_ORIGIN, readers)], text) }
    };
    const FILM: &str = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n/segment\n#EXTINF:3,\n/segment\n#EXT-X-ENDLIST\n";
    let app = Router::new()
        .route("/A%20film_of_ours.mp4", get(|headers: HeaderMap| async move { part(&headers, &mp4(b"avc1")) }))
        .route("/hevc.mp4", get(|headers: HeaderMap| async move { part(&headers, &mp4(b"hvc1")) }))
        .route("/secret.mp4", get(|headers: HeaderMap| async move { part(&headers, &mp4(b"encv")) }))
        .route("/whole.mp4", get(|| async { mp4(b"avc1") }))
        .route("/master.m3u8", get(list("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=640x360\nlist.m3u8\n", "*")))
        .route("/list.m3u8", get(list(FILM, "http://watch.test")))
        .route("/own.m3u8", get(list(FILM, "https://elsewhere.test")))
        .route("/live.m3u8", get(list("#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n/segment\n", "*")))
        .route("/segment", get(|| async { ([(ACCESS_CONTROL_ALLOW_ORIGIN, "*")], "G") }))
        .route("/framed", get(page("x-frame-options", "DENY")))
        .route("/policy", get(page("content-security-policy", "frame-ancestors 'self'")))
        .route("/page", get(page("x-any", "thing")))
        .route("/picture", get(|| async { ([(CONTENT_TYPE, "image/png")], "\u{89}PNG") }))
        .route("/closed.mp4", get(|| async { StatusCode::FORBIDDEN }))
        .route(
            "/inside",
            get(|| async { (StatusCode::FOUND, [(LOCATION, "http://169.254.169.254/latest/meta-data")]) }),
        )
        .route(
            "/byname",
            get(|| async { (StatusCode::FOUND, [(LOCATION, "http://localhost.localdomain:1/film.mp4")]) }),
        )
        .route("/moved", get(|| async { (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, "/A%20film_of_ours.mp4")]) }))
        .route("/round", get(|| async { (StatusCode::FOUND, [(LOCATION, "/round")]) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    address
}

fn part(headers: &HeaderMap, file: &[u8]) -> Response {
    let wanted =
        headers.get(RANGE).and_then(|range| range.to_str().ok()).and_then(|range| range.strip_prefix("bytes="));
    let Some((first, last)) = wanted.and_then(|range| range.split_once('-')) else {
        return Body::from(file.to_vec()).into_response();
    };
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let last = last.min(file.len() - 1);
    let place = format!("bytes {first}-{last}/{}", file.len());
    (StatusCode::PARTIAL_CONTENT, [(CONTENT_RANGE, place)], file[first..=last].to_vec()).into_response()
}

/// A film of 90.5 s with its index at the end, as far as anybody looks at it.
fn mp4(picture: &[u8; 4]) -> Vec<u8> {
    let boxed = |kind: &[u8; 4], contents: &[u8]| {
        [&(contents.len() as u32 + 8).to_be_bytes(), kind.as_slice(), contents].concat()
    };
    let mvhd =
        boxed(b"mvhd", &[[0; 12].as_slice(), &1_000u32.to_be_bytes(), &90_500u32.to_be_bytes(), &[0; 80]].concat());
    let hdlr = boxed(b"hdlr", &[[0; 8].as_slice(), b"vide", &[0; 12]].concat());
    let stsd = boxed(b"stsd", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &boxed(picture, &[0; 78])].concat());
    let tkhd = boxed(b"tkhd", &[[0; 76].as_slice(), &[5, 0, 0, 0, 2, 208, 0, 0]].concat());
    let mdia = boxed(b"mdia", &[hdlr, boxed(b"minf", &boxed(b"stbl", &stsd))].concat());
    let moov = boxed(b"moov", &[mvhd, boxed(b"trak", &[tkhd, mdia].concat())].concat());
    [boxed(b"ftyp", b"isom\0\0\0\0"), boxed(b"mdat", &vec![0; 200_000]), moov].concat()
}

/// An API that may link to that server, and to nothing else on this machine.
async fn api(films: SocketAddr) -> TestApi {
    TestApi::start_with(|settings| {
        settings.links.hosts =
            vec![films.to_string(), "169.254.169.254".into(), "localhost.localdomain:1".into(), "metadata.test".into()];
        settings.links.private_networks = vec![format!("{}/32", films.ip()).parse().unwrap()];
        settings.limits.links_per_minute = 1_000;
    })
    .await
}

async fn add(api: &TestApi, user: &Person, url: &str) -> (StatusCode, Value) {
    let request = api.post("videos/links", json!({ "url": url })).header("origin", PAGE).bearer_auth(&user.token);
    let response = request.send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

// SRC-4
#[tokio::test]
async fn a_linked_film_is_ready_at_once_and_is_played_from_where_it_lies() {
    let films = films().await;
    let api = api(films).await;
    let ada = api.user("ada").await;
    let url = format!("http://{films}/A%20film_of_ours.mp4");

    let (status, film) = add(&api, &ada, &url).await;
    assert_eq!(status, StatusCode::CREATED, "{film}");
    assert_eq!(
        (&film["title"], &film["status"], &film["playable"]),
        (&json!("A film of ours"), &json!("ready"), &json!(true))
    );
    assert_eq!((&film["durationMs"], &film["width"], &film["height"]), (&json!(90_500), &json!(1280), &json!(720)));
    assert_eq!(film["link"], json!({ "kind": "file", "host": films.to_string() }));

    let path = format!("videos/{}/manifest", film["id"].as_str().unwrap());
    let manifest: Value = api.get(&path).bearer_auth(&ada.token).send().await.unwrap().json().await.unwrap();
    assert_eq!((&manifest["kind"], &manifest["manifestUrl"]), (&json!("file"), &json!(url)));
    let list: Value = api.get("videos").bearer_auth(&ada.token).send().await.unwrap().json().await.unwrap();
    assert_eq!((&list["items"][0]["id"], &list["storage"]["usedBytes"]), (&film["id"], &json!(0)));
}

// SRC-4
#[tokio::test]
async fn a_linked_playlist_is_as_long_as_its_segments_and_as_large_as_its_best_quality() {
    let films = films().await;
    let api = api(films).await;
    let ada = api.user("ada").await;
    let (status, film) = add(&api, &ada, &format!("http://{films}/master.m3u8")).await;
    assert_eq!(status, StatusCode::CREATED, "{film}");
    assert_eq!(
        (&film["durationMs"], &film["height"], &film["link"]["kind"]),
        (&json!(9_000), &json!(360), &json!("hls"))
    );
}

// SRC-5
#[tokio::test]
async fn each_link_that_cannot_be_watched_together_is_refused_with_its_reason() {
    let films = films().await;
    let api = api(films).await;
    let ada = api.user("ada").await;
    for (path, code) in [
        ("/hevc.mp4", "link_codec"),
        ("/secret.mp4", "drm_protected"),
        ("/whole.mp4", "link_no_ranges"),
        ("/own.m3u8", "link_cors_blocked"),
        ("/live.m3u8", "link_live"),
        ("/framed", "x_frame_options"),
        ("/policy", "csp_blocked"),
        ("/page", "unknown_provider"),
        ("/picture", "unsupported_format"),
        ("/closed.mp4", "auth_required"),
        ("/nowhere.mp4", "link_unreachable"),
        ("/round", "link_unreachable"),
    ] {
        let (status, problem) = add(&api, &ada, &format!("http://{films}{path}")).await;
        assert!(status.is_client_error() && problem["code"] == code, "{path}: {problem}");
    }
    for (url, code) in [
        ("not an address", "link_invalid"),
        ("ftp://films.test/a.mp4", "link_invalid"),
        ("file:///etc/passwd", "link_invalid"),
        ("https://user:secret@films.test/a.mp4", "link_invalid"),
        ("https://films.test/a.mp4", "link_host_not_allowed"),
    ] {
        assert_eq!(add(&api, &ada, url).await.1["code"], code, "{url}");
    }
    let list: Value = api.get("videos").bearer_auth(&ada.token).send().await.unwrap().json().await.unwrap();
    assert_eq!(list["items"], json!([]), "nothing of it was kept");
}

// BEY-12
#[tokio::test]
async fn no_link_and_no_redirect_leads_to_a_private_address() {
    let films = films().await;
    let api = api(films).await;
    let ada = api.user("ada").await;
    for url in ["http://169.254.169.254/latest/meta-data".to_owned(), format!("http://{films}/inside")] {
        assert_eq!(add(&api, &ada, &url).await.1["code"], "link_private", "{url}");
    }
    // A name that leads to loopback: allowed as a host, and still not asked.
    let elsewhere =
        TestApi::start_with(|settings| settings.links.hosts = vec![format!("localhost:{}", films.port())]).await;
    let ben = elsewhere.user("ben").await;
    let (_, problem) = add(&elsewhere, &ben, &format!("http://localhost:{}/A%20film_of_ours.mp4", films.port())).await;
    assert_eq!(problem["code"], "link_private", "{problem}");
}

// SRC-5
#[tokio::test]
async fn a_redirect_is_followed_to_a_film() {
    let films = films().await;
    let api = api(films).await;
    let ada = api.user("ada").await;
    let (status, film) = add(&api, &ada, &format!("http://{films}/moved")).await;
    assert_eq!(status, StatusCode::CREATED, "{film}");
}

// SRC-5
#[tokio::test]
async fn a_check_says_what_was_found_and_keeps_nothing() {
    let films = films().await;
    let api = api(films).await;
    let ada = api.user("ada").await;
    let check = async |path: &str| -> Value {
        let body = json!({ "url": format!("http://{films}{path}") });
        let request = api.post("videos/links/check", body).header("origin", PAGE).bearer_auth(&ada.token);
        request.send().await.unwrap().json().await.unwrap()
    };
    let good = check("/A%20film_of_ours.mp4").await;
    assert_eq!(
        (&good["supported"], &good["kind"], &good["durationMs"]),
        (&json!(true), &json!("file"), &json!(90_500))
    );
    let bad = check("/framed").await;
    assert_eq!((&bad["supported"], &bad["reason"]), (&json!(false), &json!("x_frame_options")));
    assert!(bad["advice"].as_str().unwrap().contains("upload"));
    let list: Value = api.get("videos").bearer_auth(&ada.token).send().await.unwrap().json().await.unwrap();
    assert_eq!(list["items"], json!([]));
}

// API-4
#[tokio::test]
async fn links_are_not_looked_at_as_often_as_somebody_likes() {
    let api = TestApi::start_with(|settings| {
        settings.limits.links_per_minute = 1;
        settings.limits.count_loopback = true;
    })
    .await;
    let ada = api.user("ada").await;
    add(&api, &ada, "https://films.test/a.mp4").await;
    assert_eq!(add(&api, &ada, "https://films.test/a.mp4").await.0, StatusCode::TOO_MANY_REQUESTS);
}
