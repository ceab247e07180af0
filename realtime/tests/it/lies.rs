//! Clients that lie: each lie has its coded answer and its count, and nobody else's socket notices.

use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use syncwatch_protocol::{ParticipantId, RoomId};
use syncwatch_service::{SessionClaims, new_id};
use tokio_tungstenite::tungstenite::Message;

use crate::harness::{Client, TestRealtime};

/// Somebody honest, who must not notice anything.
async fn goes_on(ada: &mut Client) {
    ada.send(json!({ "type": "chat:send", "id": "honest", "text": "undisturbed" })).await;
    ada.wait_for("chat:accepted", |accepted| accepted["id"] == "honest").await;
}

// SEC-3, OBS-2
#[tokio::test]
async fn lies_about_clocks_places_speeds_numbers_and_people_are_answered_by_name_and_counted() {
    let metrics = PrometheusBuilder::new().build_recorder();
    let _counting = metrics::set_default_local_recorder(&metrics);
    let test = TestRealtime::start().await;
    let (mut ada, mut eve) = (test.ada().await, test.guest("Eve").await);
    let source = json!({ "kind": "video", "videoId": test.film().await });
    ada.command(json!({ "type": "sync:source", "id": "s", "source": source })).await;
    eve.wait("sync:command").await;

    let lies: [(&str, &[&str]); 5] = [
        (
            "malformed_message",
            &[
                r#"{"type":"clock:ping","c1":-5}"#,
                r#"{"type":"clock:ping","c1":1e300}"#,
                r#"{"type":"clock:ping","c1":NaN}"#,
                r#"{"type":"sync:seek","id":"k1","mediaTimeMs":-1}"#,
                r#"{"type":"sync:rate","id":"k2","rate":NaN}"#,
                r#"{"type":"sync:catchup","afterSequence":99}"#,
                r#"{"type":"sync:ack","sequenceNumber":99,"executedAtMs":5}"#,
            ],
        ),
        (
            "position_invalid",
            &[
                r#"{"type":"sync:seek","id":"k3","mediaTimeMs":600001}"#,
                r#"{"type":"sync:play","id":"k4","mediaTimeMs":9007199254740991}"#,
            ],
        ),
        (
            "rate_invalid",
            &[
                r#"{"type":"sync:rate","id":"k5","rate":0.24}"#,
                r#"{"type":"sync:rate","id":"k6","rate":2.01}"#,
                r#"{"type":"sync:rate","id":"k7","rate":-1}"#,
            ],
        ),
        ("only_owner", &[r#"{"type":"owner:heartbeat"}"#]),
        ("unknown_message", &[r#"{"type":"sync:obey"}"#]),
    ];
    for (code, texts) in lies {
        for text in texts {
            eve.send_raw(Message::text(*text)).await;
            assert_eq!(refused(&mut eve).await, code, "{text}");
        }
        let counted = format!(r#"syncwatch_websocket_refused_messages_total{{code="{code}"}} {}"#, texts.len());
        assert!(metrics.handle().render().contains(&counted), "{counted}");
    }
    let future = json!({ "type": "sync:pause", "id": "k8", "expectedSequence": 1_000_000 });
    assert_eq!(eve.command(future).await["outcome"], "conflict");
    goes_on(&mut ada).await;
}

/// The code with which the last message was refused.
async fn refused(client: &mut Client) -> Value {
    loop {
        let message = client.next().await;
        if message["type"] == "room:error" || message["outcome"] == "refused" {
            return message["code"].clone();
        }
        assert_ne!(message["type"], "clock:pong", "such a clock is not answered");
    }
}

// SEC-8, SYNC-7
#[tokio::test]
async fn nobody_resumes_with_a_token_that_is_foreign_or_over() {
    let test = TestRealtime::start().await;
    let (mut ada, ben) = (test.ada().await, test.guest("Ben").await);
    let person: ParticipantId = ben.id.as_str().expect("an id").parse().expect("an id");
    let claims = |room| SessionClaims {
        room,
        participant: person,
        name: "Ben".into(),
        kind: syncwatch_protocol::ParticipantKind::Guest,
    };
    let now = test.clock.now();
    let foreign = test.keys.sign(&claims(RoomId::new(new_id(now))), 60, now);
    let forged = syncwatch_service::TokenKeys::random().sign(&claims(test.room), 60, now);
    let short = test.keys.sign(&claims(test.room), 1, now);
    (test.move_clock)(2_000);
    for token in [foreign.as_str(), &forged, &short, "", &"x".repeat(10_000)] {
        let mut stranger = test.connect().await;
        stranger.hello("session", token, Some(json!({ "epoch": 1, "lastSequence": 0, "lastChat": null }))).await;
        assert_eq!(stranger.wait("room:error").await["code"], "token_invalid");
        assert_eq!(stranger.closed().await, 4001);
    }
    goes_on(&mut ada).await;
}

// SYNC-7
#[tokio::test]
async fn who_says_that_he_has_seen_the_future_gets_the_present() {
    let test = TestRealtime::start().await;
    let ada = test.ada().await;
    let mut again = test.connect().await;
    let future = json!({ "epoch": 1, "lastSequence": 1_000_000, "lastChat": 9_007_199_254_740_991_u64 });
    again.hello("session", &ada.session, Some(future)).await;
    let state = again.welcomed().await;
    assert_eq!(state["playback"]["sequenceNumber"], 0);
    assert_eq!(again.wait("sync:catchup").await["commands"], json!([]));
}

// SEC-3
#[tokio::test]
async fn a_flood_is_answered_closed_and_felt_by_nobody_else() {
    let test = TestRealtime::start().await;
    let (mut ada, mut eve) = (test.ada().await, test.guest("Eve").await);
    for _ in 0..300 {
        eve.send(json!({ "type": "clock:ping", "c1": 1.0 })).await;
    }
    assert_eq!(eve.wait("room:error").await["code"], "too_many_commands");
    assert_eq!(eve.closed().await, 4002);
    goes_on(&mut ada).await;
}
