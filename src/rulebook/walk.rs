//! The parts of an expression, for passes that look through all of it.

use crate::rulebook::{Expression, ExpressionKind, ListForm, Relation};

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
