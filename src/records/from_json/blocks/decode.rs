//! Compressed files, told by their first bytes.

use std::io::{BufReader, Cursor, Error, ErrorKind, Read};

use flate2::read::MultiGzDecoder;

use crate::records::problems::RecordProblem;

const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The content as it was before it was compressed, if it was.
pub(crate) fn decoded(mut content: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    let mut beginning = Vec::with_capacity(4);
    // A file that can't be read at all says so when it is read on.
    let begun = content.by_ref().take(4).read_to_end(&mut beginning);
    let whole: Box<dyn Read + Send> = match begun {
        Ok(_) => Box::new(Cursor::new(beginning.clone()).chain(content)),
        Err(error) => Box::new(Failed(Some(error))),
    };
    if beginning.starts_with(&GZIP) {
        return Box::new(MultiGzDecoder::new(BufReader::new(whole)));
    }
    if beginning.starts_with(&ZSTD) {
        return match zstd::Decoder::new(whole) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => Box::new(Failed(Some(error))),
        };
    }
    whole
}

/// A file of which nothing can be read.
struct Failed(Option<Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// What a failure to read means for the records.
pub(crate) fn fault(error: &Error) -> RecordProblem {
    if error.kind() == ErrorKind::UnexpectedEof {
        RecordProblem::Truncated
    } else {
        RecordProblem::UnreadableFile { what: "the file", reason: error.to_string() }
    }
}
