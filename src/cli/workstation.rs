//! `headstamp` without a subcommand, and `demo`: the screens.

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use jiff::Timestamp;

use crate::app::{App, Session};
use crate::desk::{Desk, Opening, Settings};
use crate::domain::officer::Officer;
use crate::locale::{Locale, Message};
use crate::term::{self, Ended, Log, Opener, Workstation};

use super::{Global, context};

/// Opens the workspace of this user; the first time it asks who works here and makes it.
pub(super) fn run(global: &Global) -> anyhow::Result<ExitCode> {
    let folder = context::folder(global)?;
    if !folder.join(crate::desk::SETTINGS_FILE).exists() {
        let app = app(Session::default()).first_run();
        match term::run(Workstation { app, open: None, log: Log::default() })? {
            Ended::Setup(setup) => Desk::create(&folder, &setup.office, &setup.officer)?,
            ended => return Ok(code(&ended)),
        }
    }
    open(global, &folder)
}

/// Opens an example workspace.
pub(super) fn demo(global: &Global, workspace: &Path) -> anyhow::Result<ExitCode> {
    open(global, workspace)
}

fn open(global: &Global, folder: &Path) -> anyhow::Result<ExitCode> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        bail!(Message::new("cli-fault-no-terminal"));
    }
    let settings = Settings::read(folder)?;
    let officer = global.officer.clone().map_or(settings.officer, Officer);
    let session = Session {
        office: format!("{} ({})", settings.office.name, settings.office.country),
        officer: officer.0.clone(),
        demo: settings.demo,
        read_only: global.read_only,
    };
    let (path, read_only) = (folder.to_owned(), global.read_only);
    let log = Log::in_folder(&folder.join("logs"));
    let told = log.clone();
    let open: Opener = Box::new(move |token| {
        let progress = |done, total| token.progress(done, total);
        let mut opening = Opening::new(&path);
        opening.read_only = read_only;
        opening.officer = Some(officer);
        opening.progress = &progress;
        let (desk, notices) = Desk::open(opening).map_err(|fault| fault.to_string())?;
        for notice in &notices {
            told.write(Timestamp::now(), notice);
        }
        Ok((Arc::new(desk), notices))
    });
    let ended = term::run(Workstation { app: app(session), open: Some(open), log })?;
    Ok(code(&ended))
}

fn app(session: Session) -> App {
    let settings = term::read_settings(term::config_folder().as_deref());
    App::new(Arc::new(Locale::english()), settings, session, Timestamp::now())
}

/// A signal ends with the code that shells expect of it.
fn code(ended: &Ended) -> ExitCode {
    match ended {
        Ended::Quit | Ended::Setup(_) => ExitCode::SUCCESS,
        Ended::Signal(signal) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(1)),
    }
}
