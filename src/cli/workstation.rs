//! `headstamp` without a subcommand, and `demo`: the screens.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::Global;

pub(super) fn run(_global: &Global) -> anyhow::Result<ExitCode> {
    bail!("the screens are not wired yet")
}

pub(super) fn demo(_global: &Global, _workspace: &Path) -> anyhow::Result<ExitCode> {
    bail!("the screens are not wired yet")
}
