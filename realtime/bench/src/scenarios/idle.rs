//! What an idle member costs: everything by which the process grows, with its token checked, its room, its timers.

use std::time::Duration;

use super::newcomer;
use crate::Paths;
use crate::data::Data;
use crate::figures::{Aim, Figures};
use crate::process::memory;
use crate::server::{Kind, Server};
use crate::swarm::Swarm;

const MEMBERS: usize = 10_000;
/// Members of a room: as many as a room has without further ado, and many.
const ROOM_SIZES: [usize; 2] = [5, 50];

pub(super) fn run(paths: &Paths, figures: &mut Figures) -> anyhow::Result<()> {
    for size in ROOM_SIZES {
        let server = Server::ours(paths, Data::with_rooms(MEMBERS / size, size as u16)?)?;
        let grown = growth(&server, size)?;
        figures.add(format!("memory per idle member, {MEMBERS} in rooms of {size}"), grown, "KiB", Aim::AtMost(8.0));
    }
    let peers = [Kind::Uws, Kind::Ws, Kind::SocketIo].into_iter().filter(|_| !paths.ours_alone);
    for kind in peers {
        let grown = growth(&Server::peer(paths, kind)?, 50)?;
        figures.add(format!("memory per idle member, {}", kind.name()), grown, "KiB", Aim::None);
    }
    Ok(())
}

/// KiB by which a server grows for each member.
fn growth(server: &Server, room_size: usize) -> anyhow::Result<f64> {
    let mut swarm = Swarm::new()?;
    swarm.pass(Duration::from_secs(1))?;
    let before = memory(server.pid())?;
    let newcomers = (0..MEMBERS).map(|number| newcomer(server, number / room_size, &format!("m{number}")));
    swarm.join(newcomers, None)?;
    // Until everybody is stored, has been asked for a sign of life at least once, and the mailboxes are empty.
    swarm.pass(Duration::from_secs(12))?;
    Ok((memory(server.pid())?.saturating_sub(before)) as f64 / 1_024.0 / MEMBERS as f64)
}
