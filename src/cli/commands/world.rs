//! The world of a project for `ispect test`: its findings as a snapshot, and the dossiers that examples start from.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::cli::arguments::WhenArguments;
use crate::cli::cohort::aside::Telling;
use crate::cli::cohort::{self, Checked, Quarantine, Selection, Settings, find};
use crate::cli::input::RecordsHash;
use crate::cli::project::Project;
use crate::cli::project::load::Loaded;
use crate::cli::results::{Lines, unkept};
use crate::cli::session::{Session, Stop};
use crate::records::{Batch, SetAside};
use crate::report::{About, Detail, Drawn, Fingerprints, Languages, Run, snapshot};

/// The findings of the whole world, as the text that is kept beside it.
pub(crate) fn findings(session: &mut Session, (project, loaded): (&Project, &Loaded), when: &WhenArguments) -> Result<String, Stop> {
    let year = project.academic_year(session, when)?;
    let as_of = project.as_of(when).day();
    let files = project.students(session, &[])?;
    let languages = Languages::new(&loaded.rulebook.regulation.languages, None);
    let selection = Selection::all(&loaded.rulebook);
    let (hash, headings) = (RecordsHash::NotWanted, &project.settings.headings);
    let (detail, drawn) = (Detail::Lines, Drawn::All);
    let tell = |set_aside: &SetAside, names: &[String]| aside(project, set_aside, names);
    let each_aside: Option<Telling<'_>> = Some(&tell);
    let settings = Settings { year, as_of, threads: None, detail, lines: None, drawn, each_aside, languages: &languages, hash, headings };
    let mut checked = cohort::check(session, loaded, (&files, &selection), (&settings, &mut Quarantine::default(), Lines::default()))?;
    let (set_aside, counts) = (set_aside(session, &mut checked)?, checked.counts());
    let run = Run {
        about: About { rulebook: &loaded.rulebook, sources: &session.sources, files: &checked.names, languages: &languages, year, as_of },
        counts,
        findings: checked.findings.in_order().0,
        elapsed: Duration::ZERO,
        fingerprints: Fingerprints::default(),
    };
    Ok(snapshot(&run, &set_aside))
}

/// A block for each record that could not be read, and for each student on whom the engine failed.
fn set_aside(session: &mut Session, checked: &mut Checked) -> Result<Vec<String>, Stop> {
    let mut blocks = Vec::new();
    checked.aside.each_told(|block| blocks.push(block.to_owned())).map_err(|error| session.stop(unkept(&error)))?;
    blocks.extend(checked.failed.iter().map(|failed| format!("{}, engine: failed\n    {}", failed.student, failed.reason)));
    Ok(blocks)
}

/// A record that could not be read; its file as the project names it.
fn aside(project: &Project, set_aside: &SetAside, names: &[String]) -> String {
    let number = set_aside.file as usize;
    let file = project.settings.students.get(number).or_else(|| names.get(number)).map_or("", String::as_str);
    format!("{file}, line {}: set aside, column {}\n    {}", set_aside.line, set_aside.column, set_aside.problem)
}

/// The dossiers that examples name, together in one batch.
pub(crate) fn dossiers_of_examples(session: &mut Session, (project, loaded): (&Project, &Loaded), year: i32) -> Result<Batch, Stop> {
    let files = if project.settings.students.is_empty() { Vec::new() } else { project.students(session, &[])? };
    let named = loaded.rulebook.examples.iter().filter_map(|example| example.dossier.as_ref());
    let students: BTreeSet<&str> = named.map(|label| label.value.as_str()).collect();
    find::together(session, (loaded, year), (&files, &project.settings.headings), &students)
}
