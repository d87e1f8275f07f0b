//! The pages of a row group. The first of each column are unpacked together, on as many threads as there are: nobody has a dossier to judge before they are.
//! Those that follow are unpacked one by one.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::iter;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use parquet::arrow::arrow_reader::RowGroups;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::Result;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::SerializedPageReader;

use crate::problems::quietly;
use crate::records::from_parquet::file::ParquetFile;

/// A row group of so many bytes is worth threads of its own.
const LARGE: i64 = 1 << 20;

/// A row group whose columns are begun.
pub(super) struct RowGroup {
    metadata: Arc<ParquetMetaData>,
    number: usize,
    /// Those that are read, until each is asked for.
    columns: Mutex<Vec<(usize, Result<Column>)>>,
}

impl RowGroup {
    /// Begin some columns of a row group with so many threads.
    pub(super) fn begin(file: &ParquetFile, (metadata, number): (&Arc<ParquetMetaData>, usize), (columns, threads): (&[usize], usize)) -> Self {
        let group = metadata.row_group(number);
        let (next, begun) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(columns.len())));
        // Those that take longest first, so that the threads end together.
        let mut columns = columns.to_vec();
        columns.sort_by_key(|column| Reverse(group.column(*column).uncompressed_size()));
        let work = || {
            while let Some(column) = columns.get(next.fetch_add(1, Ordering::Relaxed)) {
                let own = Column::begin(file, group, *column);
                lock(&begun).push((*column, own));
            }
        };
        let others = if threads > 1 && group.total_byte_size() >= LARGE { threads.min(columns.len()) } else { 0 };
        // None of it on this thread, though it waits: what a thread gives back, its allocator keeps for it, and what those that are gone gave back, for the
        // next ones.
        let whole = thread::scope(|scope| {
            let others: Vec<_> = (0..others).map_while(|_| thread::Builder::new().spawn_scoped(scope, || quietly(work)).ok()).collect();
            others.into_iter().all(|other| matches!(other.join(), Ok(Ok(()))))
        });
        // What is left where there are no others.
        work();
        if !whole {
            // As if the library had failed on this thread.
            resume_unwind(Box::new("a column could not be unpacked"));
        }
        Self { metadata: Arc::clone(metadata), number, columns: begun }
    }

    fn own(&self) -> &RowGroupMetaData {
        self.metadata.row_group(self.number)
    }
}

/// A lock that a panic has not spoiled: every change under it is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RowGroups for RowGroup {
    fn num_rows(&self) -> usize {
        rows(self.own())
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        let mut columns = lock(&self.columns);
        let at = columns.iter().position(|(known, _)| *known == column);
        Ok(Box::new(Once(at.map(|at| columns.swap_remove(at).1))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(iter::once(self.own()))
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// What a row group says that it holds.
fn rows(group: &RowGroupMetaData) -> usize {
    usize::try_from(group.num_rows()).unwrap_or(0)
}

/// A column of one row group.
struct Once(Option<Result<Column>>);

impl Iterator for Once {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.take().map(|column| column.map(|column| Box::new(column) as Box<dyn PageReader>))
    }
}

impl PageIterator for Once {}

/// A column's pages that are unpacked, and those after them.
struct Column {
    first: VecDeque<Page>,
    rest: SerializedPageReader<ParquetFile>,
}

impl Column {
    fn begin(file: &ParquetFile, group: &RowGroupMetaData, column: usize) -> Result<Self> {
        let mut rest = SerializedPageReader::new(Arc::new(file.clone()), group.column(column), rows(group), None)?;
        let mut first = VecDeque::new();
        // A dictionary comes before the first page with data.
        while !first.back().is_some_and(Page::is_data_page) {
            match rest.get_next_page()? {
                Some(page) => first.push_back(page),
                None => break,
            }
        }
        Ok(Self { first, rest })
    }
}

impl PageReader for Column {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.first.pop_front().map_or_else(|| self.rest.get_next_page(), |page| Ok(Some(page)))
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.first.front().map_or_else(|| self.rest.peek_next_page(), |page| Ok(Some(said_of(page))))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.first.pop_front().map_or_else(|| self.rest.skip_next_page(), |_| Ok(()))
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        // A page that says how many rows it holds begins with one.
        self.first.front().map_or_else(|| self.rest.at_record_boundary(), |page| Ok(said_of(page).num_rows.is_some()))
    }
}

impl Iterator for Column {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

/// What is known of a page before it is looked into.
fn said_of(page: &Page) -> PageMetadata {
    let num_rows = if let Page::DataPageV2 { num_rows, .. } = page { usize::try_from(*num_rows).ok() } else { None };
    PageMetadata { num_rows, num_levels: usize::try_from(page.num_values()).ok(), is_dict: page.is_dictionary_page() }
}
