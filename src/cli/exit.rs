//! Exit codes, and how a refusal is told: what failed, what was kept, what to do next.

use std::process::ExitCode;

use crate::desk::DeskError;
use crate::locale::{Locale, Message};
use crate::store::StoreError;

use super::out;

/// The text of the exit codes, for the help and the manual page.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done (a check that finds nothing is done, too)
  1  it failed; the message says what was kept and what to do next
  2  the command line is not right
  3  rules stand against it, or some of the records were refused
  4  there is no such record, entry or workspace
  5  the workspace is in use, or open read-only
  6  the journal or another file of the workspace is damaged";

/// Rules stand against it.
pub(super) const REFUSED: u8 = 3;
const NOT_FOUND: u8 = 4;
const IN_USE: u8 = 5;
/// The journal is damaged.
pub(super) const DAMAGED: u8 = 6;

/// Tells a fault on standard error and gives its exit code.
pub(super) fn report(fault: &anyhow::Error, json: bool) -> ExitCode {
    if is_broken_pipe(fault) {
        return ExitCode::SUCCESS;
    }
    let problems = match fault.downcast_ref::<DeskError>() {
        Some(DeskError::Problems(problems)) => problems.as_slice(),
        _ => &[],
    };
    let text = format!("{fault:#}");
    if json {
        out::error_line(&serde_json::json!({ "error": text, "problems": problems }).to_string());
    } else {
        let locale = Locale::english();
        out::error_line(&text);
        for problem in problems {
            let said = locale.say(&Message::from(problem));
            out::error_line(&format!("  {} {}: {}", problem.rule, problem.path, said.as_str()));
        }
    }
    ExitCode::from(code(fault))
}

fn code(fault: &anyhow::Error) -> u8 {
    let store = |fault: &StoreError| match fault {
        StoreError::InUse { .. } | StoreError::ReadOnly => IN_USE,
        StoreError::Damaged { .. } | StoreError::DamagedBlob { .. } => DAMAGED,
        _ => 1,
    };
    match fault.downcast_ref::<DeskError>() {
        Some(DeskError::Store(fault)) => store(fault),
        Some(
            DeskError::NotFound(_)
            | DeskError::NoEntry(_)
            | DeskError::NoEdition(_)
            | DeskError::NoWorkspace(_),
        ) => NOT_FOUND,
        Some(
            DeskError::Problems(_)
            | DeskError::NotNow(_)
            | DeskError::NotOwner { .. }
            | DeskError::SameOfficer(_)
            | DeskError::PurposeMissing(_)
            | DeskError::EditionThere(_)
            | DeskError::Decided { .. },
        ) => REFUSED,
        Some(_) => 1,
        None => fault.downcast_ref::<StoreError>().map_or(1, store),
    }
}

fn is_broken_pipe(fault: &anyhow::Error) -> bool {
    fault.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|fault| fault.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
