//! Measures the gateway against npm `ws`, Socket.IO and uWebSockets (in Bun), side by side on one machine.
//!
//! Servers run on one core and this load client on another. Every delivery that counts was verified: each member must get
//! each numbered line once and in order. CPU is user plus system time of the server's process. Rounds of the servers follow
//! each other in turn, so that whatever else the machine does hits all; what is reported is the median of the rounds' ratios.

#![expect(clippy::disallowed_methods, reason = "whoever measures reads the clock")]

mod data;
mod dialect;
mod figures;
mod member;
mod process;
mod scenarios;
mod server;
mod swarm;

use std::path::PathBuf;

use anyhow::Context;

use crate::figures::Figures;

/// Where everything is.
struct Paths {
    /// Our release program.
    program: PathBuf,
    /// The folder with the peers and what npm installed for them.
    peers: PathBuf,
    /// Where the figures go.
    out: PathBuf,
    /// Leaves the peers out, for looking into ours with a profiler.
    ours_alone: bool,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let mut next =
        |what| arguments.next().with_context(|| format!("the first three arguments are paths; {what} is missing"));
    let (program, peers, out) = (next("the program")?, next("the peers")?.canonicalize()?, next("the result")?);
    let names: Vec<String> = arguments.map(|name| name.to_string_lossy().into_owned()).collect();
    let ours_alone = names.iter().any(|name| name == "--ours-alone");
    let only: Vec<_> = names.iter().filter(|name| !name.starts_with("--")).collect();
    let paths = Paths { program, peers, out, ours_alone };
    process::raise_open_files()?;
    process::pin_self(process::LOAD_CORE)?;
    let mut figures = Figures::default();
    for (name, scenario) in scenarios::ALL {
        if only.is_empty() || only.iter().any(|wanted| *wanted == name) {
            eprintln!("— {name}");
            scenario(&paths, &mut figures).with_context(|| format!("scenario {name}"))?;
        }
    }
    figures.print();
    figures.write(&paths.out)
}
