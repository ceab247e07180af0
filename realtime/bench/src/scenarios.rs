//! What is measured, one file each.

mod fan_out;
mod idle;
mod latency;
mod slow;
mod storm;

use crate::Paths;
use crate::figures::Figures;
use crate::server::{Kind, Server};
use crate::swarm::Newcomer;

type Scenario = fn(&Paths, &mut Figures) -> anyhow::Result<()>;

/// All of them, by the name with which one is chosen.
pub(crate) const ALL: [(&str, Scenario); 5] = [
    ("fan-out", fan_out::run),
    ("latency", latency::run),
    ("idle", idle::run),
    ("storm", storm::run),
    ("slow", slow::run),
];

/// Somebody new for one of a server's rooms.
fn newcomer(server: &Server, room: usize, name: &str) -> Newcomer {
    let (room_id, hello) = match &server.data {
        Some(data) => (data.rooms[room].to_string(), crate::dialect::our_hello("join", &data.token(room, name), "")),
        None => (room.to_string(), crate::dialect::plain_hello(server.kind, &room.to_string(), name)),
    };
    Newcomer { kind: server.kind, address: server.address, room: room_id, hello, keeps_diary: false, deaf: false }
}

/// One of each server: ours with these rooms, then the others.
fn one_of_each(paths: &Paths, rooms: usize, places: u16) -> anyhow::Result<Vec<Server>> {
    let ours = Server::ours(paths, crate::data::Data::with_rooms(rooms, places)?);
    let peers = Kind::ALL.into_iter().filter(|kind| *kind != Kind::SyncWatch && !paths.ours_alone);
    std::iter::once(ours).chain(peers.map(|kind| Server::peer(paths, kind))).collect()
}
