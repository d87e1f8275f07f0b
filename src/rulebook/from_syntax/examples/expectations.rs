//! What an example expects: the check, the row it is about, the verdict and the values of the finding.

use super::values::code_text;
use super::world::World;
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::did_you_mean::{did_you_mean, did_you_mean_or_list};
use crate::rulebook::from_syntax::messages::{NAMED_ANYWHERE, is_speakable, named_values};
use crate::rulebook::from_syntax::names::is_coded;
use crate::rulebook::from_syntax::scope::{Place, Scope};
use crate::rulebook::problems::ExampleProblem;
use crate::rulebook::{
    Check, CheckId, Constant, Expectation, ExpectedName, ExpectedValue, ExpectedVerdict, GivenRowId, GivenValue, Requirement, Type,
};
use crate::source::Span;
use crate::syntax::ast::{self, CheckKind, Expect, Word};
use crate::syntax::expression as written;
use crate::syntax::expression::Literal;
use crate::vocabulary::{Field, Subject, fields};

impl Compiler<'_> {
    pub(super) fn expectation(&mut self, world: &mut World, expect: &Expect, checks: &[Check]) -> Option<Expectation> {
        let id = self.check_named(&expect.check, checks)?;
        let check = &checks[id.0 as usize];
        let verdict = self.verdict(&expect.verdict, check);
        let with: Vec<ExpectedValue> = expect.with.iter().filter_map(|(name, value)| self.expected_value(check, name, value)).collect();
        let (row, key) = match (&expect.subject, &world.dossier) {
            (Some(subject), Some(_)) => (None, Some(self.key(check.subject, subject)?)),
            (None, Some(_)) => (None, None),
            (Some(subject), None) => {
                let key = self.key(check.subject, subject)?;
                (Some(self.keyed_row(world, check, (key, subject.span))?), Some(key))
            }
            (None, None) => (Some(self.only_row(world, check, expect.check.span)?), None),
        };
        let (verdict, detail) = verdict?;
        Some(Expectation { check: id, row, key, verdict, detail, with, span: expect.span })
    }

    pub(super) fn check_named(&mut self, name: &Word, checks: &[Check]) -> Option<CheckId> {
        let found = checks.iter().position(|check| check.name == name.value).and_then(|index| u32::try_from(index).ok());
        if found.is_none() && !self.undeclared_by_mistake.contains(&name.value) {
            let near = did_you_mean(&name.value, checks.iter().map(|check| check.name.as_str()));
            let help = near.unwrap_or_else(|| "name a rule, a deadline, a bound, or `sequentiality_` with its kind".to_owned());
            self.report(name.span, ExampleProblem::UnknownCheck { name: name.value.clone(), at: name.span, help });
        }
        found.map(CheckId)
    }

    pub(super) fn verdict(&mut self, written: &ast::ExpectedVerdict, check: &Check) -> Option<(ExpectedVerdict, Option<Word>)> {
        // INVARIANT: the grammar lets only the words of a verdict stand here.
        let verdict = ExpectedVerdict::from_words(&written.words.value)?;
        if let Some(detail) = &written.detail {
            self.detail(verdict, detail, check);
        }
        Some((verdict, written.detail.clone()))
    }

    /// The label is one of the check's exceptions, the role one of its roles.
    fn detail(&mut self, verdict: ExpectedVerdict, detail: &Word, check: &Check) {
        let known: Vec<&str> = match verdict {
            ExpectedVerdict::Excepted | ExpectedVerdict::Conflict => {
                check.exceptions.iter().map(|exception| exception.label.value.as_str()).collect()
            }
            ExpectedVerdict::NeedsDecision if check.kind != CheckKind::Sequentiality => {
                let decided = check.needs_decision.iter().map(|decision| decision.role.as_str());
                decided.chain(check.may_be_allowed.iter().map(|allowed| allowed.role.as_str())).collect()
            }
            _ => return,
        };
        if known.contains(&detail.value.as_str()) {
            return;
        }
        let what = if verdict == ExpectedVerdict::NeedsDecision { "its roles are" } else { "its exceptions are" };
        let help = if known.is_empty() { "the check has none".to_owned() } else { did_you_mean_or_list(&detail.value, what, &known) };
        let (check, verdict, at) = (check.name.clone(), verdict.words(), detail.span);
        self.report(at, ExampleProblem::UnknownDetail { detail: detail.value.clone(), verdict, check, at, help });
    }

    /// `with days_late 1`, `with study_efficiency 33%`
    pub(super) fn expected_value(&mut self, check: &Check, name: &Word, value: &written::Expression) -> Option<ExpectedValue> {
        let (meaning, kind) = self.expected_name(check, name)?;
        let value = self.value_of(&name.value, value, kind)?;
        Some(ExpectedValue { name: name.clone(), meaning, value })
    }

    /// What a name after `with` stands for, and the type of its value.
    pub(super) fn expected_name(&mut self, check: &Check, name: &Word) -> Option<(ExpectedName, Type)> {
        let named = |kind| Some((ExpectedName::Named(name.value.clone()), kind));
        if named_values(check.kind).contains(&name.value.as_str()) {
            return named(named_type(check, &name.value));
        }
        let scope = Scope::of(check.subject).at(Place::Example);
        let value = self.value_named(&scope, &name.value, name.span);
        if let Some(value) = value.filter(|value| is_speakable(value.kind_of_value) || value.kind_of_value == Type::Boolean) {
            let kind = value.kind_of_value;
            return Some((ExpectedName::Value(value), kind));
        }
        if NAMED_ANYWHERE.contains(&name.value.as_str()) {
            return named(Type::Reference(Subject::Course));
        }
        let help = did_you_mean_or_list(&name.value, "beside the fields of its subject it has", named_values(check.kind));
        let (check, at) = (check.name.clone(), name.span);
        self.report(at, ExampleProblem::UnknownExpectedValue { check, name: name.value.clone(), at, help });
        None
    }

    /// `for BM201`, `for 2022-2023`
    fn key(&mut self, subject: Subject, key: &written::Expression) -> Option<Constant> {
        match (subject, key.kind.as_ref()) {
            (Subject::Enrolment | Subject::Isp, written::ExpressionKind::Literal(Literal::AcademicYear(year))) => Some(Constant::AcademicYear(*year)),
            (Subject::Entry | Subject::Exemption | Subject::Unit | Subject::Request, _) if code_text(key).is_some() => {
                let code = code_text(key)?;
                self.code(Subject::Course, code, key.span).map(|id| Constant::Code(Subject::Course, id))
            }
            (subject, _) if is_coded(subject) && code_text(key).is_some() => {
                let code = code_text(key)?;
                self.code(subject, code, key.span).map(|id| Constant::Code(subject, id))
            }
            (subject, _) => {
                let at = key.span;
                let help = "an enrolment or an ISP is named by its year, the others by a code";
                self.report(at, ExampleProblem::WrongKey { subject: subject.word(), at, help });
                None
            }
        }
    }

    fn keyed_row(&mut self, world: &mut World, check: &Check, (key, at): (Constant, Span)) -> Option<GivenRowId> {
        let subject = check.subject;
        let found = match key {
            Constant::AcademicYear(year) => {
                let known = world.ids(Subject::Enrolment).into_iter().find(|id| year_of(world, *id) == Some(year));
                known.map(|id| if subject == Subject::Isp { world.isp_of(id) } else { id })
            }
            Constant::Code(of, code) if of == subject => world.ids(subject).into_iter().find(|id| world.row(*id).code == Some(code)),
            key => {
                let field = Field::find(subject, "course")?;
                let about = |id: &GivenRowId| world.row(*id).field(field) == Some(GivenValue::Constant(key));
                let all: Vec<GivenRowId> = world.ids(subject).into_iter().filter(about).collect();
                let current = world.enrolment;
                let of_year = |id: &GivenRowId| subject != Subject::Entry || enrolment_of(world, *id) == current;
                all.iter().copied().find(of_year).or_else(|| all.first().copied())
            }
        };
        if found.is_none() {
            let help = format!("give it: `given {} …`", subject.word());
            self.report(at, ExampleProblem::NoSubject { subject: subject.word(), check: check.name.clone(), at, help });
        }
        found
    }

    /// The row that the check is about where the example does not say which.
    fn only_row(&mut self, world: &mut World, check: &Check, at: Span) -> Option<GivenRowId> {
        let subject = check.subject;
        match subject {
            Subject::Student => return Some(GivenRowId(0)),
            Subject::Enrolment | Subject::Isp => {
                let latest = world.ids(Subject::Enrolment).into_iter().max_by_key(|id| year_of(world, *id));
                let enrolment = match world.enrolment.or(latest) {
                    Some(enrolment) => enrolment,
                    None => world.current_enrolment(),
                };
                return Some(if subject == Subject::Isp { world.isp_of(enrolment) } else { enrolment });
            }
            _ => {}
        }
        let mut rows = world.ids(subject);
        if subject == Subject::Entry && world.enrolment.is_some() {
            rows.retain(|id| enrolment_of(world, *id) == world.enrolment);
        }
        match rows.as_slice() {
            [only] => Some(*only),
            [] => {
                let help = format!("give it: `given {} …`", subject.word());
                self.report(at, ExampleProblem::NoSubject { subject: subject.word(), check: check.name.clone(), at, help });
                None
            }
            rows => {
                let (count, help) = (rows.len(), "name it: `expect CHECK for BM101 violated`");
                self.report(at, ExampleProblem::WhichSubject { subject: subject.word(), at, count, help });
                None
            }
        }
    }

    /// The row that a table's check is about; new where the steps before the rows give none.
    pub(super) fn table_row(&mut self, world: &mut World, check: &Check, at: Span) -> Option<GivenRowId> {
        let subject = check.subject;
        if is_coded(subject) && world.ids(subject).is_empty() {
            return Some(world.coded(subject, None));
        }
        if world.ids(subject).is_empty() && !matches!(subject, Subject::Student | Subject::Enrolment | Subject::Isp) {
            let home = world.home(subject)?;
            return Some(world.new_row(subject, home));
        }
        self.only_row(world, check, at)
    }
}

fn year_of(world: &World, enrolment: GivenRowId) -> Option<i32> {
    match world.row(enrolment).field(fields::enrolment::ACADEMIC_YEAR) {
        Some(GivenValue::Constant(Constant::AcademicYear(year))) => Some(year),
        _ => None,
    }
}

fn enrolment_of(world: &World, entry: GivenRowId) -> Option<GivenRowId> {
    world.row(entry).owner.and_then(|isp| world.row(isp).owner)
}

/// The type of a value that a finding has beside the fields of its subject.
fn named_type(check: &Check, name: &str) -> Type {
    let of_bound = match &check.requirement {
        Some(Requirement::Bound(bound)) => bound.value.kind_of_value,
        _ => Type::Decimal,
    };
    match name {
        "value" | "minimum" | "maximum" | "limit" | "short" | "over" => of_bound,
        "event" | "first_day" | "last_day" => Type::Date,
        "days_late" | "days_early" | "days_left" => Type::Integer,
        "prior" | "failing" => Type::Reference(Subject::Course),
        _ => Type::Text,
    }
}
