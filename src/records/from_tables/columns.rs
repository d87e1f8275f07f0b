//! What the columns of a table are: fields of its rows, fields of what stands in them, and the keys that join tables.

use crate::problems::nearest;
use crate::records::from_json::{Target, key_of};
use crate::records::from_tables::{Refusal, Table, TableProblem};
use crate::vocabulary::{Field, FieldKind, List, Subject};

/// The tables of students; what a table is of is its name.
pub(super) const TABLES: [Subject; 13] = [
    Subject::Student,
    Subject::Enrolment,
    Subject::Isp,
    Subject::Entry,
    Subject::RequestedCourse,
    Subject::Status,
    Subject::Diploma,
    Subject::Exemption,
    Subject::CreditCertificate,
    Subject::Request,
    Subject::Decision,
    Subject::Measure,
    Subject::AccountEntry,
];

/// The columns that say which enrolment a row stands in.
pub(super) const ENROLMENT_KEYS: [&str; 3] = ["academic_year", "programme", "contract"];
const STUDENT: &str = "student";

/// The rows of a table by its name, `entry`; or what is wrong with the name.
pub(crate) fn subject_of(table: &str) -> Result<Subject, TableProblem> {
    let words = || TABLES.into_iter().map(Subject::word);
    TABLES.into_iter().find(|subject| subject.word() == table).ok_or_else(|| {
        let known = words().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let help = match nearest(table, words()) {
            Some(near) => format!("did you mean `{near}`? Tables are {known}"),
            None => format!("tables are {known}"),
        };
        TableProblem::UnknownTable { name: table.to_owned(), help }
    })
}

/// The names that the columns of a table may have.
pub(crate) fn names_for(subject: Subject) -> impl Iterator<Item = &'static str> {
    let parts = [Some(subject), inner(subject)].into_iter().flatten();
    let names = |part| Field::all_of(part).flat_map(|field| [Some(field.name()), field.definition().alias].into_iter().flatten());
    let keys = if is_in_enrolment(subject) { &ENROLMENT_KEYS[..] } else { &[] };
    parts.flat_map(names).chain(keys.iter().copied()).chain(std::iter::once(STUDENT))
}

/// The names that rows of a table are joined on.
pub(crate) fn joined_on(subject: Subject) -> impl Iterator<Item = &'static str> {
    let of_enrolment = is_in_enrolment(subject) || subject == Subject::Enrolment;
    std::iter::once(STUDENT).chain(ENROLMENT_KEYS.into_iter().take(if of_enrolment { 2 } else { 0 }))
}

/// What a column of a table holds; a key that is no field of the table holds what it does in the table of enrolments.
pub(crate) fn kind_of_column(subject: Subject, name: &str) -> Option<FieldKind> {
    let own = field_of(subject, name).or_else(|| field_of(Subject::Enrolment, name)).or_else(|| field_of(Subject::Student, name));
    own.map(|(_, field)| field.kind())
}

/// Whether a column holds numbers that may have decimals.
pub(crate) fn holds_decimals(subject: Subject, name: &str) -> bool {
    use_of(subject, name).is_some_and(|(_, form)| form == Form::Number)
}

/// The part of a row that stands in it as an object of its own: the result of an entry.
pub(super) fn inner(subject: Subject) -> Option<Subject> {
    const INNER: [(Subject, Subject); 2] = [(Subject::Entry, Subject::Result), (Subject::Enrolment, Subject::Isp)];
    INNER.iter().find(|(outer, _)| *outer == subject).map(|(_, inner)| *inner)
}

pub(super) fn is_in_enrolment(subject: Subject) -> bool {
    matches!(subject, Subject::Isp | Subject::Entry | Subject::RequestedCourse)
}

/// What a column is read into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The row itself.
    Own,
    /// The object in it.
    Inner,
}

/// How a value is written in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Number,
    Boolean,
    Instant,
    Text,
}

/// A column that is part of the record.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) index: usize,
    pub(super) form: Form,
    /// Its name as the key of a record: `"credits":`.
    pub(super) key: Box<str>,
    pub(super) name: Box<str>,
    /// What it is read into; nothing where nobody declared it.
    pub(super) target: Option<Target>,
}

/// The columns of a table by their use.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) student: usize,
    /// Of the enrolment that a row is, or stands in.
    pub(super) keys: [Option<usize>; 3],
    /// Those of the row itself, and those of the object in it.
    own: Vec<Column>,
    inner: Vec<Column>,
}

impl Columns {
    pub(super) fn of(table: &dyn Table) -> Result<Self, Refusal> {
        let (subject, names) = (table.subject(), table.names());
        let refusal = |problem: TableProblem| Refusal { file: table.file(), line: 1, problem: problem.into() };
        let find = |name: &str| names.iter().position(|known| known == name);
        if let Some((_, name)) = names.iter().enumerate().find(|(index, name)| find(name) != Some(*index)) {
            return Err(refusal(TableProblem::Twice { what: "column", name: name.clone() }));
        }
        let missing = |column: &'static str| refusal(missing_column(table, column));
        let student = find(STUDENT).ok_or_else(|| missing(STUDENT))?;
        let joined = is_in_enrolment(subject);
        let keys = ENROLMENT_KEYS.map(find);
        for (key, name) in keys.iter().zip(ENROLMENT_KEYS).take(2) {
            if key.is_none() && (joined || subject == Subject::Enrolment) {
                return Err(missing(name));
            }
        }
        let is_key = |name: &str| name == STUDENT && subject != Subject::Student || joined && ENROLMENT_KEYS.contains(&name);
        let (mut own, mut inner_columns) = (Vec::new(), Vec::new());
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !is_key(name)) {
            let (part, form) = use_of(subject, name).unwrap_or((Part::Own, Form::Text));
            let (columns, of) = if part == Part::Own { (&mut own, Some(subject)) } else { (&mut inner_columns, inner(subject)) };
            let key = format!("{}:", serde_json::Value::from(name.as_str())).into();
            columns.push(Column { index, form, key, name: name.as_str().into(), target: of.and_then(|subject| key_of(subject, name)) });
        }
        Ok(Self { student, keys, own, inner: inner_columns })
    }

    pub(super) fn of_part(&self, part: Part) -> &[Column] {
        if part == Part::Own { &self.own } else { &self.inner }
    }
}

/// The field that a column is, of the row or of what stands in it.
pub(super) fn field_of(subject: Subject, name: &str) -> Option<(Part, Field)> {
    let own = Field::find(subject, name).map(|field| (Part::Own, field));
    own.or_else(|| Some((Part::Inner, Field::find(inner(subject)?, name)?)))
}

/// Whether a column holds instants: `submitted_at`, but not `submitted_on`.
pub(crate) fn is_instant(subject: Subject, name: &str) -> bool {
    field_of(subject, name).is_some_and(|(_, field)| field.definition().alias == Some(name))
}

fn use_of(subject: Subject, name: &str) -> Option<(Part, Form)> {
    let (part, field) = field_of(subject, name)?;
    let form = match field.kind() {
        FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score | FieldKind::Semester => Form::Number,
        FieldKind::Boolean => Form::Boolean,
        FieldKind::Day | FieldKind::EventDay if is_instant(subject, name) => Form::Instant,
        FieldKind::Day | FieldKind::EventDay | FieldKind::AcademicYear | FieldKind::Text | FieldKind::Enumeration(_) | FieldKind::Reference(_) => {
            Form::Text
        }
    };
    Some((part, form))
}

fn missing_column(table: &dyn Table, column: &'static str) -> TableProblem {
    let near = nearest(column, table.names().iter().map(String::as_str)).map(|near| format!(", such as `{near}`,")).unwrap_or_default();
    let section = table.subject().word();
    let help =
        format!("rows are joined on it; where the column has another name{near} say so in `ispect.toml`: [map.{section}] {column} = \"its heading\"");
    TableProblem::MissingColumn { table: table.name().to_owned(), column: column.to_owned(), help }
}

/// The list of a student's record that a table holds.
pub(super) fn student_list(subject: Subject) -> Option<&'static str> {
    let mut lists = List::ALL.into_iter().filter(|list| list.owner() == Subject::Student && list.element().owner() == Some(Subject::Student));
    lists.find(|list| list.element() == subject).map(List::name)
}
