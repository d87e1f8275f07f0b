//! Staged rows into a batch, many dossiers at a time.

use std::ops::Range;

use crate::records::from_json::STUDENT_LISTS;
use crate::records::from_parquet::stage::Stage;
use crate::records::table::Run;
use crate::records::{Batch, Wanted};
use crate::vocabulary::{List, Subject};

impl Stage {
    /// Append the dossiers of some students that follow one another.
    pub(super) fn append(&self, students: &Range<u32>, (batch, wanted): (&mut Batch, &Wanted)) {
        let mut table = |subject: Subject, owners: Option<&Range<u32>>| {
            let staged = self.table(subject);
            let rows = owners.map_or_else(|| students.clone(), |owners| staged.rows_of(owners));
            let run = Run {
                columns: &staged.columns,
                kept: wanted.columns(subject),
                rows: rows.clone(),
                owners: owners.cloned(),
                starts: &staged.starts,
                given: &staged.given,
            };
            batch.table_mut(subject).append_run(&run);
            rows
        };
        table(Subject::Student, None);
        for list in STUDENT_LISTS {
            let rows = table(list.element(), Some(students));
            if list == List::StudentEnrolments {
                table(Subject::Isp, Some(&rows));
                table(Subject::RequestedCourse, Some(&rows));
                let entries = table(Subject::Entry, Some(&rows));
                table(Subject::Result, Some(&entries));
            }
        }
    }
}
