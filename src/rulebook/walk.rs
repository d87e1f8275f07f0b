//! The parts of expressions, and the expressions of checks and edges, for passes that look through all of them.

use crate::rulebook::{
    Bound, Check, Deadline, Demand, DemandKind, Edge, Effect, Expression, ExpressionKind, ListForm, Relation, Requirement, SideChange, TemplatePart,
    Term,
};

impl Expression {
    /// The expressions directly inside, in the order in which they are written.
    pub(crate) fn parts(&self) -> Vec<&Expression> {
        use ExpressionKind as Kind;
        match self.kind.as_ref() {
            Kind::Constant(_) | Kind::DayOfCheck | Kind::YearUnderCheck | Kind::Variable(_) | Kind::Prior { .. } => Vec::new(),
            Kind::Field { row, .. } | Kind::Follow { row, .. } | Kind::Definition { row, .. } | Kind::List { row, .. } => vec![row],
            Kind::DoneCredits { enrolment: one }
            | Kind::Tolerable { result: one }
            | Kind::Day { year: one, .. }
            | Kind::DayOfYear { year: one, .. }
            | Kind::Not(one)
            | Kind::Test { value: one, .. }
            | Kind::Rounded { value: one, .. }
            | Kind::FirstDayAfter { after: one, .. }
            | Kind::FirstWeekdayAfter { after: one, .. }
            | Kind::EndOfMonth(one) => vec![one],
            Kind::Window { year, semester, .. } => std::iter::once(year).chain(semester).collect(),
            Kind::And(all) | Kind::Or(all) | Kind::Extreme { values: all, .. } => all.iter().collect(),
            Kind::Arithmetic { left, right, .. } | Kind::Compare { left, right, .. } | Kind::Equal { left, right, .. } => vec![left, right],
            Kind::AddPeriods { date, added, taken } => std::iter::once(date).chain(added).chain(taken).collect(),
            Kind::Between { value, low, high, .. } => vec![value, low, high],
            Kind::OneOf { value, options, .. } => std::iter::once(value).chain(options).collect(),
            Kind::Contains { list, value } => vec![list, value],
            Kind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            Kind::Aggregate { list, value, .. } => value.iter().chain(list.parts()).collect(),
            Kind::Pick { list, by, .. } => list.parts().into_iter().chain(Some(by)).collect(),
            Kind::Quantified { list, satisfies, .. } => list.parts().into_iter().chain(Some(satisfies)).collect(),
            Kind::Relation(relation) => relation.parts(),
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

impl ListForm {
    fn parts(&self) -> Vec<&Expression> {
        std::iter::once(&self.list).chain(&self.condition).collect()
    }
}

impl Relation {
    fn parts(&self) -> Vec<&Expression> {
        match self {
            Self::Includes { isp: left, course: right } | Self::SameUnit { left, right } | Self::Serves { event: left, group: right } => {
                vec![left, right]
            }
            Self::Study { student, course, before, .. } => [student, course].into_iter().chain(before).collect(),
            Self::HasStatus { student, on, .. } => std::iter::once(student).chain(on).collect(),
            Self::HasRequest { student, .. } => vec![student],
            Self::HasMeasure { student, programme, on, .. } => std::iter::once(student).chain(programme).chain(on).collect(),
        }
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
