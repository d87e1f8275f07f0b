//! The decimal mark of a table, as its first number with decimals shows it.

use std::borrow::Cow;

use crate::records::from_tables::{HeldRows, RowFault, TableProblem};

/// The mark, and the line that showed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DecimalMark(Option<(char, u32)>);

impl DecimalMark {
    /// Put points into the columns of numbers of the last row; what is wrong with one stands in the row, and what makes the whole table doubtful is handed back.
    pub(crate) fn put_points(&mut self, numbers: &[usize], rows: &mut HeldRows) -> Option<TableProblem> {
        let has_mark = |cell: &str| cell.bytes().any(|byte| matches!(byte, b'.' | b','));
        let row = rows.last()?;
        if !numbers.iter().any(|column| has_mark(row.cell(*column))) {
            return None;
        }
        let mut doubtful = None;
        for column in numbers {
            let Some(row) = rows.last() else { break };
            let (cell, line) = (row.cell(*column), row.line);
            if !has_mark(cell) {
                continue;
            }
            match self.with_point(cell, line) {
                Ok(Cow::Borrowed(_)) => {}
                Ok(Cow::Owned(cell)) => rows.rewrite(*column, &cell),
                Err(problem) if problem.refuses() => doubtful = Some(problem),
                Err(problem) => rows.fault(RowFault { problem: problem.into(), column: u32::try_from(column + 1).unwrap_or(u32::MAX) }),
            }
        }
        doubtful
    }

    /// A number with a point before its decimals; what is no number with decimals stays as it is.
    pub(crate) fn with_point<'t>(&mut self, text: &'t str, line: u32) -> Result<Cow<'t, str>, TableProblem> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let Some(at) = unsigned.find(['.', ',']) else { return Ok(text.into()) };
        let (whole, rest) = unsigned.split_at(at);
        let mark = if rest.starts_with(',') { ',' } else { '.' };
        let decimals = rest.get(1..).unwrap_or("");
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) {
            return Ok(text.into());
        }
        match self.0 {
            Some((known, first)) if known != mark => {
                Err(TableProblem::OtherDecimalMark { text: text.to_owned(), mark: word(mark), first: word(known), line: first })
            }
            None if is_group(whole, decimals) => Err(TableProblem::AmbiguousNumber { text: text.to_owned() }),
            _ => {
                self.0.get_or_insert((mark, line));
                Ok(if mark == ',' { text.replace(',', ".").into() } else { text.into() })
            }
        }
    }
}

fn word(mark: char) -> &'static str {
    if mark == ',' { "comma" } else { "point" }
}

/// Whether the mark may set thousands apart: `1.234`, but not `0.234` or `1.5`.
fn is_group(whole: &str, decimals: &str) -> bool {
    whole.len() <= 3 && !whole.starts_with('0') && decimals.len() == 3
}

#[cfg(test)]
mod tests {
    use super::DecimalMark;

    #[test]
    fn the_first_number_with_decimals_shows_the_mark() {
        let mut mark = DecimalMark::default();
        for (text, expected) in [
            ("6", Some("6")),
            ("1.234", None),
            ("1,234,567", Some("1,234,567")),
            ("x,5", Some("x,5")),
            ("-0,125", Some("-0.125")),
            ("1,234", Some("1.234")),
            ("7.5", None),
            ("12,5", Some("12.5")),
        ] {
            assert_eq!(mark.with_point(text, 1).ok().as_deref(), expected, "{text}");
        }
    }
}
