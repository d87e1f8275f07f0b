//! Where the parts of records stand that were put together from rows of tables, and such a row as it is shown: `course = BM101, credits = 6`.

use std::ops::Range;
use std::sync::Arc;

use crate::problems::on_one_line;
use crate::records::json::{Kind, Value};
use crate::records::set_aside::SetAsideText;
use crate::records::{Batch, Placed, SetAside, json_place};

/// The names of the columns of tables, by the number of the file.
pub(crate) type Names = Arc<[Arc<[String]>]>;

/// A record that was put together from rows of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drafted {
    pub(crate) text: String,
    /// Where the rows stand, in the order of their beginnings; one stands in another or beside it.
    pub(crate) stretches: Vec<Stretch>,
    pub(crate) names: Names,
}

/// The bytes of the text that a row became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) file: u32,
    pub(crate) line: u32,
}

/// A row of a table, and the cell of it that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InTable {
    pub(crate) file: u32,
    pub(crate) line: u32,
    /// The number of the column, from 1.
    pub(crate) column: u32,
    /// `/credits`; empty for the whole row.
    pub(crate) path: String,
    /// `course = BM101, credits = 6`
    pub(crate) text: String,
    /// The bytes of the text that are meant.
    pub(crate) at: Range<usize>,
}

/// The columns by which a row says what it stands in.
const KEYS: [&str; 4] = ["student", "academic_year", "programme", "contract"];

impl Drafted {
    /// The row in which some bytes of the text stand.
    pub(crate) fn place(&self, meant: &Range<usize>) -> Option<InTable> {
        let until = self.stretches.partition_point(|stretch| stretch.start as usize <= meant.start);
        let around = |stretch: &&Stretch| stretch.end as usize > meant.start;
        let around: Vec<&Stretch> = self.stretches.get(..until)?.iter().filter(around).collect();
        let (row, owners) = around.split_last()?;
        let names = self.names.get(row.file as usize)?;
        let mut shown = Shown { text: String::new(), meant: meant.clone(), found: None };
        for owner in owners {
            self.add(&mut shown, owner, &|name| KEYS.contains(&name) && names.iter().any(|known| known == name));
        }
        self.add(&mut shown, row, &|_| true);
        let (name, at) = shown.found.unwrap_or((String::new(), 0..shown.text.len()));
        let column = names.iter().position(|known| *known == name).map_or(1, |index| u32::try_from(index + 1).unwrap_or(u32::MAX));
        let path = if name.is_empty() { name } else { format!("/{name}") };
        Some(InTable { file: row.file, line: row.line, column, path, text: shown.text, at })
    }

    fn add(&self, shown: &mut Shown, stretch: &Stretch, wanted: &dyn Fn(&str) -> bool) {
        let (start, end) = (stretch.start as usize, stretch.end as usize);
        let Some(value) = self.text.get(start..end).map(Value::root) else { return };
        if value.kind() == Kind::Text {
            shown.cell("course", value, start);
        }
        for member in value.members().filter(|member| wanted(&member.name)) {
            let inside = member.value.range();
            match member.value.kind() {
                Kind::Null | Kind::List => {}
                // What stands in the row as an object of its own has columns beside it.
                Kind::Object if self.begins_a_row(start + inside.start) => {}
                Kind::Object => {
                    for inner in member.value.members().filter(|inner| !matches!(inner.value.kind(), Kind::List | Kind::Object | Kind::Null)) {
                        shown.cell(&inner.name, inner.value, start);
                    }
                }
                Kind::Boolean(_) | Kind::Number | Kind::Text => shown.cell(&member.name, member.value, start),
            }
        }
    }

    fn begins_a_row(&self, at: usize) -> bool {
        self.stretches.binary_search_by(|stretch| (stretch.start as usize).cmp(&at)).is_ok()
    }
}

/// A row in the making.
struct Shown {
    text: String,
    meant: Range<usize>,
    /// The name of the cell that is meant, and its bytes.
    found: Option<(String, Range<usize>)>,
}

impl Shown {
    fn cell(&mut self, name: &str, value: Value<'_>, start: usize) {
        let before = if self.text.is_empty() { "" } else { ", " };
        let content = value.string().unwrap_or_else(|| value.raw().into());
        self.text.push_str(before);
        self.text.push_str(name);
        self.text.push_str(" = ");
        let from = self.text.len();
        self.text.push_str(&on_one_line(&content));
        let range = value.range();
        if range.start + start == self.meant.start {
            self.found = Some((name.to_owned(), from..self.text.len()));
        }
    }
}

impl SetAside {
    /// The same, at the row of a table that is wrong.
    pub(crate) fn moved_to(mut self, found: InTable) -> Self {
        (self.file, self.line, self.column, self.path) = (found.file, found.line, found.column, found.path);
        self.excerpt = Some(SetAsideText { text: found.text.into(), first_line: found.line, at: found.at, place: None });
        self
    }
}

impl Batch {
    /// The row of a table that a row of the batch, or a field of it, came from; nothing where records are no tables.
    pub(crate) fn in_table(&self, placed: Placed) -> Option<InTable> {
        let written = self.written.as_ref()?;
        let origin = self.origins.get(self.student_of(placed.subject, placed.row) as usize)?;
        written.in_table(origin.line, &|record| json_place(record, &self.path_in(placed, record)))
    }
}
