//! `transcode FILE FOLDER` makes one film and prints what happens and when, in seconds since the start.
//!
//! The benchmarks call it; it is also the quickest way to see what becomes of a file.

use std::path::PathBuf;

use syncwatch_transcode_job::{Event, Tools, TranscodeJob, TranscodeSettings, transcode};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(source), Some(output)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: transcode FILE FOLDER");
        std::process::exit(2);
    };
    // Examples lie in a folder beside the program's.
    let program = std::env::current_exe().unwrap_or_default();
    let tools = Tools::beside(&program.parent().map(|folder| folder.with_file_name("x")).unwrap_or_default());
    let started = Instant::now();
    let (events, mut heard) = tokio::sync::mpsc::channel(64);
    let listening = tokio::spawn(async move {
        while let Some(event) = heard.recv().await {
            println!("{:8.3} {}", started.elapsed().as_secs_f64(), line(&event));
        }
    });
    let (job, settings) = (TranscodeJob { source, output }, TranscodeSettings::default());
    let done = transcode(&job, &tools, &settings, &events, &CancellationToken::new()).await;
    drop(events);
    let _ = listening.await;
    match done {
        Ok(outcome) => println!("{:8.3} ready {outcome:?}", started.elapsed().as_secs_f64()),
        Err(error) => {
            println!("{:8.3} failed {error}", started.elapsed().as_secs_f64());
            std::process::exit(1);
        }
    }
}

fn line(event: &Event) -> String {
    match event {
        Event::Probed(report) => format!("probed {} s", report.duration),
        Event::Planned(plan) => {
            let decisions: Vec<String> =
                plan.decisions.iter().map(|decision| format!("\n         - {decision}")).collect();
            format!("planned{}", decisions.concat())
        }
        Event::Playable { renditions } => format!("playable {renditions:?}"),
        Event::Progress(outlook) => {
            format!("progress {:.4} {:?} eta {:?}", outlook.fraction, outlook.speed, outlook.eta)
        }
        other => format!("{other:?}"),
    }
}
