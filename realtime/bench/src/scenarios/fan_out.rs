//! CPU for each verified delivery: lines one by one, and in bursts, in a room of 2,000.

use std::ops::Range;
use std::time::Duration;

use super::{newcomer, one_of_each};
use crate::Paths;
use crate::dialect;
use crate::figures::{Aim, Figures, median, range};
use crate::process::cpu_time;
use crate::server::{Kind, Server};
use crate::swarm::Swarm;

const MEMBERS: usize = 2_000;
const ROUNDS: usize = 5;
/// Lines of a paced round, and how far they are apart.
const PACED: (u64, Duration) = (60, Duration::from_millis(100));
/// Bursts of a round, and lines in each.
const BURSTS: (usize, usize) = (40, 10);
/// Ours is longer by its names and ids; the line itself is a short one.
const FILLER: usize = 24;

/// A room on one of the servers, and what its rounds cost.
struct Room {
    server: Server,
    members: Range<usize>,
    /// Whoever speaks next; nobody may speak too often.
    speaker: usize,
    paced_us: Vec<f64>,
    burst_us: Vec<f64>,
}

pub(super) fn run(paths: &Paths, figures: &mut Figures) -> anyhow::Result<()> {
    let mut swarm = Swarm::new()?;
    let mut rooms = Vec::new();
    for server in one_of_each(paths, 1, MEMBERS as u16)? {
        let newcomers: Vec<_> = (0..MEMBERS).map(|number| newcomer(&server, 0, &format!("m{number}"))).collect();
        let members = swarm.join(newcomers, None)?;
        rooms.push(Room { server, speaker: members.start, members, paced_us: Vec::new(), burst_us: Vec::new() });
    }
    // What joining left to do is not part of what follows: storing 2,000 people, and telling them of each other half a minute later.
    swarm.pass(Duration::from_secs(35))?;
    for round in 0..=ROUNDS {
        for step in 0..rooms.len() {
            let place = (round + step) % rooms.len();
            let (paced, burst) = (paced(&mut swarm, &mut rooms[place])?, bursts(&mut swarm, &mut rooms[place])?);
            eprintln!(
                "  round {round} {:<20} paced {paced:>6.2} µs  burst {burst:>6.2} µs",
                rooms[place].server.kind.name()
            );
            // The first round warms up.
            if round > 0 {
                rooms[place].paced_us.push(paced);
                rooms[place].burst_us.push(burst);
            }
        }
        swarm.latencies_ms.clear();
    }
    if !paths.ours_alone {
        report(&rooms, figures);
    }
    Ok(())
}

fn report(rooms: &[Room], figures: &mut Figures) {
    let of = |kind| rooms.iter().find(|room| room.server.kind == kind).expect("one of each");
    let ours = of(Kind::SyncWatch);
    for room in rooms {
        let name = room.server.kind.name();
        figures.add(
            format!("CPU per delivery, paced, {name} ({})", range(&room.paced_us)),
            median(&room.paced_us),
            "µs",
            Aim::None,
        );
        figures.add(
            format!("CPU per delivery, bursts, {name} ({})", range(&room.burst_us)),
            median(&room.burst_us),
            "µs",
            Aim::None,
        );
    }
    let mut ratio = |what: &str, over: &[f64], under: &[f64], aim| {
        let ratios: Vec<f64> = over.iter().zip(under).map(|(over, under)| over / under).collect();
        figures.add(format!("{what} ({})", range(&ratios)), median(&ratios), "ratio", aim);
    };
    let (uws, socket_io) = (of(Kind::Uws), of(Kind::SocketIo));
    ratio("CPU per delivery, paced: ours / uWebSockets", &ours.paced_us, &uws.paced_us, Aim::AtMost(0.85));
    ratio("CPU per delivery, bursts: ours / uWebSockets", &ours.burst_us, &uws.burst_us, Aim::AtMost(1.0));
    ratio("CPU per delivery, paced: Socket.IO / ours", &socket_io.paced_us, &ours.paced_us, Aim::AtLeast(2.0));
    ratio("CPU per delivery, bursts: Socket.IO / ours", &socket_io.burst_us, &ours.burst_us, Aim::AtLeast(2.0));
}

/// Microseconds of the server's CPU for each delivery when lines come one by one.
fn paced(swarm: &mut Swarm, room: &mut Room) -> anyhow::Result<f64> {
    let before = cpu_time(room.server.pid())?;
    for _ in 0..PACED.0 {
        speak(swarm, room, 1)?;
        swarm.pass(PACED.1)?;
    }
    swarm.until_delivered()?;
    let used = cpu_time(room.server.pid())? - before;
    Ok(used.as_secs_f64() * 1e6 / (PACED.0 * MEMBERS as u64) as f64)
}

/// The same when ten lines come at once.
fn bursts(swarm: &mut Swarm, room: &mut Room) -> anyhow::Result<f64> {
    let before = cpu_time(room.server.pid())?;
    for _ in 0..BURSTS.0 {
        speak(swarm, room, BURSTS.1)?;
        swarm.until_delivered()?;
    }
    let used = cpu_time(room.server.pid())? - before;
    swarm.ensure_they_agree(room.members.clone())?;
    Ok(used.as_secs_f64() * 1e6 / (BURSTS.0 * BURSTS.1 * MEMBERS) as f64)
}

fn speak(swarm: &mut Swarm, room: &mut Room, lines: usize) -> anyhow::Result<u64> {
    let (kind, speaker) = (room.server.kind, room.speaker);
    room.speaker = if speaker + 1 == room.members.end { room.members.start } else { speaker + 1 };
    swarm.say(speaker, MEMBERS, lines, |number| dialect::line(kind, number, FILLER))
}
