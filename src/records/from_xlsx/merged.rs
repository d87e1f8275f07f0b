//! Whether a workbook speaks of merged cells anywhere. They stand at the end of a sheet, so that its library reads all of it once more to find them; the bytes
//! tell much quicker that there are none.

use std::io::{BufReader, Read};

use memchr::memmem::Finder;
use zip::ZipArchive;

use crate::records::from_xlsx::content::Content;

/// What the element of merged cells is called, whatever stands before its name.
const ELEMENT: &[u8] = b"mergeCell";
/// So many bytes are looked at together.
const PIECE: usize = 64 * 1024;

/// What is known of merged cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merged {
    Nowhere,
    Perhaps,
}

/// Look through all parts that may be sheets.
pub(super) fn merged(content: &Content) -> Merged {
    let Ok(mut parts) = ZipArchive::new(BufReader::new(content.clone())) else { return Merged::Perhaps };
    for index in 0..parts.len() {
        let Ok(part) = parts.by_index(index) else { return Merged::Perhaps };
        let is_texts = part.name().is_ok_and(|name| name.to_lowercase().ends_with("sharedstrings.xml"));
        if !is_texts && mentions(part) == Merged::Perhaps {
            return Merged::Perhaps;
        }
    }
    Merged::Nowhere
}

fn mentions(mut part: impl Read) -> Merged {
    let (finder, mut piece) = (Finder::new(ELEMENT), Vec::with_capacity(PIECE + ELEMENT.len()));
    loop {
        match part.by_ref().take(PIECE as u64).read_to_end(&mut piece) {
            Ok(0) => return Merged::Nowhere,
            // A part in letters of two bytes is left to the library, as is one that can't be read.
            Ok(_) if finder.find(&piece).is_none() && !piece.contains(&0) => {}
            _ => return Merged::Perhaps,
        }
        // A name may stand across two pieces.
        piece.drain(..piece.len().saturating_sub(ELEMENT.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::{ELEMENT, Merged, PIECE, mentions};

    #[test]
    fn a_name_across_two_pieces_is_found() {
        for before in [0, 1, PIECE - 5, PIECE, PIECE + 7, 2 * PIECE - 1] {
            let mut text = vec![b'x'; before];
            assert_eq!(mentions(text.as_slice()), Merged::Nowhere, "{before}");
            text.extend_from_slice(ELEMENT);
            assert_eq!(mentions(text.as_slice()), Merged::Perhaps, "{before}");
        }
        assert_eq!(mentions(&b"<\0x\0"[..]), Merged::Perhaps);
    }
}
