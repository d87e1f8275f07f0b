//! Rows kept until they are asked for, of a store that can't read two tables at once: in memory a few of them, on the disk the rest.

use std::collections::VecDeque;
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use tempfile::SpooledTempFile;

use crate::records::from_tables::{Row, RowFault};

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

    pub(crate) fn add(&mut self, row: Row) -> io::Result<()> {
        let number = |length: usize| u32::try_from(length).map(u32::to_le_bytes).map_err(|_| io::Error::other("a row is too long"));
        self.rows.write_all(&row.line.to_le_bytes())?;
        self.rows.write_all(&number(row.ends.len())?)?;
        for end in &row.ends {
            self.rows.write_all(&number(*end)?)?;
        }
        self.rows.write_all(row.text.as_bytes())?;
        if let Some(fault) = row.fault {
            self.faults.push_back((row.line, fault));
        }
        Ok(())
    }

    /// The rows once all are there.
    pub(crate) fn finish(self) -> io::Result<Spooled> {
        let mut rows = self.rows.into_inner().map_err(io::IntoInnerError::into_error)?;
        rows.seek(SeekFrom::Start(0))?;
        Ok(Spooled { rows: BufReader::new(rows), faults: self.faults })
    }
}

/// Rows that are read back.
pub(crate) struct Spooled {
    rows: BufReader<SpooledTempFile>,
    faults: VecDeque<(u32, RowFault)>,
}

impl Spooled {
    pub(crate) fn next_row(&mut self) -> io::Result<Option<Row>> {
        let mut line = [0; 4];
        match self.rows.read_exact(&mut line) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let line = u32::from_le_bytes(line);
        let count = self.number()?;
        let mut row = Row::with_room(line, (count, 0));
        for _ in 0..count {
            let end = self.number()?;
            row.ends.push(end);
        }
        let mut text = vec![0; row.ends.last().copied().unwrap_or(0)];
        self.rows.read_exact(&mut text)?;
        row.text = String::from_utf8(text).map_err(io::Error::other)?;
        row.fault = self.faults.pop_front_if(|(of, _)| *of == line).map(|(_, fault)| fault);
        Ok(Some(row))
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
    use crate::records::from_tables::{Row, RowFault, TableProblem};

    #[test]
    fn rows_come_back_as_they_were() {
        let mut spool = Spool::new();
        for line in 2..5000 {
            let mut row = Row::with_room(line, (3, 20));
            for cell in ["r0745123", "", "é"] {
                row.push(cell);
            }
            row.fault = (line % 1000 == 0).then(|| RowFault { problem: TableProblem::WhoseRow.into(), column: line });
            spool.add(row).unwrap();
        }
        let mut rows = spool.finish().unwrap();
        for line in 2..5000 {
            let row = rows.next_row().unwrap().unwrap();
            assert_eq!((row.line, row.cells().collect::<Vec<_>>()), (line, vec!["r0745123", "", "é"]));
            assert_eq!(row.fault.map(|fault| fault.column), (line % 1000 == 0).then_some(line));
        }
        assert!(rows.next_row().unwrap().is_none());
    }
}
