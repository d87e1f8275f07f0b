//! The one regulation of a set and the defaults that its checks inherit.

use crate::problems::Problems;
use crate::rulebook::from_syntax::compiler::{place, year_text};
use crate::rulebook::from_syntax::did_you_mean::did_you_mean;
use crate::rulebook::problems::{RegulationProblem, TypeProblem};
use crate::rulebook::{Regulation, Rounding, YearRange};
use crate::source::{Sources, Span};
use crate::syntax::ast;
use crate::vocabulary::dates::MonthRounding;
use crate::vocabulary::{Exact, Zone};

/// What stands where nothing is said: enough to go on and find all other problems.
pub(super) fn nothing_said() -> Regulation {
    Regulation {
        id: String::new(),
        title: String::new(),
        issued_by: None,
        in_force: YearRange::ALWAYS,
        time_zone: Zone::UTC,
        languages: Vec::new(),
        rounding: None,
        rounding_per: None,
        months: MonthRounding::Refuse,
    }
}

/// The regulation of the set; nothing where none is declared.
pub(super) fn regulation(declared: &[&ast::Regulation], sources: &Sources, problems: &mut Problems) -> Option<Regulation> {
    let (first, rest) = declared.split_first()?;
    for second in rest {
        let at = second.id.span;
        let first = format!("the other stands at {}", place(sources, first.id.span));
        problems.add(at, RegulationProblem::Twice { id: second.id.value.clone(), first, at });
    }
    let mut reader = Reader { regulation: nothing_said(), said: Vec::new(), problems };
    reader.regulation.id.clone_from(&first.id.value);
    reader.regulation.title = first.title.as_ref().map_or_else(|| first.id.value.clone(), |title| title.value.clone());
    for default in &first.defaults {
        reader.read(default);
    }
    reader.fill_gaps(first);
    Some(reader.regulation)
}

struct Reader<'p> {
    regulation: Regulation,
    said: Vec<&'static str>,
    problems: &'p mut Problems,
}

impl Reader<'_> {
    fn read(&mut self, default: &ast::RegulationDefault) {
        match default {
            ast::RegulationDefault::IssuedBy(by) => {
                self.once("issued by", by.span);
                self.regulation.issued_by = Some(by.value.clone());
            }
            ast::RegulationDefault::InForce(years) => {
                self.once("in force", years.span);
                self.regulation.in_force = year_range(years, self.problems);
            }
            ast::RegulationDefault::TimeZone(zone) => {
                self.once("time zone", zone.span);
                self.time_zone(zone);
            }
            ast::RegulationDefault::Languages(languages) => self.languages(languages),
            ast::RegulationDefault::Rounding { rounding: written, per, span } => {
                self.once("rounding", *span);
                self.regulation.rounding = rounding(written, self.problems);
                self.regulation.rounding_per = per.as_ref().map(|per| per.value.clone());
            }
            ast::RegulationDefault::Months(mode) => {
                self.once("months", mode.span);
                self.regulation.months = month_rounding(mode.value);
            }
            ast::RegulationDefault::Source(source) => self.once("source", source.span),
            ast::RegulationDefault::Junk(_) => self.said.extend(["time zone", "languages"]),
        }
    }

    fn once(&mut self, what: &'static str, at: Span) {
        if self.said.contains(&what) {
            self.problems.add(at, RegulationProblem::DefaultTwice { what, at });
        }
        self.said.push(what);
    }

    fn time_zone(&mut self, zone: &ast::Word) {
        if let Some(known) = Zone::named(&zone.value) {
            self.regulation.time_zone = known;
            return;
        }
        let nearest = did_you_mean(&zone.value, Zone::names().iter().map(String::as_str));
        let help = nearest.unwrap_or_else(|| "zones are named by continent and city: `Europe/Brussels`".to_owned());
        self.problems.add(zone.span, RegulationProblem::UnknownTimeZone { zone: zone.value.clone(), at: zone.span, help });
    }

    fn languages(&mut self, languages: &[ast::Word]) {
        if let Some(first) = languages.first() {
            self.once("languages", first.span);
        }
        for language in languages {
            if self.regulation.languages.contains(&language.value) {
                let at = language.span;
                self.problems.add(at, RegulationProblem::LanguageTwice { language: language.value.clone(), at });
            } else {
                self.regulation.languages.push(language.value.clone());
            }
        }
    }

    /// A time zone is never guessed: a deadline hangs on it.
    fn fill_gaps(&mut self, written: &ast::Regulation) {
        let at = written.id.span;
        if !self.said.contains(&"time zone") {
            let help = "add `time zone \"Europe/Brussels\"`: it decides on which day a moment falls";
            self.problems.add(at, RegulationProblem::MissingDefault { what: "time zone", at, help });
        }
        if !self.said.contains(&"languages") {
            let help = "add `languages en`: messages are given in each of them";
            self.problems.add(at, RegulationProblem::MissingDefault { what: "languages", at, help });
        }
        if self.regulation.languages.is_empty() {
            self.regulation.languages.push("en".to_owned());
        }
    }
}

fn month_rounding(mode: ast::MonthMode) -> MonthRounding {
    match mode {
        ast::MonthMode::RoundDown => MonthRounding::Down,
        ast::MonthMode::RoundUp => MonthRounding::Up,
        ast::MonthMode::Refuse => MonthRounding::Refuse,
    }
}

/// `from 2023-2024 until 2025-2026`
pub(super) fn year_range(years: &ast::Years, problems: &mut Problems) -> YearRange {
    let until = years.until.as_ref().map(|until| until.value);
    if let Some(until) = until.filter(|until| *until < years.from.value) {
        let (from, until, at) = (year_text(years.from.value), year_text(until), years.span);
        problems.add(at, RegulationProblem::YearsReversed { from, until, at });
    }
    YearRange { from: Some(years.from.value), until }
}

/// `half up to 0.5`
pub(super) fn rounding(written: &ast::Rounding, problems: &mut Problems) -> Option<Rounding> {
    let text = written.step.value.as_str();
    let step = if text == "whole" { Some(Exact::from_integer(1)) } else { Exact::parse(text) };
    let positive = step.filter(|step| !step.is_zero() && !step.is_negative());
    if positive.is_none() {
        let at = written.step.span;
        problems.add(at, TypeProblem::ImpossibleStep { step: written.step.value.clone(), at });
    }
    positive.map(|step| Rounding { direction: written.direction, step })
}
