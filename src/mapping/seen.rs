//! A column of a sample: what its values look like, and whether a reader would read them as the field that somebody takes it for.

use std::borrow::Cow;

use crate::mapping::evidence::{Evidence, Fit, Holds};
use crate::mapping::{Form, Sample};
use crate::records::{StoredCell, Truths, is_instant, kind_of_column, names_for, unread};
use crate::vocabulary::{Field, FieldKind, Subject};

/// What the rows of a table are, and how they are stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub(super) subject: Subject,
    pub(super) form: Form,
}

impl Rows {
    /// The names that a column may have: in a table also those that rows are joined on, and those of what stands in them.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        names_for(self.subject).filter(move |name| self.form.is_table() || Field::find(self.subject, name).is_some())
    }

    pub(super) fn holds(self, name: &str) -> Option<Holds> {
        let Self { subject, .. } = self;
        if is_instant(subject, name) { Some(Holds::Instant) } else { kind_of_column(subject, name).map(Holds::Kind) }
    }
}

/// The values of a column.
pub(super) struct Seen<'s> {
    pub(super) evidence: Evidence,
    cells: Vec<&'s StoredCell<'static>>,
    truths: Truths,
}

impl<'s> Seen<'s> {
    pub(super) fn of(sample: &'s Sample, column: usize) -> Self {
        let cells: Vec<&StoredCell<'static>> = sample.table.rows.iter().filter_map(|row| row.get(column)).collect();
        let texts: Vec<Cow<'_, str>> = cells.iter().map(|cell| cell.plain()).collect();
        Self { evidence: Evidence::of(texts.iter().map(AsRef::as_ref)), cells, truths: sample.table.truths }
    }

    /// How they go with a name of the record.
    pub(super) fn fit(&self, rows: Rows, name: &str) -> Fit {
        let Some(holds) = rows.holds(name) else { return Fit::Read };
        if holds == Holds::Kind(FieldKind::Boolean) && self.truths == Truths::AsNumbers && self.evidence.is_one_or_zero() {
            return Fit::Read;
        }
        let fit = self.evidence.fit(holds);
        if fit != Fit::Read || rows.form == Form::Json {
            return fit;
        }
        unread(rows.subject, name, self.cells.iter().copied()).map_or(Fit::Read, Fit::WrittenOtherwise)
    }
}
