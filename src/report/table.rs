//! The table of a cohort: a row a check, a column a verdict that somebody must look at, and how many students are touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::report::run::Run;
use crate::report::words;
use crate::rulebook::CheckId;
use crate::verdicts::{Tally, VerdictKind};

const KINDS: [VerdictKind; 5] =
    [VerdictKind::Violated, VerdictKind::Waived, VerdictKind::NeedsDecision, VerdictKind::MissingData, VerdictKind::Conflict];

/// A line of the table.
#[derive(Default)]
struct Row<'a> {
    verdicts: Tally,
    students: BTreeSet<&'a str>,
}

/// The table, with its heading.
pub(crate) fn table(run: &Run<'_>) -> String {
    let mut rows: BTreeMap<CheckId, Row<'_>> = BTreeMap::new();
    for finding in run.findings.iter().filter(|finding| finding.verdict.is_finding()) {
        let row = rows.entry(finding.check).or_default();
        row.verdicts.add(finding.verdict, 1);
        row.students.extend(finding.student.as_deref());
    }
    let heading = (0..=KINDS.len() + 1).map(|index| words::column(run.reader(), index).to_owned()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(heading).chain(rows.iter().map(|(check, row)| cells(run, *check, row))).collect();
    laid_out(&lines)
}

fn cells(run: &Run<'_>, check: CheckId, row: &Row<'_>) -> Vec<String> {
    let counted = |count: u64| if count == 0 { "·".to_owned() } else { words::grouped(run.reader(), count) };
    let name = run.check_name(check).to_owned();
    let verdicts = KINDS.iter().map(|kind| counted(row.verdicts.get(*kind)));
    let students = counted(u64::try_from(row.students.len()).unwrap_or(u64::MAX));
    std::iter::once(name).chain(verdicts).chain([students]).collect()
}

/// Columns as wide as their widest cell; the first begins at the left, the others end at the right.
pub(crate) fn laid_out(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let mut laid = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            let _ = if column == 0 { write!(laid, "{cell}{space}") } else { write!(laid, "  {space}{cell}") };
        }
        let _ = writeln!(text, "{}", laid.trim_end());
    }
    text
}
