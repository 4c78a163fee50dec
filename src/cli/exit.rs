//! Exit codes, and how a refusal is told: what failed, what was kept, what to do next.

use std::process::ExitCode;

use crate::desk::DeskError;
use crate::locale::{Locale, Message};
use crate::store::StoreError;

use super::out;

/// The text of the exit codes, for the help and the manual page.
pub fn exit_codes() -> String {
    let said = |key: &str| Message::new(key).to_string();
    let codes = (0..=DAMAGED).map(|code| format!("\n  {code}  {}", said(&format!("exit-{code}"))));
    said("exit-codes") + &codes.collect::<String>()
}

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
    let text = told(fault);
    if json {
        let told = match key(fault) {
            Some(code) => serde_json::json!({ "error": text, "code": code, "problems": problems }),
            None => serde_json::json!({ "error": text, "problems": problems }),
        };
        out::error_line(&told.to_string());
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

/// The sentence with its causes; one that the sentence has told already is not told again.
fn told(fault: &anyhow::Error) -> String {
    fault.chain().map(ToString::to_string).fold(String::new(), |told, cause| {
        if told.is_empty() {
            cause
        } else if told.contains(&cause) {
            told
        } else {
            format!("{told}: {cause}")
        }
    })
}

/// The key of the sentence: it names the fault in every language.
fn key(fault: &anyhow::Error) -> Option<String> {
    let desk = fault.downcast_ref::<DeskError>().map(DeskError::message);
    let message = desk.or_else(|| fault.downcast_ref::<StoreError>().map(StoreError::message));
    message.map(|message| message.key)
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
