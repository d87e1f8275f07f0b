//! The lines that a format makes of findings, kept until all have been found and then given in their order. In memory are few bytes a line; many lines are on
//! the disk.

use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use tempfile::SpooledTempFile;

use crate::report::SpokenLine;

/// So many bytes of lines stay in memory.
const IN_MEMORY: usize = 8 << 20;
/// So many bytes are read back at a time, or a line more.
const PIECE: usize = 1 << 16;

/// Lines in the order in which they were found.
#[derive(Debug)]
pub(crate) struct Lines {
    text: BufWriter<SpooledTempFile>,
    end: u64,
    orders: Vec<u8>,
    places: Vec<Place>,
}

/// Where a line stands, and where the bytes that it is ordered by.
#[derive(Debug, Clone, Copy)]
struct Place {
    order: u64,
    order_length: u32,
    length: u32,
    start: u64,
}

impl Default for Lines {
    fn default() -> Self {
        Self { text: BufWriter::new(SpooledTempFile::new(IN_MEMORY)), end: 0, orders: Vec::new(), places: Vec::new() }
    }
}

impl Lines {
    pub(crate) fn add(&mut self, line: &SpokenLine) -> io::Result<()> {
        let too_long = |_| io::Error::other("a finding is too long");
        let length = u32::try_from(line.text.len()).map_err(too_long)?;
        let order_length = u32::try_from(line.order.len()).map_err(too_long)?;
        self.text.write_all(line.text.as_bytes())?;
        self.places.push(Place { order: self.orders.len() as u64, order_length, length, start: self.end });
        self.orders.extend_from_slice(&line.order);
        self.end += u64::from(length);
        Ok(())
    }

    /// The lines with their newlines, in the order of reports.
    pub(crate) fn in_order(self) -> io::Result<InOrder> {
        let Self { text, orders, mut places, .. } = self;
        places.sort_by(|left, right| order(&orders, left).cmp(order(&orders, right)));
        let mut text = BufReader::new(text.into_inner().map_err(io::IntoInnerError::into_error)?);
        text.seek(SeekFrom::Start(0))?;
        Ok(InOrder { text, here: 0, places: places.into_iter(), piece: Vec::new() })
    }
}

/// Lines that are read back.
#[derive(Debug)]
pub(crate) struct InOrder {
    text: BufReader<SpooledTempFile>,
    here: i64,
    places: std::vec::IntoIter<Place>,
    piece: Vec<u8>,
}

impl InOrder {
    /// Some of the next lines; none at the end.
    pub(crate) fn next_piece(&mut self) -> io::Result<&[u8]> {
        self.piece.clear();
        while self.piece.len() < PIECE
            && let Some(place) = self.places.next()
        {
            // Lines that follow each other are read without a seek, which would empty the buffer.
            self.text.seek_relative(place.start.cast_signed() - self.here)?;
            let before = self.piece.len();
            self.piece.resize(before + place.length as usize, 0);
            self.text.read_exact(self.piece.get_mut(before..).unwrap_or_default())?;
            self.here = (place.start + u64::from(place.length)).cast_signed();
        }
        Ok(&self.piece)
    }
}

fn order<'o>(orders: &'o [u8], place: &Place) -> &'o [u8] {
    let start = usize::try_from(place.order).unwrap_or(usize::MAX);
    orders.get(start..start.saturating_add(place.order_length as usize)).unwrap_or(&[])
}
