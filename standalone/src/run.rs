//! Starting everything, and ending it in order (OBS-6).

use std::future::{IntoFuture, ready};
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::middleware::map_response;
use tokio::net::TcpListener;
use tracing::info;

use syncwatch_api::{ApiParts, ApiState, CleanUp};
use syncwatch_realtime::{RealtimeParts, Rooms};
use syncwatch_service::{Clock, STOP_DEADLINE, Tasks, Telemetry, TokenKeys};
use syncwatch_store::Store;
use syncwatch_transcode_job::{Tools, Worker, WorkerParts};

use crate::headers::Headers;
use crate::{Config, data_folder, open_files, ready as readiness, web_app};

/// Requests that are still under way at a stop get so long; uploads go on later from where they are.
const REQUESTS_END_WITHIN: Duration = Duration::from_secs(2);

/// Runs the service on `listener` until `stop` resolves. True when everything ended in time.
///
/// # Errors
/// Why it cannot start.
pub async fn run(config: Config, listener: TcpListener, stop: impl Future<Output = ()>) -> anyhow::Result<bool> {
    let telemetry = Telemetry::start(config.log_format, &config.log);
    open_files::raise();
    let address = listener.local_addr().context("the listener has no address")?;
    let tools = Tools::beside(&std::env::current_exe().context("the program does not know where it lies")?);
    data_folder::prepare(&config.data)?;
    // Films wait without FFmpeg and everything else works, so its absence is no reason not to start; the worker tells it.
    let (store, ffmpeg) = tokio::join!(Store::open_embedded(&config.data), tools.check());
    let tasks = Tasks::new();
    let parts = ApiParts {
        store: store.map_err(|error| data_folder::explained(&config.data, &error))?,
        keys: TokenKeys::load_or_create(&config.key_file())?,
        clock: Clock::system(),
        settings: config.api.clone(),
        telemetry,
        tasks: tasks.clone(),
        ffmpeg_available: ffmpeg.is_ok(),
    };
    let app = start(&config, parts, tools, &tasks);

    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(tasks.cancelled().cancelled_owned());
    let server = tokio::spawn(server.into_future());
    readiness::announce(&config, address);

    stop.await;
    let ended = tasks.stop(STOP_DEADLINE).await;
    let _cut_off = tokio::time::timeout(REQUESTS_END_WITHIN, server).await;
    info!("stopped");
    Ok(ended)
}

/// Starts the parts of the service; what remains to be served is one router.
fn start(config: &Config, parts: ApiParts, tools: Tools, tasks: &Tasks) -> Router {
    let ApiParts { store, keys, clock, .. } = parts.clone();
    let links = config.api.media.links(keys.clone());
    let rooms = Rooms::new(RealtimeParts {
        store: store.clone(),
        links: links.clone(),
        keys,
        clock: clock.clone(),
        tasks: tasks.clone(),
        places_cap: config.api.rooms.max_participants,
    });
    let worker = Worker::new(WorkerParts { store, clock, tools, links, settings: config.transcode.clone() });
    tasks.spawn("transcode worker", worker.run(tasks.cancelled()));
    let api = ApiState::new(parts);
    tasks.spawn("clean-up", CleanUp::new(api.clone()).run());
    let headers = Headers::with_films_from(config.api.media.origin(), &config.api.links.content_sources());
    Router::new()
        .merge(syncwatch_api::router(api))
        .merge(syncwatch_realtime::router(rooms))
        .fallback(web_app::serve)
        .layer(map_response(move |response| ready(headers.secure(response))))
}
