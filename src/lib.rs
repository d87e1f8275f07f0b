//! A rule engine for study regulations: regulation text in, findings out, each of which points at the regulation and at the record.
//!
//! ```text
//!   .regs texts                catalogue.json          students.jsonl
//!       │                            │                       │
//!    syntax ── tree ──┐              │                    records ── batches of dossiers, as columns
//!       │             ├── rulebook ──┤                       │       (what can't be read is set aside)
//!    format         problems    the checked,                 │
//!    (layout)                   typed program                │
//!                                    └──────── verdicts ─────┘
//!                                     plan: a column at a time │ explain: one subject's tree
//!                                                   │
//!                              examples ─────── findings ─────── report ── text, lines, JSON, CSV
//!                              (tests beside the rules)             │
//!                                                                  cli ── arguments, files, exit codes
//! ```
//!
//! | folder | what it is |
//! |---|---|
//! | `source` | texts and places in them, with a line index made once |
//! | `problems` | what is wrong, collected so that one run says all of it; the one place that draws |
//! | `vocabulary` | the words of the record: subjects, fields, lists, enumerations, exact numbers, days |
//! | `syntax` | the text of a regulation as a tree; pest ends here |
//! | `records` | dossiers and catalogue as tables of columns, and their readers |
//! | `mapping` | from the headings of an export to names of the record, as a proposal |
//! | `rulebook` | the checked, typed program: names resolved, every refusal made |
//! | `verdicts` | nine verdicts by three-valued logic: by columns, and by a walk that keeps every value |
//! | `format` | the one layout of rule files |
//! | `lints` | what the compiler can't refuse but an author should know |
//! | `examples` | the examples beside the rules, run |
//! | `report` | findings in every format, and every sentence in English and Dutch |
//! | `generate` | cohorts that nobody lives, with planted violations and the findings that a check must give |
//! | `cli` | the command line |
//!
//! A folder uses only folders above its own line; `tests/architecture.rs` holds that.

mod cli;
mod examples;
mod format;
mod generate;
mod lints;
mod mapping;
mod problems;
mod records;
mod report;
mod rulebook;
mod source;
mod syntax;
mod verdicts;
mod vocabulary;

pub use cli::run;
