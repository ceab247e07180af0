//! What should not be sent: each has its answer, and nobody else notices.

use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::harness::TestRealtime;

// SEC-3
#[tokio::test]
async fn malformed_unknown_and_binary_messages_are_answered_and_the_connection_goes_on() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (test.ada().await, test.guest("Ben").await);
    for (frame, code) in [
        (Message::text("{"), "malformed_message"),
        (Message::text(r#"{"type":"sync:dance"}"#), "unknown_message"),
        (Message::text(r#"{"type":"sync:seek","id":"k","mediaTimeMs":"soon"}"#), "malformed_message"),
        (Message::binary(vec![1, 2, 3]), "binary_not_supported"),
        (Message::text(r#"{"type":"room:settings","id":"k","patch":{"colour":"red"}}"#), "malformed_message"),
    ] {
        ben.send_raw(frame).await;
        assert_eq!(ben.wait("room:error").await["code"], code);
    }
    ben.send(json!({ "type": "chat:send", "id": "c1", "text": "still here" })).await;
    ada.wait_for("chat:message", |message| message["message"]["body"]["text"] == "still here").await;
}

// SEC-3
#[tokio::test]
async fn an_oversized_message_closes_its_sender_and_nobody_else() {
    let test = TestRealtime::start().await;
    let (mut ada, mut ben) = (test.ada().await, test.guest("Ben").await);
    ben.send_raw(Message::text("x".repeat(17 * 1024))).await;
    assert_eq!(ben.closed().await, 1009);
    ada.send(json!({ "type": "chat:send", "id": "c1", "text": "undisturbed" })).await;
    ada.wait("chat:accepted").await;
}

// SEC-3
#[tokio::test]
async fn who_only_sends_rubbish_is_closed() {
    let test = TestRealtime::start().await;
    let mut ben = test.guest("Ben").await;
    for _ in 0..=20 {
        ben.send_raw(Message::text("rubbish")).await;
    }
    assert_eq!(ben.closed().await, 4002);
}

// SEC-8
#[tokio::test]
async fn without_a_good_hello_nobody_enters() {
    let test = TestRealtime::start().await;
    let hello = |version: &str, token: &str| {
        json!({
            "type": "client:hello", "protocolVersion": version, "clientId": "t", "capabilities": [],
            "credential": { "kind": "join", "token": token },
        })
    };
    let good = test.join_token(test.owner, "Ada");
    for (message, code) in [
        (json!({ "type": "sync:play", "id": "p" }), "hello_expected"),
        (hello("1.0.0", "forged"), "token_invalid"),
        (hello("one", &good), "malformed_message"),
        (hello("7.0.0", &good), "upgrade_required"),
    ] {
        let mut stranger = test.connect().await;
        stranger.send(message).await;
        assert_eq!(stranger.wait("room:error").await["code"], code);
        assert_eq!(stranger.closed().await, 4001);
    }
}

// SEC-8
#[tokio::test]
async fn a_token_of_one_kind_or_room_does_not_open_another() {
    let test = TestRealtime::start().await;
    let ada = test.ada().await;
    let mut stranger = test.connect().await;
    stranger.hello("join", &ada.session, None).await;
    assert_eq!(stranger.wait("room:error").await["code"], "token_invalid");
}

// SYNC-4, SYNC-5
#[tokio::test]
async fn a_command_twice_or_outdated_is_answered_so_and_happens_once() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    let film = test.film().await;
    let source = json!({ "kind": "video", "videoId": film });
    ada.command(json!({ "type": "sync:source", "id": "s1", "source": source })).await;
    let play = json!({ "type": "sync:play", "id": "p1" });
    assert_eq!(ada.command(play.clone()).await["outcome"], "applied");
    assert_eq!(ada.command(play).await["outcome"], "duplicate");
    let late = json!({ "type": "sync:pause", "id": "p2", "expectedSequence": 1 });
    let reply = ada.command(late).await;
    assert_eq!((&reply["outcome"], &reply["sequenceNumber"]), (&json!("conflict"), &json!(2)));
}

// CHAT-2
#[tokio::test]
async fn a_message_too_long_or_too_fast_is_refused_by_name() {
    let test = TestRealtime::start().await;
    let mut ada = test.ada().await;
    ada.send(json!({ "type": "chat:send", "id": "long", "text": "x".repeat(2_001) })).await;
    let refusal = ada.wait("room:error").await;
    assert_eq!((&refusal["code"], &refusal["requestId"]), (&json!("message_too_long"), &json!("long")));
    for number in 0..31 {
        ada.send(json!({ "type": "chat:send", "id": format!("c{number}"), "text": "hurry" })).await;
    }
    let refusal = ada.wait("room:error").await;
    assert_eq!((&refusal["code"], &refusal["requestId"]), (&json!("message_too_fast"), &json!("c30")));
}
