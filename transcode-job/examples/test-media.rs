//! `test-media [WORD…]` sends all odd films through the real transcode, or those with one of the words in their name, and
//! prints what came of each. It fails when one of them did not become what the table says.

#[path = "../tests/it/odd_films/row.rs"]
mod row;

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use row::{Verdict, transcoded_row};
use syncwatch_testkit::films::{OddFilm, known_gap, make_all, table};
use syncwatch_transcode_job::Tools;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// FFmpeg gets one thread on a small machine, and the check that follows is a process too.
const AT_ONCE: usize = 2;

#[tokio::main]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |film: &OddFilm| words.is_empty() || words.iter().any(|word| film.name.contains(word.as_str()));
    let films: Vec<OddFilm> = table().into_iter().filter(wanted).collect();
    let making = films.clone();
    tokio::task::spawn_blocking(move || make_all(&making)).await??;
    // Examples lie in a folder beside the program's.
    let program = std::env::current_exe()?;
    let tools = Tools::beside(&program.parent().map(|folder| folder.with_file_name("x")).unwrap_or_default());

    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for film in films {
        let (places, tools) = (places.clone(), tools.clone());
        running.spawn(async move {
            let _place = places.acquire_owned().await?;
            let verdict = transcoded_row(&film, &tools).await?;
            anyhow::Ok((film, verdict))
        });
    }
    let mut counts = Counts::default();
    while let Some(done) = running.join_next().await {
        let (film, verdict) = done??;
        counts.add(&film, &verdict);
    }
    println!("\n{} of {} as expected, {} known gaps", counts.good, counts.all, counts.gaps);
    if words.is_empty() {
        counts.save(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench"))?;
    }
    anyhow::ensure!(counts.good + counts.gaps == counts.all, "some films did not become what they must");
    Ok(())
}

#[derive(Default)]
struct Counts {
    all: usize,
    good: usize,
    gaps: usize,
}

impl Counts {
    fn add(&mut self, film: &OddFilm, verdict: &Verdict) {
        let known = |wrong: &String| known_gap(film, wrong).is_some();
        let mark = match verdict.wrong.as_slice() {
            [] => "ok",
            wrong if wrong.iter().all(known) => "gap",
            _ => "WRONG",
        };
        self.all += 1;
        self.good += usize::from(mark == "ok");
        self.gaps += usize::from(mark == "gap");
        println!("{mark:<5} {:<50} {:<45} {}", film.name.escape_debug().to_string(), film.kind, verdict.outcome);
        for wrong in &verdict.wrong {
            let missing = known_gap(film, wrong).map_or(String::new(), |gap| format!(" ({})", gap.missing));
            println!("      - {wrong}{missing}");
        }
    }

    /// As all benchmarks write their figures.
    fn save(&self, folder: &Path) -> Result<()> {
        let Self { all, good, .. } = self;
        let figure = serde_json::json!([{
            "what": "odd films that became what they must, or were refused by name",
            "value": good,
            "unit": format!("of {all}"),
            "aim": format!("≥ {all} of {all}"),
            "ok": good == all,
        }]);
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("test-media.json"), serde_json::to_vec_pretty(&figure)?)?;
        Ok(())
    }
}
