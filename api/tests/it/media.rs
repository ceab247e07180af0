use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use rstest::rstest;
use syncwatch_protocol::VideoId;
use syncwatch_store::notices::{self, MakingNotice};
use syncwatch_store::{Announcement, ObjectKey, Subscription};

use crate::harness::{Expect, TestApi, text};
use crate::tus::header;
use crate::videos::{making, ready};

/// A film with a playlist and a segment of the bytes 0, 1, 2, … 255, 0, 1, …
pub(crate) struct Film {
    pub(crate) api: TestApi,
    pub(crate) id: VideoId,
    /// The signed address up to the file's name.
    pub(crate) base: String,
}

impl Film {
    pub(crate) async fn ready() -> Self {
        Self::on(TestApi::start().await).await
    }

    pub(crate) async fn on(api: TestApi) -> Self {
        let (_, ada) = api.guest_room("Ada").await;
        let id = ready(&api, &ada).await;
        let manifest = api.get(&format!("videos/{id}/manifest")).bearer_auth(&ada.token).send().await.unwrap();
        let manifest = text(&manifest.expect(StatusCode::OK).await["manifestUrl"]);
        let film = Self { api, id, base: manifest.strip_suffix("master.m3u8").unwrap().to_owned() };
        film.write("master.m3u8", b"#EXTM3U\n").await;
        film.write("720p/00000.m4s", &segment()).await;
        film
    }

    pub(crate) async fn write(&self, file: &str, bytes: &[u8]) {
        let key = ObjectKey::attempt_file(self.id, 1, file).unwrap();
        self.api.store.objects.create(&key).await.unwrap();
        std::fs::write(self.api.store.objects.path(&key), bytes).unwrap();
    }

    async fn ask(&self, method: Method, file: &str, headers: &[(&str, &str)]) -> Response {
        let request = self.api.request(method, &format!("{}{file}", self.base));
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
    }

    pub(crate) async fn get(&self, file: &str, headers: &[(&str, &str)]) -> Response {
        self.ask(Method::GET, file, headers).await
    }
}

pub(crate) fn segment() -> Vec<u8> {
    (0..=255).cycle().take(300_000).collect()
}

// HLS-1
#[tokio::test]
async fn segments_are_kept_for_good_and_playlists_for_seconds() {
    let film = Film::ready().await;
    let segment_answer = film.get("720p/00000.m4s", &[]).await;
    assert_eq!(header(&segment_answer, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&segment_answer, "content-type"), "video/iso.segment");
    assert_eq!(header(&segment_answer, "accept-ranges"), "bytes");
    assert_eq!(header(&segment_answer, "cross-origin-resource-policy"), "cross-origin");
    assert_eq!(header(&segment_answer, "content-length"), "300000");
    assert_eq!(segment_answer.bytes().await.unwrap(), segment());
    let playlist = film.get("master.m3u8", &[]).await;
    assert_eq!(header(&playlist, "cache-control"), "public, max-age=5, stale-while-revalidate=10");
    assert_eq!(header(&playlist, "content-type"), "application/vnd.apple.mpegurl");
    let head = film.ask(Method::HEAD, "720p/00000.m4s", &[]).await;
    assert_eq!((head.status(), header(&head, "content-length")), (StatusCode::OK, "300000".into()));
}

// HLS-1
#[rstest]
#[case("bytes=0-99", 206, "bytes 0-99/300000", 0..100)]
#[case("bytes=299990-", 206, "bytes 299990-299999/300000", 299_990..300_000)]
#[case("bytes=-10", 206, "bytes 299990-299999/300000", 299_990..300_000)]
#[case("bytes=131000-263000", 206, "bytes 131000-263000/300000", 131_000..263_001)]
#[case("bytes=0-1,5-6", 200, "", 0..300_000)]
#[tokio::test]
async fn a_range_gets_exactly_its_bytes(
    #[case] range: &str,
    #[case] status: u16,
    #[case] position: &str,
    #[case] bytes: std::ops::Range<usize>,
) {
    let film = Film::ready().await;
    let answer = film.get("720p/00000.m4s", &[("range", range)]).await;
    assert_eq!(answer.status(), status);
    assert_eq!(answer.headers().get("content-range").map_or("", |value| value.to_str().unwrap()), position);
    assert_eq!(answer.bytes().await.unwrap(), segment()[bytes]);
}

// HLS-1
#[tokio::test]
async fn a_range_behind_the_end_is_refused_with_the_size() {
    let film = Film::ready().await;
    let answer = film.get("720p/00000.m4s", &[("range", "bytes=300000-")]).await;
    assert_eq!(
        (answer.status(), header(&answer, "content-range")),
        (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */300000".into())
    );
}

// HLS-1
#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let film = Film::ready().await;
    for file in ["720p/00000.m4s", "master.m3u8"] {
        let first = film.get(file, &[]).await;
        let (etag, date) = (header(&first, "etag"), header(&first, "last-modified"));
        let again = film.get(file, &[("if-none-match", &etag)]).await;
        assert_eq!((again.status(), header(&again, "etag")), (StatusCode::NOT_MODIFIED, etag.clone()));
        assert_eq!(film.get(file, &[("if-modified-since", &date)]).await.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(film.get(file, &[("if-none-match", "\"x\"")]).await.status(), StatusCode::OK);
        let fits = film.get(file, &[("range", "bytes=0-3"), ("if-range", &etag)]).await;
        assert_eq!(fits.status(), StatusCode::PARTIAL_CONTENT);
        let outdated = film.get(file, &[("range", "bytes=0-3"), ("if-range", "\"x\"")]).await;
        assert_eq!(outdated.status(), StatusCode::OK);
    }
    film.write("master.m3u8", b"#EXTM3U\n#EXT-X-ENDLIST\n").await;
    let etag = header(&film.get("720p/00000.m4s", &[]).await, "etag");
    assert_eq!(film.get("master.m3u8", &[("if-none-match", &etag)]).await.status(), StatusCode::OK);
}

// HLS-1
#[tokio::test]
async fn a_playlist_travels_compressed_to_those_who_take_that_and_caches_keep_the_forms_apart() {
    let film = Film::ready().await;
    let text: String = (0..600).map(|n| format!("#EXTINF:6.000000,\n{n:05}.m4s\n")).collect();
    film.write("720p/index.m3u8", text.as_bytes()).await;
    let plain = film.get("720p/index.m3u8", &[]).await;
    let gzip = film.get("720p/index.m3u8", &[("accept-encoding", "gzip, deflate, br, zstd")]).await;
    assert_eq!(header(&gzip, "content-encoding"), "gzip");
    assert_eq!((header(&plain, "vary"), header(&gzip, "vary")), ("accept-encoding".into(), "accept-encoding".into()));
    let (plain_tag, gzip_tag) = (header(&plain, "etag"), header(&gzip, "etag"));
    assert_ne!(plain_tag, gzip_tag);
    assert_eq!(header(&gzip, "cache-control"), "public, max-age=5, stale-while-revalidate=10");
    let compressed = gzip.bytes().await.unwrap();
    assert!(compressed.len() * 5 < text.len());
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&compressed[..]), &mut unpacked).unwrap();
    assert_eq!((unpacked, plain.text().await.unwrap()), (text.clone(), text.clone()));
    for (tag, encoding, status) in
        [(&gzip_tag, "gzip", 304), (&plain_tag, "gzip", 200), (&plain_tag, "identity", 304), (&gzip_tag, "br", 200)]
    {
        let again = film.get("720p/index.m3u8", &[("if-none-match", tag), ("accept-encoding", encoding)]).await;
        assert_eq!(again.status(), status, "{tag} {encoding}");
    }
    let part = film.get("720p/index.m3u8", &[("range", "bytes=0-9"), ("accept-encoding", "gzip")]).await;
    assert_eq!(
        (part.status(), part.bytes().await.unwrap()),
        (StatusCode::PARTIAL_CONTENT, text.as_bytes()[..10].to_vec().into())
    );
    let segment = film.get("720p/00000.m4s", &[("accept-encoding", "gzip")]).await;
    assert!(segment.headers().get("content-encoding").is_none(), "a film is compressed already");
}

// HLS-1, HLS-2
#[tokio::test]
async fn films_may_come_from_a_cdn_to_the_pages_of_this_site() {
    let api = TestApi::start_with(|settings| {
        settings.media.base_url = "https://cdn.example.org/films".into();
        settings.http.allowed_origins = vec!["https://films.example.org".into()];
    })
    .await;
    let (_, ada) = api.guest_room("Ada").await;
    let id = ready(&api, &ada).await;
    let manifest = api.get(&format!("videos/{id}/manifest")).bearer_auth(&ada.token).send().await.unwrap();
    let manifest = manifest.expect(StatusCode::OK).await;
    assert!(text(&manifest["posterUrl"]).starts_with("https://cdn.example.org/films/media/"));
    let url = text(&manifest["manifestUrl"]);
    let path = url.strip_prefix("https://cdn.example.org/films").unwrap();
    api.store.objects.create(&ObjectKey::attempt_file(id, 1, "master.m3u8").unwrap()).await.unwrap();
    let ask = |origin: &str| api.get(path).header("origin", origin.to_owned()).send();
    let ours = ask("https://films.example.org").await.unwrap();
    assert_eq!(header(&ours, "access-control-allow-origin"), "https://films.example.org");
    let vary: Vec<_> = ours.headers().get_all("vary").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(vary.contains(&"origin"), "{vary:?}");
    let strangers = ask("https://elsewhere.example.org").await.unwrap();
    assert!(strangers.headers().get("access-control-allow-origin").is_none());
}

// HLS-3
#[tokio::test]
async fn an_address_opens_nothing_but_its_film_and_only_for_a_time() {
    let film = Film::ready().await;
    let grant = film.base.split('/').nth(4).unwrap();
    let forged = film.base.replace(grant, &grant.replacen('-', "-A", 1));
    film.api.get(&format!("{forged}master.m3u8")).send().await.unwrap().expect_problem(403, "forbidden").await;
    let other = film.base.replace("/1/", "/2/");
    film.api.get(&format!("{other}master.m3u8")).send().await.unwrap().expect_problem(403, "forbidden").await;
    film.get("720p/99999.m4s", &[]).await.expect_problem(404, "not_found").await;
    film.ask(Method::POST, "master.m3u8", &[]).await.expect_problem(405, "method_not_allowed").await;
    film.api.advance_ms(7 * 3_600_000);
    film.get("master.m3u8", &[]).await.expect_problem(403, "link_expired").await;
}

// HLS-3
#[rstest]
#[case("..%2f..%2f..%2fsyncwatch.db")]
#[case("%2e%2e/%2e%2e/%2e%2e/syncwatch.db")]
#[case("720p/..%2f..%2f..%2f..%2f..%2fetc/passwd")]
#[case("%2fetc%2fpasswd")]
#[case("720p%00.m4s")]
#[case("720p")]
#[tokio::test]
async fn no_name_leads_out_of_a_film(#[case] name: &str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let film = Film::ready().await;
    let host = film.api.url("/").trim_start_matches("http://").trim_end_matches('/').to_owned();
    // By hand, because clients tidy such paths before they send them.
    let mut connection = tokio::net::TcpStream::connect(&host).await.unwrap();
    let request = format!("GET {}{name} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n", film.base);
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
}

/// A film whose 720p is there, and whose 360p is listed and being made.
async fn unfinished() -> Film {
    let mut film = Film::ready().await;
    let (_, ada) = film.api.guest_room("Ada").await;
    film.id = making(&film.api, &ada).await;
    let manifest = film.api.get(&format!("videos/{}/manifest", film.id)).bearer_auth(&ada.token).send().await.unwrap();
    let manifest = text(&manifest.expect(StatusCode::OK).await["manifestUrl"]);
    film.base = manifest.strip_suffix("master.m3u8").unwrap().to_owned();
    film.write("720p/00000.m4s", &segment()).await;
    for rung in ["720p", "360p"] {
        let list = b"#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:6,\n00000.m4s\n#EXTINF:6,\n00001.m4s\n";
        film.write(&format!("{rung}/index.m3u8"), list).await;
    }
    film
}

impl Film {
    async fn listen(&self) -> Subscription {
        self.api.store.state.subscribe(&notices::making_topic(self.id)).await
    }

    async fn grows(&self) {
        let grown = serde_json::to_vec(&MakingNotice::Grown).unwrap();
        self.api.store.state.publish(&notices::making_topic(self.id), grown).await;
    }
}

async fn wish_in(topic: &mut Subscription) -> MakingNotice {
    let heard = tokio::time::timeout(Duration::from_secs(10), topic.next()).await.expect("a wish is announced");
    let Some(Announcement::Message(bytes)) = heard else { panic!("{heard:?}") };
    serde_json::from_slice(&bytes).unwrap()
}

// TRN-3
#[tokio::test]
async fn a_segment_that_is_not_made_yet_is_wished_for_and_comes_as_soon_as_it_is_there() {
    let film = unfinished().await;
    let mut topic = film.listen().await;
    let (answer, ()) = tokio::join!(film.get("720p/00001.m4s", &[]), async {
        assert_eq!(wish_in(&mut topic).await, MakingNotice::Wished { output: 1, segment: 1 });
        film.write("720p/00001.m4s", &segment()).await;
        film.grows().await;
    });
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.bytes().await.unwrap(), segment());
}

// TRN-3
#[tokio::test]
async fn a_segment_that_another_quality_has_is_too_early_at_once_and_never_remembered() {
    let film = unfinished().await;
    let mut topic = film.listen().await;
    let answer = film.get("360p/00000.m4s", &[]).await;
    assert_eq!((answer.status(), header(&answer, "cache-control")), (StatusCode::TOO_EARLY, "no-store".into()));
    assert_eq!(wish_in(&mut topic).await, MakingNotice::Wished { output: 1, segment: 0 }, "and it is made next");
}

// TRN-3
#[rstest]
#[case::not_listed("360p/00002.m4s")]
#[case::no_such_rung("999p/00000.m4s")]
#[case::no_segment("360p/x.m4s")]
#[case::sound("audio/00001.m4s")]
#[case::hidden(".work/plan.json")]
#[tokio::test]
async fn what_nobody_is_going_to_make_is_not_found_at_once(#[case] file: &str) {
    let film = unfinished().await;
    assert_eq!(film.get(file, &[]).await.status(), StatusCode::NOT_FOUND);
}

// TRN-3
#[tokio::test]
async fn a_segment_that_does_not_come_is_asked_for_again_after_a_while() {
    let film = unfinished().await;
    let answer = film.get("720p/00001.m4s", &[]).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!((header(&answer, "cache-control"), header(&answer, "retry-after")), ("no-store".into(), "1".into()));
}
