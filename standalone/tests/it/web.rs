//! The web application as browsers get it.

use tempfile::tempdir;

use crate::program::Program;

// SEC-1
#[tokio::test]
async fn every_answer_carries_the_headers_that_confine_the_page() {
    let data = tempdir().expect("a folder");
    let program = Program::start(data.path());
    for path in ["/", "/r/K7QW2MXD", "/assets/none.js"] {
        let answer = reqwest::get(format!("{}{path}", program.url)).await.expect("an answer");
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let policy = header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("object-src 'none'"), "{path}: {policy}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
    }
}

// WEB-8
#[tokio::test]
async fn the_page_is_asked_for_each_time_and_not_sent_again_when_it_is_known() {
    let data = tempdir().expect("a folder");
    let program = Program::start(data.path());
    let page = reqwest::get(&program.url).await.expect("an answer");
    assert_eq!(page.status(), 200, "the web application is built before this test: `make build`");
    assert_eq!(page.headers()["cache-control"], "no-cache");
    let tag = page.headers()["etag"].clone();
    let again = reqwest::Client::new().get(&program.url).header("if-none-match", tag).send().await.expect("an answer");
    assert_eq!(again.status(), 304);
}
