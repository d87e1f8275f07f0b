//! Why a condition does not hold: the parts that failed, the values they looked at, the elements that broke an *every*, and the place in the record.

use rustc_hash::FxHashSet;

use crate::records::Placed;
use crate::rulebook::{Condition, Expression, ExpressionKind as Kind, ListForm};
use crate::syntax::expression::Quantifier;
use crate::verdicts::explain::evaluator::Settling;
use crate::verdicts::explain::judging::Case;
use crate::verdicts::explain::judging::words::words;
use crate::verdicts::explain::value::{course_field, shown_element};
use crate::verdicts::explain::{Recorder, Silent};
use crate::verdicts::{Named, NamedValue, SubjectRow};
use crate::vocabulary::Subject;

/// What a finding says of a condition that does not hold.
#[derive(Debug, Default)]
pub(super) struct Why<'a> {
    pub(super) values: Vec<Named>,
    pub(super) failing: Vec<NamedValue>,
    pub(super) broken_at: Option<Placed>,
    /// What the walk that judged found out about quantifiers.
    settling: Vec<Settling<'a>>,
}

/// What a part of the condition should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    True,
    False,
}

impl Wanted {
    fn flipped(self) -> Self {
        if self == Self::True { Self::False } else { Self::True }
    }
}

impl<'a> Case<'a, Silent> {
    /// Of a condition that does not hold, or of which that is not known.
    pub(super) fn why(&mut self, condition: &'a Expression, settling: Vec<Settling<'a>>) -> Why<'a> {
        let mut why = Why { settling, ..Why::default() };
        self.look_inside(condition, Wanted::True, &mut why);
        why
    }

    /// The values that a condition reads, whether it holds or not.
    pub(super) fn reads(&mut self, condition: &'a Expression) -> Vec<Named> {
        let mut why = Why::default();
        self.read(condition, &mut why);
        why.values
    }

    /// Go to the parts that are to blame.
    fn look(&mut self, condition: &'a Expression, wanted: Wanted, why: &mut Why<'a>) {
        if self.evaluator.truth(condition) != Ok(wanted == Wanted::True) {
            self.look_inside(condition, wanted, why);
        }
    }

    fn look_inside(&mut self, condition: &'a Expression, wanted: Wanted, why: &mut Why<'a>) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "only logic has parts that can be to blame on their own")]
        match condition.kind.as_ref() {
            Kind::Condition(Condition::And(parts) | Condition::Or(parts)) => parts.iter().for_each(|part| self.look(part, wanted, why)),
            Kind::Condition(Condition::Not(part)) => self.look(part, wanted.flipped(), why),
            Kind::If { condition, then, otherwise } => {
                self.read(condition, why);
                match self.evaluator.truth(condition) {
                    Ok(true) => self.look(then, wanted, why),
                    Ok(false) => self.look(otherwise, wanted, why),
                    Err(_) => {}
                }
            }
            _ => self.look_at_last(condition, why),
        }
    }

    /// A part that has no parts to blame: its elements, or the values that it reads.
    fn look_at_last(&mut self, condition: &'a Expression, why: &mut Why<'a>) {
        if let Kind::Condition(Condition::Quantified { quantifier, list, satisfies }) = condition.kind.as_ref() {
            self.elements(*quantifier, (list, satisfies), why);
        } else {
            self.read(condition, why);
        }
    }

    /// Note the values that a part of the condition reads.
    fn read(&mut self, part: &'a Expression, why: &mut Why<'a>) {
        if let Some(name) = words(part, self.evaluator.world) {
            if !why.values.iter().any(|known| known.name == name) {
                let value = self.evaluator.value(part).map_or(NamedValue::Unknown, |value| value.shown(part.kind_of_value, self.evaluator.world));
                let at = self.place_of(part);
                why.broken_at = why.broken_at.or(at);
                why.values.push(Named { name, value, raw: None, at });
            }
            return;
        }
        part.each_part(&mut |inner| self.read(inner, why));
    }

    /// Note the elements that settle a quantifier the wrong way.
    fn elements(&mut self, quantifier: Quantifier, (form, satisfies): (&'a ListForm, &'a Expression), why: &mut Why<'a>) {
        let known = why.settling.iter().position(|(of, _)| std::ptr::eq(*of, satisfies));
        let failing = known.map_or_else(|| self.settling(quantifier, (form, satisfies)), |at| Some(why.settling.swap_remove(at).1));
        if quantifier == Quantifier::Some && failing.is_some() {
            return self.read(&form.list, why);
        }
        for element in failing.into_iter().flatten() {
            why.failing.push(shown_element(element, self.evaluator.world));
            why.broken_at = why.broken_at.or_else(|| in_record(element));
        }
    }

    /// The elements that settle a quantifier, where there is a list; nobody asks which ones a *some* has found.
    fn settling(&mut self, quantifier: Quantifier, (form, satisfies): (&'a ListForm, &'a Expression)) -> Option<Vec<SubjectRow>> {
        let (list, owner) = self.evaluator.list(&form.list).ok()??;
        if quantifier == Quantifier::Some {
            return Some(Vec::new());
        }
        let elements = self.evaluator.world.elements(list, owner).map(|row| SubjectRow { subject: list.element(), row });
        let settles = |element: &SubjectRow| {
            self.evaluator.bound(form.element, *element, |evaluator| evaluator.decides(quantifier, form, satisfies)) == Ok(true)
        };
        Some(elements.filter(settles).collect())
    }
}

/// An element as a place of the record: by its course unit where it has one.
fn in_record(element: SubjectRow) -> Option<Placed> {
    let in_dossier = !element.subject.is_of_catalogue();
    in_dossier.then(|| Placed { subject: element.subject, row: element.row, field: course_field(element.subject) })
}

impl<'a, R: Recorder> Case<'a, R> {
    /// The place of the record that an expression looks at: the first field with a cell in the subject's row or in one around it, also where a definition of
    /// these looks at it.
    pub(super) fn place_of(&self, expression: &'a Expression) -> Option<Placed> {
        if let Kind::Field { row, field } = expression.kind.as_ref()
            && let Some(row) = self.evaluator.near(row)
            && self.is_around(row)
        {
            return Some(Placed { subject: row.subject, row: row.row, field: Some(*field) });
        }
        let mut quiet = self.quiet();
        let mut seen = FxHashSet::default();
        let (mut next, mut waiting) = (Some((self.subject, expression)), Vec::new());
        while let Some((this, part)) = next.take().or_else(|| waiting.pop()) {
            quiet.evaluator.set_this(this);
            if let Kind::Field { row, field } = part.kind.as_ref()
                && let Some(row) = quiet.around(row)
            {
                return Some(Placed { subject: row.subject, row: row.row, field: Some(*field) });
            }
            if let Kind::Definition { row, definition } = part.kind.as_ref() {
                let row = quiet.around(row).filter(|row| seen.insert((*definition, *row)));
                waiting.extend(row.map(|row| (row, &quiet.evaluator.world.context.rulebook.definition(*definition).value)));
            } else {
                let at = waiting.len();
                part.each_part(&mut |inner| waiting.push((this, inner)));
                waiting[at..].reverse();
            }
        }
        None
    }

    /// The row that an expression leads to, where it is the subject's or one around it.
    fn around(&mut self, row: &'a Expression) -> Option<SubjectRow> {
        self.evaluator.value(row).ok()?.row().filter(|row| self.is_around(*row))
    }

    /// Whether a row is the subject's, stands in it as its result or ISP does, or is one that it stands in.
    fn is_around(&self, row: SubjectRow) -> bool {
        let world = self.evaluator.world;
        let beside = |subject, own| self.subject.subject == own && row.subject == subject && row.row == self.subject.row;
        world.within(self.subject, row.subject) == Some(row.row)
            || beside(Subject::Result, Subject::Entry)
            || beside(Subject::Isp, Subject::Enrolment)
    }
}
