use reqwest::StatusCode;
use syncwatch_protocol::{Code, VideoEvent, VideoStatus, VideoView};
use syncwatch_store::notices::video_topic;
use syncwatch_store::{Announcement, ObjectKey, Subscription};
use tempfile::TempDir;

use crate::harness::{Expect, TestApi};
use crate::media::{Film, segment};

const MASTER: &[u8] = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n720p/index.m3u8\n";
const PLAYLIST: &[u8] = b"#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:6,\n00000.m4s\n#EXTINF:6,\n00001.m4s\n\
                          #EXTINF:6,\n00002.m4s\n#EXTINF:6,\n00003.m4s\n#EXT-X-ENDLIST\n";
const FILES: [&str; 5] = ["720p/init.mp4", "720p/00000.m4s", "720p/00001.m4s", "720p/00002.m4s", "720p/00003.m4s"];

/// A finished film with all its files, a folder for its backup, and whoever hears of it.
async fn whole() -> (Film, TempDir, Subscription) {
    let backup = tempfile::tempdir().unwrap();
    let folder = backup.path().display().to_string();
    let film = Film::on(TestApi::start_with(|settings| settings.media.backup_folder = folder).await).await;
    film.write("master.m3u8", MASTER).await;
    film.write("720p/index.m3u8", PLAYLIST).await;
    for file in FILES {
        film.write(file, &segment()).await;
    }
    let events = film.api.store.state.subscribe(&video_topic(film.id)).await;
    (film, backup, events)
}

fn path(film: &Film, file: &str) -> std::path::PathBuf {
    film.api.store.objects.path(&ObjectKey::attempt_file(film.id, 1, file).unwrap())
}

fn lose(film: &Film, files: &[&str]) {
    for file in files {
        std::fs::remove_file(path(film, file)).unwrap();
    }
}

fn back_up(film: &Film, backup: &TempDir, files: &[&str]) {
    for file in files {
        let copy = backup.path().join(ObjectKey::attempt_file(film.id, 1, file).unwrap().as_str());
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::copy(path(film, file), copy).unwrap();
    }
}

fn lose_source(film: &Film) {
    std::fs::remove_file(film.api.store.objects.path(&ObjectKey::upload(film.id))).unwrap();
}

async fn next(events: &mut Subscription) -> VideoView {
    let Some(Announcement::Message(event)) = events.next().await else { panic!("the events end") };
    match serde_json::from_slice(&event).unwrap() {
        VideoEvent::Changed(view) => *view,
        VideoEvent::Deleted { .. } => panic!("deleted"),
    }
}

// HLS-4
#[tokio::test]
async fn a_lost_segment_comes_from_the_backup_at_once_and_all_others_after_it() {
    let (film, backup, _) = whole().await;
    back_up(&film, &backup, &["720p/index.m3u8", "720p/00001.m4s", "720p/00002.m4s"]);
    lose(&film, &["720p/index.m3u8", "720p/00001.m4s", "720p/00002.m4s"]);

    let asked = film.get("720p/index.m3u8", &[]).await;
    assert_eq!(asked.bytes().await.unwrap(), PLAYLIST);
    assert_eq!(film.get("720p/00001.m4s", &[]).await.bytes().await.unwrap(), segment());

    film.api.tasks.stop(std::time::Duration::from_secs(10)).await;
    assert_eq!(std::fs::read(path(&film, "720p/00002.m4s")).unwrap(), segment(), "nobody asked for this one");
    let row = film.api.store.rows.video(film.id).await.unwrap().unwrap();
    assert_eq!((row.status, row.playable), (VideoStatus::Ready, true));
}

// HLS-4
#[tokio::test]
async fn what_no_backup_has_is_made_anew_from_the_source_once() {
    let (film, _backup, mut events) = whole().await;
    lose(&film, &["720p/00001.m4s", "720p/00002.m4s"]);
    film.get("720p/00001.m4s", &[]).await.expect_problem(404, "not_found").await;
    let view = next(&mut events).await;
    assert_eq!((view.status, view.playable), (VideoStatus::Pending, true), "what is there can be watched meanwhile");
    assert_eq!(
        film.get("720p/00002.m4s", &[]).await.status(),
        StatusCode::SERVICE_UNAVAILABLE,
        "it will be there again"
    );
    let claim = || film.api.store.rows.claim_transcode(film.api.clock.now().0, 1_000);
    assert_eq!(claim().await.unwrap().unwrap().attempt, 2);
    assert!(claim().await.unwrap().is_none());
}

// HLS-4
#[tokio::test]
async fn a_film_with_neither_backup_nor_source_says_that_it_is_damaged() {
    let (film, _backup, mut events) = whole().await;
    lose_source(&film);
    lose(&film, &["720p/00003.m4s"]);
    film.get("720p/00003.m4s", &[]).await.expect_problem(404, "not_found").await;
    let view = next(&mut events).await;
    assert_eq!((view.status, view.failure, view.playable), (VideoStatus::Failed, Some(Code::Storage), true));
    let (film, _backup, mut events) = whole().await;
    lose_source(&film);
    lose(&film, &FILES);
    film.get("720p/00003.m4s", &[]).await.expect_problem(404, "not_found").await;
    assert!(!next(&mut events).await.playable, "most of it is gone");
}

// HLS-4
#[tokio::test]
async fn a_file_that_no_playlist_names_is_no_damage() {
    let (film, _backup, _) = whole().await;
    for file in ["720p/99999.m4s", "1080p/00000.m4s", "x"] {
        film.get(file, &[]).await.expect_problem(404, "not_found").await;
    }
    assert_eq!(film.api.store.rows.video(film.id).await.unwrap().unwrap().status, VideoStatus::Ready);
    let manifest = film.get("master.m3u8", &[]).await;
    assert_eq!(manifest.status(), StatusCode::OK);
}
