use reqwest::{Method, Response, StatusCode};
use rstest::rstest;
use serde_json::{Value, json};
use syncwatch_protocol::{VideoEvent, VideoId};
use syncwatch_store::{Announcement, ObjectKey, notices};

use crate::harness::{Expect, Person, TestApi, text};
use crate::videos::ready;

const SUB_RIP: &str = "1\n00:00:01,000 --> 00:00:02,000\n\u{c7}a va <b>bien</b> & toi ?\n\n2\n00:59:00,000 --> 00:59:01,000\nafter the film\n";

async fn send(api: &TestApi, whom: &Person, method: Method, path: &str, file: impl Into<Vec<u8>>) -> Response {
    api.request(method, path).bearer_auth(&whom.token).body(file.into()).send().await.unwrap()
}

async fn shown(api: &TestApi, whom: &Person, id: VideoId) -> Value {
    let status = api.get(&format!("videos/{id}/status")).bearer_auth(&whom.token).send().await.unwrap();
    status.expect(StatusCode::OK).await["subtitles"].clone()
}

// SRC-6
#[tokio::test]
async fn added_subtitles_are_announced_served_and_taken_away_again() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let (_, eve) = api.guest_room("Eve").await;
    let id = ready(&api, &ada).await;
    let mut topic = api.store.state.subscribe(&notices::video_topic(id)).await;
    let path = format!("videos/{id}/subtitles?language=fr&label=Fran%C3%A7ais");
    // As Windows writes it: 0xC7 is Ç.
    let windows: Vec<u8> = SUB_RIP.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();

    send(&api, &eve, Method::POST, &path, windows.clone()).await.expect_problem(404, "video_not_found").await;
    let added = send(&api, &ada, Method::POST, &path, windows).await.expect(StatusCode::CREATED).await;

    assert_eq!(
        (&added["label"], &added["language"], &added["origin"]),
        (&json!("Français"), &json!("fr"), &json!("added"))
    );
    assert_eq!(shown(&api, &ada, id).await, json!([added]));
    let Some(Announcement::Message(bytes)) = topic.next().await else { panic!("nothing was announced") };
    let Ok(VideoEvent::Changed(view)) = serde_json::from_slice(&bytes) else { panic!("not a change") };
    assert_eq!(view.subtitles.len(), 1);
    let file = api.request(Method::GET, &text(&added["url"])).send().await.unwrap();
    assert_eq!(
        (file.status(), &file.headers()["content-type"]),
        (StatusCode::OK, &"text/vtt; charset=utf-8".parse().unwrap())
    );
    let expected = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nÇa va <b>bien</b> &amp; toi ?\n";
    assert_eq!(file.text().await.unwrap(), expected, "and nothing after the film's end");

    let track = format!("videos/{id}/subtitles/{}", text(&added["id"]));
    send(&api, &eve, Method::DELETE, &track, "").await.expect_problem(404, "video_not_found").await;
    send(&api, &ada, Method::DELETE, &track, "").await.expect(StatusCode::NO_CONTENT).await;
    assert_eq!(shown(&api, &ada, id).await, json!([]));
    let file = api.request(Method::GET, &text(&added["url"])).send().await.unwrap();
    file.expect_problem(404, "not_found").await;
    send(&api, &ada, Method::DELETE, &track, "").await.expect_problem(404, "not_found").await;
}

// SRC-6, UPL-2
#[rstest]
#[case::a_picture(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".to_vec(), 415, "unsupported_format")]
#[case::prose(b"Dear diary".to_vec(), 415, "unsupported_format")]
#[case::without_cues(b"WEBVTT\n".to_vec(), 422, "unreadable")]
#[case::too_large(vec![b' '; 1_048_577], 413, "too_large")]
#[tokio::test]
async fn files_that_are_no_subtitles_are_refused_by_name_and_nothing_is_kept(
    #[case] file: Vec<u8>,
    #[case] status: u16,
    #[case] code: &str,
) {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let id = ready(&api, &ada).await;
    for path in [format!("videos/{id}/subtitles"), "subtitles/convert".to_owned()] {
        send(&api, &ada, Method::POST, &path, file.clone()).await.expect_problem(status, code).await;
    }
    assert_eq!(shown(&api, &ada, id).await, json!([]));
    assert!(!api.store.objects.path(&ObjectKey::video(id)).join("subtitles").exists());
}

// SRC-6, SEC-3
#[tokio::test]
async fn a_film_takes_twenty_of_them_each_with_a_name_of_its_own() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    let id = ready(&api, &ada).await;
    let add =
        async |query: &str| send(&api, &ada, Method::POST, &format!("videos/{id}/subtitles{query}"), SUB_RIP).await;
    for wrong in ["?language=klingon", "?language=de%22", "?label=x%0Ay"] {
        add(wrong).await.expect_problem(400, "invalid_request").await;
    }
    for _ in 0..20 {
        add("?language=pt-BR").await.expect(StatusCode::CREATED).await;
    }
    add("").await.expect_problem(409, "too_many_subtitles").await;
    let shown = shown(&api, &ada, id).await;
    let mut labels: Vec<String> = shown.as_array().unwrap().iter().map(|track| text(&track["label"])).collect();
    assert_eq!((labels[0].as_str(), labels[19].as_str()), ("pt-BR", "pt-BR 20"));
    labels.dedup();
    assert_eq!(labels.len(), 20);
    let files = std::fs::read_dir(api.store.objects.path(&ObjectKey::video(id)).join("subtitles")).unwrap().count();
    assert_eq!(files, 20, "the refused one left no file");
}

// SRC-6
#[tokio::test]
async fn a_viewer_s_own_file_is_converted_and_kept_nowhere() {
    let api = TestApi::start().await;
    let (_, ada) = api.guest_room("Ada").await;
    api.request(Method::POST, "subtitles/convert")
        .body(SUB_RIP)
        .send()
        .await
        .unwrap()
        .expect_problem(401, "not_logged_in")
        .await;
    let utf16: Vec<u8> = SUB_RIP.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let answer = send(&api, &ada, Method::POST, "subtitles/convert?language=fr", utf16).await;
    assert_eq!(answer.headers()["content-type"], "text/vtt; charset=utf-8");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let text = answer.text().await.unwrap();
    assert!(text.starts_with("WEBVTT\n") && text.contains("Ça va <b>bien</b> &amp; toi ?"), "{text}");
}
