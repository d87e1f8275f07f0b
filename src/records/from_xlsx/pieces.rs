//! Whether a sheet has a value that its XML keeps in pieces: `45<!-- of 2023 -->214`. Of such a value the library reads the first piece, or none, without a word.

use std::io::{BufRead, BufReader};

use calamine::XlsxError;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::records::from_xlsx::Workbook;
use crate::records::from_xlsx::content::Content;
use crate::records::from_xlsx::mentioned::{Known, Mentioned};

/// How the library reads a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Not at all: the text is kept in another element of the cell.
    Elsewhere,
    /// All pieces but sections.
    Text,
    /// The first piece.
    Number,
    /// The first piece, as the number of a text that is kept once for all sheets; what is no number, as that of the first text.
    SharedText,
}

/// The first cell of a sheet whose value would be read otherwise than it stands; not looked for where the workbook speaks of none.
pub(super) fn first_in_pieces(
    (workbook, content, mentioned): (&mut Workbook, &Content, Mentioned),
    sheet: &str,
) -> Result<Option<(u32, u32)>, XlsxError> {
    if mentioned.pieces == Known::Nowhere {
        return Ok(None);
    }
    workbook.worksheet_cells_reader(sheet)?;
    // The library knows which part of the file the sheet is, and went to where it begins.
    let begins = content.sought();
    let mut parts = ZipArchive::new(BufReader::new(content.clone()))?;
    for index in 0..parts.len() {
        let part = parts.by_index(index)?;
        if part.data_start() == Some(begins) {
            return Scan::new(BufReader::new(part)).first();
        }
    }
    Err(XlsxError::Unexpected("a sheet that is nowhere in the workbook"))
}

/// A sheet, gone through as the library does it.
struct Scan<R> {
    xml: quick_xml::Reader<R>,
    event: Vec<u8>,
    row: u32,
    /// Of the next cell that does not say where it stands.
    column: u32,
}

impl<R: BufRead> Scan<R> {
    fn new(part: R) -> Self {
        let mut xml = quick_xml::Reader::from_reader(part);
        xml.config_mut().check_end_names = false;
        xml.config_mut().expand_empty_elements = true;
        Self { xml, event: Vec::new(), row: 0, column: 0 }
    }

    fn first(mut self) -> Result<Option<(u32, u32)>, XlsxError> {
        let (mut at, mut reading) = ((0, 0), Reading::Elsewhere);
        loop {
            self.event.clear();
            let event = self.xml.read_event_into(&mut self.event).map_err(XlsxError::Xml)?;
            if let Event::Start(element) = &event {
                match element.local_name().as_ref() {
                    "row" => self.row = attribute(element, "r")?.and_then(|row| row_of(&row)).unwrap_or(self.row),
                    "c" => {
                        at = attribute(element, "r")?.and_then(|place| place_of(&place)).unwrap_or((self.row, self.column));
                        self.column = at.1 + 1;
                        reading = reading_of(attribute(element, "t")?.as_deref());
                    }
                    "v" => {
                        let is_in_pieces = self.is_in_pieces(reading)?;
                        if is_in_pieces {
                            return Ok(Some(at));
                        }
                    }
                    _ => {}
                }
            } else if let Event::End(element) = &event {
                match element.local_name().as_ref() {
                    "row" => (self.row, self.column) = (self.row + 1, 0),
                    "sheetData" => return Ok(None),
                    _ => {}
                }
            } else if matches!(event, Event::Eof) {
                // The library says itself that the sheet has no end.
                return Ok(None);
            }
        }
    }

    /// Whether a value is that begins here; read up to its end.
    fn is_in_pieces(&mut self, reading: Reading) -> Result<bool, XlsxError> {
        let mut is_in_pieces = false;
        loop {
            self.event.clear();
            let is_apart = match self.xml.read_event_into(&mut self.event).map_err(XlsxError::Xml)? {
                Event::End(element) if element.local_name().as_ref() == "v" => return Ok(is_in_pieces),
                Event::Eof => return Ok(is_in_pieces),
                Event::Text(text) => reading == Reading::SharedText && !text.bytes().all(|byte| byte.is_ascii_digit()),
                Event::CData(_) | Event::Start(_) | Event::Empty(_) | Event::End(_) => reading != Reading::Elsewhere,
                Event::GeneralRef(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {
                    matches!(reading, Reading::Number | Reading::SharedText)
                }
            };
            is_in_pieces |= is_apart;
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, XlsxError> {
    Ok(element.try_get_attribute(name)?.map(|attribute| attribute.value.into_owned()))
}

fn reading_of(kind: Option<&str>) -> Reading {
    match kind {
        None | Some("n" | "b" | "e") => Reading::Number,
        Some("s") => Reading::SharedText,
        Some("inlineStr" | "is") => Reading::Elsewhere,
        Some(_) => Reading::Text,
    }
}

/// `12`, from 0. What is no place is refused by the library.
fn row_of(row: &str) -> Option<u32> {
    row.parse::<u32>().ok()?.checked_sub(1)
}

/// `C12`, row and column from 0.
fn place_of(place: &str) -> Option<(u32, u32)> {
    const MOST_LETTERS: usize = 3;
    let (letters, row) = place.split_at(place.find(|sign: char| !sign.is_ascii_alphabetic())?);
    let column = |column, letter: u8| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = (1..=MOST_LETTERS).contains(&letters.len()).then(|| letters.bytes().fold(0, column))?;
    Some((row_of(row)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::place_of;
    use crate::records::from_xlsx::values::a1;

    #[test]
    fn a_place_is_what_it_is_called() {
        for place in [(0, 0), (11, 2), (0, 25), (9, 26), (0, 701), (0, 702), (1_048_575, 16_383)] {
            assert_eq!(place_of(&a1(place)), Some(place));
        }
        for nowhere in ["", "12", "C", "C0", "ABCD1", "C-1"] {
            assert_eq!(place_of(nowhere), None, "{nowhere}");
        }
    }
}
