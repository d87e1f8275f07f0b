//! `ispect explain`: a problem code, a check, or why a student got a verdict.

use std::time::Duration;

use crate::cli::arguments::{ExplainArguments, Global};
use crate::cli::cohort::find::{self, Found};
use crate::cli::cohort::{Reported, find_check, meant_check};
use crate::cli::console::ToFile;
use crate::cli::problems::AskedProblem;
use crate::cli::project::Project;
use crate::cli::project::load::{self, Loaded};
use crate::cli::results;
use crate::cli::session::{Outcome, Session, Stop};
use crate::problems::{codes, nearest, page_of};
use crate::report::{About, Counts, Detail, Fingerprints, Languages, Run, Speaker, explained, rule, words};
use crate::rulebook::CheckId;
use crate::verdicts::explain::{self, Overrides};
use crate::verdicts::{Context, Tally};

/// Explain what was named.
pub(crate) fn run(session: &mut Session, global: &Global, asked: &ExplainArguments) -> Result<Outcome, Stop> {
    if asked.what.contains("::") {
        return code(session, &asked.what);
    }
    let project = Project::find(session, global)?;
    let loaded = load::load(session, &project)?;
    let languages = Languages::new(&loaded.rulebook.regulation.languages, asked.language.map(Into::into));
    if let Some(check) = loaded.rulebook.find_check(&asked.what) {
        let text = rule(&loaded.rulebook, &session.sources, check, languages.reader);
        results::write(session, None, &text)?;
        return Ok(Outcome::Clean);
    }
    student(session, (&project, &loaded), asked, &languages)
}

/// The page of a problem code.
fn code(session: &mut Session, code: &str) -> Result<Outcome, Stop> {
    let Some(page) = page_of(code) else {
        let help = nearest(code, codes()).map_or_else(|| "a code is what a problem begins with".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(session.stop(AskedProblem::UnknownSubject { name: code.to_owned(), help }));
    };
    results::write(session, None, page)?;
    Ok(Outcome::Clean)
}

fn student(session: &mut Session, (project, loaded): (&Project, &Loaded), asked: &ExplainArguments, languages: &Languages) -> Result<Outcome, Stop> {
    let year = project.academic_year(session, &asked.when)?;
    let as_of = project.as_of(&asked.when).day();
    let checks: Vec<CheckId> = match &asked.check {
        Some(name) => vec![find_check(session, &loaded.rulebook, name)?],
        None => (0..).map(CheckId).take(loaded.rulebook.checks.len()).collect(),
    };
    let files = project.students(session, &[])?;
    let (found, names) = find::student(session, (loaded, year), (&files, &project.settings.headings), &asked.what)?;
    let (batch, row) = match found {
        Found::Dossier(batch, row) => (batch, row),
        Found::SetAside(set_aside) => {
            let name = names.get(set_aside.file as usize).map_or("", String::as_str);
            let problem = set_aside.problem(name, &mut session.sources);
            session.problems.push(problem);
            return if set_aside.problem.refuses() { Err(Stop) } else { Ok(Outcome::Incomplete) };
        }
        Found::Nobody => return Err(nobody(session, loaded, asked)),
    };
    let context = Context { rulebook: &loaded.rulebook, catalogue: &loaded.catalogue, batch: &batch, year, as_of };
    let run = Run {
        about: About { rulebook: &loaded.rulebook, sources: &session.sources, files: &names, languages, year, as_of },
        findings: Vec::new(),
        counts: Counts::default(),
        elapsed: Duration::ZERO,
        fingerprints: Fingerprints::default(),
    };
    let which = if asked.check.is_some() { Reported::AllVerdicts } else { Reported::Findings };
    let text = verdicts(session, &run, &context, (row, &checks, which));
    results::write(session, None, &text)?;
    Ok(Outcome::Clean)
}

/// Each finding of the student with its tree; of a check that was named, each verdict.
fn verdicts(session: &Session, run: &Run<'_>, context: &Context<'_>, (student, checks, which): (u32, &[CheckId], Reported)) -> String {
    let pen = session.console.result_pen(ToFile::No);
    let speaker = Speaker::new(*context, &session.sources, run.languages, Detail::Drawn);
    let (mut text, mut tally) = (String::new(), Tally::default());
    for check in checks {
        for subject in explain::subjects(context, *check, student) {
            let (judgement, traces) = explain::explain(context, *check, subject, &Overrides::default());
            tally.add(judgement.verdict.kind(), 1);
            if which == Reported::AllVerdicts || judgement.verdict.kind().is_finding() {
                text.push_str(&explained(run, (speaker, pen), &judgement, &traces));
                text.push('\n');
            }
        }
    }
    text.push_str(&words::verdicts_counted(run.reader(), tally));
    text.push('\n');
    text
}

fn nobody(session: &mut Session, loaded: &Loaded, asked: &ExplainArguments) -> Stop {
    let near = meant_check(&loaded.rulebook, &asked.what);
    let help =
        near.map_or_else(|| "students are named by their number, as in the record".to_owned(), |near| format!("did you mean the check `{near}`?"));
    session.stop(AskedProblem::UnknownSubject { name: asked.what.clone(), help })
}
