//! What all passes share: the texts, the catalogue, the problems, and what is known of the set so far.

use std::rc::Rc;

use miette::Diagnostic;
use rustc_hash::FxHashMap;

use crate::problems::Problems;
use crate::records::{Catalogue, CodeId};
use crate::rulebook::from_syntax::definitions::Headers;
use crate::rulebook::from_syntax::did_you_mean::did_you_mean;
use crate::rulebook::from_syntax::programme_units::ProgrammeUnits;
use crate::rulebook::problems::NameProblem;
use crate::rulebook::{Calendar, Regulation, YearRange};
use crate::source::{Sources, Span};
use crate::vocabulary::Subject;

/// The state of one compilation.
pub(super) struct Compiler<'a> {
    pub(super) sources: &'a Sources,
    pub(super) catalogue: &'a mut Catalogue,
    pub(super) problems: &'a mut Problems,
    pub(super) regulation: Regulation,
    /// In the order of their years.
    pub(super) calendars: Vec<Calendar>,
    pub(super) headers: Headers<'a>,
    /// The academic years for which the clause at hand is in force: the calendars of these must have what it asks for.
    pub(super) years: YearRange,
    /// The subjects of which a document of the catalogue lists codes.
    pub(super) listed: Vec<Subject>,
    /// The units of the programmes that lines were asked about, in a year or in all of them.
    pub(super) units: FxHashMap<(CodeId, Option<i32>), Option<Rc<ProgrammeUnits>>>,
    /// Names of checks that are declared but broken: nobody needs to be told to declare them.
    pub(super) undeclared_by_mistake: Vec<String>,
    /// Codes that the example at hand gives itself, known to it whatever the catalogue lists.
    pub(super) example_codes: Vec<(Subject, String)>,
}

impl Compiler<'_> {
    pub(super) fn report(&mut self, at: Span, problem: impl Diagnostic + Send + Sync + 'static) {
        self.problems.add(at, problem);
    }

    /// The code's number. Where a document lists codes of that subject, one that none lists is a problem.
    pub(super) fn code(&mut self, subject: Subject, code: &str, at: Span) -> Option<CodeId> {
        let given = self.example_codes.iter().any(|(known, name)| *known == subject && name == code);
        if self.listed.contains(&subject) && !given && !is_documented(self.catalogue, subject, code) {
            let codes = self.catalogue.codes(subject);
            let nearest = did_you_mean(code, codes.names().filter(|name| is_documented(self.catalogue, subject, name)));
            let help = nearest.unwrap_or_else(|| "correct the code, or add it to the catalogue".to_owned());
            self.report(at, NameProblem::UnknownCode { what: what_of(subject), code: code.to_owned(), at, help });
            return None;
        }
        Some(self.catalogue.code(subject, code))
    }

    /// The calendars of the years for which the clause at hand is in force.
    pub(super) fn calendars_in_force(&self) -> impl Iterator<Item = &Calendar> {
        self.calendars.iter().filter(|calendar| self.years.contains(calendar.year))
    }
}

/// Whether some year's document lists a code.
pub(super) fn is_documented(catalogue: &Catalogue, subject: Subject, code: &str) -> bool {
    let codes = catalogue.codes(subject);
    codes.find(code).is_some_and(|id| catalogue.years.iter().any(|year| codes.documented(id, *year).is_some()))
}

/// The subjects of which a document of the catalogue lists codes.
pub(super) fn listed_subjects(catalogue: &Catalogue) -> Vec<Subject> {
    let lists = |subject: &Subject| catalogue.codes(*subject).names().any(|code| is_documented(catalogue, *subject, code));
    [Subject::Programme, Subject::Course, Subject::Event, Subject::ClassGroup].into_iter().filter(lists).collect()
}

/// `isp.regs:12`
pub(super) fn place(sources: &Sources, span: Span) -> String {
    let line = sources.lines_of(span).map_or(1, |(start, _)| start.line);
    format!("{}:{line}", sources.name(span.source))
}

fn what_of(subject: Subject) -> &'static str {
    match subject {
        Subject::Course => "course unit",
        Subject::ClassGroup => "class group",
        other => other.word(),
    }
}

/// `2023-2024`
pub(super) fn year_text(year: i32) -> String {
    format!("{year}-{}", year.saturating_add(1))
}
