//! Losing connections and processes without losing anything else.

use serde_json::{Value, json};

use crate::harness::TestRealtime;

fn resume(epoch: u64, sequence: u64, chat: &Value) -> Option<Value> {
    Some(json!({ "epoch": epoch, "lastSequence": sequence, "lastChat": chat }))
}

// SYNC-7
#[tokio::test]
async fn who_lost_his_connection_gets_the_commands_and_lines_he_missed_and_no_others() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (test.ada().await, test.guest("Ben").await);
    let film = test.film().await;
    let source = json!({ "kind": "video", "videoId": film });
    ada.command(json!({ "type": "sync:source", "id": "s1", "source": source })).await;
    ben.wait_for("sync:command", |message| message["command"]["kind"] == "SET_SOURCE").await;
    let seen = ben.wait("chat:message").await["message"]["position"].clone();
    let (session, id) = ben.vanish();

    ada.command(json!({ "type": "sync:play", "id": "p1" })).await;
    ada.command(json!({ "type": "sync:pause", "id": "p2" })).await;
    ada.send(json!({ "type": "chat:send", "id": "c1", "text": "are you there?" })).await;
    ada.wait("chat:accepted").await;

    let mut ben = test.connect().await;
    ben.hello("session", &session, resume(1, 1, &seen)).await;
    ben.welcomed().await;
    assert_eq!(ben.id, id);
    let catchup = ben.wait("sync:catchup").await;
    let missed: Vec<_> = catchup["commands"].as_array().expect("commands").iter().map(|c| c["kind"].clone()).collect();
    assert_eq!(missed, ["PLAY", "PAUSE"]);
    let chat = ben.wait("chat:catchup").await;
    let last = chat["messages"].as_array().and_then(|lines| lines.last().cloned()).expect("lines");
    assert_eq!(last["body"]["text"], "are you there?");
}

// SYNC-7
#[tokio::test]
async fn after_a_crash_everybody_returns_to_the_same_place_with_chat_and_rights() {
    let test = TestRealtime::start().await;
    let (mut ada, ben) = (test.ada().await, test.guest("Ben").await);
    let film = test.film().await;
    let source = json!({ "kind": "video", "videoId": film });
    ada.command(json!({ "type": "sync:source", "id": "s1", "source": source })).await;
    ada.command(json!({ "type": "sync:play", "id": "p1", "mediaTimeMs": 60_000 })).await;
    ada.send(json!({ "type": "room:select", "id": "r1", "participant": ben.id, "selected": true })).await;
    ada.send(json!({ "type": "chat:send", "id": "c1", "text": "before the crash" })).await;
    ada.wait("chat:accepted").await;
    let sessions = [ada.vanish(), ben.vanish()];

    let test = test.crash().await;
    for (session, id) in sessions {
        let mut client = test.connect().await;
        client.hello("session", &session, resume(1, 2, &Value::Null)).await;
        let room = client.welcomed().await.clone();
        assert_eq!(client.id, id);
        let playback = &room["playback"];
        assert_eq!((&playback["isPlaying"], &playback["sequenceNumber"]), (&json!(true), &json!(2)));
        assert_eq!((&playback["epoch"], &playback["anchorMediaTimeMs"]), (&json!(2), &json!(60_000)));
        let ben = &room["participants"][1];
        assert_eq!((&ben["name"], &ben["selected"]), (&json!("Ben"), &json!(true)));
        let chat = client.wait("chat:catchup").await;
        let said = |line: &Value| line["body"]["text"] == "before the crash";
        assert!(chat["messages"].as_array().expect("lines").iter().any(said));
    }
}

// SYNC-7
#[tokio::test]
async fn a_process_that_lost_the_room_acknowledges_nothing_any_more() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    let film = test.film().await;
    let source = json!({ "kind": "video", "videoId": film });
    ada.command(json!({ "type": "sync:source", "id": "s1", "source": source })).await;
    let taken = test.store.rows.claim_room(test.room, test.clock.now().0).await.expect("claimed").expect("there");
    assert_eq!(taken.epoch, 2);

    ada.send(json!({ "type": "sync:play", "id": "p1" })).await;
    ada.wait("server:shutdown").await;
    assert_eq!(ada.closed().await, 1001);
    let stored = test.store.rows.claim_room(test.room, test.clock.now().0).await.expect("read").expect("there");
    assert_eq!(stored.snapshot.expect("stored").sequence, 1, "the play came to nothing");
}

// OBS-6
#[tokio::test]
async fn at_a_stop_people_are_told_when_to_come_back() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    let tasks = test.tasks.clone();
    let stopped = tokio::spawn(async move { tasks.stop(std::time::Duration::from_secs(30)).await });
    assert!(ada.wait("server:shutdown").await["reconnectInMs"].as_u64().is_some());
    assert_eq!(ada.closed().await, 1001);
    drop(ada);
    assert!(stopped.await.expect("stops"), "everything ended in time");
}
