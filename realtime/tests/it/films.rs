//! The films of a room: the one that is on, and those that wait.

use serde_json::{Value, json};
use syncwatch_protocol::{VideoEvent, VideoId};
use syncwatch_store::notices::video_topic;

use crate::harness::TestRealtime;

async fn announce(test: &TestRealtime, id: VideoId, event: &VideoEvent) {
    let event = serde_json::to_vec(event).expect("serialises");
    test.store.state.publish(&video_topic(id), event).await;
}

fn queue_of(state: &Value) -> Vec<&str> {
    let queue = state["queue"].as_array().expect("a queue");
    queue.iter().map(|item| item["title"].as_str().expect("a title")).collect()
}

// ROOM-7, UPL-6
#[tokio::test]
async fn a_waiting_film_is_followed_until_it_is_deleted_and_counts_as_in_use_until_then() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (test.ada().await, test.guest("Ben").await);
    let film: VideoId = test.film().await.parse().expect("an id");
    ada.send(json!({ "type": "queue:add", "id": "q1", "videoId": film })).await;
    ben.wait_for("room:state", |state| queue_of(state) == ["Film"]).await;

    let row = test.store.rows.video(film).await.expect("read").expect("there");
    let renamed = syncwatch_protocol::VideoView { title: "Renamed".into(), ..row.view(|_, _| "/poster".into()) };
    announce(&test, film, &VideoEvent::Changed(Box::new(renamed))).await;
    ben.wait_for("room:state", |state| queue_of(state) == ["Renamed"]).await;
    // An acknowledged line is stored, and the queue with it.
    ada.send(json!({ "type": "chat:send", "id": "c1", "text": "soon" })).await;
    ada.wait("chat:accepted").await;
    assert!(test.store.rows.video_in_use(film, test.clock.now().0).await.expect("read"));

    announce(&test, film, &VideoEvent::Deleted { id: film }).await;
    ben.wait_for("room:state", |state| queue_of(state).is_empty()).await;
    ada.send(json!({ "type": "chat:send", "id": "c2", "text": "gone" })).await;
    ada.wait_for("chat:accepted", |accepted| accepted["id"] == "c2").await;
    assert!(!test.store.rows.video_in_use(film, test.clock.now().0).await.expect("read"));
}

// ROOM-8, UPL-5
#[tokio::test]
async fn a_film_comes_with_the_address_of_its_poster_also_when_the_transcoder_announced_it() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    let film: VideoId = test.film().await.parse().expect("an id");
    let signed = |message: &Value| {
        let address = message["video"]["posterUrl"].as_str().unwrap_or_default();
        address.starts_with(&format!("/media/{film}/1/")) && address.ends_with("/poster.jpg")
    };
    let source = json!({ "kind": "video", "videoId": film });
    ada.command(json!({ "type": "sync:source", "id": "s1", "source": source })).await;
    let mut ben = test.guest("Ben").await;
    assert!(signed(&ben.state), "{}", ben.state["video"]);

    test.store.rows.rename_video(film, "Renamed", test.clock.now().0).await.expect("renamed");
    let row = test.store.rows.video(film).await.expect("read").expect("there");
    let unsigned = syncwatch_protocol::VideoView { poster_url: None, ..row.view(|_, _| String::new()) };
    announce(&test, film, &VideoEvent::Changed(Box::new(unsigned))).await;
    ben.wait_for("room:video", |message| message["video"]["title"] == "Renamed" && signed(message)).await;
}
