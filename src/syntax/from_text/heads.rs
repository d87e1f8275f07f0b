//! The heads of declarations, and the lines of regulations, calendars and articles.

use super::builder::{Builder, Node, Parts, words_of};
use super::grammar::Rule;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{CalendarItem, CheckKind, Dates, Define, InLanguage, MonthMode, RegulationDefault, SectionKind, Word};

/// A declaration up to its brace.
pub(super) enum Head {
    Regulation { id: Word, title: Option<Word> },
    Calendar { year: Spanned<i32> },
    Section { kind: SectionKind, number: Word, title: Option<Word> },
    Define(Box<Define>),
    Check { kind: CheckKind, name: Word },
    Programme { code: Word, name: Option<Word> },
    Background,
    Example { title: Word },
    Examples { check: Word },
}

/// A line that an article says of itself.
pub(super) enum SectionLine {
    Summary(InLanguage),
    Source(Word),
}

impl Builder<'_> {
    /// The parts of `edition_item`: the number as it is written.
    pub(super) fn edition(&mut self, parts: &mut Parts<'_>) -> Option<Word> {
        Some(self.word(&parts.next()?))
    }

    /// The parts of `declaration_item`.
    pub(super) fn head(&mut self, parts: &mut Parts<'_>) -> Option<Head> {
        let node = parts.next()?;
        let rule = node.as_rule();
        if rule == Rule::define {
            return self.define(node).map(|define| Head::Define(Box::new(define)));
        }
        let mut parts = Parts::of(node);
        Some(match rule {
            Rule::background_head => Head::Background,
            Rule::check => {
                let kind = check_kind(parts.next()?.as_rule());
                Head::Check { kind, name: self.word(&parts.next()?) }
            }
            Rule::section => {
                let kind = if parts.next()?.as_rule() == Rule::chapter { SectionKind::Chapter } else { SectionKind::Article };
                Head::Section { kind, number: self.text(parts.next()?), title: self.title(&mut parts) }
            }
            Rule::example_head => Head::Example { title: self.text(parts.next()?) },
            Rule::examples_head => Head::Examples { check: self.word(&parts.next()?) },
            Rule::programme_head => Head::Programme { code: self.code(parts.next()?), name: self.title(&mut parts) },
            Rule::regulation_head => Head::Regulation { id: self.word(&parts.next()?), title: self.title(&mut parts) },
            _ => Head::Calendar { year: self.academic_year(&parts.next()?)? },
        })
    }

    fn title(&mut self, parts: &mut Parts<'_>) -> Option<Word> {
        parts.optional(Rule::text).map(|title| self.text(title))
    }

    fn define(&mut self, node: Node<'_>) -> Option<Define> {
        let span = self.span(&node);
        let mut parts = Parts::of(node);
        let name = self.word(&parts.next()?);
        let subject = self.word(&parts.next()?);
        let declared = parts.optional(Rule::declared_type).and_then(|declared| Parts::of(declared).next()).map(|words| {
            let span = self.span(&words);
            Word::new(words_of(words), span)
        });
        let value = self.expression(parts.next()?)?;
        Some(Define { name, subject, declared, value, per: self.per(&mut parts), span })
    }

    /// The parts of `section_line_item`.
    pub(super) fn section_line(&mut self, parts: &mut Parts<'_>) -> Option<SectionLine> {
        let node = parts.next()?;
        match node.as_rule() {
            Rule::summary => self.in_language(node).map(SectionLine::Summary),
            _ => Some(SectionLine::Source(self.text(Parts::of(node).next()?))),
        }
    }

    /// The parts of `default_item`.
    pub(super) fn default(&mut self, parts: &mut Parts<'_>) -> Option<RegulationDefault> {
        let node = parts.next()?;
        let span = self.span(&node);
        let rule = node.as_rule();
        let mut parts = Parts::of(node);
        Some(match rule {
            Rule::issued_by => RegulationDefault::IssuedBy(self.text(parts.next()?)),
            Rule::in_force => RegulationDefault::InForce(self.years(parts.next()?)?),
            Rule::time_zone => RegulationDefault::TimeZone(self.text(parts.next()?)),
            Rule::languages => RegulationDefault::Languages(parts.map(|language| self.word(&language)).collect()),
            Rule::default_rounding => {
                let rounding = self.rounding(parts.next()?)?;
                RegulationDefault::Rounding { rounding, per: self.per(&mut parts), span }
            }
            Rule::months_default => {
                let mode = parts.next()?;
                RegulationDefault::Months(Spanned::new(month_mode(mode.as_rule()), self.span(&mode)))
            }
            _ => RegulationDefault::Source(self.text(parts.next()?)),
        })
    }

    /// The parts of `calendar_line_item`.
    pub(super) fn calendar_line(&mut self, parts: &mut Parts<'_>) -> Option<CalendarItem> {
        let node = parts.next()?;
        let span = self.span(&node);
        let rule = node.as_rule();
        let mut parts = Parts::of(node);
        Some(match rule {
            Rule::calendar_year => CalendarItem::Year { dates: self.dates(parts.next()?)?, span },
            Rule::calendar_semester => {
                let number = self.number(&parts.next()?)?;
                let title = self.title(&mut parts);
                CalendarItem::Semester { number, title, dates: self.dates(parts.next()?)?, span }
            }
            Rule::calendar_window => self.calendar_window(parts, span)?,
            Rule::calendar_holiday => {
                let days = parts.next()?;
                let dates = if days.as_rule() == Rule::dates {
                    self.dates(days)?
                } else {
                    let day = self.sum(days)?;
                    Dates { from: day.clone(), to: day }
                };
                CalendarItem::Holiday { dates, title: self.title(&mut parts), span }
            }
            Rule::calendar_day => CalendarItem::Day { name: self.word(&parts.next()?), date: self.sum(parts.next()?)?, span },
            _ => CalendarItem::WorkingWeek { from: self.weekday(&parts.next()?)?, to: self.weekday(&parts.next()?)?, span },
        })
    }

    fn calendar_window(&mut self, mut parts: Parts<'_>, span: Span) -> Option<CalendarItem> {
        let name = self.word(&parts.next()?);
        let semester = match parts.optional(Rule::integer) {
            None => None,
            Some(number) => Some(self.number(&number)?),
        };
        let dates = self.dates(parts.next()?)?;
        let decided_by = match parts.optional(Rule::decided_part) {
            None => None,
            Some(part) => Some(self.sum(Parts::of(part).next()?)?),
        };
        Some(CalendarItem::Window { name, semester, dates, decided_by, span })
    }

    fn dates(&mut self, node: Node<'_>) -> Option<Dates> {
        let mut parts = Parts::of(node);
        Some(Dates { from: self.sum(parts.next()?)?, to: self.sum(parts.next()?)? })
    }
}

fn check_kind(rule: Rule) -> CheckKind {
    match rule {
        Rule::rule_word => CheckKind::Rule,
        Rule::bound_word => CheckKind::Bound,
        Rule::deadline_word => CheckKind::Deadline,
        _ => CheckKind::Sequentiality,
    }
}

fn month_mode(rule: Rule) -> MonthMode {
    match rule {
        Rule::months_down => MonthMode::RoundDown,
        Rule::months_up => MonthMode::RoundUp,
        _ => MonthMode::Refuse,
    }
}
