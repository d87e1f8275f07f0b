//! The rows of a file as bytes: lines, and where a quoted cell holds line breaks, several lines.

use std::io::{BufRead as _, BufReader, ErrorKind, Read};

use crate::records::from_json::{decoded, reading_fault};
use crate::records::from_tables::TableProblem;
use crate::records::problems::RecordProblem;

/// The longest row, in bytes: what is longer has a quote that does not end.
const LONGEST_ROW: usize = 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// The lines of a file.
pub(super) struct Lines {
    content: BufReader<Box<dyn Read + Send>>,
    /// How many lines were read.
    read: u32,
    /// The row that was read last, without its line break.
    row: Vec<u8>,
}

impl Lines {
    pub(super) fn new(content: Box<dyn Read + Send>) -> Self {
        Self { content: BufReader::with_capacity(64 * 1024, decoded(content)), read: 0, row: Vec::new() }
    }

    /// How many lines were read.
    pub(super) fn line(&self) -> u32 {
        self.read
    }

    /// The bytes of the row that was read last.
    pub(super) fn row(&self) -> &[u8] {
        &self.row
    }

    /// The headings, without a byte order mark before them.
    pub(super) fn first(&mut self) -> Result<Option<u32>, RecordProblem> {
        let beginning = self.content.fill_buf().map_err(|error| reading_fault(&error))?;
        if beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]) {
            return Err(RecordProblem::Utf16);
        }
        if beginning.starts_with(BYTE_ORDER_MARK) {
            self.content.consume(BYTE_ORDER_MARK.len());
        }
        self.next(&[';', ','])
    }

    /// Read the next row that is not blank; its first line, from 1.
    pub(super) fn next(&mut self, delimiters: &[char]) -> Result<Option<u32>, RecordProblem> {
        loop {
            let line = self.read.saturating_add(1);
            self.row.clear();
            while self.append()? {
                if !is_open(&self.row, delimiters) {
                    break;
                }
                if self.row.len() > LONGEST_ROW {
                    return Err(TableProblem::OpenQuote.into());
                }
            }
            if self.row.is_empty() {
                return Ok(None);
            }
            let end = self.row.strip_suffix(b"\n").map_or(self.row.len(), |bytes| bytes.strip_suffix(b"\r").unwrap_or(bytes).len());
            self.row.truncate(end);
            if self.row.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return if has_lone_return(&self.row, delimiters) { Err(TableProblem::LoneReturn.into()) } else { Ok(Some(line)) };
        }
    }

    /// Read a line more; false at the end of the file.
    fn append(&mut self) -> Result<bool, RecordProblem> {
        let before = self.row.len();
        loop {
            let there = match self.content.fill_buf() {
                Ok(there) => there,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(reading_fault(&error)),
            };
            let most = there.get(..LONGEST_ROW - (self.row.len() - before)).unwrap_or(there);
            let end = memchr::memchr(b'\n', most).map(|at| at + 1);
            let count = end.unwrap_or(most.len());
            self.row.extend_from_slice(most.get(..count).unwrap_or_default());
            self.content.consume(count);
            if self.row.len() - before >= LONGEST_ROW {
                return Err(TableProblem::OpenQuote.into());
            }
            if end.is_some() || count == 0 {
                let is_there = self.row.len() > before;
                self.read = self.read.saturating_add(u32::from(is_there));
                return Ok(is_there);
            }
        }
    }
}

/// Whether a quoted cell goes on after these bytes.
fn is_open(bytes: &[u8], delimiters: &[char]) -> bool {
    if memchr::memchr(b'"', bytes).is_none() {
        return false;
    }
    let mut quotes = Quotes::default();
    for byte in bytes {
        quotes.pass(*byte, delimiters);
    }
    quotes.are_open
}

/// Whether a carriage return stands outside quotes: the end of a line for some programs, and for others none.
fn has_lone_return(row: &[u8], delimiters: &[char]) -> bool {
    if memchr::memchr(b'\r', row).is_none() {
        return false;
    }
    let mut quotes = Quotes::default();
    row.iter().any(|byte| {
        quotes.pass(*byte, delimiters);
        *byte == b'\r' && !quotes.are_open
    })
}

/// Whether the next byte stands in a quoted cell.
struct Quotes {
    are_open: bool,
    may_open: bool,
}

impl Default for Quotes {
    fn default() -> Self {
        Self { are_open: false, may_open: true }
    }
}

impl Quotes {
    fn pass(&mut self, byte: u8, delimiters: &[char]) {
        let quote = byte == b'"';
        if self.are_open {
            self.are_open = !quote;
            // A second quote right after is a quote of the text.
            self.may_open = quote;
        } else {
            self.are_open = quote && self.may_open;
            self.may_open = delimiters.contains(&char::from(byte));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{Lines, has_lone_return};

    #[test]
    fn a_carriage_return_belongs_in_quotes() {
        for (row, expected) in
            [("a;b", false), ("a\rb;c", true), ("a;b\r", true), ("\"a\rb\";c", false), ("\"a\"\r;c", true), ("5\"\r;c", true), ("\"a\"\"\r\"", false)]
        {
            assert_eq!(has_lone_return(row.as_bytes(), &[';']), expected, "{row:?}");
        }
    }

    #[test]
    fn rows_begin_at_their_lines() {
        let text = "\u{feff}a;b\r\n\r\n1;\"two\nlines \"\"and\"\" more\"\n5\" pipe;2\n3;4";
        let mut lines = Lines::new(Box::new(Cursor::new(text.to_owned().into_bytes())));
        let mut rows = Vec::new();
        let mut next = lines.first().unwrap();
        while let Some(line) = next {
            rows.push((line, String::from_utf8(lines.row().to_vec()).unwrap()));
            next = lines.next(&[';']).unwrap();
        }
        let expected = [(1, "a;b"), (3, "1;\"two\nlines \"\"and\"\" more\""), (5, "5\" pipe;2"), (6, "3;4")];
        assert_eq!(rows, expected.map(|(line, row)| (line, row.to_owned())));
    }
}
