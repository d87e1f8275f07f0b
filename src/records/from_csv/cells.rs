//! The cells of one row: plain up to the delimiter, or in quotes that are doubled within.

use crate::records::from_tables::HeldRows;

/// Whether every quoted cell ends where the next cell begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WellFormed {
    Yes,
    No,
}

/// Add each cell of a text to the last row.
pub(super) fn split_into(text: &str, delimiter: char, rows: &mut HeldRows) -> WellFormed {
    if memchr::memchr(b'"', text.as_bytes()).is_none() {
        rows.push_divided(text, byte_of(delimiter));
        return WellFormed::Yes;
    }
    split(text, delimiter, &mut |cell| rows.push(cell))
}

/// Delimiters are signs of one byte.
fn byte_of(delimiter: char) -> u8 {
    u8::try_from(delimiter).unwrap_or(b',')
}

/// Hand over each cell of a row.
pub(super) fn split(text: &str, delimiter: char, cell: &mut dyn FnMut(&str)) -> WellFormed {
    if memchr::memchr(b'"', text.as_bytes()).is_none() {
        split_plain(text, delimiter, cell);
        return WellFormed::Yes;
    }
    let mut rest = text;
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            let Some(end) = end_of_quoted(quoted) else { return WellFormed::No };
            let (content, after) = quoted.split_at(end);
            cell(&content.replace("\"\"", "\""));
            rest = after.strip_prefix('"').unwrap_or(after);
        } else {
            let (content, after) = rest.split_at(rest.find(delimiter).unwrap_or(rest.len()));
            cell(content);
            rest = after;
        }
        match rest.strip_prefix(delimiter) {
            Some(next) => rest = next,
            None if rest.is_empty() => return WellFormed::Yes,
            None => return WellFormed::No,
        }
    }
}

/// Without quotes a row is what stands between the delimiters.
fn split_plain(text: &str, delimiter: char, cell: &mut dyn FnMut(&str)) {
    let mut start = 0;
    for end in memchr::memchr_iter(byte_of(delimiter), text.as_bytes()).chain(std::iter::once(text.len())) {
        cell(text.get(start..end).unwrap_or(""));
        start = end + 1;
    }
}

/// Where the quote stands that is not doubled.
fn end_of_quoted(quoted: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + quoted.get(from..)?.find('"')?;
        if !quoted.get(at + 1..)?.starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::{WellFormed, split};

    #[test]
    fn cells_in_quotes_and_without() {
        for (text, expected) in [
            ("a;b", Some(vec!["a", "b"])),
            ("", Some(vec![""])),
            (";", Some(vec!["", ""])),
            ("\"a;b\";c", Some(vec!["a;b", "c"])),
            ("\"say \"\"a\"\"\";\"\"", Some(vec!["say \"a\"", ""])),
            ("5\" pipe;x", Some(vec!["5\" pipe", "x"])),
            ("\"two\nlines\";x", Some(vec!["two\nlines", "x"])),
            ("\"a\"b;c", None),
            ("\"a;b", None),
        ] {
            let mut cells = Vec::new();
            let formed = split(text, ';', &mut |cell| cells.push(cell.to_owned()));
            assert_eq!((formed == WellFormed::Yes).then_some(cells), expected.map(|cells| cells.into_iter().map(str::to_owned).collect()), "{text}");
        }
    }
}
