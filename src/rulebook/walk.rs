//! The parts of expressions, and the expressions of checks and edges, for passes that look through all of them.

use crate::rulebook::{
    Bound, Check, Condition, Deadline, Demand, DemandKind, Edge, Effect, Expression, ExpressionKind, ListForm, Relation, Requirement, SideChange,
    TemplatePart, Term,
};

impl Expression {
    /// The expressions directly inside, in the order in which they are written.
    pub(crate) fn parts(&self) -> Vec<&Expression> {
        let mut parts = Vec::new();
        self.each_part(&mut |part| parts.push(part));
        parts
    }

    /// Visit the expressions directly inside, in the order in which they are written.
    pub(crate) fn each_part<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        use ExpressionKind as Kind;
        match self.kind.as_ref() {
            Kind::Constant(_) | Kind::DayOfCheck | Kind::YearUnderCheck | Kind::Variable(_) => {}
            Kind::Field { row: one, .. }
            | Kind::Follow { row: one, .. }
            | Kind::Definition { row: one, .. }
            | Kind::List { row: one, .. }
            | Kind::DoneCredits { enrolment: one }
            | Kind::Tolerable { result: one }
            | Kind::Day { year: one, .. }
            | Kind::DayOfYear { year: one, .. }
            | Kind::Rounded { value: one, .. }
            | Kind::FirstDayAfter { after: one, .. }
            | Kind::FirstWeekdayAfter { after: one, .. }
            | Kind::EndOfMonth(one) => visit(one),
            Kind::Window { year, semester, .. } => std::iter::once(year).chain(semester).for_each(visit),
            Kind::Extreme { values, .. } => values.iter().for_each(visit),
            Kind::Arithmetic { left, right, .. } => [left, right].into_iter().for_each(visit),
            Kind::AddPeriods { date, added, taken } => std::iter::once(date).chain(added).chain(taken).for_each(visit),
            Kind::If { condition, then, otherwise } => [condition, then, otherwise].into_iter().for_each(visit),
            Kind::Aggregate { list, value, .. } => value.iter().chain(list.parts()).for_each(visit),
            Kind::Pick { list, by, .. } => list.parts().chain(Some(by)).for_each(visit),
            Kind::Condition(condition) => condition.each_part(visit),
        }
    }

    /// This expression and all inside it, outermost first.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        let mut waiting = vec![self];
        while let Some(next) = waiting.pop() {
            visit(next);
            waiting.extend(next.parts().into_iter().rev());
        }
    }
}

impl Condition {
    fn each_part<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        match self {
            Self::Prior { .. } => {}
            Self::Not(one) | Self::Test { value: one, .. } => visit(one),
            Self::And(all) | Self::Or(all) => all.iter().for_each(visit),
            Self::Compare { left, right, .. } | Self::Equal { left, right, .. } => [left, right].into_iter().for_each(visit),
            Self::Between { value, low, high, .. } => [value, low, high].into_iter().for_each(visit),
            Self::OneOf { value, options, .. } => std::iter::once(value).chain(options).for_each(visit),
            Self::Contains { list, value } => [list, value].into_iter().for_each(visit),
            Self::Quantified { list, satisfies, .. } => list.parts().chain(Some(satisfies)).for_each(visit),
            Self::Relation(relation) => relation.parts().for_each(visit),
        }
    }
}

impl ListForm {
    fn parts(&self) -> impl Iterator<Item = &Expression> {
        std::iter::once(&self.list).chain(&self.condition)
    }
}

impl Relation {
    fn parts(&self) -> impl Iterator<Item = &Expression> {
        let parts = match self {
            Self::Includes { isp: left, course: right } | Self::SameUnit { left, right } | Self::Serves { event: left, group: right } => {
                [Some(left), Some(right), None]
            }
            Self::Study { student, course, before, .. } => [Some(student), Some(course), before.as_ref()],
            Self::HasStatus { student, on, .. } => [Some(student), on.as_ref(), None],
            Self::HasRequest { student, .. } => [Some(student), None, None],
            Self::HasMeasure { student, programme, on, .. } => [Some(student), programme.as_ref(), on.as_ref()],
        };
        parts.into_iter().flatten()
    }
}

impl Check {
    /// Every expression of the check's clauses and texts.
    pub(crate) fn expressions(&self) -> Vec<&Expression> {
        let mut all: Vec<&Expression> = self.condition.iter().chain(&self.judged_from).collect();
        match &self.requirement {
            Some(Requirement::Condition(condition)) => all.push(condition),
            Some(Requirement::Deadline(Deadline { done, due, .. })) => {
                all.push(done);
                all.extend(due.term.expressions());
            }
            Some(Requirement::Bound(Bound { value, minimum, maximum, .. })) => {
                all.push(value);
                all.extend(minimum.iter().chain(maximum).map(|side| &side.limit));
            }
            Some(Requirement::Sequentiality(_)) | None => {}
        }
        for exception in &self.exceptions {
            all.push(&exception.condition);
            all.extend(exception.effect.expressions());
        }
        all.extend(self.needs_decision.iter().map(|decision| &decision.condition));
        all.extend(self.may_be_allowed.iter().filter_map(|allowed| allowed.condition.as_ref()));
        let texts = [&self.message, &self.consequence, &self.remedy];
        let parts = texts.into_iter().flat_map(|texts| &texts.in_languages).flat_map(|(_, template)| &template.parts);
        all.extend(parts.filter_map(|part| if let TemplatePart::Value(value) = part { Some(value) } else { None }));
        all
    }
}

impl Effect {
    fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::Condition(condition) => vec![condition],
            Self::Due(due) => due.term.expressions(),
            Self::Bound { minimum, maximum } => {
                let changes = minimum.iter().chain(maximum);
                changes.filter_map(|change| if let SideChange::Set(side) = change { Some(&side.limit) } else { None }).collect()
            }
            Self::Lift | Self::Sequentiality(_) => Vec::new(),
        }
    }
}

impl Term {
    pub(crate) fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::OnOrBefore(day) | Self::Before(day) => vec![day],
            Self::From { from, to } => std::iter::once(from).chain(to).collect(),
            Self::WithinAfter { period, of } | Self::WithinFrom { period, of } => vec![period, of],
        }
    }
}

impl Edge {
    /// Every expression of the edge's terms.
    pub(crate) fn expressions(&self) -> Vec<&Expression> {
        self.demand.terms().into_iter().filter_map(|term| term.expression()).collect()
    }
}

impl Demand {
    /// This term and all inside it, in the order in which they are written.
    pub(crate) fn terms(&self) -> Vec<&Demand> {
        let mut terms = Vec::new();
        let mut waiting = vec![self];
        while let Some(next) = waiting.pop() {
            terms.push(next);
            if let DemandKind::NumberOf { demands, .. } | DemandKind::And(demands) | DemandKind::Or(demands) = &next.kind {
                waiting.extend(demands.iter().rev());
            }
        }
        terms
    }

    fn expression(&self) -> Option<&Expression> {
        match &self.kind {
            DemandKind::AllUnits { condition, .. } | DemandKind::AllChosenUnits { condition, .. } => condition.as_ref(),
            DemandKind::CreditsAcquired(expression) | DemandKind::Requires(expression) => Some(expression),
            DemandKind::Unit { .. }
            | DemandKind::NumberOf { .. }
            | DemandKind::And(_)
            | DemandKind::Or(_)
            | DemandKind::HoldersOf(_)
            | DemandKind::Permission(_) => None,
        }
    }
}
