//! `ispect generate`: students that nobody is, over a catalogue, with violations planted in some.

use crate::cli::arguments::{GenerateArguments, Global};
use crate::cli::input;
use crate::cli::problems::{AskedProblem, FileProblem, ProjectProblem};
use crate::cli::progress::Bar;
use crate::cli::project::load::{self, Texts};
use crate::cli::project::{Project, SETTINGS};
use crate::cli::results::{Read, Stream};
use crate::cli::session::{Outcome, Session, Stop};
use crate::generate::{Cohort, Counts, Lines, Order, Setting, last_day};
use crate::records::{Catalogue, year_text};
use crate::rulebook::{CheckId, Rulebook};

/// Blocks of students that each thread gets at a time.
const BLOCKS_EACH: u64 = 2;

/// Make the cohort, write it, and say what is in it.
pub(crate) fn run(session: &mut Session, global: &Global, asked: &GenerateArguments) -> Result<Outcome, Stop> {
    let project = project(session, global, asked)?;
    let documents = documents(session, project.as_ref(), asked)?;
    let mut catalogue = load::catalogue(session, &documents);
    let rulebook = rules(session, project.as_ref(), &mut catalogue)?;
    session.stop_on_errors()?;
    session.say_problems();
    let year = year(session, project.as_ref(), (asked, &catalogue))?;
    let said = asked.as_of.or_else(|| project.as_ref().and_then(|project| project.settings.as_of));
    let as_of = said.unwrap_or_else(|| last_day(rulebook.as_ref(), year));
    let setting = Setting { rulebook: rulebook.as_ref(), catalogue: &catalogue, year, as_of };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(asked.threads.unwrap_or(0)).build();
    let pool = pool.map_err(|error| session.stop(FileProblem::NoThreads { reason: error.to_string().to_lowercase() }))?;
    pool.install(|| {
        let order = Order { seed: asked.seed, planted: asked.violations };
        let cohort = Cohort::new(setting, order).ok_or_else(|| session.stop(AskedProblem::NoProgrammes { year: year_text(year) }))?;
        let counts = write(session, &cohort, asked)?;
        let told = Told { rulebook: rulebook.as_ref(), cohort: &cohort, counts };
        session.console.say(&told.text(setting));
        Ok(Outcome::Clean)
    })
}

/// The project; none is needed where a catalogue is named.
fn project(session: &mut Session, global: &Global, asked: &GenerateArguments) -> Result<Option<Project>, Stop> {
    let here = std::env::current_dir().unwrap_or_default();
    let is_in_one = global.project.is_some() || here.ancestors().any(|folder| folder.join(SETTINGS).is_file());
    if asked.catalogue.is_empty() || is_in_one { Project::find(session, global).map(Some) } else { Ok(None) }
}

fn documents(session: &mut Session, project: Option<&Project>, asked: &GenerateArguments) -> Result<Texts, Stop> {
    match project {
        Some(project) if asked.catalogue.is_empty() => load::catalogue_texts(session, project),
        _ => input::read_texts(session, &asked.catalogue),
    }
}

fn rules(session: &mut Session, project: Option<&Project>, catalogue: &mut Catalogue) -> Result<Option<Rulebook>, Stop> {
    let Some(project) = project else { return Ok(None) };
    let texts = load::regulation_texts(session, project, &[])?;
    Ok(load::compiled(session, &texts, catalogue))
}

/// The year that is asked for, else that of the project, else the latest of the catalogue.
fn year(session: &mut Session, project: Option<&Project>, (asked, catalogue): (&GenerateArguments, &Catalogue)) -> Result<i32, Stop> {
    let said = asked.academic_year.or_else(|| project.and_then(|project| project.settings.academic_year));
    let latest = catalogue.years.last().copied().filter(|_| project.is_none());
    said.or(latest).ok_or_else(|| session.stop(ProjectProblem::NoAcademicYear))
}

/// The lines, block by block, as they are made.
fn write(session: &mut Session, cohort: &Cohort<'_>, asked: &GenerateArguments) -> Result<Counts, Stop> {
    let mut dossiers = Stream::open(session, asked.output.as_deref())?;
    let mut expected = asked.expected.as_deref().map(|file| Stream::open(session, Some(file))).transpose()?;
    let bar = Bar::of_students(session.console, asked.students);
    let mut counts = Counts::default();
    let together = u64::try_from(rayon::current_num_threads()).unwrap_or(1) * BLOCKS_EACH;
    'all: for blocks in cohort.blocks(asked.students, together) {
        for Lines { dossiers: lines, expected: findings, counts: of_block } in blocks {
            if dossiers.write(session, &lines)? == Read::Enough {
                break 'all;
            }
            if let Some(expected) = &mut expected {
                expected.write(session, findings.as_bytes())?;
            }
            bar.advance(of_block.students);
            counts.add(of_block);
        }
    }
    bar.finish();
    dossiers.finish(session)?;
    expected.map_or(Ok(()), |expected| expected.finish(session))?;
    Ok(counts)
}

/// What is told beside the lines.
struct Told<'t> {
    rulebook: Option<&'t Rulebook>,
    cohort: &'t Cohort<'t>,
    counts: Counts,
}

impl Told<'_> {
    fn text(&self, setting: Setting<'_>) -> String {
        let Counts { students, planted, idle, findings } = self.counts;
        let year = year_text(setting.year);
        let what = match self.rulebook {
            Some(_) => format!(": {planted} with a planted violation, {findings} findings expected"),
            None => "; there are no rules here, so nothing was judged and nothing planted".to_owned(),
        };
        let mut lines = vec![format!("{students} students of {year}, as known on {}{what}", setting.as_of)];
        if idle > 0 {
            lines.push(format!("{idle} of them have no enrolment in {year}: no dossier drawn for them was without findings"));
        }
        lines.extend(self.checks());
        lines.join("\n") + "\n"
    }

    /// What could not be planted, and why; nothing is left out silently.
    fn checks(&self) -> Vec<String> {
        let (Some(rulebook), Some(rehearsal)) = (self.rulebook, self.cohort.rehearsal()) else { return Vec::new() };
        if rehearsal.broken.is_empty() && rehearsal.unbroken.is_empty() {
            return Vec::new();
        }
        let name = |check: &CheckId| rulebook.check(*check).name.as_str();
        let names = |checks: &mut dyn Iterator<Item = &CheckId>| checks.map(name).collect::<Vec<_>>().join(", ");
        let mut lines = Vec::new();
        for (check, why) in &rehearsal.unbroken {
            lines.push(format!("could not plant: {} ({})", name(check), why.words()));
        }
        for broken in rehearsal.broken.iter().filter(|broken| !broken.company.is_empty()) {
            lines.push(format!("never alone: {} comes with {}", name(&broken.check()), names(&mut broken.company.iter())));
        }
        let of_catalogue = rulebook.checks.iter().filter(|check| check.subject.is_of_catalogue()).map(|check| check.name.as_str());
        let of_catalogue: Vec<&str> = of_catalogue.collect();
        if !of_catalogue.is_empty() {
            lines.push(format!("not about dossiers, so not planted: {}", of_catalogue.join(", ")));
        }
        lines
    }
}
