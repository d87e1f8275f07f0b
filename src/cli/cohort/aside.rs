//! What was set aside: each record that could not be read, with its line.
//! However many records are set aside, only those that are drawn are in memory; where each is to be told, it is told as it is found.

use std::collections::BTreeMap;
use std::io;

use miette::Diagnostic as _;

use crate::cli::results::Lines;
use crate::problems::{MANY, Manner, Pen, Problem};
use crate::records::{Kept, RecordProblem, SetAside};
use crate::report::Line;
use crate::source::Sources;

/// What somebody says of each record that is set aside, with the names of the files.
pub(crate) type Telling<'a> = &'a (dyn Fn(&SetAside, &[String]) -> String + Sync);

/// What a check sets aside.
#[derive(Debug, Default)]
pub(crate) struct Aside {
    kinds: BTreeMap<String, Kind>,
    /// What was said of each, if anything was.
    told: Lines,
    count: usize,
    /// How many are files in which no record stands.
    empty: usize,
    /// Those after which nothing of the records can be trusted.
    refused: Vec<SetAside>,
    last: Option<Place>,
}

/// Where a record stands: file, line and column, and when it was found.
type Place = (u32, u32, u32, usize);

/// What was set aside for the same reason.
#[derive(Debug, Default)]
struct Kind {
    count: usize,
    /// The first of them, in the order of the files: as many as are drawn where all together are few.
    first: Vec<(Place, SetAside)>,
}

impl Kind {
    fn add(&mut self, place: Place, set_aside: SetAside) {
        self.count += 1;
        let at = self.first.partition_point(|(known, _)| *known < place);
        if at < MANY {
            self.first.insert(at, (place, set_aside));
            self.first.truncate(MANY);
        }
    }
}

impl Aside {
    pub(crate) fn add(&mut self, mut set_aside: SetAside, (each, names): (Option<Telling<'_>>, &[String])) -> io::Result<()> {
        set_aside.record = Kept::Nothing;
        let place = (set_aside.file, set_aside.line, set_aside.column, self.count);
        self.count += 1;
        self.empty += usize::from(matches!(set_aside.problem, RecordProblem::EmptyInput { .. }));
        self.last = self.last.max(Some(place));
        if let Some(tell) = each {
            self.told.add(Line { order: &order(place), text: tell(&set_aside, names).as_bytes() })?;
        }
        if set_aside.problem.refuses() {
            self.refused.push(set_aside.clone());
        }
        let code = set_aside.problem.code().map_or_else(String::new, |code| code.to_string());
        self.kinds.entry(code).or_default().add(place, set_aside);
        Ok(())
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether files without a record are all that was set aside.
    pub(crate) fn is_of_nothing(&self) -> bool {
        self.count == self.empty
    }

    /// The last in the order of the files: its file and line.
    pub(crate) fn last(&self) -> Option<(u32, u32)> {
        self.last.map(|(file, line, ..)| (file, line))
    }

    /// In the order of the files.
    pub(crate) fn refused(&mut self) -> Vec<SetAside> {
        self.refused.sort_by_key(|set_aside| (set_aside.file, set_aside.line, set_aside.column));
        std::mem::take(&mut self.refused)
    }

    /// Act on what was said of each, in the order of the files.
    pub(crate) fn each_told(&mut self, mut act: impl FnMut(&str)) -> io::Result<()> {
        let mut told = std::mem::take(&mut self.told).in_order()?;
        while let Some(text) = told.next_line()? {
            act(&String::from_utf8_lossy(text));
        }
        Ok(())
    }

    /// The first of each kind as problems, in the order of the files, and how many there are of each.
    pub(super) fn drawn(&mut self, names: &[String], sources: &mut Sources) -> (Vec<Problem>, BTreeMap<String, usize>) {
        let kinds = std::mem::take(&mut self.kinds);
        let counts = kinds.iter().map(|(code, kind)| (code.clone(), kind.count)).collect();
        let mut first: Vec<(Place, SetAside)> = kinds.into_values().flat_map(|kind| kind.first).collect();
        first.sort_by_key(|(place, _)| *place);
        (first.iter().map(|(_, set_aside)| problem(set_aside, names, sources)).collect(), counts)
    }
}

/// The bytes that places are ordered by.
fn order((file, line, column, number): Place) -> [u8; 20] {
    let mut bytes = [0; 20];
    let parts = [file.to_be_bytes(), line.to_be_bytes(), column.to_be_bytes()];
    bytes[..12].copy_from_slice(parts.as_flattened());
    bytes[12..].copy_from_slice(&(number as u64).to_be_bytes());
    bytes
}

fn problem(set_aside: &SetAside, names: &[String], sources: &mut Sources) -> Problem {
    set_aside.problem(names.get(set_aside.file as usize).map_or("", String::as_str), sources)
}

/// A record that is set aside as one line.
pub(crate) fn line(set_aside: &SetAside, names: &[String]) -> String {
    let mut sources = Sources::default();
    let problem = problem(set_aside, names, &mut sources);
    Pen { manner: Manner::Concise, width: 0 }.draw_problem(&problem, &sources)
}
