//! The command line: arguments, files, exit codes. The only folder that opens files and prints.

use std::process::ExitCode;

/// Do what the arguments ask.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
