//! `headstamp ballistics …`: one file a subcommand.

mod add;
mod class;
mod compare;
mod exhibit;
mod folder;
mod input;
mod inspect;
mod rank;
mod segment;
mod synth;
mod validate;
mod work;
mod worth;

use std::process::ExitCode;

use clap::Subcommand;

use super::Global;

/// What a new user does first.
pub(super) const HELP: &str = "\
Begin here:
  headstamp ballistics inspect CASE.x3p             is the file what it should be?
  headstamp ballistics segment CASE.x3p --out P.png are its parts found right? (to correct them: --parts and --mask)
  headstamp ballistics compare A.x3p B.x3p          do two cases show marks of one firearm?
  headstamp ballistics rank CASE.x3p FOLDER         which of many should be compared first?
  headstamp ballistics add CASE.x3p --case REF      keep it in the workspace, where `rank CASE.x3p` looks without a folder
Nothing to try it with? headstamp ballistics synth --guns 5 --shots 3 --seed 1 --out FOLDER --head
A score or a list is a lead: an examiner compares the exhibits and decides.";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum BallisticsCommand {
    /// Tell what a scan or photograph is: units, sizes, coverage, instrument, checksums, problems.
    Inspect(inspect::InspectArgs),
    /// Find primer, aperture, firing-pin impression and breech face, and draw them.
    Segment(segment::SegmentArgs),
    /// Compare two exhibits: congruent matching cells, correlation, likelihood ratio.
    Compare(compare::CompareArgs),
    /// Enter scans and photographs as exhibits of the workspace, for `rank` to look among.
    Add(add::AddArgs),
    /// List the exhibits of a folder or of the workspace that may come from the firearm of the query.
    Rank(rank::RankArgs),
    /// Measure the engine on labelled scans.
    Validate(validate::ValidateArgs),
    /// Make synthetic casings with known truth, for tests and demonstrations.
    Synth(synth::SynthArgs),
}

/// Runs a subcommand.
///
/// # Errors
/// In words for the user: what failed, on which file, and the option that helps.
pub(super) fn run(global: &Global, command: BallisticsCommand) -> anyhow::Result<ExitCode> {
    match command {
        BallisticsCommand::Inspect(args) => inspect::run(&args),
        BallisticsCommand::Segment(args) => segment::run(&args),
        BallisticsCommand::Compare(args) => compare::run(&args),
        BallisticsCommand::Add(args) => add::run(global, &args),
        BallisticsCommand::Rank(args) => rank::run(global, &args),
        BallisticsCommand::Validate(args) => validate::run(&args),
        BallisticsCommand::Synth(args) => synth::run(&args),
    }
}
