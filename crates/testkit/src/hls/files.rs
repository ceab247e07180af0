//! What lies in the folder, and whether somebody names it.

use std::collections::BTreeSet;
use std::path::Path;

use super::MASTER;
use super::complaint::{Complaints, Rule};
use super::master::Master;
use super::media::beside;

/// Files that no playlist names: the poster, and the pictures of the seek bar with their list.
const KNOWN: [&str; 1] = ["poster.jpg"];

pub(super) fn check(folder: &Path, master: &Master, complaints: &mut Complaints) {
    let mut named: BTreeSet<String> = KNOWN.map(str::to_owned).into();
    named.insert(MASTER.to_owned());
    let others = master.sounds().chain(master.subtitles()).filter_map(|media| media.uri.as_deref());
    for playlist in master.variants().map(|variant| variant.uri.as_str()).chain(others) {
        named.insert(playlist.to_owned());
        let text = std::fs::read_to_string(folder.join(playlist)).unwrap_or_default();
        named.extend(text.lines().filter_map(address).map(|file| beside(playlist, file)));
    }
    let there = files_in(folder, "");
    for list in
        there.iter().filter(|file| file.ends_with(".vtt") && !named.contains(*file)).cloned().collect::<Vec<_>>()
    {
        named.extend(pictures_of(folder, &list));
    }
    for file in there.difference(&named) {
        complaints.add(file, Rule::Unlisted, "no list names it");
    }
}

/// The file that a line of a media playlist names.
fn address(line: &str) -> Option<&str> {
    match line.strip_prefix('#') {
        None => Some(line).filter(|line| !line.trim().is_empty()),
        Some(_) => line.strip_prefix("#EXT-X-MAP:")?.split("URI=\"").nth(1)?.split('"').next(),
    }
}

/// A list of pictures for the seek bar names pieces of them; it and they are named by that.
fn pictures_of(folder: &Path, list: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(list)).unwrap_or_default();
    let pictures: Vec<String> =
        text.lines().filter_map(|line| line.split_once("#xywh=")).map(|(file, _)| beside(list, file)).collect();
    if pictures.is_empty() { pictures } else { [pictures, vec![list.to_owned()]].concat() }
}

fn files_in(folder: &Path, under: &str) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(folder.join(under)).into_iter().flatten().flatten() {
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            files.extend(files_in(folder, &format!("{name}/")));
        } else {
            files.insert(name);
        }
    }
    files
}
