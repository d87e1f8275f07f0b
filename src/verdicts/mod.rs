//! What a rulebook says of a dossier: nine verdicts, three-valued logic, and for every finding the values that led to it. Two evaluators: `plan` works on
//! batches, a column at a time, and settles what is plainly satisfied or not applicable; `explain` walks one subject's tree, keeps every value,
//! and has the last word on everything else. How findings are shown is left to the report.

pub(crate) mod explain;
pub(crate) mod in_parallel;
pub(crate) mod plan;
mod verdict;
mod world;

pub(crate) use verdict::{Context, Judgement, Named, NamedValue, SubjectRow, Tally, Unknown, Verdict, VerdictKind};
pub(crate) use world::{Followed, Read, World};
