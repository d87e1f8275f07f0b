//! What a check looks at: fields, lists, words, codes and days, through definitions and relations. It says where a change may make a difference; it does
//! not say which.

use std::collections::BTreeSet;

use crate::generate::institution::Setting;
use crate::records::{CodeId, TextId};
use crate::rulebook::{
    Bound, Check, Condition, Constant, DefinitionId, Demand, DemandKind, Due, Edge, Effect, Expression, ExpressionKind as Kind, Relation,
    Requirement, Rulebook, Side, SideChange, Term, WindowPart,
};
use crate::vocabulary::{Field, Link, List, Subject, dates, fields};

/// All that a check looks at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads {
    /// Fields of dossiers and of the catalogue.
    pub(crate) fields: BTreeSet<Field>,
    /// Rows of dossiers that are counted, sought or summed.
    pub(crate) rows: BTreeSet<Subject>,
    pub(crate) words: BTreeSet<String>,
    pub(crate) codes: Vec<(Subject, CodeId)>,
    /// Days of the calendar, and days that stand in the rule.
    pub(crate) days: BTreeSet<i32>,
    definitions: BTreeSet<u32>,
}

impl Reads {
    pub(crate) fn of(setting: Setting<'_>, rulebook: &Rulebook, check: &Check) -> Self {
        let mut reader = Reader { setting, rulebook, reads: Self::default() };
        reader.check(check);
        reader.reads
    }
}

struct Reader<'a> {
    setting: Setting<'a>,
    rulebook: &'a Rulebook,
    reads: Reads,
}

impl Reader<'_> {
    fn check(&mut self, check: &Check) {
        let conditions = check.condition.iter().chain(&check.judged_from);
        let needs = check.needs_decision.iter().map(|clause| &clause.condition);
        let allowed = check.may_be_allowed.iter().filter_map(|clause| clause.condition.as_ref());
        conditions.chain(needs).chain(allowed).for_each(|condition| self.expression(condition));
        for exception in &check.exceptions {
            self.expression(&exception.condition);
            self.effect(&exception.effect);
        }
        match &check.requirement {
            Some(Requirement::Condition(condition)) => self.expression(condition),
            Some(Requirement::Deadline(deadline)) => {
                self.expression(&deadline.done);
                self.due(&deadline.due);
            }
            Some(Requirement::Bound(bound)) => self.bound(bound),
            Some(Requirement::Sequentiality(sequentiality)) => {
                self.study();
                self.field(fields::entry::SEMESTER);
                for edge in self.rulebook.edges.iter().filter(|edge| edge.kind == sequentiality.kind) {
                    self.edge(edge);
                }
            }
            None => {}
        }
    }

    fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Lift | Effect::Sequentiality(_) => {}
            Effect::Condition(condition) => self.expression(condition),
            Effect::Due(due) => self.due(due),
            Effect::Bound { minimum, maximum } => {
                for change in minimum.iter().chain(maximum) {
                    if let SideChange::Set(side) = change {
                        self.expression(&side.limit);
                    }
                }
            }
        }
    }

    fn due(&mut self, due: &Due) {
        match &due.term {
            Term::OnOrBefore(day) | Term::Before(day) => self.expression(day),
            Term::From { from, to } => std::iter::once(from).chain(to).for_each(|day| self.expression(day)),
            Term::WithinAfter { period, of } | Term::WithinFrom { period, of } => {
                self.expression(period);
                self.expression(of);
            }
        }
    }

    fn bound(&mut self, bound: &Bound) {
        self.expression(&bound.value);
        let sides = bound.minimum.iter().chain(&bound.maximum);
        sides.for_each(|Side { limit, .. }| self.expression(limit));
    }

    fn edge(&mut self, edge: &Edge) {
        self.reads.codes.push((Subject::Course, edge.course));
        self.demand(&edge.demand);
    }

    // The parser caps how deep terms nest, so this recursion is shallow.
    fn demand(&mut self, demand: &Demand) {
        match &demand.kind {
            DemandKind::Unit { .. } => {}
            DemandKind::AllUnits { condition, .. } | DemandKind::AllChosenUnits { condition, .. } => {
                if let Some(condition) = condition {
                    self.expression(condition);
                }
            }
            DemandKind::NumberOf { demands: all, .. } | DemandKind::And(all) | DemandKind::Or(all) => all.iter().for_each(|one| self.demand(one)),
            DemandKind::CreditsAcquired(credits) => self.expression(credits),
            DemandKind::HoldersOf(_) => {
                self.list(List::StudentDiplomas);
                self.field(fields::diploma::LEVEL);
                self.field(fields::diploma::AWARDED_ON);
            }
            DemandKind::Permission(_) => {
                self.reads.rows.insert(Subject::Decision);
                self.field(fields::decision::OUTCOME);
                self.field(fields::decision::VALID_UNTIL);
            }
            DemandKind::Requires(condition) => self.expression(condition),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        let mut definitions = Vec::new();
        expression.walk(&mut |part| self.part(part, &mut definitions));
        for definition in definitions {
            if self.reads.definitions.insert(definition.0) {
                self.expression(&self.rulebook.definition(definition).value);
            }
        }
    }

    fn part(&mut self, part: &Expression, definitions: &mut Vec<DefinitionId>) {
        match part.kind.as_ref() {
            Kind::Field { field, .. } => self.field(*field),
            Kind::Follow { link, .. } => self.link(*link),
            Kind::Definition { definition, .. } => definitions.push(*definition),
            Kind::DoneCredits { .. } => {
                self.study();
                self.fields(&[fields::entry::CREDITS, fields::exemption::CREDITS]);
            }
            Kind::Tolerable { .. } => self.fields(&[fields::result::OUTCOME, fields::entry::COURSE]),
            Kind::List { list, .. } => self.list(*list),
            Kind::Window { name, part, .. } => self.windows(name, *part),
            Kind::Day { name, .. } => {
                let day = self.rulebook.calendar(self.setting.year).and_then(|calendar| calendar.day(name));
                self.reads.days.extend(day.and_then(dates::cell_of_date));
            }
            Kind::Constant(constant) => self.constant(*constant),
            Kind::Condition(Condition::Relation(relation)) => self.relation(relation),
            Kind::Condition(Condition::Prior { .. }) => self.study(),
            Kind::DayOfCheck
            | Kind::YearUnderCheck
            | Kind::Variable(_)
            | Kind::DayOfYear { .. }
            | Kind::Arithmetic { .. }
            | Kind::AddPeriods { .. }
            | Kind::If { .. }
            | Kind::Extreme { .. }
            | Kind::Rounded { .. }
            | Kind::Aggregate { .. }
            | Kind::Pick { .. }
            | Kind::FirstDayAfter { .. }
            | Kind::FirstWeekdayAfter { .. }
            | Kind::EndOfMonth(_)
            | Kind::Condition(_) => {}
        }
    }

    fn constant(&mut self, constant: Constant) {
        match constant {
            Constant::Text(text) => self.word(text),
            Constant::Date(date) => self.reads.days.extend(dates::cell_of_date(date)),
            Constant::Code(subject, code) => self.reads.codes.push((subject, code)),
            Constant::Boolean(_)
            | Constant::Number(_)
            | Constant::Period(_)
            | Constant::AcademicYear(_)
            | Constant::Semester(_)
            | Constant::Enumeration(..)
            | Constant::None => {}
        }
    }

    fn relation(&mut self, relation: &Relation) {
        match relation {
            Relation::Includes { .. } => self.entries(),
            Relation::Study { .. } => self.study(),
            Relation::SameUnit { .. } | Relation::Serves { .. } => {}
            Relation::HasStatus { status, .. } => {
                self.word(*status);
                self.list(List::StudentStatuses);
                self.fields(&[fields::status::STATUS, fields::status::VALID_FROM, fields::status::VALID_UNTIL]);
            }
            Relation::HasRequest { request, .. } => {
                self.word(*request);
                self.list(List::StudentRequests);
                self.fields(&[fields::request::KIND, fields::request::FILED_ON, fields::request::OUTCOME]);
            }
            Relation::HasMeasure { .. } => {
                self.list(List::StudentMeasures);
                self.fields(&[fields::measure::KIND, fields::measure::UNTIL, fields::measure::LIFTED_ON, fields::measure::PROGRAMME]);
            }
        }
    }

    fn windows(&mut self, name: &str, part: WindowPart) {
        let windows = self.rulebook.calendar(self.setting.year).into_iter().flat_map(|calendar| &calendar.windows);
        let days = windows.filter(|window| window.name == name).filter_map(|window| match part {
            WindowPart::Opens => Some(window.opens),
            WindowPart::Closes => Some(window.closes),
            WindowPart::DecidedBy => window.decided_by,
        });
        self.reads.days.extend(days.filter_map(dates::cell_of_date));
    }

    fn word(&mut self, text: TextId) {
        self.reads.words.extend(self.setting.catalogue.texts.get(text).map(str::to_owned));
    }

    fn field(&mut self, field: Field) {
        self.reads.fields.insert(field);
    }

    fn fields(&mut self, fields: &[Field]) {
        self.reads.fields.extend(fields);
    }

    fn list(&mut self, list: List) {
        if !list.element().is_of_catalogue() {
            self.reads.rows.insert(list.element());
        }
        if list.element() == Subject::Entry {
            self.field(fields::entry::DROPPED_ON);
        }
        if list.element() == Subject::Enrolment {
            self.field(fields::enrolment::ACADEMIC_YEAR);
        }
    }

    fn link(&mut self, link: Link) {
        match link {
            Link::EntryUnit => self.fields(&[fields::entry::COURSE, fields::enrolment::PROGRAMME]),
            Link::Previous => self.list(List::StudentEnrolments),
            Link::Owner(_) | Link::Isp | Link::Result => {}
        }
    }

    fn entries(&mut self) {
        self.list(List::StudentEntries);
        self.field(fields::entry::COURSE);
    }

    /// What tells whether a unit was acquired, tolerated, exempted or taken up.
    fn study(&mut self) {
        self.entries();
        self.list(List::StudentExemptions);
        self.fields(&[fields::entry::KIND, fields::result::OUTCOME, fields::exemption::COURSE, fields::exemption::GRANTED_ON]);
    }
}
