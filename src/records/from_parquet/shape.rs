//! What the columns of a nested file are: fields, objects and lists of the record, each of a type that its values may have. A column of another type is
//! refused by name; one that nobody declared is left where it is.

use std::sync::Arc;

use arrow_schema::{DECIMAL32_MAX_PRECISION, DECIMAL64_MAX_PRECISION, DataType, FieldRef, Fields, Schema};
use parquet::basic::{ConvertedType, Encoding, LogicalType, Type as Physical};
use parquet::file::metadata::ParquetMetaData;

use crate::records::Headings;
use crate::records::from_json::{Column, Form, Target, key_of};
use crate::records::from_parquet::ParquetProblem;
use crate::records::from_parquet::types::{self, Expected};
use crate::records::from_tables::TableProblem;
use crate::records::problems::RecordProblem;
use crate::vocabulary::{Subject, fields};

/// What the columns of an object are read into.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) leaves: Vec<Leaf>,
    /// Columns of which nobody knows what they hold: a value in one is looked at as JSON.
    pub(super) opaque: Vec<usize>,
    pub(super) lists: Vec<Inner>,
    pub(super) ones: Vec<Inner>,
}

/// A column of values: its number among the columns of its object, and what is read into.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) index: usize,
    pub(super) column: Column,
    pub(super) form: Form,
    /// The number of its dictionary's memory.
    pub(super) memory: usize,
}

/// A column of objects, or of lists of them; of codes the only leaf is the list's element.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) index: usize,
    pub(super) subject: Subject,
    pub(super) shape: Shape,
}

/// What is read of a file, and how.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) shape: Shape,
    /// The whole schema, with dictionaries where the file has them.
    pub(super) schema: Schema,
    /// The numbers of the columns that are read.
    pub(super) read: Vec<usize>,
    pub(super) undeclared: Vec<(Subject, Box<str>)>,
    /// How many dictionaries are remembered.
    pub(super) memories: usize,
}

/// The plan for a file; the first column that can't be read where there is one.
pub(super) fn plan(metadata: &ParquetMetaData, schema: &Schema, (name, headings): (&str, &Headings)) -> Result<Plan, (String, RecordProblem)> {
    let mut walk = Walk { name, headings, metadata, at: 0, read: Vec::new(), undeclared: Vec::new(), memories: 0, path: Vec::new() };
    let (shape, fields) = walk.object(Subject::Student, schema.fields())?;
    if !shape.leaves.iter().any(|leaf| leaf.column.field == fields::student::STUDENT) {
        let help = "each row is a student's dossier, and says whose it is; a file of rows of a table is named after the table".to_owned();
        return Err((String::new(), TableProblem::MissingColumn { table: name.to_owned(), column: "student".to_owned(), help }.into()));
    }
    let Walk { read, undeclared, memories, .. } = walk;
    Ok(Plan { shape, schema: Schema::new_with_metadata(fields, schema.metadata().clone()), read, undeclared, memories })
}

/// The way through the columns of a file, in their order.
struct Walk<'m> {
    name: &'m str,
    headings: &'m Headings,
    metadata: &'m ParquetMetaData,
    /// The number of the next column of values.
    at: usize,
    read: Vec<usize>,
    undeclared: Vec<(Subject, Box<str>)>,
    memories: usize,
    path: Vec<String>,
}

type Walked<T> = Result<T, (String, RecordProblem)>;

impl Walk<'_> {
    fn object(&mut self, subject: Subject, columns: &Fields) -> Walked<(Shape, Fields)> {
        let (mut shape, mut fields, mut index) = (Shape::default(), Vec::new(), 0);
        self.check_headings(subject, columns)?;
        for column in columns {
            let (before, name) = (self.read.len(), self.headings.name_in(subject, column.name()));
            let Some(target) = key_of(subject, name) else {
                self.undeclared.push((subject, name.into()));
                self.at += leaves_of(column.data_type());
                fields.push(Arc::clone(column));
                continue;
            };
            self.path.push(name.to_owned());
            fields.push(self.column((column, target), &mut shape, index)?);
            self.path.pop();
            index += usize::from(self.read.len() > before);
        }
        Ok((shape, fields.into()))
    }

    /// Each name has one column, and what the institution says of its headings is so: under that heading, or under the name itself.
    fn check_headings(&self, subject: Subject, columns: &Fields) -> Walked<()> {
        let name_of = |column: &FieldRef| self.headings.name_in(subject, column.name()).to_owned();
        let mut names: Vec<String> = columns.iter().map(name_of).collect();
        names.sort_unstable();
        if let Some([name, _]) = names.array_windows().find(|[first, second]| first == second) {
            return Err((String::new(), TableProblem::Twice { what: "column", name: name.clone() }.into()));
        }
        match self.headings.lost(subject, |name| columns.iter().any(|column| column.name() == name)) {
            None => Ok(()),
            Some((name, heading)) => {
                let path = self.path.iter().map(String::as_str).chain([heading]).collect::<Vec<_>>().join(".");
                let help = format!("`ispect.toml` says that it is `{name}`; correct it, or the column");
                Err((String::new(), TableProblem::MissingColumn { table: self.name.to_owned(), column: path, help }.into()))
            }
        }
    }

    /// A column that the record knows; how it is read.
    fn column(&mut self, (column, target): (&FieldRef, Target), shape: &mut Shape, index: usize) -> Walked<FieldRef> {
        let found = column.data_type();
        if self.is_opaque(found) {
            shape.opaque.push(index);
            self.take();
            return Ok(Arc::clone(column));
        }
        match (target, found) {
            (Target::Cell(_) | Target::Instant(_), _) => self.leaf((column, target), shape, index),
            (Target::Rows(subject), DataType::List(element)) => {
                let (inner, element) = self.elements(subject, element)?;
                shape.lists.push(Inner { index, subject, shape: inner });
                Ok(with_type(column, DataType::List(element)))
            }
            (Target::Codes(subject), DataType::List(element)) => {
                let mut inner = Shape::default();
                let course = Target::Cell(Column::new(fields::requested_course::COURSE));
                let element = if self.is_opaque(element.data_type()) { self.kept(element) } else { self.leaf((element, course), &mut inner, 0)? };
                shape.lists.push(Inner { index, subject, shape: inner });
                Ok(with_type(column, DataType::List(element)))
            }
            (Target::One(subject), DataType::Struct(columns)) => {
                let (inner, columns) = self.inside(subject, columns)?;
                shape.ones.push(Inner { index, subject, shape: inner });
                Ok(with_type(column, DataType::Struct(columns)))
            }
            _ => Err(self.wrong_type(target, found)),
        }
    }

    fn elements(&mut self, subject: Subject, element: &FieldRef) -> Walked<(Shape, FieldRef)> {
        match element.data_type() {
            DataType::Struct(columns) => {
                let (shape, columns) = self.inside(subject, columns)?;
                Ok((shape, with_type(element, DataType::Struct(columns))))
            }
            found if self.is_opaque(found) => Ok((Shape::default(), self.kept(element))),
            found => Err(self.wrong_type(Target::Rows(subject), &DataType::new_list(found.clone(), true))),
        }
    }

    /// The columns of an object in the record. Of one without a known field a column is read that shows how many there are.
    fn inside(&mut self, subject: Subject, columns: &Fields) -> Walked<(Shape, Fields)> {
        let (first, before) = (self.at, self.read.len());
        let walked = self.object(subject, columns)?;
        if self.read.len() == before && self.at > first {
            self.read.push(first);
        }
        Ok(walked)
    }

    fn leaf(&mut self, (column, target): (&FieldRef, Target), shape: &mut Shape, index: usize) -> Walked<FieldRef> {
        let (Target::Cell(of) | Target::Instant(of)) = target else { return Ok(Arc::clone(column)) };
        let (expected, named) = (Expected::of(target), self.is_named());
        let found = if named { &DataType::Utf8 } else { column.data_type() };
        let by_the_clock = self.headings.clock.is_some() && matches!((expected, found), (Expected::Instant, DataType::Timestamp(_, None)));
        if !by_the_clock && !expected.allows(found) {
            return Err(self.wrong_type(target, found));
        }
        let form = if matches!(target, Target::Instant(_)) { Form::Instant } else { Form::Plain };
        shape.leaves.push(Leaf { index, column: of, form, memory: self.memories });
        self.memories += 1;
        let read_as = match (types::is_text(found) && self.has_dictionary(), named) {
            (true, _) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            (false, true) => DataType::Utf8,
            (false, false) => self.as_short_as_stored(found),
        };
        self.take();
        Ok(with_type(column, read_as))
    }

    /// Decimals in the width that they are stored in, rather than in sixteen bytes each.
    fn as_short_as_stored(&self, found: &DataType) -> DataType {
        let columns = self.metadata.file_metadata().schema_descr().columns();
        match (columns.get(self.at).map(|column| column.physical_type()), found) {
            (Some(Physical::INT32), DataType::Decimal128(precision @ ..=DECIMAL32_MAX_PRECISION, scale)) => DataType::Decimal32(*precision, *scale),
            (Some(Physical::INT64), DataType::Decimal128(precision @ ..=DECIMAL64_MAX_PRECISION, scale)) => DataType::Decimal64(*precision, *scale),
            _ => found.clone(),
        }
    }

    fn take(&mut self) {
        self.read.push(self.at);
        self.at += 1;
    }

    fn kept(&mut self, column: &FieldRef) -> FieldRef {
        self.take();
        Arc::clone(column)
    }

    fn wrong_type(&self, target: Target, found: &DataType) -> (String, RecordProblem) {
        let (column, name) = (self.path.join("."), self.path.last().cloned().unwrap_or_default());
        let (shown, expected) = (format!("{column}: {}", types::name(found)), Expected::of(target));
        let problem = match (expected, found) {
            (Expected::Instant, DataType::Timestamp(_, None)) => ParquetProblem::WithoutZone { column, name },
            _ => ParquetProblem::WrongType { column, found: types::name(found), expected: expected.words(), help: expected.help(&name) },
        };
        (shown, problem.into())
    }

    /// Whether a column holds nothing at all, or JSON: what a program writes that saw only empty lists.
    fn is_opaque(&self, found: &DataType) -> bool {
        let is_json = |logical: Option<&LogicalType>, converted| matches!(logical, Some(LogicalType::Json)) || converted == ConvertedType::JSON;
        *found == DataType::Null || *found == DataType::Utf8 && self.is_annotated(is_json)
    }

    /// Whether the values are words of a list of the file's own.
    fn is_named(&self) -> bool {
        self.is_annotated(|logical, converted| matches!(logical, Some(LogicalType::Enum)) || converted == ConvertedType::ENUM)
    }

    fn is_annotated(&self, test: impl Fn(Option<&LogicalType>, ConvertedType) -> bool) -> bool {
        let columns = self.metadata.file_metadata().schema_descr().columns();
        columns.get(self.at).is_some_and(|column| test(column.logical_type_ref(), column.converted_type()))
    }

    /// Whether all of the column's values stand in dictionaries.
    fn has_dictionary(&self) -> bool {
        let groups = self.metadata.row_groups();
        let in_dictionary = |encoding| matches!(encoding, Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY);
        groups.iter().all(|group| group.columns().get(self.at).is_some_and(|column| column.encodings().any(in_dictionary)))
    }
}

fn with_type(column: &FieldRef, data_type: DataType) -> FieldRef {
    Arc::new(column.as_ref().clone().with_data_type(data_type))
}

/// How many columns of values a column has.
fn leaves_of(found: &DataType) -> usize {
    match found {
        DataType::Struct(columns) => columns.iter().map(|column| leaves_of(column.data_type())).sum(),
        DataType::List(element) | DataType::Map(element, _) => leaves_of(element.data_type()),
        _ => 1,
    }
}
