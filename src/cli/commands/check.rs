//! `ispect check`: every dossier against the regulations.

use std::time::Instant;

use crate::cli::arguments::{CheckArguments, FailOn, Format, Global};
use crate::cli::cohort::{self, Checked, Quarantine, Selection, Settings, aside, say_aside};
use crate::cli::commands::statistics;
use crate::cli::console::ToFile;
use crate::cli::input::{self, RecordsHash};
use crate::cli::problems::AskedProblem;
use crate::cli::project::load::{self, Loaded, Texts};
use crate::cli::project::{AsOf, Project};
use crate::cli::results::books::Content;
use crate::cli::results::{Lines, Stream, books, framed, unkept};
use crate::cli::session::{Outcome, Session, Stop};
use crate::problems::Manner;
use crate::report::{self, About, Detail, Drawn, Fingerprints, Frame, Languages, LineFormat, Run, Table};
use crate::verdicts::Tally;

/// Read, judge, report.
pub(crate) fn run(session: &mut Session, global: &Global, asked: &CheckArguments) -> Result<Outcome, Stop> {
    session.manner = problem_manner(asked.format);
    let began = Instant::now();
    books::refuse(session, asked)?;
    let project = Project::find(session, global)?;
    let year = project.academic_year(session, &asked.when)?;
    let as_of = project.as_of(&asked.when);
    let files = project.students(session, &asked.students)?;
    let loaded = load::load(session, &project)?;
    let selection = Selection::new(session, asked, &loaded)?;
    let languages = Languages::new(&loaded.rulebook.regulation.languages, asked.language.map(Into::into));
    let settings = Settings {
        year,
        as_of: as_of.day(),
        threads: asked.threads,
        detail: detail(asked.format),
        lines: lines(asked.format),
        drawn: if asked.student.is_empty() { Drawn::FirstFew } else { Drawn::All },
        each_aside: if session.manner == Some(Manner::Concise) { Some(&aside::line) } else { None },
        languages: &languages,
        hash: if matches!(asked.format, Format::Json | Format::Parquet | Format::Xlsx) { RecordsHash::Wanted } else { RecordsHash::NotWanted },
        headings: &project.settings.headings,
    };
    let apart = project.apart(session, (&files, &asked.students))?;
    asked.output.as_ref().map_or(Ok(()), |output| apart.keep(session, (output, output)))?;
    let result = Stream::open(session, asked.output.as_deref())?;
    let mut quarantine = Quarantine::open(session, asked, apart)?;
    let early = settings.lines.and_then(Frame::known).and_then(|frame| result.early(frame.above));
    let mut checked = cohort::check(session, &loaded, (&files, &selection), (&settings, &mut quarantine, Lines::new(early)))?;
    session.say_problems();
    say_aside(session, &mut checked)?;
    quarantine.stop_on_too_many(session, &checked)?;
    refuse_nothing(session, &checked, &selection)?;
    say_day(session, as_of);
    let (counts, fingerprints) = (checked.counts(), fingerprints(&loaded, (&checked, settings.hash)));
    let (findings, table) = checked.findings.in_order();
    let run = Run {
        about: About {
            rulebook: &loaded.rulebook,
            sources: &session.sources,
            files: &checked.names,
            languages: &languages,
            year,
            as_of: as_of.day(),
        },
        counts,
        fingerprints,
        findings,
        elapsed: began.elapsed(),
    };
    let frame = match settings.lines {
        Some(format) => Frame::of_lines(format, &run, checked.lines.count()),
        None => Frame::of_text(drawn(session, &run, (asked, settings.drawn, &table))),
    };
    let beside = beside(&run, (asked, &checked.tallies));
    let outcome = outcome(&run, asked.fail_on);
    let content = books::content(asked.format, &run, checked.lines);
    let content = content.map_err(|error| session.stop(unkept(&error)))?;
    put(session, (result, quarantine), (&frame, content))?;
    session.console.say(&beside);
    Ok(outcome)
}

/// Both files are whole before either is in its place.
fn put(session: &mut Session, (mut result, mut quarantine): (Stream, Quarantine), (frame, content): (&Frame, Content)) -> Result<(), Stop> {
    quarantine.make_whole(session)?;
    match content {
        Content::Lines(lines) => framed::put(session, &mut result, (lines, frame))?,
        Content::Book(book) => books::put(session, &mut result, book)?,
    }
    result.make_whole(session)?;
    quarantine.finish(session)?;
    result.finish(session)
}

/// How much a format says.
fn detail(format: Format) -> Detail {
    match format {
        Format::Text => Detail::Drawn,
        Format::Concise | Format::Plain => Detail::Told,
        Format::Json | Format::Jsonl | Format::Csv | Format::Parquet | Format::Xlsx => Detail::Lines,
    }
}

/// The formats that make lines of findings.
fn lines(format: Format) -> Option<LineFormat> {
    match format {
        Format::Text => None,
        Format::Concise => Some(LineFormat::Concise),
        Format::Plain => Some(LineFormat::Plain),
        Format::Json => Some(LineFormat::Json),
        Format::Jsonl => Some(LineFormat::Jsonl),
        Format::Csv => Some(LineFormat::Csv),
        Format::Parquet | Format::Xlsx => books::lines(),
    }
}

/// How problems are drawn beside findings in this format.
fn problem_manner(format: Format) -> Option<Manner> {
    match format {
        Format::Plain => Some(Manner::Told),
        Format::Concise => Some(Manner::Concise),
        Format::Text | Format::Json | Format::Jsonl | Format::Csv | Format::Parquet | Format::Xlsx => None,
    }
}

/// Nothing read is an error and not a pass; so is a student whom nobody has read.
fn refuse_nothing(session: &mut Session, checked: &Checked, selection: &Selection) -> Result<(), Stop> {
    for student in selection.students.iter().filter(|student| !checked.found.contains(student.as_str())) {
        session.add(AskedProblem::UnknownStudent { name: student.clone() });
    }
    if checked.is_empty() && selection.is_everybody() {
        if checked.aside.count() > 0 {
            // Each file without a record has been named.
            return Err(Stop);
        }
        session.add(AskedProblem::EmptyInput);
    }
    session.stop_on_errors()
}

fn say_day(session: &Session, as_of: AsOf) {
    if let AsOf::Today(day) = as_of {
        session.console.say(&format!("ispect: no day of the check was given; it is today, {day}\n"));
    }
}

/// What everything was read from, where somebody wants to know.
fn fingerprints(loaded: &Loaded, (checked, wanted): (&Checked, RecordsHash)) -> Fingerprints {
    if wanted == RecordsHash::NotWanted {
        return Fingerprints::default();
    }
    let hash = |texts: &Texts| input::hash(texts.iter().map(|(_, text)| text.as_bytes()));
    Fingerprints { regulations: hash(&loaded.regulations), catalogue: hash(&loaded.documents), records: checked.records_hash.clone() }
}

/// The report for people.
fn drawn(session: &Session, run: &Run<'_>, (asked, drawn, table): (&CheckArguments, Drawn, &Table)) -> String {
    let to_file = if asked.output.is_some() { ToFile::Yes } else { ToFile::No };
    report::text(run, session.console.result_pen(to_file), (drawn, table))
}

/// The statistics, and the last line where the format has no room for it.
fn beside(run: &Run<'_>, (asked, tallies): (&CheckArguments, &[Tally])) -> String {
    let mut text = if asked.statistics { statistics::table(run, tallies) } else { String::new() };
    if !matches!(asked.format, Format::Text | Format::Plain) || asked.output.is_some() {
        text.push_str(&run.last_line());
        text.push('\n');
    }
    text
}

fn outcome(run: &Run<'_>, fail_on: FailOn) -> Outcome {
    let failing = fail_on.severity().is_some_and(|severity| run.has_findings_at(severity));
    match (failing, run.is_incomplete()) {
        (true, _) => Outcome::Findings,
        (false, true) => Outcome::Incomplete,
        (false, false) => Outcome::Clean,
    }
}
