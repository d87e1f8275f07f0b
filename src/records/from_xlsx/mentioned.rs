//! What a workbook speaks of anywhere. Merged cells stand at the end of a sheet, and a value in pieces may stand in any cell, so that each sheet would have to be
//! read once more to find them; the bytes tell much quicker that there are none.

use std::io::{BufReader, Read};

use memchr::memchr3_iter;
use memchr::memmem::Finder;
use zip::ZipArchive;

use crate::records::from_xlsx::content::Content;

/// What the element of merged cells is called, whatever stands before its name.
const MERGED: &[u8] = b"mergeCell";
/// What holds the cells of a sheet.
const CELLS: &[u8] = b"sheetData";
/// What values in pieces can't do without: a comment or a section, an instruction, a reference, white space before a number.
const PIECES: &[&[u8]] = &[b"<!", b"<?", b"&", b"> "];
/// After this, white space that ends a line is before a number, and not between elements.
const VALUE: &[u8] = b"v>";
/// What stands before all else, and is no instruction within a value: `<?xml …`.
const BEGINNING: usize = 4;
/// So many bytes are looked at together.
const PIECE: usize = 64 * 1024;

/// What is known of something in the sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Nowhere,
    Perhaps,
}

/// What the sheets may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mentioned {
    pub(super) merged_cells: Known,
    pub(super) pieces: Known,
}

impl Mentioned {
    const NOTHING: Self = Self { merged_cells: Known::Nowhere, pieces: Known::Nowhere };
    /// What can't be looked through is left to the library, as are letters of two bytes.
    const UNKNOWN: Self = Self { merged_cells: Known::Perhaps, pieces: Known::Perhaps };
}

/// Look through all parts that may be sheets.
pub(super) fn mentioned(content: &Content) -> Mentioned {
    let Ok(mut parts) = ZipArchive::new(BufReader::new(content.clone())) else { return Mentioned::UNKNOWN };
    let mut found = Mentioned::NOTHING;
    for index in 0..parts.len() {
        let Ok(part) = parts.by_index(index) else { return Mentioned::UNKNOWN };
        let is_texts = part.name().is_ok_and(|name| name.to_lowercase().ends_with("sharedstrings.xml"));
        if !is_texts {
            look_through(part, &mut found);
        }
    }
    found
}

fn look_through(mut part: impl Read, found: &mut Mentioned) {
    let (merged, cells) = (Finder::new(MERGED), Finder::new(CELLS));
    let signs: Vec<_> = PIECES.iter().map(Finder::new).collect();
    let (mut piece, mut from) = (Vec::with_capacity(PIECE + MERGED.len()), BEGINNING);
    let (mut is_sheet, mut has_signs) = (false, false);
    while *found != Mentioned::UNKNOWN {
        match part.by_ref().take(PIECE as u64).read_to_end(&mut piece) {
            Ok(0) => return,
            Ok(_) if !piece.contains(&0) => {}
            _ => *found = Mentioned::UNKNOWN,
        }
        let rest = piece.get(from..).unwrap_or_default();
        if merged.find(rest).is_some() {
            found.merged_cells = Known::Perhaps;
        }
        is_sheet = is_sheet || cells.find(rest).is_some();
        has_signs = has_signs || signs.iter().any(|sign| sign.find(rest).is_some()) || has_broken_values(rest);
        if is_sheet && has_signs {
            found.pieces = Known::Perhaps;
        }
        // A name may stand across two pieces.
        piece.drain(..piece.len().saturating_sub(MERGED.len()));
        from = 0;
    }
}

fn has_broken_values(piece: &[u8]) -> bool {
    memchr3_iter(b'\n', b'\r', b'\t', piece).any(|at| piece.get(..at).is_some_and(|before| before.ends_with(VALUE)))
}

#[cfg(test)]
mod tests {
    use super::{CELLS, Known, MERGED, Mentioned, PIECE, PIECES, look_through};

    fn found(text: &[u8]) -> Mentioned {
        let mut found = Mentioned::NOTHING;
        look_through(text, &mut found);
        found
    }

    #[test]
    fn a_name_across_two_pieces_is_found() {
        let merged = Mentioned { merged_cells: Known::Perhaps, ..Mentioned::NOTHING };
        let pieces = Mentioned { pieces: Known::Perhaps, ..Mentioned::NOTHING };
        for before in [4, 5, PIECE - 5, PIECE - 2, PIECE - 1, PIECE, PIECE + 7, 2 * PIECE - 1] {
            let text = vec![b'x'; before];
            assert_eq!(found(&text), Mentioned::NOTHING, "{before}");
            assert_eq!(found(&[&text, MERGED].concat()), merged, "{before}");
            for sign in PIECES.iter().chain([&&b"<v>\n1"[..], &&b"<x:v>\r\n"[..]]) {
                assert_eq!(found(&[&text, CELLS, *sign].concat()), pieces, "{before}");
                assert_eq!(found(&[&text, *sign].concat()), Mentioned::NOTHING, "{before}");
            }
        }
        assert_eq!(found(b"<\0x\0"), Mentioned::UNKNOWN);
        assert_eq!(found(b"<?xml version=\"1.0\"?>\r\n<worksheet><sheetData>"), Mentioned::NOTHING);
    }
}
