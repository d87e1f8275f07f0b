//! Tables from CSV, one a file, in the dialect that the file itself shows: `;` or `,` between cells, a decimal comma or point, UTF-8 (with a byte order
//! mark or without) or Windows-1252. What shows two of them is refused by name. Merging tables is left to `from_tables`.

mod cells;
mod delimiter;
mod encoding;
mod lines;
mod sample;

use std::sync::{Arc, Mutex, PoisonError};

use crate::records::RecordFile;
use crate::records::from_csv::cells::{WellFormed, split};
use crate::records::from_csv::delimiter::divided;
use crate::records::from_csv::encoding::Encoding;
use crate::records::from_csv::lines::{Lines, RawRow};
use crate::records::from_tables::{DecimalMark, Headings, Refusal, Row, RowFault, Table, TableProblem, holds_decimals};
use crate::records::problems::RecordProblem;
use crate::vocabulary::Subject;

pub(crate) use sample::csv_sample;

/// What is to be said of tables that were read all the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<RecordProblem>>>);

impl Notes {
    pub(crate) fn add(&self, problem: TableProblem) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(problem.into());
    }

    pub(crate) fn take(&self) -> Vec<RecordProblem> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether a name promises CSV.
pub(crate) fn is_csv(name: &str) -> bool {
    stem(name).is_some()
}

/// The table in a file.
pub(crate) fn csv_table(file: RecordFile, headings: &Headings, notes: &Notes) -> Result<Box<dyn Table>, Refusal> {
    CsvTable::open(file, headings, notes.clone()).map(|table| Box::new(table) as Box<dyn Table>)
}

/// `Entry.csv.gz` of `exports/Entry.csv.gz`
fn named(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// `entry` of `exports/Entry.csv.gz`
fn stem(name: &str) -> Option<String> {
    let name = named(name).to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    name.strip_suffix(".csv").map(str::to_owned)
}

/// A table in a file.
struct CsvTable {
    file: u32,
    name: String,
    subject: Subject,
    names: Arc<[String]>,
    /// For each column, whether it holds numbers.
    numbers: Vec<bool>,
    delimiter: char,
    mark: DecimalMark,
    encoding: Encoding,
    lines: Lines,
    notes: Notes,
}

impl CsvTable {
    fn open(file: RecordFile, headings: &Headings, notes: Notes) -> Result<Self, Refusal> {
        let (number, name) = (file.number, file.name);
        let refusal = |problem: RecordProblem| Refusal { file: number, line: 1, problem };
        let table = stem(&name).unwrap_or_else(|| name.clone());
        let subject = headings.subject_of(&table).map_err(|problem| refusal(problem.into()))?;
        let (mut lines, mut encoding) = (Lines::new(file.content), Encoding::default());
        let first = lines.first().map_err(&refusal)?;
        let Some(first) = first else { return Err(refusal(RecordProblem::EmptyInput { name })) };
        let text = encoding.decode(&first.bytes).ok_or_else(|| refusal(RecordProblem::NotUtf8))?;
        let ambiguous = || refusal(TableProblem::AmbiguousDelimiter { table: name.clone() }.into());
        let (delimiter, cells) = divided(&text, headings.heading(subject, "student")).ok_or_else(ambiguous)?;
        let names = headings.names((&name, subject), cells).map_err(|problem| refusal(problem.into()))?;
        let numbers = names.iter().map(|name| holds_decimals(subject, name)).collect();
        let mark = DecimalMark::default();
        let table = Self { file: number, name, subject, names, numbers, delimiter, mark, encoding, lines, notes };
        table.say_encoding(Encoding::default(), first.line);
        Ok(table)
    }

    fn say_encoding(&self, before: Encoding, line: u32) {
        if self.encoding == Encoding::Windows1252 && before != self.encoding {
            self.notes.add(TableProblem::Windows1252 { table: self.name.clone(), line });
        }
    }

    fn refusal(&self, line: u32, problem: impl Into<RecordProblem>) -> Refusal {
        Refusal { file: self.file, line, problem: problem.into() }
    }

    /// The cells of a row; what is wrong with it stands in the row.
    fn row(&mut self, raw: &RawRow) -> Result<Row, Refusal> {
        let mut row = Row::with_room(raw.line, (self.names.len(), raw.bytes.len()));
        let before = self.encoding;
        let decoded = self.encoding.decode(&raw.bytes);
        if decoded.is_none() {
            row.fault = Some(RowFault { problem: RecordProblem::NotUtf8, column: 1 });
        }
        let text = decoded.unwrap_or_else(|| String::from_utf8_lossy(&raw.bytes));
        let mut ambiguous = None;
        let formed = split(&text, self.delimiter, &mut |cell| {
            let is_number = self.numbers.get(row.len()).copied().unwrap_or(false);
            match if is_number { self.mark.with_point(cell, raw.line) } else { Ok(cell.into()) } {
                Ok(cell) => row.push(&cell),
                Err(problem) if problem.refuses() => {
                    ambiguous = Some(problem);
                    row.push(cell);
                }
                Err(problem) => {
                    let column = u32::try_from(row.len() + 1).unwrap_or(u32::MAX);
                    row.fault.get_or_insert(RowFault { problem: problem.into(), column });
                    row.push(cell);
                }
            }
        });
        if formed == WellFormed::No {
            return Err(self.refusal(raw.line, TableProblem::OpenQuote));
        }
        if row.len() != self.names.len() {
            let problem = TableProblem::WrongLength { found: row.len(), expected: self.names.len() };
            row.fault = Some(RowFault { problem: problem.into(), column: 1 });
        } else if let Some(problem) = ambiguous {
            return Err(self.refusal(raw.line, problem));
        }
        self.say_encoding(before, raw.line);
        Ok(row)
    }
}

impl Table for CsvTable {
    fn file(&self) -> u32 {
        self.file
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn subject(&self) -> Subject {
        self.subject
    }

    fn names(&self) -> &Arc<[String]> {
        &self.names
    }

    fn sorting(&self, column: usize) -> String {
        let (name, delimiter) = (&self.name, self.delimiter);
        format!("(head -n 1 '{name}'; tail -n +2 '{name}' | LC_ALL=C sort -s -t '{delimiter}' -k {column},{column}) > sorted.csv")
    }

    fn next_row(&mut self) -> Result<Option<Row>, Refusal> {
        match self.lines.next(&[self.delimiter]) {
            Ok(Some(raw)) => self.row(&raw).map(Some),
            Ok(None) => Ok(None),
            Err(problem) => Err(self.refusal(self.lines.line(), problem)),
        }
    }
}
