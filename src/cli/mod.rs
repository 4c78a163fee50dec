//! The command line, one file a subcommand; `--json` on all that prints data.
