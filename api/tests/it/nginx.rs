//! The nginx of `deploy/nginx` in front of the API.

use std::process::{Child, Command};
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Method, Response, StatusCode};
use tempfile::TempDir;
use tokio::time::Instant;

use crate::harness::{Expect, TestApi};
use crate::media::{Film, segment};
use crate::tus::{Upload, film, header, offset_of};

struct Nginx {
    address: String,
    process: Child,
    _folder: TempDir,
}

impl Nginx {
    /// Runs the example with other addresses and folders than its own, and nothing else changed.
    async fn start(program: &str, api: &TestApi) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let origin = api.url("/");
        let origin = origin.trim_start_matches("http://").trim_end_matches('/');
        let path = |name: &str| folder.path().join(name).display().to_string();
        let example = include_str!("../../../deploy/nginx/nginx.conf");
        let mut config = format!("daemon off;\npid {};\nerror_log {};\n", path("pid"), path("error.log"));
        for line in example.lines() {
            let line = line.replace("listen 80;", &format!("listen {free};"));
            let line = line.replace("127.0.0.1:8080", origin).replace("/var/cache/nginx/films", &path("films"));
            config.push_str(&line);
            config.push('\n');
            if line.starts_with("http {") {
                config.push_str("access_log off;\n");
                for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
                    config.push_str(&format!("{kind}_temp_path {};\n", path(kind)));
                }
            }
        }
        std::fs::write(path("nginx.conf"), config).unwrap();
        let mut command = Command::new(program);
        let process = command.arg("-p").arg(folder.path()).arg("-c").arg(path("nginx.conf")).spawn().unwrap();
        let nginx = Self { address: format!("http://{free}"), process, _folder: folder };
        let deadline = Instant::now() + Duration::from_secs(20);
        while tokio::net::TcpStream::connect(free).await.is_err() {
            assert!(Instant::now() < deadline, "nginx does not listen");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        nginx
    }
}

impl Drop for Nginx {
    /// Asked to end, it ends its workers as well.
    fn drop(&mut self) {
        let _asked = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ended = self.process.wait();
    }
}

// HLS-2
#[tokio::test]
#[ignore = "needs nginx, which `make test-nginx` installs"]
async fn the_example_keeps_what_may_be_kept_and_lets_nobody_in_whom_the_program_would_not() {
    let watched = Film::ready().await;
    #[expect(clippy::disallowed_methods, reason = "the program is not a setting of ours")]
    let nginx = Nginx::start(&std::env::var("SYNCWATCH_TEST_NGINX").unwrap(), &watched.api).await;
    let client = &watched.api.client;
    let ask = async |path: &str, range: Option<&str>| -> Response {
        let request = client.request(Method::GET, format!("{}{path}", nginx.address));
        range.into_iter().fold(request, |request, range| request.header("range", range)).send().await.unwrap()
    };
    let segment_path = format!("{}720p/00000.m4s", watched.base);

    let viewers = join_all((0..10).map(|_| ask(&segment_path, None))).await;

    let asked_the_program = viewers.iter().filter(|answer| header(answer, "x-cache") == "MISS").count();
    assert_eq!(asked_the_program, 1);
    for answer in viewers {
        assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.bytes().await.unwrap(), segment());
    }
    let part = ask(&segment_path, Some("bytes=131000-263000")).await;
    assert_eq!((part.status(), header(&part, "x-cache")), (StatusCode::PARTIAL_CONTENT, "HIT".into()));
    assert_eq!(part.bytes().await.unwrap(), segment()[131_000..263_001]);

    let master = format!("{}master.m3u8", watched.base);
    assert_eq!(header(&ask(&master, None).await, "x-cache"), "MISS");
    let again = ask(&master, None).await;
    assert_eq!(header(&again, "x-cache"), "HIT");
    assert_eq!(header(&again, "cache-control"), "public, max-age=5, stale-while-revalidate=10");

    let grant = watched.base.split('/').nth(4).unwrap();
    let forged = segment_path.replace(grant, &grant.replacen('-', "-A", 1));
    for _ in 0..2 {
        ask(&forged, None).await.expect_problem(403, "forbidden").await;
    }

    let ada = watched.api.user("ada").await;
    let bytes = film(3_000_000);
    let upload = Upload::begin_at(client, &nginx.address, &ada, bytes.len()).await;
    assert_eq!(offset_of(&upload.patch(0, &bytes).await), 3_000_000);
}
