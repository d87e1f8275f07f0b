//! Where the parts of records stand that were put together from rows of tables, and such a row as it is shown: `course = BM101, credits = 6`.

use std::ops::Range;
use std::sync::Arc;

use crate::records::json::{Kind, Value};
use crate::records::set_aside::SetAsideText;
use crate::records::{Batch, Placed, SetAside, json_place};

/// The rows that a text of records was put together from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows {
    /// In the order of their beginnings; one stands in another or beside it.
    stretches: Vec<Stretch>,
    /// The names of the columns, by the number of the file.
    names: Arc<[Arc<[String]>]>,
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

impl Rows {
    pub(crate) fn new(stretches: Vec<Stretch>, names: Arc<[Arc<[String]>]>) -> Self {
        Self { stretches, names }
    }

    /// The row in which some bytes of the text stand.
    pub(crate) fn place(&self, text: &str, meant: &Range<usize>) -> Option<InTable> {
        let until = self.stretches.partition_point(|stretch| stretch.start as usize <= meant.start);
        let around = |stretch: &&Stretch| stretch.end as usize > meant.start;
        let mut around: Vec<&Stretch> = self.stretches.get(..until)?.iter().rev().take_while_inclusive(text).filter(around).collect();
        around.reverse();
        let (row, owners) = around.split_last()?;
        let names = self.names.get(row.file as usize)?;
        let mut shown = Shown { text: String::new(), meant: meant.clone(), found: None };
        for owner in owners {
            self.add(&mut shown, (text, owner), &|name| KEYS.contains(&name) && names.iter().any(|known| known == name));
        }
        self.add(&mut shown, (text, row), &|_| true);
        let (name, at) = shown.found.unwrap_or((String::new(), 0..shown.text.len()));
        let column = names.iter().position(|known| *known == name).map_or(1, |index| u32::try_from(index + 1).unwrap_or(u32::MAX));
        let path = if name.is_empty() { name } else { format!("/{name}") };
        Some(InTable { file: row.file, line: row.line, column, path, text: shown.text, at })
    }

    /// A record that was set aside, at the row that is wrong.
    pub(crate) fn moved(&self, text: &str, (start, mut set_aside): (u32, SetAside)) -> SetAside {
        let at = set_aside.excerpt.as_ref().map_or(0..0, |excerpt| excerpt.at.clone());
        let meant = start as usize + at.start..start as usize + at.end;
        if let Some(found) = self.place(text, &meant) {
            (set_aside.file, set_aside.line, set_aside.column, set_aside.path) = (found.file, found.line, found.column, found.path);
            set_aside.excerpt = Some(SetAsideText { text: found.text.into(), first_line: found.line, at: found.at, place: None });
        }
        set_aside
    }

    fn add(&self, shown: &mut Shown, (text, stretch): (&str, &Stretch), wanted: &dyn Fn(&str) -> bool) {
        let (start, end) = (stretch.start as usize, stretch.end as usize);
        let Some(value) = text.get(start..end).map(Value::root) else { return };
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

/// Stretches up to the beginning of their record: beyond its first row nothing can be around a place in it.
trait UpToTheRecord<'s>: Iterator<Item = &'s Stretch> + Sized {
    fn take_while_inclusive(self, text: &str) -> impl Iterator<Item = &'s Stretch> {
        let mut done = false;
        let begins_a_record = |stretch: &Stretch| {
            let before = (stretch.start as usize).checked_sub(1);
            before.is_none_or(|before| text.as_bytes().get(before) == Some(&b'\n'))
        };
        self.take_while(move |stretch| !std::mem::replace(&mut done, begins_a_record(stretch)))
    }
}

impl<'s, I: Iterator<Item = &'s Stretch>> UpToTheRecord<'s> for I {}

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
        let content: String = content.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        self.text.push_str(before);
        self.text.push_str(name);
        self.text.push_str(" = ");
        let from = self.text.len();
        self.text.push_str(&content);
        let range = value.range();
        if range.start + start == self.meant.start {
            self.found = Some((name.to_owned(), from..self.text.len()));
        }
    }
}

impl Batch {
    /// The row of a table that a row of the batch, or a field of it, came from; nothing where records are no tables.
    pub(crate) fn in_table(&self, placed: Placed) -> Option<InTable> {
        let rows = self.rows.as_ref()?;
        let origin = self.origins.get(self.student_of(placed.subject, placed.row) as usize)?;
        let line = self.line_of(placed);
        let at = json_place(&line, &self.path_in(placed, &line));
        let start = origin.start as usize;
        rows.place(&self.text, &(start + at.start..start + at.end))
    }
}
