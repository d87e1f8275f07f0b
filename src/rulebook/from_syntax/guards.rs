//! Paths through none: what goes on from `previous`, `first` or `last` needs `is known` in the same condition, for those may be none.

use crate::problems::Problems;
use crate::rulebook::problems::TypeProblem;
use crate::rulebook::{
    Bound, Check, Condition, Deadline, Definition, Demand, DemandKind, Edge, Effect, Expression, ExpressionKind, ListForm, Requirement, SideChange,
    Template, TemplatePart, Term, Type,
};
use crate::source::Sources;
use crate::syntax::expression::Test;
use crate::vocabulary::Link;

/// Whether a condition holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
}

impl Holds {
    fn turned(self) -> Self {
        if self == Self::Yes { Self::No } else { Self::Yes }
    }
}

/// Looks for unguarded paths through a whole rulebook.
pub(super) struct Guards<'r> {
    sources: &'r Sources,
    problems: &'r mut Problems,
    /// By number: whether the definition's value may be none.
    definitions: Vec<bool>,
    in_text: bool,
}

impl<'r> Guards<'r> {
    pub(super) fn new(definitions: &[Definition], sources: &'r Sources, problems: &'r mut Problems) -> Self {
        let mut may_be_none = vec![false; definitions.len()];
        // A definition may be that of another: go round until nothing changes; chains are short and circles were refused.
        loop {
            let next: Vec<bool> = definitions.iter().map(|definition| may_be(&definition.value, &may_be_none)).collect();
            if next == may_be_none {
                return Self { sources, problems, definitions: next, in_text: false };
            }
            may_be_none = next;
        }
    }

    pub(super) fn definition(&mut self, definition: &Definition) {
        self.look(&definition.value, &[]);
    }

    /// What the `for` of a check makes sure of holds in all its clauses.
    pub(super) fn check(&mut self, check: &Check) {
        let mut known = Vec::new();
        if let Some(condition) = &check.condition {
            self.look(condition, &[]);
            known = known_if(condition, Holds::Yes);
        }
        match &check.requirement {
            Some(Requirement::Condition(condition)) => self.look(condition, &known),
            Some(Requirement::Deadline(Deadline { done, due, .. })) => {
                self.look(done, &known);
                self.term(&due.term, &known);
            }
            Some(Requirement::Bound(Bound { value, minimum, maximum, .. })) => {
                self.look(value, &known);
                minimum.iter().chain(maximum).for_each(|side| self.look(&side.limit, &known));
            }
            Some(Requirement::Sequentiality(_)) | None => {}
        }
        for exception in &check.exceptions {
            self.look(&exception.condition, &known);
            let mut known = known.clone();
            known.extend(known_if(&exception.condition, Holds::Yes));
            self.effect(&exception.effect, &known);
        }
        check.needs_decision.iter().for_each(|decision| self.look(&decision.condition, &known));
        check.may_be_allowed.iter().filter_map(|allowed| allowed.condition.as_ref()).for_each(|condition| self.look(condition, &known));
        check.judged_from.iter().for_each(|day| self.look(day, &known));
        let texts = [&check.message, &check.consequence, &check.remedy];
        texts.into_iter().flat_map(|texts| &texts.in_languages).for_each(|(_, template)| self.template(template, &known));
    }

    fn effect(&mut self, effect: &Effect, known: &[&Expression]) {
        match effect {
            Effect::Condition(condition) => self.look(condition, known),
            Effect::Due(due) => self.term(&due.term, known),
            Effect::Bound { minimum, maximum } => {
                for change in minimum.iter().chain(maximum) {
                    if let SideChange::Set(side) = change {
                        self.look(&side.limit, known);
                    }
                }
            }
            Effect::Lift | Effect::Sequentiality(_) => {}
        }
    }

    fn term(&mut self, term: &Term, known: &[&Expression]) {
        match term {
            Term::OnOrBefore(day) | Term::Before(day) => self.look(day, known),
            Term::From { from, to } => std::iter::once(from).chain(to).for_each(|day| self.look(day, known)),
            Term::WithinAfter { period, of } | Term::WithinFrom { period, of } => {
                self.look(period, known);
                self.look(of, known);
            }
        }
    }

    fn template(&mut self, template: &Template, known: &[&Expression]) {
        for part in &template.parts {
            if let TemplatePart::Value(value) = part {
                self.in_text = true;
                self.look(value, known);
                self.in_text = false;
            }
        }
    }

    pub(super) fn edge(&mut self, edge: &Edge) {
        let mut waiting: Vec<&Demand> = vec![&edge.demand];
        while let Some(next) = waiting.pop() {
            match &next.kind {
                DemandKind::AllUnits { condition: Some(condition), .. } | DemandKind::AllChosenUnits { condition: Some(condition), .. } => {
                    self.look(condition, &[]);
                }
                DemandKind::CreditsAcquired(condition) | DemandKind::Requires(condition) => self.look(condition, &[]),
                DemandKind::NumberOf { demands, .. } | DemandKind::And(demands) | DemandKind::Or(demands) => waiting.extend(demands),
                DemandKind::Unit { .. }
                | DemandKind::AllUnits { condition: None, .. }
                | DemandKind::AllChosenUnits { condition: None, .. }
                | DemandKind::HoldersOf(_)
                | DemandKind::Permission(_) => {}
            }
        }
    }

    // Expressions nest as deep as the parser lets them, which is little.
    fn look(&mut self, expression: &Expression, known: &[&Expression]) {
        match expression.kind.as_ref() {
            ExpressionKind::Condition(Condition::And(parts)) => self.each_beside(parts, known, Holds::Yes),
            ExpressionKind::Condition(Condition::Or(parts)) => self.each_beside(parts, known, Holds::No),
            ExpressionKind::If { condition, then, otherwise } => {
                self.look(condition, known);
                self.look(then, &with(known, known_if(condition, Holds::Yes)));
                self.look(otherwise, &with(known, known_if(condition, Holds::No)));
            }
            // `is known` itself looks at what may be none.
            ExpressionKind::Condition(Condition::Test { test: Test::Known, value, .. }) => self.look_at_test(value, known),
            ExpressionKind::Aggregate { list, value, .. } => self.list_form(list, value.as_ref(), known),
            ExpressionKind::Pick { list, by, .. } => self.list_form(list, Some(by), known),
            ExpressionKind::Condition(Condition::Quantified { list, satisfies, .. }) => self.list_form(list, Some(satisfies), known),
            kind => {
                if let Some(row) = row_of(kind) {
                    self.guarded(row, known);
                }
                expression.parts().into_iter().for_each(|part| self.look(part, known));
            }
        }
    }

    fn look_at_test(&mut self, value: &Expression, known: &[&Expression]) {
        let mut path = value;
        while let Some(row) = row_of(path.kind.as_ref()) {
            path = row;
        }
        path.parts().into_iter().for_each(|part| self.look(part, known));
    }

    /// Each part of an `and` can count on what the others make sure of; each part of an `or` on what holds where the others do not.
    fn each_beside(&mut self, parts: &[Expression], known: &[&Expression], holds: Holds) {
        for (index, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != index);
            let beside = others.flat_map(|(_, other)| known_if(other, holds)).collect();
            self.look(part, &with(known, beside));
        }
    }

    fn list_form(&mut self, list: &ListForm, value: Option<&Expression>, known: &[&Expression]) {
        self.look(&list.list, known);
        let mut known = known.to_vec();
        if let Some(condition) = &list.condition {
            self.look(condition, &known);
            known.extend(known_if(condition, Holds::Yes));
        }
        if let Some(value) = value {
            self.look(value, &known);
        }
    }

    fn guarded(&mut self, row: &Expression, known: &[&Expression]) {
        if !may_be(row, &self.definitions) || known.contains(&row) {
            return;
        }
        let text = self.sources.slice(row.span).to_owned();
        let help = if self.in_text {
            format!("a text can name it only where the check is `for … where {text} is known`")
        } else {
            format!("say so in the same condition: `{text} is known and …`")
        };
        self.problems.add(row.span, TypeProblem::PathThroughNone { path: format!("`{text}`"), at: row.span, help });
    }
}

fn with<'e>(known: &[&'e Expression], more: Vec<&'e Expression>) -> Vec<&'e Expression> {
    known.iter().copied().chain(more).collect()
}

/// The row that an expression goes on from.
fn row_of(kind: &ExpressionKind) -> Option<&Expression> {
    match kind {
        ExpressionKind::Field { row, .. }
        | ExpressionKind::Follow { row, .. }
        | ExpressionKind::Definition { row, .. }
        | ExpressionKind::List { row, .. }
        | ExpressionKind::DoneCredits { enrolment: row }
        | ExpressionKind::Tolerable { result: row } => Some(row),
        _ => None,
    }
}

/// Whether a row may be none.
fn may_be(row: &Expression, definitions: &[bool]) -> bool {
    match row.kind.as_ref() {
        ExpressionKind::Follow { link: Link::Previous, .. } | ExpressionKind::Pick { .. } => true,
        ExpressionKind::Definition { definition, .. } if matches!(row.kind_of_value, Type::Reference(_)) => {
            definitions.get(definition.0 as usize).copied().unwrap_or(false)
        }
        ExpressionKind::If { then, otherwise, .. } => may_be(then, definitions) || may_be(otherwise, definitions),
        _ => false,
    }
}

/// The rows that are known where a condition holds, or where it does not.
fn known_if(condition: &Expression, holds: Holds) -> Vec<&Expression> {
    match condition.kind.as_ref() {
        ExpressionKind::Condition(Condition::Test { test: Test::Known, negated, value }) if *negated == (holds == Holds::No) => {
            std::iter::successors(Some(value), |row| row_of(row.kind.as_ref())).collect()
        }
        ExpressionKind::Condition(Condition::And(parts)) if holds == Holds::Yes => parts.iter().flat_map(|part| known_if(part, holds)).collect(),
        ExpressionKind::Condition(Condition::Or(parts)) if holds == Holds::No => parts.iter().flat_map(|part| known_if(part, holds)).collect(),
        ExpressionKind::Condition(Condition::Not(inner)) => known_if(inner, holds.turned()),
        _ => Vec::new(),
    }
}
