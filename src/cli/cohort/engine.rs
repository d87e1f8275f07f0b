//! Judging a cohort: the catalogue once, then the files block by block on all threads; only findings and counts stay.

use std::ops::ControlFlow;
use std::path::PathBuf;

use tempfile::SpooledTempFile;

use crate::cli::cohort::checked::Checked;
use crate::cli::cohort::judging::Judging;
use crate::cli::cohort::quarantine::Quarantine;
use crate::cli::cohort::selection::Selection;
use crate::cli::cohort::settings::Settings;
use crate::cli::input;
use crate::cli::problems::{FileProblem, ProjectProblem};
use crate::cli::progress::Bar;
use crate::cli::project::load::Loaded;
use crate::cli::results::{Lines, unkept};
use crate::cli::session::{Session, Stop};
use crate::records::{Headings, Reading, Students, Undeclared};
use crate::report::{About, Spoken, programme_of};
use crate::verdicts::in_parallel::{self, BlockJudged, Cohort};
use crate::verdicts::plan::Plan;
use crate::verdicts::{Context, Judgement, SubjectRow};

/// So many bytes of names of students that are no numbers stay in memory.
const NAMES_IN_MEMORY: usize = 1 << 20;

/// Judge the catalogue, and every dossier of the files.
pub(crate) fn check(
    session: &mut Session,
    loaded: &Loaded,
    (files, selection): (&[PathBuf], &Selection),
    (settings, quarantine, lines): (&Settings<'_>, &mut Quarantine, Lines),
) -> Result<Checked, Stop> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads.unwrap_or(0)).build();
    let pool = pool.map_err(|error| session.stop(FileProblem::NoThreads { reason: error.to_string().to_lowercase() }))?;
    let opened = input::open(session, files, settings.headings, settings.hash)?;
    let bar = Bar::of_bytes(session.console, opened.size, settings.languages.reader);
    let plan = Plan::compile(&loaded.rulebook, &loaded.catalogue, (settings.year, settings.as_of), &selection.checks);
    let reading = Reading::new(&loaded.catalogue, loaded.rulebook.regulation.time_zone, settings.year);
    let names = opened.names.clone();
    let Settings { languages, year, as_of, .. } = *settings;
    let about = About { rulebook: &loaded.rulebook, sources: &session.sources, files: &names, languages, year, as_of };
    let mut checked = Checked::new(settings.drawn, lines);
    let last = checked.findings.last();
    let judging = Judging { loaded, selection, settings, about, last: &last };
    let of_programmes = |context: &Context<'_>, row: SubjectRow| selection.has_programme(programme_of(context, row));
    let cohort = Cohort {
        rulebook: &loaded.rulebook,
        reading: &reading,
        plan: &plan,
        file_names: &names,
        students: &selection.students,
        rows: if selection.programmes.is_empty() { None } else { Some(&of_programmes) },
        told: selection.reported.into(),
        tell: &|context: &Context<'_>, judgement: &Judgement, told: &mut Vec<Spoken>| judging.tell(context, judgement, told),
    };
    let (hash, notes) = (opened.hash.clone(), opened.notes.clone());
    pool.install(|| {
        let read = (opened.cuts(), Students::new(Box::new(SpooledTempFile::new(NAMES_IN_MEMORY))));
        in_parallel::run(&cohort, read, &mut |mut judged: BlockJudged<Spoken>| {
            bar.advance(judged.bytes);
            let onward = quarantine.keep(&mut judged, &names);
            checked.take(judged, (settings.each_aside, &names));
            bar.say(|elapsed| checked.counts().so_far(languages.reader, elapsed));
            if checked.unkept.is_some() { ControlFlow::Break(()) } else { onward }
        });
        // Last, as in every report.
        checked.take(judging.catalogue(), (None, &[]));
    });
    checked.records_hash = hash.finish();
    bar.finish();
    refuse(session, &mut checked, &names)?;
    refuse_unmapped(session, &checked.undeclared, settings.headings)?;
    quarantine.stop_on_faults(session)?;
    if let Some(error) = checked.unkept.take() {
        return Err(session.stop(unkept(&error)));
    }
    notes.take().into_iter().for_each(|note| session.add(note));
    checked.names = names;
    Ok(checked)
}

/// Nothing is told of records of which a field is missing that somebody says is there.
pub(crate) fn refuse_unmapped(session: &mut Session, undeclared: &Undeclared, headings: &Headings) -> Result<(), Stop> {
    for (subject, field, _) in undeclared.fields() {
        if let Some((table, name)) = headings.unread(subject, field) {
            session.add(ProjectProblem::NotMapped { field: format!("{}.{field}", subject.word()), table, name: name.to_owned() });
        }
    }
    session.stop_on_errors()
}

/// Nothing is told of records of which nothing can be trusted.
fn refuse(session: &mut Session, checked: &mut Checked, names: &[String]) -> Result<(), Stop> {
    let refused = checked.aside.refused();
    for set_aside in &refused {
        let name = names.get(set_aside.file as usize).map_or("", String::as_str);
        let problem = set_aside.problem(name, &mut session.sources);
        session.console.problems(&[problem], &session.sources, session.manner);
    }
    if refused.is_empty() { Ok(()) } else { Err(Stop) }
}
