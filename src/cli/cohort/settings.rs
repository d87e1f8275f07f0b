//! How a cohort is judged.

use chrono::NaiveDate;

use crate::cli::cohort::aside::Telling;
use crate::cli::input::RecordsHash;
use crate::records::Headings;
use crate::report::{Detail, Drawn, Languages, LineFormat};

/// How a cohort is judged.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'a> {
    /// The first calendar year of the academic year under check.
    pub(crate) year: i32,
    pub(crate) as_of: NaiveDate,
    pub(crate) threads: Option<usize>,
    pub(crate) detail: Detail,
    /// The format that makes lines of findings; nothing keeps the findings.
    pub(crate) lines: Option<LineFormat>,
    /// How many of the findings are kept.
    pub(crate) drawn: Drawn,
    /// What is said of each record that is set aside; otherwise the first of each kind are drawn.
    pub(crate) each_aside: Option<Telling<'a>>,
    pub(crate) languages: &'a Languages,
    pub(crate) hash: RecordsHash,
    pub(crate) headings: &'a Headings,
}
