//! People in a room together.

use serde_json::json;
use syncwatch_protocol::ParticipantId;
use syncwatch_service::new_id;
use syncwatch_store::notices::{RoomNotice, room_topic};

use crate::harness::TestRealtime;

// SYNC-3, ROOM-8
#[tokio::test]
async fn a_command_of_one_reaches_the_other_and_is_answered_when_stored() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (test.ada().await, test.guest("Ben").await);
    let film = test.film().await;

    let source = json!({ "kind": "video", "videoId": film });
    let reply = ada.command(json!({ "type": "sync:source", "id": "s1", "source": source })).await;
    assert_eq!(reply["outcome"], "applied");
    let video = ben.wait("room:video").await;
    assert_eq!(video["video"]["id"], film.as_str());

    let reply = ben.command(json!({ "type": "sync:play", "id": "p1" })).await;
    assert_eq!((&reply["outcome"], &reply["sequenceNumber"]), (&json!("applied"), &json!(2)));
    let command = ada.wait_for("sync:command", |message| message["command"]["kind"] == "PLAY").await;
    assert_eq!(command["status"], "playing");
    assert_eq!(command["command"]["issuer"], ben.id);

    let stored = test.store.rows.claim_room(test.room, test.clock.now().0).await.expect("read").expect("there");
    assert_eq!(stored.snapshot.expect("stored before it was answered").sequence, 2);
}

// SYNC-8
#[tokio::test]
async fn clock_exchanges_are_answered_with_two_server_times_in_order() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    ada.send(json!({ "type": "clock:ping", "c1": 12.5 })).await;
    let pong = ada.wait("clock:pong").await;
    let (s2, s3) = (pong["s2"].as_f64().expect("a time"), pong["s3"].as_f64().expect("a time"));
    assert_eq!(pong["c1"], 12.5);
    assert!(s2 <= s3 && test.clock.now_fine_ms() - s3 < 20_000.0);
}

// CHAT-1
#[tokio::test]
async fn a_newcomer_reads_what_was_written_before_he_came() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    ada.send(json!({ "type": "chat:send", "id": "c1", "text": "<b>hello</b>" })).await;
    ada.wait("chat:accepted").await;
    let mut ben = test.guest("Ben").await;
    let history = ben.wait("chat:history").await;
    let texts: Vec<_> =
        history["messages"].as_array().expect("lines").iter().filter_map(|m| m["body"]["text"].as_str()).collect();
    assert_eq!(texts, ["<b>hello</b>"]);
}

// CHAT-1
#[tokio::test]
async fn older_lines_are_read_page_by_page() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    for number in 0..30 {
        ada.send(json!({ "type": "chat:send", "id": format!("c{number}"), "text": format!("line {number}") })).await;
    }
    let last = ada.wait_for("chat:accepted", |accepted| accepted["id"] == "c29").await;
    ada.send(json!({ "type": "chat:history", "before": last["position"] })).await;
    let page = ada.wait("chat:history").await;
    let lines = page["messages"].as_array().expect("lines");
    assert_eq!(lines.last().and_then(|line| line["body"]["text"].as_str()), Some("line 28"));
    assert_eq!(page["more"], false);
}

// ROOM-2, ROOM-5
#[tokio::test]
async fn full_banned_and_kicked_are_told_apart_at_the_door() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    let id = ParticipantId::new(new_id(test.clock.now()));
    let mut ben = test.enter(id, "Ben").await;
    let eve = test.guest("Eve").await;
    let refused = async |token_kind: &str, token: &str| {
        let mut client = test.connect().await;
        client.hello(token_kind, token, None).await;
        let code = client.wait("room:error").await["code"].clone();
        assert_eq!(client.closed().await, 4001);
        code
    };
    assert_eq!(
        refused("join", &test.join_token(ParticipantId::new(new_id(test.clock.now())), "Kim")).await,
        "room_full"
    );

    ada.send(json!({ "type": "room:kick", "id": "k1", "participant": id, "reason": "spoilers" })).await;
    let closed = ben.wait("room:closed").await;
    assert_eq!((&closed["reason"], &closed["message"]), (&json!("kicked"), &json!("spoilers")));
    assert_eq!(ben.closed().await, 4000);
    assert_eq!(refused("session", &ben.session).await, "room_kicked");

    ada.send(json!({ "type": "room:kick", "id": "k2", "participant": eve.id, "ban": true })).await;
    ada.wait_for("room:state", |state| state["banned"].as_array().is_some_and(|banned| !banned.is_empty())).await;
    let eve_id = eve.id.as_str().expect("an id").parse().expect("an id");
    assert_eq!(refused("join", &test.join_token(eve_id, "Eve")).await, "room_banned");
}

// ROOM-5
#[tokio::test]
async fn when_the_room_is_deleted_everybody_is_told_and_sent_out() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (test.ada().await, test.guest("Ben").await);
    let notice = serde_json::to_vec(&RoomNotice::Deleted { by: test.owner }).expect("serialises");
    test.store.state.publish(&room_topic(test.room), notice).await;
    for client in [&mut ada, &mut ben] {
        assert_eq!(client.wait("room:closed").await["reason"], "deleted");
        assert_eq!(client.closed().await, 4000);
    }
}

// ACC-6
#[tokio::test]
async fn a_guest_who_registers_is_shown_by_his_new_name() {
    let test = TestRealtime::start().await;
    let (mut ada, ben) = (test.ada().await, test.guest("Ben").await);
    let id = ben.id.as_str().expect("an id").parse().expect("an id");
    let notice =
        RoomNotice::PersonRenamed { id, name: "benjamin".into(), kind: syncwatch_protocol::ParticipantKind::Account };
    let notice = serde_json::to_vec(&notice).expect("serialises");
    test.store.state.publish(&room_topic(test.room), notice).await;
    let renamed = |message: &serde_json::Value| {
        let people = message["participants"].as_array().expect("people");
        people.iter().any(|person| person["name"] == "benjamin" && person["role"] == "participant")
    };
    ada.wait_for("room:participants", renamed).await;
}

// SYNC-12
#[tokio::test]
async fn a_film_of_a_stranger_is_not_found() {
    let test = TestRealtime::start().await;
    let film = test.film().await;
    let mut ben = test.guest("Ben").await;
    let source = json!({ "kind": "video", "videoId": film });
    ben.send(json!({ "type": "sync:source", "id": "s1", "source": source })).await;
    let refusal = ben.wait("room:error").await;
    assert_eq!((&refusal["code"], &refusal["requestId"]), (&json!("video_not_found"), &json!("s1")));
}
