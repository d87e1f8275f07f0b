//! Rows kept until they are asked for, of a store that can't read two tables at once: in memory a few of them, on the disk the rest.

use std::collections::VecDeque;
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use tempfile::SpooledTempFile;

use crate::records::from_tables::{HeldRows, Row, RowFault};

/// So many bytes of a table stay in memory.
const IN_MEMORY: usize = 1 << 20;

/// The rows of a table, in their order.
pub(crate) struct Spool {
    rows: BufWriter<SpooledTempFile>,
    faults: VecDeque<(u32, RowFault)>,
}

impl Spool {
    pub(crate) fn new() -> Self {
        Self { rows: BufWriter::new(SpooledTempFile::new(IN_MEMORY)), faults: VecDeque::new() }
    }

    pub(crate) fn add(&mut self, row: Row<'_>) -> io::Result<()> {
        self.rows.write_all(&row.line.to_le_bytes())?;
        self.rows.write_all(&number(row.len())?)?;
        for cell in row.cells() {
            self.rows.write_all(&number(cell.len())?)?;
            self.rows.write_all(cell.as_bytes())?;
        }
        if let Some(fault) = row.fault {
            self.faults.push_back((row.line, fault.clone()));
        }
        Ok(())
    }

    /// The rows once all are there.
    pub(crate) fn finish(self) -> io::Result<Spooled> {
        let mut rows = self.rows.into_inner().map_err(io::IntoInnerError::into_error)?;
        rows.seek(SeekFrom::Start(0))?;
        Ok(Spooled { rows: BufReader::new(rows), faults: self.faults, cell: Vec::new() })
    }
}

fn number(length: usize) -> io::Result<[u8; 4]> {
    u32::try_from(length).map(u32::to_le_bytes).map_err(|_| io::Error::other("a row is too long"))
}

/// Rows that are read back.
pub(crate) struct Spooled {
    rows: BufReader<SpooledTempFile>,
    faults: VecDeque<(u32, RowFault)>,
    cell: Vec<u8>,
}

impl Spooled {
    /// Add the next row to some rows; false at the end.
    pub(crate) fn next_row(&mut self, rows: &mut HeldRows) -> io::Result<bool> {
        let mut line = [0; 4];
        match self.rows.read_exact(&mut line) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            read => read?,
        }
        let line = u32::from_le_bytes(line);
        rows.begin(line);
        for _ in 0..self.number()? {
            let length = self.number()?;
            self.cell.resize(length, 0);
            self.rows.read_exact(&mut self.cell)?;
            rows.push(std::str::from_utf8(&self.cell).map_err(io::Error::other)?);
        }
        if let Some((_, fault)) = self.faults.pop_front_if(|(of, _)| *of == line) {
            rows.fault(fault);
        }
        Ok(true)
    }

    fn number(&mut self) -> io::Result<usize> {
        let mut bytes = [0; 4];
        self.rows.read_exact(&mut bytes)?;
        usize::try_from(u32::from_le_bytes(bytes)).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::Spool;
    use crate::records::from_tables::{HeldRows, RowFault, TableProblem};

    #[test]
    fn rows_come_back_as_they_were() {
        let mut spool = Spool::new();
        let mut held = HeldRows::default();
        for line in 2..5000 {
            held.begin(line);
            for cell in ["r0745123", "", "é"] {
                held.push(cell);
            }
            if line % 1000 == 0 {
                held.fault(RowFault { problem: TableProblem::WhoseRow.into(), column: line });
            }
            spool.add(held.last().unwrap()).unwrap();
        }
        let (mut spooled, mut rows) = (spool.finish().unwrap(), HeldRows::default());
        while spooled.next_row(&mut rows).unwrap() {}
        assert_eq!(rows.len(), 4998);
        for (number, line) in (2..5000).enumerate() {
            let row = rows.row(number);
            assert_eq!((row.line, row.cells().collect::<Vec<_>>()), (line, vec!["r0745123", "", "é"]));
            assert_eq!(row.fault.map(|fault| fault.column), (line % 1000 == 0).then_some(line));
        }
    }
}
