//! Findings that are lines, and what stands around them.

use crate::cli::results::lines::{Finished, Lines};
use crate::cli::results::output::{Read, Stream};
use crate::cli::results::unwritable::unkept;
use crate::cli::session::{Session, Stop};
use crate::report::Frame;

/// So many bytes are written at a time, or a line more.
const PIECE: usize = 1 << 16;

/// Write findings and what stands around them, some lines at a time.
pub(crate) fn put(session: &mut Session, result: &mut Stream, (lines, frame): (Lines, &Frame)) -> Result<(), Stop> {
    let mut lines = match lines.finished().map_err(|error| session.stop(unkept(&error)))? {
        Finished::Written => return result.write(session, frame.below.as_bytes()).map(|_| ()),
        Finished::Unwritten(lines) => lines,
        Finished::OutOfOrder(lines) => {
            result.begin_anew(session)?;
            lines
        }
    };
    let mut piece = frame.above.clone().into_bytes();
    let mut number = 0;
    while let Some(line) = lines.next_line().map_err(|error| session.stop(unkept(&error)))? {
        number += 1;
        piece.extend_from_slice(frame.before(number).as_bytes());
        piece.extend_from_slice(line);
        if piece.len() >= PIECE {
            if result.write(session, &piece)? == Read::Enough {
                return Ok(());
            }
            piece.clear();
        }
    }
    piece.extend_from_slice(frame.below.as_bytes());
    result.write(session, &piece).map(|_| ())
}
