//! Ten thousand members lose the network or the program at once and come back at once. Each must get exactly what it missed.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::newcomer;
use crate::Paths;
use crate::data::Data;
use crate::dialect;
use crate::figures::{Aim, Figures, median, range};
use crate::member::Diary;
use crate::server::{Kind, Server};
use crate::swarm::{Newcomer, Swarm};

const ROOMS: usize = 200;
const RETURNING: usize = 10_000;
/// Commands that those hear who stayed, one in each room.
const MISSED: u64 = 3;
const ROUNDS: usize = 3;
/// A storm does not queue politely: so many connections are being made at once.
const UNDER_WAY: usize = 1_000;

pub(super) fn run(paths: &Paths, figures: &mut Figures) -> anyhow::Result<()> {
    let (mut cut, mut killed) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        cut.push(after_a_cut(paths)?);
        killed.push(after_a_kill(paths)?);
    }
    let what = format!("{RETURNING} members resumed with what they missed, after a cut ({})", range(&cut));
    figures.add(what, median(&cut), "s", Aim::AtMost(5.0));
    let what = format!("{RETURNING} members resumed where they were, from a kill -9 on ({})", range(&killed));
    figures.add(what, median(&killed), "s", Aim::AtMost(5.0));
    Ok(())
}

/// The network is gone for a moment, and the film is moved meanwhile by those who stayed.
fn after_a_cut(paths: &Paths) -> anyhow::Result<f64> {
    let (server, mut swarm) = crowded(paths)?;
    let diaries = swarm.cut(ROOMS)?;
    swarm.pass(Duration::from_millis(500))?;
    for room in 0..ROOMS {
        swarm.say(room, 1, MISSED as usize, dialect::seek)?;
    }
    swarm.until_delivered()?;

    let comebacks = comebacks(&server, &diaries)?;
    let started = Instant::now();
    let back = swarm.join(comebacks, Some(UNDER_WAY))?;
    while swarm.members[back.clone()].iter().any(|member| diary_of(member.diary.as_ref()).missed.len() < 2) {
        swarm.turn()?;
        ensure!(started.elapsed() < Duration::from_secs(60), "not everybody was told what he missed");
    }
    let took = started.elapsed().as_secs_f64();
    for (before, member) in diaries.iter().zip(&swarm.members[back]) {
        check_missed(before, diary_of(member.diary.as_ref()))?;
    }
    Ok(took)
}

/// The program is killed and started anew; its start is part of the time.
fn after_a_kill(paths: &Paths) -> anyhow::Result<f64> {
    let (server, mut swarm) = crowded(paths)?;
    let diaries = swarm.cut(ROOMS)?;
    swarm.cut(0)?;
    let started = Instant::now();
    let server = server.killed_and_started(paths)?;
    let back = swarm.join(comebacks(&server, &diaries)?, Some(UNDER_WAY))?;
    let took = started.elapsed().as_secs_f64();
    for (before, member) in diaries.iter().zip(&swarm.members[back.clone()]) {
        let (_, seen) = seen(before)?;
        let welcome: Value = serde_json::from_slice(&diary_of(member.diary.as_ref()).welcome)?;
        let stands_at = &welcome["room"]["playback"]["sequenceNumber"];
        ensure!(*stands_at == seen, "back at {stands_at} instead of {seen}");
    }
    // The next command reaches each of them, and once.
    for room in 0..ROOMS {
        swarm.say(back.start + room, RETURNING / ROOMS, 1, dialect::seek)?;
    }
    swarm.until_delivered()?;
    Ok(took)
}

/// Rooms full of people who know where the film stands, all of it stored. One in each room stays whatever happens to the
/// network.
fn crowded(paths: &Paths) -> anyhow::Result<(Server, Swarm)> {
    let per_room = RETURNING / ROOMS;
    let server = Server::ours(paths, Data::with_rooms(ROOMS, per_room as u16 + 1)?)?;
    let mut swarm = Swarm::new()?;
    swarm.join((0..ROOMS).map(|room| newcomer(&server, room, "stays")), None)?;
    let returning =
        (0..RETURNING).map(|number| Newcomer { keeps_diary: true, ..newcomer(&server, number % ROOMS, "goes") });
    swarm.join(returning, None)?;
    for room in 0..ROOMS {
        swarm.say(room, per_room + 1, 1, dialect::seek)?;
    }
    swarm.until_delivered()?;
    swarm.pass(Duration::from_secs(2))?;
    Ok((server, swarm))
}

fn comebacks(server: &Server, diaries: &[Diary]) -> anyhow::Result<Vec<Newcomer>> {
    diaries.iter().enumerate().map(|(number, diary)| comeback(server, number % ROOMS, diary)).collect()
}

fn diary_of(diary: Option<&Diary>) -> &Diary {
    diary.expect("everybody who goes keeps one")
}

/// The hello of somebody who was told what stands in `diary`.
fn comeback(server: &Server, room: usize, diary: &Diary) -> anyhow::Result<Newcomer> {
    let welcome: Value = serde_json::from_slice(&diary.welcome)?;
    let token = welcome["sessionToken"].as_str().context("a token")?;
    let (epoch, sequence) = seen(diary)?;
    let resume = format!(r#","resume":{{"epoch":{epoch},"lastSequence":{sequence},"lastChat":null}}"#);
    let data = server.data.as_ref().context("ours")?;
    Ok(Newcomer {
        kind: Kind::SyncWatch,
        address: server.address,
        room: data.rooms[room].to_string(),
        hello: dialect::our_hello("session", token, &resume),
        keeps_diary: true,
        deaf: false,
    })
}

/// The newest command that a member knows of.
fn seen(diary: &Diary) -> anyhow::Result<(u64, u64)> {
    let command: Value = serde_json::from_slice(&diary.last_line)?;
    let playback = &command["command"]["playback"];
    Ok((playback["epoch"].as_u64().context("an epoch")?, playback["sequenceNumber"].as_u64().context("a number")?))
}

/// Neither gap nor repeat: what came after the last one seen is exactly what was said meanwhile.
fn check_missed(before: &Diary, after: &Diary) -> anyhow::Result<()> {
    let (_, seen) = seen(before)?;
    let missed: Vec<Value> = after.missed.iter().map(|text| serde_json::from_slice(text)).collect::<Result<_, _>>()?;
    let catchup = missed.iter().find(|message| message["type"] == "sync:catchup").context("commands")?;
    let commands = catchup["commands"].as_array().context("a list")?;
    let numbers: Vec<_> =
        commands.iter().filter_map(|command| command["playback"]["sequenceNumber"].as_u64()).collect();
    let expected: Vec<_> = (seen + 1..=seen + MISSED).collect();
    ensure!(numbers == expected, "{numbers:?} instead of {expected:?}");
    let welcome: Value = serde_json::from_slice(&after.welcome)?;
    ensure!(
        welcome["resumed"] == true && welcome["room"]["playback"]["sequenceNumber"] == seen + MISSED,
        "not resumed"
    );
    Ok(())
}
