//! `syncwatch`: the whole service in one process.

use std::process::ExitCode;

use clap::Parser;
use syncwatch::{Cli, Command, Config, MediaCommand};
use syncwatch_service::{TokenKeys, stop_signal};

fn main() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("syncwatch cannot start: {}", in_one_line(&error));
            ExitCode::FAILURE
        }
    }
}

fn start() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let config = Config::load(&cli)?;
    if cli.rotate_keys {
        return Ok(rotate_keys(&config));
    }
    if let Some(Command::Media(MediaCommand::Plan(wanted))) = &cli.command {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let told = runtime.block_on(syncwatch::media_plan(&config, wanted));
        return Ok(told.unwrap_or_else(|error| {
            eprintln!("there is no plan: {}", in_one_line(&error));
            ExitCode::from(2)
        }));
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

fn rotate_keys(config: &Config) -> ExitCode {
    match TokenKeys::rotate(&config.key_file()) {
        Ok(()) => {
            println!("The next start signs with a new key; what the former one has signed is still good.");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the key is not replaced: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The error with its causes, without those that it names itself.
fn in_one_line(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_cause_that_the_error_names_is_not_told_twice() {
        let full = || anyhow!("no space left");
        assert_eq!(in_one_line(&full().context("cannot write: no space left")), "cannot write: no space left");
        assert_eq!(in_one_line(&full().context("cannot write")), "cannot write: no space left");
    }
}
