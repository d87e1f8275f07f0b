//! A rule engine for study regulations: regulation text in, findings out.

mod problems;
mod source;
mod records;
mod rulebook;
mod syntax;
mod verdicts;
mod vocabulary;
