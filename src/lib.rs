//! A rule engine for study regulations: regulation text in, findings out.

mod cli;
mod examples;
mod format;
mod problems;
mod records;
mod report;
mod rulebook;
mod source;
mod syntax;
mod verdicts;
mod vocabulary;

pub use cli::run;
