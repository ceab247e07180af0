//! From a command to the last member who hears of it. Counted from before the command is written, so the way in and the load
//! client's own reading are part of it.

use std::time::Duration;

use super::newcomer;
use crate::Paths;
use crate::data::Data;
use crate::dialect;
use crate::figures::{Aim, Figures, median, percentile, range};
use crate::server::Server;
use crate::swarm::Swarm;

/// Members, commands in a round, how far they are apart, and the aim in milliseconds.
const ROOMS: [(usize, u64, Duration, f64); 2] =
    [(50, 500, Duration::from_millis(20), 5.0), (2_000, 100, Duration::from_millis(120), 20.0)];
const ROUNDS: usize = 3;

pub(super) fn run(paths: &Paths, figures: &mut Figures) -> anyhow::Result<()> {
    for (members, commands, apart, aim) in ROOMS {
        let server = Server::ours(paths, Data::with_rooms(1, members as u16)?)?;
        let mut swarm = Swarm::new()?;
        let newcomers: Vec<_> = (0..members).map(|number| newcomer(&server, 0, &format!("m{number}"))).collect();
        let everybody = swarm.join(newcomers, None)?;
        swarm.pass(Duration::from_secs(3))?;
        let (mut p99, mut p50) = (Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let mut times = Vec::new();
            for command in 0..commands {
                let speaker = everybody.start + command as usize % members;
                let number = swarm.say(speaker, members, 1, dialect::seek)?;
                swarm.pass(apart)?;
                swarm.until_delivered()?;
                times.push(swarm.last_delivery_ms(number)?);
            }
            if round > 0 {
                p50.push(percentile(&times, 0.5));
                p99.push(percentile(&times, 0.99));
            }
        }
        figures.add(format!("command to the last of {members} members, p50"), median(&p50), "ms", Aim::None);
        let what = format!("command to the last of {members} members, p99 ({})", range(&p99));
        figures.add(what, median(&p99), "ms", Aim::AtMost(aim));
    }
    Ok(())
}
