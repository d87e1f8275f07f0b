//! Tables from CSV, one a file, in the dialect that the file itself shows: `;` or `,` between cells, a decimal comma or point, UTF-8 (with a byte order
//! mark or without) or Windows-1252. What shows two of them is refused by name. Merging tables is left to `from_tables`.

mod cells;
mod delimiter;
mod encoding;
mod lines;
mod sample;

use std::sync::{Arc, Mutex, PoisonError};

use crate::records::RecordFile;
use crate::records::from_csv::cells::{WellFormed, split_into};
use crate::records::from_csv::delimiter::divided;
use crate::records::from_csv::encoding::Encoding;
use crate::records::from_csv::lines::Lines;
use crate::records::from_tables::{DecimalMark, Headings, HeldRows, Refusal, RowFault, Table, TableProblem, holds_decimals};
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
    /// The columns that hold numbers.
    numbers: Vec<usize>,
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
        let Some(line) = first else { return Err(refusal(RecordProblem::EmptyInput { name })) };
        let text = encoding.decode(lines.row()).ok_or_else(|| refusal(RecordProblem::NotUtf8))?;
        let ambiguous = || refusal(TableProblem::AmbiguousDelimiter { table: name.clone() }.into());
        let (delimiter, cells) = divided(&text, headings.heading(subject, "student")).ok_or_else(ambiguous)?;
        let names = headings.names((&name, subject), cells).map_err(|problem| refusal(problem.into()))?;
        let numbers = names.iter().enumerate().filter(|(_, name)| holds_decimals(subject, name)).map(|(column, _)| column).collect();
        let mark = DecimalMark::default();
        let table = Self { file: number, name, subject, names, numbers, delimiter, mark, encoding, lines, notes };
        table.say_encoding(Encoding::default(), line);
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

    /// Add the cells of the row that was read last; what is wrong with it stands in the row.
    fn row(&mut self, line: u32, rows: &mut HeldRows) -> Result<(), Refusal> {
        rows.begin(line);
        let before = self.encoding;
        let decoded = self.encoding.decode(self.lines.row());
        if decoded.is_none() {
            rows.fault(RowFault { problem: RecordProblem::NotUtf8, column: 1 });
        }
        let text = decoded.unwrap_or_else(|| String::from_utf8_lossy(self.lines.row()));
        if split_into(&text, self.delimiter, rows) == WellFormed::No {
            return Err(self.refusal(line, TableProblem::OpenQuote));
        }
        let found = rows.last_len();
        if found != self.names.len() {
            // Its cells may stand under other headings, so it shows no decimal mark either.
            let problem = TableProblem::WrongLength { found, expected: self.names.len() };
            rows.fault_instead(RowFault { problem: problem.into(), column: 1 });
        } else if let Some(problem) = self.mark.put_points(&self.numbers, rows) {
            return Err(self.refusal(line, problem));
        }
        self.say_encoding(before, line);
        Ok(())
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

    fn next_row(&mut self, rows: &mut HeldRows) -> Result<bool, Refusal> {
        match self.lines.next(&[self.delimiter]) {
            Ok(Some(line)) => self.row(line, rows).map(|()| true),
            Ok(None) => Ok(false),
            Err(problem) => Err(self.refusal(self.lines.line(), problem)),
        }
    }
}
