//! `ispect test`: the examples in the rules, and the findings of the whole world against the snapshot beside it.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _};
use std::path::{Path, PathBuf};

use crate::cli::arguments::{Global, TestArguments};
use crate::cli::commands::world;
use crate::cli::console::ToFile;
use crate::cli::problems::AskedProblem;
use crate::cli::project::Project;
use crate::cli::project::load::{self, Loaded};
use crate::cli::results::unwritable;
use crate::cli::session::{Outcome, Session, Stop};
use crate::cli::{input, paths, results};
use crate::examples::{self, Setting};
use crate::report::words::{self, Counted};
use crate::report::{Difference, Languages, differences, taken};

/// The findings of a world, beside its `ispect.toml`.
const SNAPSHOT: &str = "expected-findings.txt";

/// Run both; a failure is the result, so it goes to stdout.
pub(crate) fn run(session: &mut Session, global: &Global, asked: &TestArguments) -> Result<Outcome, Stop> {
    let project = Project::find(session, global)?;
    let loaded = load::load(session, &project)?;
    let examples = run_examples(session, (&project, &loaded), asked)?;
    let world = if project.settings.students.is_empty() { None } else { Some(compare(session, (&project, &loaded), asked)?) };
    if asked.fail_on_empty && examples.count == 0 && world.as_ref().is_none_or(|world| world.expected.is_none()) {
        return Err(session.stop(AskedProblem::NothingToTest));
    }
    let language = Languages::new(&loaded.rulebook.regulation.languages, None).reader;
    let mut text = examples.drawn;
    text.push_str(&world.as_ref().map(|world| world.told(session, &loaded)).unwrap_or_default());
    let count = |number: usize, what| words::counted(language, u64::try_from(number).unwrap_or(u64::MAX), what);
    let differing = world.as_ref().map_or(0, |world| world.left.len());
    let failures = count(examples.failures + differing, Counted::Failures);
    let summary = world.map(|world| world.summary()).unwrap_or_default();
    text.extend([count(examples.count, Counted::Examples), ", ".to_owned(), failures, summary, "\n".to_owned()]);
    results::write(session, None, &text)?;
    Ok(if examples.failures + differing > 0 { Outcome::Findings } else { Outcome::Clean })
}

/// What came of the examples.
struct Examples {
    count: usize,
    failures: usize,
    drawn: String,
}

fn run_examples(session: &mut Session, (project, loaded): (&Project, &Loaded), asked: &TestArguments) -> Result<Examples, Stop> {
    let year = asked.when.academic_year.or(project.settings.academic_year);
    let batch = match year.filter(|_| loaded.rulebook.examples.iter().any(|example| example.dossier.is_some())) {
        Some(year) => Some((world::dossiers_of_examples(session, (project, loaded), year)?, year)),
        None => None,
    };
    let world = batch.as_ref().map(|(batch, year)| (batch, *year));
    let setting = Setting { rulebook: &loaded.rulebook, catalogue: &loaded.catalogue, sources: &session.sources, world };
    let outcomes = examples::run(&setting);
    let pen = session.console.result_pen(ToFile::No);
    let (count, mut failures, mut drawn) = (outcomes.len(), 0, String::new());
    for outcome in outcomes.into_iter().filter(|outcome| !outcome.is_kept()) {
        let problems = outcome.failures.sorted(|id| session.sources.name(id).to_owned());
        failures += 1;
        drawn.push_str(&pen.draw_problems(&problems, &session.sources));
    }
    Ok(Examples { count, failures, drawn })
}

/// The world's snapshot, and what differs from it.
struct Compared {
    file: PathBuf,
    /// Nothing where no snapshot was taken yet.
    expected: Option<String>,
    /// Differences that nobody took.
    left: Vec<Difference>,
    written: Written,
}

/// Whether the snapshot was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Yes,
    No,
}

fn compare(session: &mut Session, (project, loaded): (&Project, &Loaded), asked: &TestArguments) -> Result<Compared, Stop> {
    let found = world::findings(session, (project, loaded), &asked.when)?;
    let file = project.folder.join(SNAPSHOT);
    let expected = if file.is_file() { Some(input::read_text(session, &file)?.1.to_string()) } else { None };
    let old = expected.as_deref().unwrap_or("");
    let differing = differences(old, &found);
    let chosen: BTreeSet<String> = if asked.accept {
        differing.iter().map(|difference| difference.about.clone()).collect()
    } else if asked.review {
        review(session, &differing)
    } else {
        BTreeSet::new()
    };
    let left: Vec<Difference> = differing.into_iter().filter(|difference| !chosen.contains(&difference.about)).collect();
    let new = if asked.accept { found } else { taken(old, &found, &chosen) };
    let changed = (asked.accept || !chosen.is_empty()) && expected.as_deref() != Some(new.as_str());
    if changed {
        write(session, &file, &new)?;
    }
    let left = if expected.is_none() && !changed { Vec::new() } else { left };
    Ok(Compared { file, expected, left, written: if changed { Written::Yes } else { Written::No } })
}

/// Ask about each difference; what stdin answers `y` to is taken.
fn review(session: &Session, differing: &[Difference]) -> BTreeSet<String> {
    let mut answers = io::stdin().lock().lines();
    let mut chosen = BTreeSet::new();
    for (index, difference) in differing.iter().enumerate() {
        session.console.say(&format!("{}take it ({} of {})? [y]es, [n]o, [q]uit: ", told(difference), index + 1, differing.len()));
        match answers.next().and_then(Result::ok).as_deref().map(str::trim) {
            Some("y" | "yes") => {
                chosen.insert(difference.about.clone());
            }
            Some("q" | "quit") | None => break,
            Some(_) => {}
        }
    }
    session.console.say("\n");
    chosen
}

fn write(session: &mut Session, file: &Path, text: &str) -> Result<(), Stop> {
    results::write_file(file, text).map_err(|error| session.stop(unwritable(paths::shown(file), &error)))
}

/// What was expected with a minus before each line, what is found with a plus; a line that both have is context.
fn told(difference: &Difference) -> String {
    let lines = |blocks: &[String]| blocks.join("\n");
    let (expected, found) = (lines(&difference.expected), lines(&difference.found));
    let diff = similar::TextDiff::from_lines(&expected, &found);
    let sign = |tag: similar::ChangeTag| match tag {
        similar::ChangeTag::Equal => ' ',
        similar::ChangeTag::Delete => '-',
        similar::ChangeTag::Insert => '+',
    };
    let lines = diff.iter_all_changes().map(|change| format!("{} {}", sign(change.tag()), change.value().trim_end_matches('\n')));
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

impl Compared {
    /// Each difference that is left, with the place of its rule.
    fn told(&self, session: &Session, loaded: &Loaded) -> String {
        let place = |difference: &Difference| {
            let check = difference.check().and_then(|name| loaded.rulebook.find_check(name))?;
            let span = loaded.rulebook.check(check).head;
            let (start, _) = session.sources.lines_of(span)?;
            Some(format!("  {}:{}:{}\n", session.sources.name(span.source), start.line, start.column))
        };
        self.left.iter().flat_map(|difference| [told(difference), place(difference).unwrap_or_default(), "\n".to_owned()]).collect()
    }

    fn summary(&self) -> String {
        let file = paths::shown(&self.file);
        match (self.written, &self.expected) {
            (Written::Yes, _) => format!("; {file} was written"),
            (Written::No, None) => format!("; there is no {file} yet, `ispect test --accept` takes one"),
            (Written::No, Some(_)) if self.left.is_empty() => format!("; the findings are those of {file}"),
            (Written::No, Some(_)) => format!("; the findings differ from {file}, `ispect test --review` asks about each"),
        }
    }
}
