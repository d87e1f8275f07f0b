//! Cells of tables that know what they hold - workbooks, databases - as the texts of rows. What a column can't hold is a fault of its row: a number in
//! a column of texts has lost the zeros before it, a day in a column of class groups was once `1-2`, and neither can be known any more.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::records::from_tables::columns::{field_of, is_instant};
use crate::records::from_tables::decimals::DecimalMark;
use crate::records::from_tables::{HeldRows, Refusal, RowFault, StoredProblem, TableProblem};
use crate::records::problems::RecordProblem;
use crate::records::values::{Found, ValueProblem, expected};
use crate::vocabulary::{Field, FieldKind, Subject};

/// What stands in a cell.
#[allow(dead_code, reason = "not every build has a store of every kind of cell")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stored<'c> {
    Nothing,
    Text(Cow<'c, str>),
    /// Its exact decimals, with a point before them.
    Number(Cow<'c, str>),
    Boolean(bool),
    Day(NaiveDate),
    /// A day and a time, by a clock that is not said.
    Moment(NaiveDateTime),
    /// A day, a time and an offset.
    Instant(String),
    /// What can't be read at all.
    Fault(StoredProblem),
}

impl Stored<'_> {
    /// The same, whatever it was read from.
    #[cfg(any(feature = "postgres", feature = "sqlite", feature = "xlsx"))]
    pub(crate) fn into_owned(self) -> Stored<'static> {
        match self {
            Self::Nothing => Stored::Nothing,
            Self::Text(text) => Stored::Text(text.into_owned().into()),
            Self::Number(number) => Stored::Number(number.into_owned().into()),
            Self::Boolean(truth) => Stored::Boolean(truth),
            Self::Day(day) => Stored::Day(day),
            Self::Moment(moment) => Stored::Moment(moment),
            Self::Instant(instant) => Stored::Instant(instant),
            Self::Fault(problem) => Stored::Fault(problem),
        }
    }

    /// As somebody sees it who does not know what it is: a day at midnight is a day, and what can't be read is nothing.
    pub(crate) fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Fault(_) => "".into(),
            Self::Moment(moment) if moment.time() == NaiveTime::MIN => moment.date().to_string().into(),
            Self::Nothing | Self::Text(_) | Self::Number(_) | Self::Boolean(_) | Self::Day(_) | Self::Moment(_) | Self::Instant(_) => shown(self),
        }
    }
}

/// The columns of a table and what they may hold.
#[derive(Debug)]
pub(crate) struct Typed {
    #[cfg_attr(
        not(any(feature = "parquet", feature = "postgres", feature = "sqlite", feature = "xlsx")),
        allow(dead_code, reason = "a build may read no stores")
    )]
    file: u32,
    columns: Vec<Option<Column>>,
    /// What each column may hold, that of the student's number among them, which stands in tables that have no such field.
    forms: Vec<Option<Form>>,
    student: Option<usize>,
    mark: DecimalMark,
}

/// A column that is a field.
#[derive(Debug, Clone, Copy)]
struct Column {
    field: Field,
    form: Form,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Number,
    Boolean,
    Day,
    Instant,
    Text,
}

impl Typed {
    pub(crate) fn new(file: u32, subject: Subject, names: &[String]) -> Self {
        let column = |name: &String| {
            let (_, field) = field_of(subject, name)?;
            let form = match field.kind() {
                FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => Form::Number,
                FieldKind::Boolean => Form::Boolean,
                FieldKind::Day | FieldKind::EventDay if is_instant(subject, name) => Form::Instant,
                FieldKind::Day | FieldKind::EventDay => Form::Day,
                FieldKind::AcademicYear | FieldKind::Text | FieldKind::Enumeration(_) | FieldKind::Reference(_) => Form::Text,
            };
            Some(Column { field, form })
        };
        let student = names.iter().position(|name| name == "student");
        let columns: Vec<Option<Column>> = names.iter().map(column).collect();
        let form = |(index, column): (usize, &Option<Column>)| column.map(|column| column.form).or((student == Some(index)).then_some(Form::Text));
        let forms = columns.iter().enumerate().map(form).collect();
        Self { file, columns, forms, student, mark: DecimalMark::default() }
    }

    /// A cell of a store that keeps booleans as 1 and 0.
    #[cfg(feature = "sqlite")]
    pub(crate) fn boolean_of_number<'c>(&self, column: usize, cell: Stored<'c>) -> Stored<'c> {
        if self.forms.get(column) != Some(&Some(Form::Boolean)) {
            return cell;
        }
        let Stored::Number(number) = &cell else { return cell };
        match number.as_ref() {
            "1" => Stored::Boolean(true),
            "0" => Stored::Boolean(false),
            _ => cell,
        }
    }

    /// What is wrong with a cell of the first column.
    pub(super) fn problem(&mut self, cell: &Stored<'_>, row: u32) -> Option<RecordProblem> {
        self.text(0, cell, row).err()
    }

    /// Add the next cell to the last row; what is wrong with it stands in the row, unless nothing of the table can be trusted then.
    #[cfg_attr(
        not(any(feature = "parquet", feature = "postgres", feature = "sqlite", feature = "xlsx")),
        allow(dead_code, reason = "a build may read no stores")
    )]
    pub(crate) fn push(&mut self, rows: &mut HeldRows, cell: &Stored<'_>) -> Result<(), Refusal> {
        if matches!(cell, Stored::Nothing) {
            rows.push_plain("");
            return Ok(());
        }
        if self.push_plainly(rows, cell) {
            return Ok(());
        }
        let (index, line) = (rows.last_len(), rows.last_line());
        match self.text(index, cell, line) {
            Ok(text) => rows.push(&text),
            // A column that nobody declared is not read, and only counted.
            Err(_) if self.forms.get(index).copied().flatten().is_none() => rows.push(&shown(cell)),
            Err(problem) => {
                rows.push(&shown(cell));
                let refusal = |problem| Refusal { file: self.file, line, problem };
                if self.student == Some(index) {
                    return Err(refusal(TableProblem::from(StoredProblem::UnreadableStudent { reason: problem.to_string() }).into()));
                }
                if problem.refuses() {
                    return Err(refusal(problem));
                }
                let column = u32::try_from(index + 1).unwrap_or(u32::MAX);
                rows.fault(RowFault { problem, column });
            }
        }
        Ok(())
    }

    /// Add a cell that is what its column holds, without making a text of it first.
    fn push_plainly(&self, rows: &mut HeldRows, cell: &Stored<'_>) -> bool {
        let form = self.forms.get(rows.last_len()).copied().flatten();
        match (cell, form) {
            (Stored::Number(number), Some(Form::Number) | None) => rows.push_plain(number),
            (Stored::Text(text), Some(Form::Text | Form::Day | Form::Instant) | None) => rows.push(text),
            (Stored::Boolean(truth), Some(Form::Boolean)) => rows.push_plain(if *truth { "true" } else { "false" }),
            (Stored::Day(day), Some(Form::Day)) => rows.push_day(*day),
            (Stored::Moment(moment), Some(Form::Day)) if moment.time() == NaiveTime::MIN => rows.push_day(moment.date()),
            _ => return false,
        }
        true
    }

    fn column(&self, index: usize) -> Option<Column> {
        self.columns.get(index).copied().flatten()
    }

    fn text<'c>(&mut self, index: usize, cell: &'c Stored<'_>, line: u32) -> Result<Cow<'c, str>, RecordProblem> {
        if let Stored::Fault(problem) = cell {
            return Err(TableProblem::from(problem.clone()).into());
        }
        let (column, form) = (self.column(index), self.forms.get(index).copied().flatten());
        let fits = match (cell, form) {
            (Stored::Text(text), Some(Form::Number)) => return Ok(self.mark.with_point(text, line)?),
            (Stored::Nothing | Stored::Text(_) | Stored::Fault(_), _) | (_, None) => true,
            (Stored::Number(_), Some(form)) => form == Form::Number,
            (Stored::Boolean(_), Some(form)) => form == Form::Boolean,
            // A day and a time in a column of days, or the other way round, is refused by whoever reads the record, as it is in every format.
            (Stored::Day(_) | Stored::Moment(_) | Stored::Instant(_), Some(form)) => matches!(form, Form::Day | Form::Instant),
        };
        if let Stored::Moment(moment) = cell
            && form == Some(Form::Day)
            && moment.time() == NaiveTime::MIN
        {
            return Ok(moment.date().to_string().into());
        }
        if fits { Ok(shown(cell)) } else { Err(unfit(column.map(|column| column.field), cell).into()) }
    }
}

/// A cell as a record writes it.
fn shown<'c>(cell: &'c Stored<'_>) -> Cow<'c, str> {
    match cell {
        Stored::Nothing => "".into(),
        Stored::Fault(problem) => problem.shown_cell().into(),
        Stored::Text(text) | Stored::Number(text) => text.as_ref().into(),
        Stored::Boolean(truth) => if *truth { "true" } else { "false" }.into(),
        Stored::Day(day) => day.to_string().into(),
        Stored::Moment(moment) => moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string().into(),
        Stored::Instant(instant) => instant.as_str().into(),
    }
}

fn unfit(field: Option<Field>, cell: &Stored<'_>) -> ValueProblem {
    let shown = shown(cell);
    let (found, help) = match cell {
        Stored::Number(_) => {
            let help = "store it as text: a number has lost the zeros that stood before it; in a view of a database, cast it to text";
            (Found::Number(shown.into_owned()), help)
        }
        Stored::Day(_) | Stored::Moment(_) | Stored::Instant(_) => {
            let help = "store it as text: a spreadsheet takes `1-2` for a day, and what was written can't be known any more";
            (Found::Day(shown.trim_end_matches("T00:00:00").to_owned()), help)
        }
        Stored::Boolean(truth) => (Found::Boolean(*truth), "store it as what the column holds; a cell that is not known is left empty"),
        Stored::Nothing | Stored::Text(_) | Stored::Fault(_) => (Found::text(&shown), "a cell that is not known is left empty"),
    };
    let (field, expected) = field.map_or(("student", "a text"), |field| (field.name(), expected(field)));
    ValueProblem::WrongKind { field, expected, found, help }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Stored, Typed};
    use crate::records::from_tables::HeldRows;
    use crate::vocabulary::Subject;

    /// What a cell becomes in a column of the ISP, or what is wrong with it.
    fn read(name: &str, cell: &Stored<'_>) -> Result<String, String> {
        let names = ["student", "state", "submitted_at", "submitted_on", "requested_credits", "visa"].map(str::to_owned);
        let mut typed = Typed::new(0, Subject::Isp, &names);
        let mut rows = HeldRows::default();
        rows.begin(2);
        let column = names.iter().position(|known| known == name).unwrap();
        for index in 0..=column {
            typed
                .push(&mut rows, if index == column { cell } else { &Stored::Nothing })
                .map_err(|refusal| format!("refused: {}", refusal.problem))?;
        }
        let row = rows.last().unwrap();
        match row.fault {
            Some(fault) => Err(fault.problem.to_string()),
            None => Ok(row.cell(column).to_owned()),
        }
    }

    #[test]
    fn a_cell_is_what_its_column_holds_or_a_fault() {
        let day = || NaiveDate::from_ymd_opt(2023, 10, 15).unwrap();
        let moment = |hour| Stored::Moment(day().and_hms_milli_opt(hour, 0, 0, 500 * hour.min(1)).unwrap());
        let number = |text: &'static str| Stored::Number(text.into());
        let text = |text: &'static str| Stored::Text(text.into());
        for (name, cell, expected) in [
            ("student", text("0745123"), Ok("0745123")),
            ("student", number("745123"), Err("refused: whose row this is can't be read: expected a text for `student`, found the number 745123")),
            ("state", Stored::Boolean(true), Err("expected a word of its list for `state`, found `true`")),
            ("state", Stored::Day(day()), Err("expected a word of its list for `state`, found the day 2023-10-15")),
            ("submitted_on", Stored::Day(day()), Ok("2023-10-15")),
            ("submitted_on", moment(0), Ok("2023-10-15")),
            ("submitted_on", moment(14), Ok("2023-10-15T14:00:00.500")),
            ("submitted_on", number("45214"), Err("expected a day such as \"2023-10-15\" for `submitted_on`, found the number 45214")),
            ("submitted_at", moment(0), Ok("2023-10-15T00:00:00")),
            ("submitted_at", Stored::Instant("2023-10-15T14:00:00Z".to_owned()), Ok("2023-10-15T14:00:00Z")),
            ("requested_credits", text("12,5"), Ok("12.5")),
            ("requested_credits", text("1.234"), Err("refused: `1.234` may be a thousand and more, or have three decimals")),
            ("requested_credits", number("1.234"), Ok("1.234")),
            ("requested_credits", Stored::Nothing, Ok("")),
            ("visa", number("1"), Ok("1")),
        ] {
            assert_eq!(read(name, &cell).as_deref().map_err(String::as_str), expected, "{name} {cell:?}");
        }
    }
}
