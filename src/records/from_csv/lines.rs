//! The rows of a file as bytes: lines, and where a quoted cell holds line breaks, several lines.

use std::io::{BufRead, BufReader, Read};

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
}

/// A row without its line break.
pub(super) struct RawRow {
    /// Its first line, from 1.
    pub(super) line: u32,
    pub(super) bytes: Vec<u8>,
}

impl Lines {
    pub(super) fn new(content: Box<dyn Read + Send>) -> Self {
        Self { content: BufReader::with_capacity(64 * 1024, decoded(content)), read: 0 }
    }

    /// How many lines were read.
    pub(super) fn line(&self) -> u32 {
        self.read
    }

    /// The headings, without a byte order mark before them.
    pub(super) fn first(&mut self) -> Result<Option<RawRow>, RecordProblem> {
        let beginning = self.content.fill_buf().map_err(|error| reading_fault(&error))?;
        if beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]) {
            return Err(RecordProblem::Utf16);
        }
        if beginning.starts_with(BYTE_ORDER_MARK) {
            self.content.consume(BYTE_ORDER_MARK.len());
        }
        self.next(&[';', ','])
    }

    /// The next row that is not blank.
    pub(super) fn next(&mut self, delimiters: &[char]) -> Result<Option<RawRow>, RecordProblem> {
        let mut bytes = Vec::new();
        loop {
            let line = self.read.saturating_add(1);
            bytes.clear();
            while self.append(&mut bytes)? {
                if !is_open(&bytes, delimiters) {
                    break;
                }
                if bytes.len() > LONGEST_ROW {
                    return Err(TableProblem::OpenQuote.into());
                }
            }
            if bytes.is_empty() {
                return Ok(None);
            }
            let end = bytes.strip_suffix(b"\n").map_or(bytes.len(), |bytes| bytes.strip_suffix(b"\r").unwrap_or(bytes).len());
            bytes.truncate(end);
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                return Ok(Some(RawRow { line, bytes }));
            }
        }
    }

    /// Read a line more; false at the end of the file.
    fn append(&mut self, bytes: &mut Vec<u8>) -> Result<bool, RecordProblem> {
        let most = u64::try_from(LONGEST_ROW).unwrap_or(u64::MAX);
        let count = self.content.by_ref().take(most).read_until(b'\n', bytes).map_err(|error| reading_fault(&error))?;
        if count >= LONGEST_ROW {
            return Err(TableProblem::OpenQuote.into());
        }
        self.read = self.read.saturating_add(u32::from(count > 0));
        Ok(count > 0)
    }
}

/// Whether a quoted cell goes on after these bytes.
fn is_open(bytes: &[u8], delimiters: &[char]) -> bool {
    if memchr::memchr(b'"', bytes).is_none() {
        return false;
    }
    let (mut open, mut may_open) = (false, true);
    for byte in bytes {
        let quote = *byte == b'"';
        if open {
            open = !quote;
            // A second quote right after is a quote of the text.
            may_open = quote;
        } else {
            open = quote && may_open;
            may_open = delimiters.contains(&char::from(*byte));
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::Lines;

    #[test]
    fn rows_begin_at_their_lines() {
        let text = "\u{feff}a;b\r\n\r\n1;\"two\nlines \"\"and\"\" more\"\n5\" pipe;2\n3;4";
        let mut lines = Lines::new(Box::new(Cursor::new(text.to_owned().into_bytes())));
        let mut rows = Vec::new();
        let mut next = lines.first().unwrap();
        while let Some(row) = next {
            rows.push((row.line, String::from_utf8(row.bytes).unwrap()));
            next = lines.next(&[';']).unwrap();
        }
        let expected = [(1, "a;b"), (3, "1;\"two\nlines \"\"and\"\" more\""), (5, "5\" pipe;2"), (6, "3;4")];
        assert_eq!(rows, expected.map(|(line, row)| (line, row.to_owned())));
    }
}
