//! `fixtures [NAME…]` makes the odd films that are not there yet, all or those named, and prints where each is and what
//! must become of it.

use syncwatch_testkit::films::{OddFilm, make_all, table};

fn main() -> anyhow::Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let films: Vec<OddFilm> = match wanted.as_slice() {
        [] => table(),
        names => table().into_iter().filter(|film| names.iter().any(|name| name == film.name)).collect(),
    };
    anyhow::ensure!(wanted.is_empty() || films.len() == wanted.len(), "some of {wanted:?} are not in the table");
    let files = make_all(&films)?;
    if wanted.is_empty() {
        for film in &films {
            println!("{:<50} {:<50} {}", film.name.escape_debug().to_string(), film.kind, film.expected);
        }
        println!("{} films", films.len());
    } else {
        files.iter().for_each(|file| println!("{}", file.display()));
    }
    Ok(())
}
