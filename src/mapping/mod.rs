//! From the headings of an export to names of the record: what is sure, what is in doubt and why, what is left out, and what is missing. Nothing is taken
//! on a guess: what is in doubt is said with what the values look like, and left to a person.
//!
//! Add a heading that administrations use: a word in `words.rs`.

mod evidence;
mod from_records;
mod normal;
mod seen;
mod words;
mod written;

use crate::mapping::evidence::{Fit, Holds};
use crate::mapping::normal::{key, words_of};
use crate::mapping::seen::{Rows, Seen};
use crate::mapping::words::{ANY_DAY, COLUMNS, Column, NAMES, PERSONAL, PREFIXES, TABLES, listed};
use crate::records::{TableSample, joined_on, subject_of};
use crate::vocabulary::{FieldKind, Subject};

pub(crate) use evidence::Evidence;
pub(crate) use from_records::fields;
pub(crate) use written::{rows, settings};

/// How an export is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A table in a file of its own.
    File,
    /// A sheet of a workbook.
    Sheet,
    /// A table or a view of a database.
    InDatabase,
    /// Whole records in columns: nested Parquet.
    Nested,
    /// Whole records as JSON, whose fields are not mapped.
    Json,
}

impl Form {
    pub(crate) fn is_table(self) -> bool {
        matches!(self, Self::File | Self::Sheet | Self::InDatabase)
    }
}

/// The headings of a table and some of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sample {
    /// The file or the store, as it is named in `ispect.toml`.
    pub(crate) file: String,
    pub(crate) form: Form,
    /// What its rows are, where that is said: in whole records.
    pub(crate) said: Option<Subject>,
    pub(crate) table: TableSample,
}

/// What a table is proposed to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProposedTable {
    pub(crate) file: String,
    pub(crate) form: Form,
    pub(crate) table: String,
    pub(crate) subject: ProposedSubject,
    pub(crate) columns: Vec<ProposedColumn>,
    /// Names without which rows can't be joined or mean nothing, of which no column is sure.
    pub(crate) missing: Vec<&'static str>,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProposedSubject {
    Sure(Subject),
    /// From its columns, or as one of several such tables.
    Unsure(Subject),
    Unknown,
}

impl ProposedTable {
    /// Where it stands: `export/Entry.csv`, `records.sqlite!entry`
    pub(crate) fn place(&self) -> String {
        match self.form {
            Form::Sheet | Form::InDatabase => format!("{}!{}", self.file, self.table),
            Form::File | Form::Nested | Form::Json => self.file.clone(),
        }
    }
}

impl ProposedSubject {
    pub(crate) fn subject(self) -> Option<Subject> {
        match self {
            Self::Sure(subject) | Self::Unsure(subject) => Some(subject),
            Self::Unknown => None,
        }
    }

    pub(crate) fn is_in_doubt(self) -> bool {
        matches!(self, Self::Unsure(_))
    }
}

/// What a column is proposed to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProposedColumn {
    pub(crate) heading: String,
    pub(crate) meaning: Meaning,
    pub(crate) evidence: Evidence,
}

/// What a heading means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The name, and what is to be done before its values are read.
    Sure(&'static str, Option<String>),
    /// The likeliest first, and why it is in doubt.
    Unsure(Vec<&'static str>, &'static str),
    LeftOut(&'static str),
}

impl Meaning {
    /// What it surely means.
    pub(crate) fn name(&self) -> Option<&'static str> {
        if let Self::Sure(name, _) = self { Some(name) } else { None }
    }

    /// A field of a record can't be mapped.
    fn rename(&mut self, field: &str) {
        if let Self::Sure(name, how @ None) = self
            && *name != field
        {
            *how = Some(format!("call it `{name}` in the export, fields of JSON are not mapped"));
        }
    }

    pub(crate) fn is_in_doubt(&self) -> bool {
        matches!(self, Self::Unsure(..))
    }
}

/// What each table is, and which tables a project needs of which there is none.
pub(crate) fn propose(samples: Vec<Sample>) -> Vec<ProposedTable> {
    let mut tables: Vec<ProposedTable> = samples.into_iter().map(table).collect();
    let subjects: Vec<_> = tables.iter().map(|table| table.subject.subject()).collect();
    for table in tables.iter_mut().filter(|table| table.form.is_table()) {
        if let ProposedSubject::Sure(subject) = table.subject
            && subjects.iter().filter(|other| **other == Some(subject)).count() > 1
        {
            table.subject = ProposedSubject::Unsure(subject);
        }
    }
    tables
}

fn table(sample: Sample) -> ProposedTable {
    let subject = subject(&sample);
    let seen: Vec<Seen<'_>> = (0..sample.table.headings.len()).map(|column| Seen::of(&sample, column)).collect();
    let columns = subject.subject().map_or_else(Vec::new, |subject| meanings(Rows { subject, form: sample.form }, &sample, &seen));
    let sure = |name: &str| columns.iter().any(|meaning| matches!(meaning, Meaning::Sure(known, _) if *known == name));
    let needed = |subject| if sample.said.is_some() { needed_in_records(subject).to_vec() } else { needed(subject).collect() };
    let missing = subject.subject().map_or_else(Vec::new, |subject| needed(subject).into_iter().filter(|name| !sure(name)).collect());
    let columns = columns.into_iter().chain(std::iter::repeat(Meaning::LeftOut("of no table that is known")));
    let evidence: Vec<Evidence> = seen.into_iter().map(|seen| seen.evidence).collect();
    let Sample { file, form, table: TableSample { table, headings, .. }, .. } = sample;
    let columns = headings.into_iter().zip(columns).zip(evidence);
    let columns = columns.map(|((heading, meaning), evidence)| ProposedColumn { heading, meaning, evidence }).collect();
    ProposedTable { file, form, table, subject, columns, missing }
}

/// Names that rows are joined on, and the unit that a row is of.
fn needed(subject: Subject) -> impl Iterator<Item = &'static str> {
    let course = matches!(subject, Subject::Entry | Subject::RequestedCourse | Subject::Exemption).then_some("course");
    joined_on(subject).chain(course)
}

/// The same of records that stand in one another.
fn needed_in_records(subject: Subject) -> &'static [&'static str] {
    const NEEDED: [(Subject, &[&str]); 3] =
        [(Subject::Student, &["student"]), (Subject::Enrolment, &["academic_year"]), (Subject::Entry, &["course"])];
    NEEDED.iter().find(|(of, _)| *of == subject).map_or(&[], |(_, names)| *names)
}

/// What a table is by its name; else what its columns make it, in doubt.
fn subject(sample: &Sample) -> ProposedSubject {
    if let Some(subject) = sample.said {
        return ProposedSubject::Sure(subject);
    }
    if let Ok(subject) = subject_of(&sample.table.table.to_lowercase()) {
        return ProposedSubject::Sure(subject);
    }
    let words: Vec<String> = words_of(&sample.table.table).into_iter().filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit())).collect();
    let named = spellings(&words, &[])
        .into_iter()
        .find_map(|spelled| TABLES.iter().find(|(_, names)| listed(names).any(|name| key(&words_of(name)) == spelled)).map(|(subject, _)| *subject));
    if let Some(subject) = named {
        return ProposedSubject::Sure(subject);
    }
    let rows = |subject| Rows { subject, form: sample.form };
    let count = |subject: Subject| sample.table.headings.iter().filter(|heading| candidates(rows(subject), heading).len() == 1).count();
    let best = TABLES.iter().map(|(subject, _)| (count(*subject), *subject)).max_by_key(|(count, _)| *count);
    best.filter(|(count, _)| *count >= 3).map_or(ProposedSubject::Unknown, |(_, subject)| ProposedSubject::Unsure(subject))
}

/// The spellings under which a heading is looked for: whole, and without a prefix that says nothing.
fn spellings(words: &[String], table: &[String]) -> Vec<String> {
    let mut found = vec![key(words)];
    let idle = |word: &String| PREFIXES.contains(&word.as_str()) || table.iter().any(|name| name.starts_with(word.as_str()) && word.len() >= 3);
    if let Some((first, rest)) = words.split_first()
        && idle(first)
        && !rest.is_empty()
    {
        found.push(key(rest));
    }
    found
}

/// The names that a heading is known to stand for in a table.
fn candidates(rows: Rows, heading: &str) -> Vec<&'static str> {
    let known: Vec<&'static str> = rows.names().collect();
    let words = words_of(heading);
    let table = words_of(rows.subject.word());
    for spelled in spellings(&words, &table) {
        let mut found: Vec<&'static str> = known.iter().copied().filter(|name| key(&words_of(name)) == spelled).collect();
        let columns = COLUMNS.iter().filter(|column| column.is_in(rows.subject));
        let named = columns.filter(|column| column.headings().any(|heading| key(&words_of(heading)) == spelled)).map(|column| column.name);
        found.extend(named.filter(|name| known.contains(name)));
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn meanings(rows: Rows, sample: &Sample, seen: &[Seen<'_>]) -> Vec<Meaning> {
    let columns = sample.table.headings.iter().zip(seen);
    let mut meanings: Vec<Meaning> = columns.map(|(heading, seen)| meaning(rows, heading, seen)).collect();
    let claimed: Vec<Option<&'static str>> = meanings.iter().map(Meaning::name).collect();
    if sample.form == Form::Json {
        meanings.iter_mut().zip(&sample.table.headings).for_each(|(meaning, heading)| meaning.rename(heading));
    }
    for (meaning, claim) in meanings.iter_mut().zip(&claimed) {
        let rivals = claimed.iter().filter(|other| claim.is_some() && *other == claim).count();
        if let (Some(name), true) = (claim, rivals > 1) {
            *meaning = Meaning::Unsure(vec![name], "another column seems to be the same");
        } else if let Meaning::Unsure(names, _) = meaning {
            names.retain(|name| !claimed.contains(&Some(name)));
            if names.is_empty() {
                *meaning = Meaning::LeftOut("what it seems to be is another column");
            }
        }
    }
    meanings
}

fn is_day(rows: Rows, name: &str) -> bool {
    matches!(rows.holds(name), Some(Holds::Instant | Holds::Kind(FieldKind::Day | FieldKind::EventDay)))
}

fn meaning(rows: Rows, heading: &str, seen: &Seen<'_>) -> Meaning {
    let fit = |name: &&'static str| seen.fit(rows, name);
    if heading.is_empty() {
        return Meaning::LeftOut("it has no heading");
    }
    let mut found = candidates(rows, heading);
    if found.len() > 1 {
        found.retain(|name| fit(name) != Fit::Something);
    }
    match found.as_slice() {
        [only] => match fit(only) {
            Fit::Read => Meaning::Sure(only, None),
            Fit::WrittenOtherwise(how) => Meaning::Sure(only, Some(how)),
            Fit::Something => Meaning::Unsure(found, "its values are something else"),
        },
        [] if PERSONAL.contains(&key(&words_of(heading)).as_str()) => Meaning::LeftOut("personal, and no rule needs it"),
        [] if words_of(heading).last().is_some_and(|last| NAMES.contains(&last.as_str())) => Meaning::LeftOut("a name, and records hold the code"),
        [] if ANY_DAY.contains(&key(&words_of(heading)).as_str()) => {
            let days = rows.names().filter(|name| is_day(rows, name) && fit(name) != Fit::Something);
            Meaning::Unsure(days.collect(), "which day it is can't be known")
        }
        [] => match alike(rows, heading, &|name| fit(&name) != Fit::Something) {
            near if near.is_empty() => Meaning::LeftOut("no name of the record is like it"),
            near => Meaning::Unsure(near, "the heading is only like it"),
        },
        _ => Meaning::Unsure(found, "it may be either"),
    }
}

/// The names whose headings are most like this one, the likeliest first.
fn alike(rows: Rows, heading: &str, fits: &dyn Fn(&'static str) -> bool) -> Vec<&'static str> {
    const MOST: usize = 3;
    const LIKE: f64 = 0.88;
    let words = words_of(heading);
    let spelled = key(&words);
    let likeness = |name: &'static str| {
        let columns = COLUMNS.iter().filter(|column| column.name == name && column.is_in(rows.subject));
        let headings = columns.flat_map(Column::headings).chain(std::iter::once(name));
        headings.map(|known| one_like_another(&words, &spelled, known)).fold(0.0, f64::max)
    };
    let mut scored: Vec<(f64, &'static str)> = rows.names().filter(|name| fits(name)).map(|name| (likeness(name), name)).collect();
    scored.retain(|(score, _)| *score >= LIKE);
    scored.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    scored.dedup_by_key(|(_, name)| *name);
    scored.into_iter().take(MOST).map(|(_, name)| name).collect()
}

/// How like a heading is to one that is known: by its letters, or because every word of one stands in the other.
fn one_like_another(words: &[String], spelled: &str, known: &str) -> f64 {
    let known = words_of(known);
    let letters = strsim::jaro_winkler(spelled, &key(&known));
    let longest = known.iter().map(String::len).max().unwrap_or(0);
    let contained = longest >= 5 && known.iter().all(|word| words.contains(word)) || longest >= 7 && spelled.contains(&key(&known));
    if contained { letters.max(0.9) } else { letters }
}

#[cfg(test)]
mod tests {
    use super::words::{COLUMNS, TABLES, listed};
    use super::{Form, Rows, candidates};

    #[test]
    fn every_known_heading_is_of_a_table_and_means_something_there() {
        for column in COLUMNS {
            let tables: Vec<_> = TABLES.iter().map(|(table, _)| *table).filter(|table| column.is_in(*table)).collect();
            let tables = tables.into_iter().map(|subject| Rows { subject, form: Form::File });
            let with: Vec<_> = tables.filter(|rows| rows.names().any(|name| name == column.name)).collect();
            assert!(!with.is_empty(), "no table has a column {}", column.name);
            for heading in column.headings() {
                let found = with.iter().any(|rows| candidates(*rows, heading).contains(&column.name));
                assert!(found, "{heading} is not found as {}", column.name);
            }
        }
    }

    #[test]
    fn no_table_has_the_name_of_another() {
        let names: Vec<_> = TABLES.iter().flat_map(|(_, names)| listed(names)).collect();
        assert!(names.iter().enumerate().all(|(at, name)| !names[..at].contains(name)));
    }
}
