//! `ispect lint`: compile the set, and say all that is wrong or doubtful in it.

use crate::cli::arguments::{Global, LintArguments, ProblemFormat};
use crate::cli::console::ToFile;
use crate::cli::project::{Project, load};
use crate::cli::results;
use crate::cli::session::{Outcome, Session, Stop};
use crate::lints::lint;
use crate::problems::{Manner, Pen};

/// The problems are the result, so they go to stdout. An error makes the set a broken one; less is a finding.
pub(crate) fn run(session: &mut Session, global: &Global, asked: &LintArguments) -> Result<Outcome, Stop> {
    let project = Project::find(session, global)?;
    let texts = load::regulation_texts(session, &project, &asked.files)?;
    let documents = load::catalogue_texts(session, &project)?;
    let mut catalogue = load::catalogue(session, &documents);
    let rulebook = load::compiled(session, &texts, &mut catalogue);
    if let Some(rulebook) = rulebook.filter(|_| !session.problems.has_errors()) {
        lint(&rulebook, &catalogue, &mut session.problems);
    }
    let outcome = match (session.problems.has_errors(), session.problems.is_empty()) {
        (true, _) => Outcome::Failed,
        (false, false) => Outcome::Findings,
        (false, true) => Outcome::Clean,
    };
    let problems = session.take_problems();
    let pen = session.console.result_pen(ToFile::No);
    let pen = manner(asked.format).map_or(pen, |manner| Pen { manner, ..pen });
    let drawn = pen.draw_problems(&problems, &session.sources);
    results::write(session, None, &drawn)?;
    Ok(outcome)
}

fn manner(format: ProblemFormat) -> Option<Manner> {
    match format {
        ProblemFormat::Text => None,
        ProblemFormat::Concise => Some(Manner::Concise),
        ProblemFormat::Plain => Some(Manner::Told),
    }
}
