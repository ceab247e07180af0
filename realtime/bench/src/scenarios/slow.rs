//! One in a hundred never reads. The others must not notice.

use std::ops::Range;
use std::time::Duration;

use super::newcomer;
use crate::Paths;
use crate::data::Data;
use crate::dialect;
use crate::figures::{Aim, Figures, median, percentile, range};
use crate::process::memory;
use crate::server::{Kind, Server};
use crate::swarm::{Newcomer, Swarm};

const MEMBERS: usize = 500;
const SLOW: usize = MEMBERS / 100;
const ROUNDS: usize = 6;
const LINES: usize = 50;
const APART: Duration = Duration::from_millis(60);
/// Long lines, so that the slow ones are full after a second or two.
const FILLER: usize = 1_500;

pub(super) fn run(paths: &Paths, figures: &mut Figures) -> anyhow::Result<()> {
    let server = Server::ours(paths, Data::with_rooms(ROUNDS + 1, MEMBERS as u16)?)?;
    let mut swarm = Swarm::new()?;
    let healthy = swarm.join((0..MEMBERS).map(|number| newcomer(&server, 0, &format!("m{number}"))), None)?;
    let (mut ratios, mut with_slow_ones) = (Vec::new(), Vec::new());
    let before = memory(server.pid())?;
    for room in 1..=ROUNDS {
        // Another room each time, as those who never read are sent away after a while.
        let slow =
            |number| Newcomer { deaf: number >= MEMBERS - SLOW, ..newcomer(&server, room, &format!("m{number}")) };
        let mixed = swarm.join((0..MEMBERS).map(slow), None)?;
        swarm.pass(Duration::from_secs(1))?;
        let mixed = mixed.start..mixed.end - SLOW;
        let (alone, among) = match room % 2 {
            0 => (p99(&mut swarm, healthy.clone())?, p99(&mut swarm, mixed)?),
            _ => {
                let among = p99(&mut swarm, mixed)?;
                (p99(&mut swarm, healthy.clone())?, among)
            }
        };
        eprintln!("  round {room}: p99 {alone:.2} ms alone, {among:.2} ms among slow ones");
        ratios.push(among / alone);
        with_slow_ones.push(among);
    }
    let grown = (memory(server.pid())?.saturating_sub(before)) as f64 / 1_024.0 / (ROUNDS * MEMBERS) as f64;
    figures.add("p99 of a delivery in a room with 1 % who never read", median(&with_slow_ones), "ms", Aim::None);
    figures.add("memory per member of those rooms", grown, "KiB", Aim::None);
    let what = format!("p99 of the others: with 1 % who never read / without ({})", range(&ratios));
    figures.add(what, median(&ratios), "ratio", Aim::AtMost(1.1));
    Ok(())
}

/// The 99th percentile of all deliveries of some lines to these members.
fn p99(swarm: &mut Swarm, members: Range<usize>) -> anyhow::Result<f64> {
    let wanted = members.len();
    swarm.latencies_ms.clear();
    for line in 0..LINES {
        let speaker = members.start + line * 7 % wanted;
        swarm.say(speaker, wanted, 1, |number| dialect::line(Kind::SyncWatch, number, FILLER))?;
        swarm.pass(APART)?;
        swarm.until_delivered()?;
    }
    Ok(percentile(&swarm.latencies_ms, 0.99))
}
