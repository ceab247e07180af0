//! Films that are deleted through the API while the worker makes them.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use reqwest::{Response, StatusCode};
use syncwatch_api::{ApiParts, ApiSettings, ApiState, router};
use syncwatch_protocol::VideoId;
use syncwatch_service::{AccessClaims, LogFormat, Tasks, Telemetry};
use syncwatch_store::ObjectKey;

use crate::films::STANDARD;
use crate::house::{House, encoding_does};
use crate::studio::tools;

/// An encoder that does not listen, and adds files until it is killed.
const WRITES_ON: &str = "trap '' TERM; n=0; while :; do n=$((n+1)); : > 240p/$n.m4s; done";

/// Serves the API over the house's store.
async fn open_door(house: &House) -> SocketAddr {
    let state = ApiState::new(ApiParts {
        store: house.store.clone(),
        keys: house.keys.clone(),
        clock: house.clock.clone(),
        settings: ApiSettings::default(),
        telemetry: Telemetry::start(LogFormat::Text, "off"),
        tasks: Tasks::new(),
        ffmpeg_available: true,
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Its owner deletes a film.
async fn delete(house: &House, id: VideoId) -> Response {
    let door = open_door(house).await;
    let (participant, session) = (house.row(id).await.owner, "log-in".to_owned());
    let claims = AccessClaims { participant, username: "ada".to_owned(), session };
    let token = house.keys.sign(&claims, 60, house.clock.now());
    let request = reqwest::Client::new().delete(format!("http://{door}/api/v1/videos/{id}"));
    request.bearer_auth(token).send().await.unwrap()
}

pub(crate) async fn until_there(file: &Path) {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
    while !file.exists() {
        assert!(tokio::time::Instant::now() < deadline, "{} never came", file.display());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn nothing_is_left(house: &House, id: VideoId) -> bool {
    let folder = house.store.objects.path(&ObjectKey::video(id));
    house.store.rows.video(id).await.unwrap().is_none() && !house.has_upload(id) && !folder.exists()
}

// UPL-5
#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_ffmpeg_writes_is_deleted_at_the_first_try_with_everything_of_it() {
    let house = House::new().await;
    let working = house.start(encoding_does(house.folder.path(), WRITES_ON));
    let (id, _topic) = house.upload(&STANDARD.file()).await;
    until_there(&house.output(id, 1).join("240p/100.m4s")).await;

    assert_eq!(delete(&house, id).await.status(), StatusCode::NO_CONTENT);

    assert!(nothing_is_left(&house, id).await);
    working.stop().await;
    assert!(nothing_is_left(&house, id).await, "and nothing comes after it");
}

// UPL-5
#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_waits_for_its_turn_is_deleted_and_never_made() {
    let house = House::new().await;
    let (id, _topic) = house.upload(&STANDARD.file()).await;

    assert_eq!(delete(&house, id).await.status(), StatusCode::NO_CONTENT);

    assert!(nothing_is_left(&house, id).await);
    let working = house.start(tools());
    assert!(house.store.rows.claim_transcode(house.clock.now().0, 1_000).await.unwrap().is_none());
    working.stop().await;
}
