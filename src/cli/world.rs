//! The world of a project for `ispect test`: its findings as a snapshot, and the dossiers that examples start from.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::cli::arguments::WhenArguments;
use crate::cli::engine::{self, Checked, Settings};
use crate::cli::find;
use crate::cli::fingerprint::RecordsHash;
use crate::cli::load::Loaded;
use crate::cli::project::Project;
use crate::cli::quarantine::Quarantine;
use crate::cli::selection::Selection;
use crate::cli::session::{Session, Stop};
use crate::records::Batch;
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
    let settings = Settings { year, as_of, threads: None, detail, lines: None, drawn, languages: &languages, hash, headings };
    let checked = engine::check(session, loaded, (&files, &selection), (&settings, &mut Quarantine::default()))?;
    let (set_aside, counts) = (set_aside(project, &checked), checked.counts());
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
fn set_aside(project: &Project, checked: &Checked) -> Vec<String> {
    let file = |number: u32| {
        let known = project.settings.students.get(number as usize).or_else(|| checked.names.get(number as usize));
        known.map_or("", String::as_str)
    };
    let records = checked.set_aside.iter().map(|set_aside| {
        let place = format!("{}, line {}", file(set_aside.file), set_aside.line);
        format!("{place}: set aside, column {}\n    {}", set_aside.column, set_aside.problem)
    });
    let failed = checked.failed.iter().map(|failed| format!("{}, engine: failed\n    {}", failed.student, failed.reason));
    records.chain(failed).collect()
}

/// The dossiers that examples name, together in one batch.
pub(crate) fn dossiers_of_examples(session: &mut Session, (project, loaded): (&Project, &Loaded), year: i32) -> Result<Batch, Stop> {
    let files = if project.settings.students.is_empty() { Vec::new() } else { project.students(session, &[])? };
    let named = loaded.rulebook.examples.iter().filter_map(|example| example.dossier.as_ref());
    let students: BTreeSet<&str> = named.map(|label| label.value.as_str()).collect();
    find::together(session, (loaded, year), (&files, &project.settings.headings), &students)
}
