//! `syncwatch`: the whole service in one process.

use std::process::ExitCode;

use clap::Parser;
use syncwatch::{Cli, Config};
use syncwatch_service::{TokenKeys, stop_signal};

fn main() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("syncwatch cannot start: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let config = Config::load(&cli)?;
    if cli.rotate_keys {
        TokenKeys::rotate(&config.key_file())?;
        println!("The next start signs with a new key; what the former one has signed is still good.");
        return Ok(ExitCode::SUCCESS);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before anything says that it is ready: a Ctrl-C that came between would end the process without a word.
        let stop = stop_signal()?;
        let listener = syncwatch::listen(config.listen).await?;
        let ended_in_time = syncwatch::run(config, listener, stop).await?;
        Ok(if ended_in_time { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}
