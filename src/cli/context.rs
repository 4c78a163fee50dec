//! Which workspace, which officer, and what is told while it opens.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use directories::ProjectDirs;

use crate::desk::{Desk, Opening};
use crate::domain::officer::Officer;

use super::{Global, out};
use crate::locale::Message;

/// The workspace's folder: as given, or the one of this user.
pub(super) fn folder(global: &Global) -> anyhow::Result<PathBuf> {
    if let Some(folder) = &global.workspace {
        return Ok(folder.clone());
    }
    Ok(project()?.data_dir().join("workspace"))
}

/// Where this user's settings and data are.
pub(super) fn project() -> anyhow::Result<ProjectDirs> {
    ProjectDirs::from("", "", "headstamp").ok_or_else(|| anyhow!(Message::new("cli-fault-no-home")))
}

/// Opens the workspace; what happened to it since is told on standard error.
pub(super) fn open(global: &Global) -> anyhow::Result<Desk> {
    let folder = folder(global)?;
    let mut opening = Opening::new(&folder);
    opening.read_only = global.read_only;
    opening.officer = global.officer.clone().map(Officer);
    let (desk, notices) = Desk::open(opening)
        .with_context(|| Message::new("cli-fault-opening").with("path", folder.display().to_string()))?;
    for notice in notices {
        out::error_line(&notice);
    }
    Ok(desk)
}
