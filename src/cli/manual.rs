//! The manual page and shell completions, made from the same definitions that read the command line.

use std::process::ExitCode;

use clap::CommandFactory as _;

use super::{Cli, out};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionArgs {
    /// Which shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn completions(args: &CompletionArgs) -> anyhow::Result<ExitCode> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "headstamp", &mut bytes);
    out::raw(&bytes)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn page() -> anyhow::Result<ExitCode> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut bytes)?;
    for command in Cli::command().get_subcommands() {
        let name = format!("headstamp-{}", command.get_name());
        clap_mangen::Man::new(command.clone().display_name(name)).render(&mut bytes)?;
    }
    out::raw(&bytes)?;
    Ok(ExitCode::SUCCESS)
}
