//! Which rows are in a list: whose list it is, whether it is given, and which rows of the elements' table belong to it at all.

use crate::rulebook::{Expression, ExpressionKind as Kind};
use crate::vocabulary::{List, Subject, fields};

use super::super::program::{CellOp, Comparison, DomainId, NodeId, Over, Pairs, Reduce, Reduction, TruthOp};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value, normal};
use super::scope::Scope;

/// A list and the row it is of.
#[derive(Clone, Copy)]
pub(super) struct Owned {
    pub(super) list: List,
    pub(super) owner: PlaceId,
    /// The enrolment whose earlier enrolments, or whose others of the year, are meant.
    pub(super) beside: Option<(List, PlaceId)>,
}

impl Builder<'_> {
    pub(super) fn owned(&mut self, list: &Expression, scope: &Scope<'_>) -> Result<Owned, Unplanned> {
        if let Some(outer) = scope.outer
            && scope.is_silent_on(list)
        {
            let owned = self.owned(list, outer.scope)?;
            let beside = match owned.beside {
                Some((list, place)) => Some((list, self.lift_place(place, outer.bridge)?)),
                None => None,
            };
            return Ok(Owned { owner: self.lift_place(owned.owner, outer.bridge)?, beside, ..owned });
        }
        match list.kind.as_ref() {
            Kind::List { row, list } => {
                let owner = self.place_of(row, scope)?;
                if matches!(list, List::EnrolmentEarlier | List::EnrolmentBeside) {
                    let student = self.within(owner, Subject::Student)?;
                    return Ok(Owned { list: List::StudentEnrolments, owner: student, beside: Some((*list, owner)) });
                }
                Ok(Owned { list: *list, owner, beside: None })
            }
            Kind::Definition { row, definition } => {
                let place = self.place_of(row, scope)?;
                self.owned(&self.world.context.rulebook.definition(*definition).value, &Scope::this(place))
            }
            _ => Err(Unplanned("a list chosen by an expression")),
        }
    }

    /// Whether a list is surely given, over its owner's place; nothing where it always is.
    pub(super) fn list_given(&mut self, list: &Expression, scope: &Scope<'_>) -> Result<Option<Value>, Unplanned> {
        let owned = self.owned(list, scope)?;
        if owned.beside.is_some() {
            return Err(Unplanned("whether earlier enrolments are known"));
        }
        Ok(self.given(&owned))
    }

    pub(super) fn given(&mut self, owned: &Owned) -> Option<Value> {
        let subject = normal(owned.list.owner());
        let table = self.table(subject);
        let column = match owned.list {
            List::StudentDiplomas | List::StudentLearningAccount | List::StudentCreditCertificates | List::IspRequestedCourses => {
                self.truths(TruthOp::ListGiven(owned.list), table)
            }
            list if list.owner().is_of_catalogue() => self.truths(TruthOp::Documented(subject), table),
            _ => return None,
        };
        Some(Value { node: self.of_table(column, owned.owner), place: owned.owner })
    }

    /// Which rows of the elements' table are in a list at all.
    pub(super) fn base(&mut self, list: List) -> Option<NodeId> {
        let entries = self.table(Subject::Entry);
        let year = self.world.context.year;
        match list {
            List::IspEntries => Some(self.not_dropped()),
            List::StudentEntries | List::StudentEarlierEntries => {
                let last = if list == List::StudentEntries { year } else { year - 1 };
                let (kept, in_time) = (self.not_dropped(), self.entries_up_to(last));
                Some(self.and_nodes((kept, in_time), entries))
            }
            List::StudentAllEntries => Some(self.entries_up_to(year)),
            List::StudentEnrolments => Some(self.enrolments_up_to(year)),
            _ => None,
        }
    }

    pub(super) fn not_dropped(&mut self) -> NodeId {
        let entries = self.table(Subject::Entry);
        let day = self.cells(CellOp::Load(fields::entry::DROPPED_ON), entries);
        let today = self.constant_cell(self.world.today).node;
        let dropped = self.truths(TruthOp::Compare { comparison: Comparison::LessOrEqual, left: day, right: today }, entries);
        let dropped = self.truths(TruthOp::Surely(dropped), entries);
        self.truths(TruthOp::Not(dropped), entries)
    }

    fn enrolments_up_to(&mut self, year: i32) -> NodeId {
        let enrolments = self.table(Subject::Enrolment);
        let own = self.cells(CellOp::Load(fields::enrolment::ACADEMIC_YEAR), enrolments);
        let last = self.constant_cell(year).node;
        let in_time = self.truths(TruthOp::Compare { comparison: Comparison::LessOrEqual, left: own, right: last }, enrolments);
        self.truths(TruthOp::Surely(in_time), enrolments)
    }

    fn entries_up_to(&mut self, year: i32) -> NodeId {
        let (entries, enrolments) = (self.table(Subject::Entry), self.table(Subject::Enrolment));
        let from = self.root(entries);
        let index = self.cells(CellOp::Owners(Subject::Entry), entries);
        let place = self.child(from, index, enrolments);
        let node = self.enrolments_up_to(year);
        self.at(Value { node, place }, from)
    }

    /// Whether an enrolment is an earlier one of the same programme, or another one of the same year.
    pub(super) fn beside(&mut self, list: List, element: PlaceId, enrolment: PlaceId) -> Result<Value, Unplanned> {
        let (own, other) = (self.field(fields::enrolment::ACADEMIC_YEAR, enrolment), self.field(fields::enrolment::ACADEMIC_YEAR, element));
        if list == List::EnrolmentBeside {
            let same_year = self.compared(Comparison::Equal, other, own)?;
            let (own, other) = (self.row_value(enrolment), self.row_value(element));
            let another = self.compared(Comparison::NotEqual, other, own)?;
            return self.and(same_year, another);
        }
        let earlier = self.compared(Comparison::Less, other, own)?;
        let (own, other) = (self.field(fields::enrolment::PROGRAMME, enrolment), self.field(fields::enrolment::PROGRAMME, element));
        let same = self.compared(Comparison::Equal, other, own)?;
        self.and(earlier, same)
    }

    /// Whether an enrolment and all earlier ones of its student name their programme, so that nobody wonders which are of the same one.
    pub(super) fn programmes_known(&mut self, owned: &Owned, enrolment: PlaceId, result: PlaceId) -> Result<NodeId, Unplanned> {
        let (enrolments, outer) = (self.table(Subject::Enrolment), self.place_domain(result));
        let own = Value { node: self.load(fields::enrolment::PROGRAMME, enrolment), place: enrolment };
        let own = self.at(own, result);
        let owner = self.row_at(owned.owner, result);
        let filter = self.base(owned.list);
        let domain = self.pairs(Pairs { outer, owner, list: owned.list, filter, key: None });
        let ground = self.root(domain);
        let (outer_index, element_index) = (self.cells(CellOp::Outer, domain), self.cells(CellOp::Element, domain));
        let here = self.child(ground, outer_index, outer);
        let element = self.child(ground, element_index, enrolments);
        let enrolment = self.lift_place(enrolment, Some((result, here)))?;
        let (own_year, year) = (self.field(fields::enrolment::ACADEMIC_YEAR, enrolment), self.field(fields::enrolment::ACADEMIC_YEAR, element));
        let earlier = self.compared(Comparison::Less, year, own_year)?;
        let named = Value { node: self.load(fields::enrolment::PROGRAMME, element), place: element };
        let named = self.known(named);
        let reduction = Reduction {
            reduce: Reduce::Every,
            over: Over::Pairs(domain),
            condition: Some(self.at(earlier, ground)),
            value: Some(self.at(named, ground)),
            given: None,
        };
        let others = self.truths(TruthOp::Reduce(reduction), outer);
        let own = self.truths(TruthOp::Known(own), outer);
        Ok(self.and_nodes((own, others), outer))
    }

    fn known(&mut self, value: Value) -> Value {
        let domain: DomainId = self.domain_of(value.node);
        Value { node: self.truths(TruthOp::Known(value.node), domain), ..value }
    }

    /// The rows at a place, over an earlier place that leads to it.
    pub(super) fn row_at(&mut self, place: PlaceId, result: PlaceId) -> NodeId {
        if place == result {
            return self.rows(result);
        }
        let row = self.row_value(place);
        self.at(row, result)
    }
}
