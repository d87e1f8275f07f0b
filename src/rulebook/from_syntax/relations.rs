//! Relations that read as sentences: `isp includes C`, `student acquired C before D`.

use crate::rulebook::from_syntax::typer::{Typer, boolean};
use crate::rulebook::{Condition, Expression, Relation, Type};
use crate::source::Span;
use crate::syntax::ast::Word;
use crate::syntax::expression as written;
use crate::vocabulary::{Enumeration, Subject};

const STUDENT: Type = Type::Reference(Subject::Student);
const COURSE: Type = Type::Reference(Subject::Course);

impl Typer<'_, '_> {
    pub(super) fn relation(&mut self, relation: &written::Relation, at: Span) -> Option<Expression> {
        let relation = match relation {
            written::Relation::Includes { isp, course } => {
                let (isp, course) = self.both((isp, Type::Reference(Subject::Isp)), (course, COURSE))?;
                Relation::Includes { isp, course }
            }
            written::Relation::Study { student, relation, course, before } => {
                let before = self.maybe(before.as_ref(), Type::Date);
                let (student, course) = self.both((student, STUDENT), (course, COURSE))?;
                Relation::Study { student, relation: *relation, course, before: before? }
            }
            written::Relation::SameUnit { left, right } => {
                let (left, right) = self.both((left, COURSE), (right, COURSE))?;
                Relation::SameUnit { left, right }
            }
            written::Relation::Serves { event, group } => {
                let (event, group) = self.both((event, Type::Reference(Subject::Event)), (group, Type::Reference(Subject::ClassGroup)))?;
                Relation::Serves { event, group }
            }
            written::Relation::HasStatus { student, status, on } => {
                let on = self.maybe(on.as_ref(), Type::Date);
                let student = self.expected(student, STUDENT)?;
                Relation::HasStatus { student, status: self.compiler.catalogue.texts.intern(&status.value), on: on? }
            }
            written::Relation::HasRequest { student, request } => {
                let student = self.expected(student, STUDENT)?;
                Relation::HasRequest { student, request: self.compiler.catalogue.texts.intern(&request.value) }
            }
            written::Relation::HasMeasure { student, measure, programme, on } => {
                let programme = self.maybe(programme.as_ref(), Type::Reference(Subject::Programme));
                let on = self.maybe(on.as_ref(), Type::Date);
                let measure = self.measure(measure);
                let student = self.expected(student, STUDENT)?;
                Relation::HasMeasure { student, measure: measure?, programme: programme?, on: on? }
            }
        };
        Some(boolean(Condition::Relation(relation), at))
    }

    fn both(&mut self, one: (&written::Expression, Type), other: (&written::Expression, Type)) -> Option<(Expression, Expression)> {
        let (one, other) = (self.expected(one.0, one.1), self.expected(other.0, other.1));
        Some((one?, other?))
    }

    /// A part that may be left out: `Some(None)` where it is, nothing where it is broken.
    #[expect(clippy::option_option, reason = "left out and broken are two things")]
    fn maybe(&mut self, part: Option<&written::Expression>, kind: Type) -> Option<Option<Expression>> {
        part.map_or(Some(None), |part| self.expected(part, kind).map(Some))
    }

    fn measure(&mut self, measure: &Word) -> Option<i32> {
        let kind = Enumeration::MeasureKind;
        let index = kind.index_of(&measure.value);
        if index.is_none() {
            self.unknown_value(kind, &measure.value, measure.span);
        }
        index
    }
}
