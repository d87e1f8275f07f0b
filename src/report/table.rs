//! The table of a cohort: a row a check, a column a verdict that somebody must look at, and how many students are touched.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::report::run::Run;
use crate::report::words;
use crate::rulebook::{CheckId, Severity};
use crate::verdicts::{Tally, VerdictKind};

const KINDS: [VerdictKind; 5] =
    [VerdictKind::Violated, VerdictKind::Waived, VerdictKind::NeedsDecision, VerdictKind::MissingData, VerdictKind::Conflict];

/// What the table is made from: few numbers, however many findings.
#[derive(Debug, Default)]
pub(crate) struct Table {
    findings: usize,
    rows: BTreeMap<CheckId, Row>,
}

/// A line of the table.
#[derive(Debug, Default)]
struct Row {
    verdicts: Tally,
    students: u64,
    /// The student who was counted last.
    last: Option<Box<str>>,
}

/// What counts of a finding that is not drawn.
#[derive(Debug)]
pub(crate) struct Counted {
    pub(crate) check: CheckId,
    pub(crate) verdict: VerdictKind,
    pub(crate) severity: Severity,
    pub(crate) student: Option<Box<str>>,
}

impl Table {
    /// Count a finding; those of one student come one after the other.
    pub(super) fn add(&mut self, check: CheckId, verdict: VerdictKind, student: Option<&str>) {
        self.findings += 1;
        if !verdict.is_finding() {
            return;
        }
        let row = self.rows.entry(check).or_default();
        row.verdicts.add(verdict, 1);
        if student.is_some() && student != row.last.as_deref() {
            row.students += 1;
            row.last = student.map(Into::into);
        }
    }

    /// How many findings there are, and other verdicts that were asked for.
    pub(super) fn findings(&self) -> usize {
        self.findings
    }

    /// The table, with its heading.
    pub(super) fn drawn(&self, run: &Run<'_>) -> String {
        let heading = (0..=KINDS.len() + 1).map(|index| words::column(run.reader(), index).to_owned()).collect();
        let lines: Vec<Vec<String>> = std::iter::once(heading).chain(self.rows.iter().map(|(check, row)| cells(run, *check, row))).collect();
        laid_out(&lines)
    }
}

fn cells(run: &Run<'_>, check: CheckId, row: &Row) -> Vec<String> {
    let counted = |count: u64| if count == 0 { "·".to_owned() } else { words::grouped(run.reader(), count) };
    let name = run.check_name(check).to_owned();
    let verdicts = KINDS.iter().map(|kind| counted(row.verdicts.get(*kind)));
    std::iter::once(name).chain(verdicts).chain([counted(row.students)]).collect()
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
