//! What an example expects against what is judged.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::examples::Setting;
use crate::examples::problems::ExampleProblem;
use crate::examples::scene::{CatalogueEdges, Scene};
use crate::problems::Problems;
use crate::rulebook::{Check, Constant, Example, Expectation, ExpectedName, ExpectedValue, ExpectedVerdict, Expression, Requirement, Type};
use crate::verdicts::explain::{Judged, Teller, catalogue_subjects, constant_value, explain, judge, subjects, told, told_unknown, value_of};
use crate::verdicts::{Context, Judgement, NamedValue, SubjectRow, Verdict, VerdictKind, World};
use crate::vocabulary::{Field, FieldKind, Subject, fields};

/// Compare all expectations of an example.
pub(super) fn compare(setting: &Setting<'_>, example: &Example, scene: &Scene, failures: &mut Problems) {
    for expectation in &example.expectations {
        let comparison = Comparison { setting, example, scene, expectation, check: setting.rulebook.check(expectation.check) };
        if let Err(problem) = comparison.run() {
            failures.add(problem.at(), *problem);
        }
    }
}

/// One expectation in its scene.
struct Comparison<'a> {
    setting: &'a Setting<'a>,
    example: &'a Example,
    scene: &'a Scene,
    expectation: &'a Expectation,
    check: &'a Check,
}

type Kept = Result<(), Box<ExampleProblem>>;

impl Comparison<'_> {
    fn run(&self) -> Kept {
        let Some((first_day, others)) = self.scene.days.split_first() else { return Ok(()) };
        let first = self.judgement(*first_day)?;
        let told = self.told(first.as_ref(), *first_day);
        for day in others {
            let other = self.told(self.judgement(*day)?.as_ref(), *day);
            if other != told {
                return Err(Box::new(self.depends((*first_day, &told), (*day, &other))));
            }
        }
        self.keeps(first.as_ref(), *first_day)
    }

    fn context(&self, day: NaiveDate) -> Context<'_> {
        self.scene.context(self.setting, day)
    }

    /// The verdict on a day: of several edges of one entry the gravest; nothing where the check is not about the subject.
    fn judgement(&self, day: NaiveDate) -> Result<Option<Judgement>, Box<ExampleProblem>> {
        let context = self.context(day);
        let subject = self.subject(&context)?;
        let judged = self.judged(&context).into_iter().filter(|(row, edge)| *row == subject && self.counts(*edge));
        let judgements = judged.map(|judged| judge(&context, self.expectation.check, judged, &self.scene.overrides));
        Ok(judgements.min_by_key(|judgement| Reverse(gravity(judgement.verdict.kind()))))
    }

    fn counts(&self, edge: Option<crate::rulebook::EdgeId>) -> bool {
        let of_catalogue = edge.is_some_and(|edge| self.setting.rulebook.edge(edge).year.is_some());
        !of_catalogue || self.scene.edges == CatalogueEdges::Count
    }

    fn judged(&self, context: &Context<'_>) -> Vec<Judged> {
        if self.check.subject.is_of_catalogue() {
            catalogue_subjects(context, self.expectation.check).into_iter().map(|row| (row, None)).collect()
        } else {
            subjects(context, self.expectation.check, 0)
        }
    }

    /// The subject that is meant: the row given, else the only one, or the one of the key.
    fn subject(&self, context: &Context<'_>) -> Result<SubjectRow, Box<ExampleProblem>> {
        let given = self.expectation.row.and_then(|id| self.scene.row(self.example, id));
        if let Some(row) = given.filter(|row| row.subject == self.check.subject) {
            return Ok(row);
        }
        let world = World::new(*context);
        let key = self.expectation.key;
        let of_key = |row: &SubjectRow| key.is_none_or(|key| has_key(world, *row, key)) && (is_year(key) || is_of_the_year(world, *row));
        let rows: Vec<SubjectRow> = self.rows(context).into_iter().filter(of_key).collect();
        if let [only] = rows.as_slice() {
            return Ok(*only);
        }
        Err(Box::new(ExampleProblem::NotInTheRecord {
            example: self.example.title.clone(),
            check: self.check.name.clone(),
            word: self.check.subject.word(),
            count: rows.len(),
            at: self.expectation.span,
        }))
    }

    /// All rows of the check's kind, also those that the check is not about.
    fn rows(&self, context: &Context<'_>) -> Vec<SubjectRow> {
        let subject = self.check.subject;
        if subject.is_of_catalogue() {
            return catalogue_subjects(context, self.expectation.check);
        }
        (0..context.batch.table(subject).rows()).map(|row| SubjectRow { subject, row }).collect()
    }

    fn keeps(&self, found: Option<&Judgement>, day: NaiveDate) -> Kept {
        let context = self.context(day);
        let kind = found.map_or(VerdictKind::NotApplicable, |judgement| judgement.verdict.kind());
        let is_kept = kind == kind_of(self.expectation.verdict)
            && self.expectation.detail.as_ref().is_none_or(|detail| self.says(found, &detail.value, &context));
        if !is_kept {
            return Err(Box::new(ExampleProblem::OtherVerdict {
                example: self.example.title.clone(),
                expected: self.expected(),
                found: self.told(found, day),
                at: self.expectation.span,
                why: self.why(found, day),
            }));
        }
        self.expectation.with.iter().try_for_each(|with| self.keeps_value(found, with, day))
    }

    fn keeps_value(&self, found: Option<&Judgement>, with: &ExpectedValue, day: NaiveDate) -> Kept {
        let world = World::new(self.context(day));
        let value = self.value(found, with, day);
        let expected = constant_value(with.value, world).shown(value.as_ref().map_or(Type::Integer, type_of), world);
        if value.as_ref().is_some_and(|value| *value == expected) {
            return Ok(());
        }
        Err(Box::new(ExampleProblem::OtherValue {
            example: self.example.title.clone(),
            name: with.name.value.clone(),
            expected: told(&expected, world),
            found: value.map_or_else(|| "no such value".to_owned(), |value| told(&value, world)),
            at: with.name.span,
            why: self.why(found, day),
        }))
    }

    /// The value of a name: one of the finding's own, or an expression over the check's subject.
    fn value(&self, found: Option<&Judgement>, with: &ExpectedValue, day: NaiveDate) -> Option<NamedValue> {
        let context = self.context(day);
        match &with.meaning {
            ExpectedName::Named(name) => named(found?, name, with),
            // The value that a bound measures is the finding's, rounded as the bound rounds.
            ExpectedName::Value(expression) if measures(self.check, expression) => found?.named("value").map(|named| named.value.clone()),
            ExpectedName::Value(expression) => {
                let subject = self.subject(&context).ok()?;
                Some(value_of(&context, expression, subject, &self.scene.overrides).value)
            }
        }
    }

    /// Whether the verdict says this label, role, field or authority.
    fn says(&self, found: Option<&Judgement>, detail: &str, context: &Context<'_>) -> bool {
        let Some(found) = found else { return false };
        self.details(found, context).iter().any(|known| known == detail || known.rsplit_once('.').is_some_and(|(_, last)| last == detail))
    }

    /// The labels, roles, fields or authority of a verdict.
    fn details(&self, found: &Judgement, context: &Context<'_>) -> Vec<String> {
        let label = |id: &crate::rulebook::ExceptionId| self.check.exceptions.get(id.0 as usize).map(|exception| exception.label.value.clone());
        let world = World::new(*context);
        match &found.verdict {
            Verdict::Excepted(id) => label(id).into_iter().collect(),
            Verdict::Conflict(ids) => ids.iter().filter_map(label).collect(),
            Verdict::NeedsDecision(roles) => roles.clone(),
            Verdict::MissingData => found.missing.iter().map(|unknown| told_unknown(*unknown, world, self.setting.sources)).collect(),
            Verdict::Waived(row) => authority(world, *row).into_iter().collect(),
            Verdict::NotYetDue(day) => day.map(|day| day.to_string()).into_iter().collect(),
            Verdict::Satisfied | Verdict::Violated | Verdict::NotApplicable => found.exception.as_ref().and_then(label).into_iter().collect(),
        }
    }

    fn told(&self, found: Option<&Judgement>, day: NaiveDate) -> String {
        let context = self.context(day);
        let Some(found) = found else { return words(VerdictKind::NotApplicable) };
        let details = self.details(found, &context);
        let with = self.expectation.with.iter().filter_map(|with| {
            let value = self.value(Some(found), with, day)?;
            Some(format!(" with {} {}", with.name.value, told(&value, World::new(context))))
        });
        let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
        format!("{}{details}{}", words(found.verdict.kind()), with.collect::<String>())
    }

    fn expected(&self) -> String {
        let detail = self.expectation.detail.as_ref().map(|detail| format!(" ({})", detail.value)).unwrap_or_default();
        format!("{}{detail}", self.expectation.verdict.words())
    }

    /// The text of the check with the values under it.
    fn why(&self, found: Option<&Judgement>, day: NaiveDate) -> String {
        let Some(found) = found else { return format!("`{}` is not about this {}", self.check.name, self.check.subject.word()) };
        let context = self.context(day);
        let (_, traces) = explain(&context, found.check, (found.subject, found.edge), &self.scene.overrides);
        let teller = Teller { world: World::new(context), sources: self.setting.sources, check: self.check };
        let lines = teller.lines(&traces).into_iter().map(|line| {
            let notes = if line.notes.is_empty() { String::new() } else { format!(" [{}]", line.notes.join("; ")) };
            format!("{:indent$}{} = {}{notes}", "", line.words, line.value, indent = line.depth * 2)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn depends(&self, (first_day, first): (NaiveDate, &str), (other_day, other): (NaiveDate, &str)) -> ExampleProblem {
        ExampleProblem::DependsOnTheDay {
            example: self.example.title.clone(),
            first: first.to_owned(),
            first_day: first_day.to_string(),
            other: other.to_owned(),
            other_day: other_day.to_string(),
            at: self.expectation.span,
        }
    }
}

/// A value of the finding; of several elements or prior units the one that is expected, if it is among them.
fn named(found: &Judgement, name: &str, with: &ExpectedValue) -> Option<NamedValue> {
    let several: Vec<NamedValue> = match name {
        "failing" => found.failing.clone(),
        "prior" => found.priors.iter().map(|course| NamedValue::Code(Subject::Course, *course)).collect(),
        _ => return found.named(name).map(|named| named.value.clone()),
    };
    let is_expected = |value: &&NamedValue| matches!((value, with.value), (NamedValue::Code(_, code), Constant::Code(_, wanted)) if *code == wanted);
    several.iter().find(is_expected).or(several.first()).cloned()
}

fn measures(check: &Check, expression: &Expression) -> bool {
    matches!(&check.requirement, Some(Requirement::Bound(bound)) if bound.value == *expression)
}

fn words(kind: VerdictKind) -> String {
    kind.word().replace('_', " ")
}

fn kind_of(expected: ExpectedVerdict) -> VerdictKind {
    match expected {
        ExpectedVerdict::Satisfied => VerdictKind::Satisfied,
        ExpectedVerdict::Violated => VerdictKind::Violated,
        ExpectedVerdict::NotApplicable => VerdictKind::NotApplicable,
        ExpectedVerdict::Excepted => VerdictKind::Excepted,
        ExpectedVerdict::Waived => VerdictKind::Waived,
        ExpectedVerdict::NeedsDecision => VerdictKind::NeedsDecision,
        ExpectedVerdict::NotYetDue => VerdictKind::NotYetDue,
        ExpectedVerdict::MissingData => VerdictKind::MissingData,
        ExpectedVerdict::Conflict => VerdictKind::Conflict,
    }
}

/// Which verdict of several edges is told.
fn gravity(kind: VerdictKind) -> u8 {
    match kind {
        VerdictKind::NotApplicable => 0,
        VerdictKind::Satisfied => 1,
        VerdictKind::Excepted => 2,
        VerdictKind::NotYetDue => 3,
        VerdictKind::Waived => 4,
        VerdictKind::NeedsDecision => 5,
        VerdictKind::MissingData => 6,
        VerdictKind::Violated => 7,
        VerdictKind::Conflict => 8,
    }
}

/// The type as which a number is shown, so that the expected one is shown alike.
fn type_of(value: &NamedValue) -> Type {
    match value {
        NamedValue::Credits(_) => Type::Credits,
        NamedValue::Percent(_) => Type::Percent,
        NamedValue::Score(_) => Type::Score,
        NamedValue::Boolean(_)
        | NamedValue::Number(_)
        | NamedValue::Date(_)
        | NamedValue::AcademicYear(_)
        | NamedValue::Semester(_)
        | NamedValue::Period(_)
        | NamedValue::Text(_)
        | NamedValue::Enumeration(..)
        | NamedValue::Code(..)
        | NamedValue::Row(_)
        | NamedValue::None
        | NamedValue::NotHappened
        | NamedValue::Unknown => Type::Integer,
    }
}

fn authority(world: World<'_>, decision: u32) -> Option<String> {
    let text = world.given(fields::decision::AUTHORITY, decision)?;
    Some(world.text(crate::records::TextId(text)).to_owned())
}

fn is_year(key: Option<Constant>) -> bool {
    matches!(key, Some(Constant::AcademicYear(_)))
}

/// Without a year of its own the year under check is meant.
fn is_of_the_year(world: World<'_>, row: SubjectRow) -> bool {
    world.within(row, Subject::Enrolment).is_none_or(|enrolment| world.year_of(enrolment) == Some(world.context.year))
}

/// Whether a row is the one of a key: of that course unit, or of that academic year.
fn has_key(world: World<'_>, row: SubjectRow, key: Constant) -> bool {
    if let Constant::AcademicYear(year) = key {
        return world.nearest_year(row) == year;
    }
    let Constant::Code(subject, code) = key else { return false };
    if subject == Subject::Course {
        let course = course(world, row).map(|course| world.course_class(course));
        return course == Some(world.same_class(code));
    }
    row.subject == subject && world.code(subject, row.row) == code
}

fn course(world: World<'_>, row: SubjectRow) -> Option<u32> {
    if row.subject == Subject::Course {
        return Some(row.row);
    }
    let field = Field::find(row.subject, "course").filter(|field| field.kind() == FieldKind::Reference(Subject::Course))?;
    world.reference(field, row.row)
}
