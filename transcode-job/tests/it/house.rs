//! A store with a worker on it, and films that come in and are listened to.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use syncwatch_protocol::{ParticipantId, VideoEvent, VideoId, VideoView};
use syncwatch_service::{Clock, MediaLinks, TokenKeys, new_id};
use syncwatch_store::{Announcement, NewVideo, ObjectKey, Store, Subscription, VideoRow, notices};
use syncwatch_transcode_job::{Tools, Worker, WorkerParts, WorkerSettings};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::studio::{settings, tools};

/// A store with a worker on it.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
    pub(crate) clock: Clock,
    pub(crate) keys: TokenKeys,
    pub(crate) links: MediaLinks,
    pub(crate) advance: Box<dyn Fn(u64)>,
}

pub(crate) struct Working {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl House {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_embedded(folder.path()).await.unwrap();
        let (clock, advance) = Clock::movable();
        let keys = TokenKeys::random();
        let links = MediaLinks::new(keys.clone(), Duration::from_secs(3_600));
        Self { store, folder, clock, keys, links, advance: Box::new(advance) }
    }

    pub(crate) fn start(&self, tools: Tools) -> Working {
        let stop = CancellationToken::new();
        let settings = WorkerSettings { at_once: 1, transcode: settings() };
        let (store, clock, links) = (self.store.clone(), self.clock.clone(), self.links.clone());
        let worker = Worker::new(WorkerParts { store, clock, tools, links, settings });
        Working { task: tokio::spawn(worker.run(stop.clone())), stop }
    }

    /// Puts a film into the queue as a finished upload does, and listens to it.
    pub(crate) async fn upload(&self, file: &Path) -> (VideoId, Subscription) {
        let (id, now) = (VideoId::new(new_id(self.clock.now())), self.clock.now().0);
        let upload = NewVideo {
            id,
            owner: ParticipantId::new(new_id(self.clock.now())),
            title: "film".to_owned(),
            file_name: "film.mp4".to_owned(),
            mime: "video/mp4".to_owned(),
            size_bytes: std::fs::metadata(file).unwrap().len(),
            upload_expires_at_ms: now + 1_000,
        };
        assert!(self.store.rows.create_video(&upload, u64::MAX, now).await.unwrap());
        let topic = self.store.state.subscribe(&notices::video_topic(id)).await;
        let path = self.store.objects.path(&ObjectKey::upload(id));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(file, path).unwrap();
        assert!(self.store.rows.enqueue_transcode(id, now).await.unwrap());
        self.store.state.publish(notices::JOBS_TOPIC, Vec::new()).await;
        (id, topic)
    }

    pub(crate) async fn row(&self, id: VideoId) -> VideoRow {
        self.store.rows.video(id).await.unwrap().unwrap()
    }

    pub(crate) fn output(&self, id: VideoId, attempt: u32) -> PathBuf {
        self.store.objects.path(&ObjectKey::attempt(id, attempt))
    }

    pub(crate) fn has_upload(&self, id: VideoId) -> bool {
        self.store.objects.path(&ObjectKey::upload(id)).exists()
    }
}

impl Working {
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(15), self.task).await.expect("it stops in time").unwrap();
    }
}

/// Listens until an announced state of the film is as wanted; returns all states on the way.
pub(crate) async fn until(topic: &mut Subscription, wanted: impl Fn(&VideoView) -> bool) -> Vec<VideoView> {
    let mut seen = Vec::new();
    let listening = async {
        while let Some(Announcement::Message(bytes)) = topic.next().await {
            let VideoEvent::Changed(view) = serde_json::from_slice(&bytes).unwrap() else { continue };
            let done = wanted(&view);
            seen.push(*view);
            if done {
                return;
            }
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(60), listening).await.is_ok();
    assert!(in_time, "it never came to that: {seen:#?}");
    seen
}

/// An FFmpeg that does something else when it is to encode.
pub(crate) fn encoding_does(folder: &Path, what: &str) -> Tools {
    let script = folder.join("ffmpeg-script");
    let text = format!("#!/bin/sh\ncase \"$*\" in *libx264*) {what};; esac\nexec ffmpeg \"$@\"\n");
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    Tools { ffmpeg: script, ..tools() }
}

/// Stands still for longer than any test.
pub(crate) const WAITS: &str = "exec sleep 600";
