use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{Expect, TestApi};

// OBS-4
#[tokio::test]
async fn a_healthy_process_is_live_and_ready_with_its_dependencies() {
    let api = TestApi::start().await;
    api.guest_room("Ada").await;
    assert_eq!(api.get("/health/live").send().await.unwrap().expect(StatusCode::OK).await, json!({ "status": "ok" }));
    let ready = api.get("/health/ready").send().await.unwrap().expect(StatusCode::OK).await;
    assert_eq!((&ready["status"], &ready["dependencies"][0]["name"]), (&json!("ok"), &json!("database")));
    assert!(ready["dependencies"][0]["latencyMs"].as_f64().is_some());
    let health = api.get("/health").send().await.unwrap().expect(StatusCode::OK).await;
    assert_eq!(health["openRooms"], 1);
    assert_eq!(health["transcodes"], json!({ "waiting": 0, "active": 0, "completed": 0, "failed": 0 }));
}

// OBS-6
#[tokio::test]
async fn a_process_that_stops_is_not_ready_and_still_live() {
    let api = TestApi::start().await;
    api.tasks.cancel();
    let ready = api.get("/health/ready").send().await.unwrap().expect(StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(ready["status"], "unavailable");
    api.get("/health/live").send().await.unwrap().expect(StatusCode::OK).await;
}

// OBS-2
#[tokio::test]
async fn requests_are_counted_by_route_and_never_by_address() {
    let api = TestApi::start().await;
    api.get("rooms/K7QW2MXD").send().await.unwrap();
    let metrics = api.get("/metrics").send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains(r#"route="/api/v1/rooms/{code}",status="4xx""#), "{metrics}");
    assert!(!metrics.contains("K7QW2MXD"), "a room's code is in the metrics");
}
