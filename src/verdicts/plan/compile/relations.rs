//! Relations that read as sentences: of a student and a unit through words of facts, of a student and a list, of an event and a class group.

use crate::rulebook::{Expression, Relation, StudyRelation};
use crate::syntax::ast::{PriorState, PriorWhen};
use crate::vocabulary::{Subject, fields};

use super::super::facts;
use super::super::program::{CatalogueColumn, CellOp, Comparison, EdgesAsked, Op, TruthOp, WordOp};
use super::Unplanned;
use super::builder::{Builder, PlaceId, Value};
use super::scope::Scope;

impl Builder<'_> {
    pub(super) fn relation(&mut self, relation: &Relation, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        match relation {
            Relation::Includes { isp, course } => {
                let enrolment = self.place_of(isp, scope)?;
                let student = self.within(enrolment, Subject::Student)?;
                let class = self.class_of(course, scope)?;
                let word = self.facts(student, class)?;
                let (rows, domain) = (self.rows(enrolment), self.place_domain(enrolment));
                let bit = Value { node: self.node(Op::Words(WordOp::InclusionBit(rows)), domain), place: enrolment };
                // INVARIANT: the words stand where the student is reached, which is through the enrolment or nearer.
                let place = self.common(word.place, bit.place)?;
                let (word, bit, domain) = (self.words_at(word, place)?, self.at(bit, place), self.place_domain(place));
                Ok(Value { node: self.truths(TruthOp::Included { word, bit }, domain), place })
            }
            Relation::Study { student, relation, course, before } => {
                let student = self.place_of(student, scope)?;
                let class = self.class_of(course, scope)?;
                match before {
                    None => self.studied(student, class, *relation),
                    Some(before) => self.studied_before((student, class), *relation, (before, scope)),
                }
            }
            Relation::SameUnit { left, right } => {
                let (left, right) = (self.class_of(left, scope)?, self.class_of(right, scope)?);
                self.compared(Comparison::Equal, left, right)
            }
            Relation::Serves { event, group } => {
                let (event, group) = (self.place_of(event, scope)?, self.place_of(group, scope)?);
                let (event, group) = (self.row_value(event), self.row_value(group));
                let (event, group, place) = self.together(event, group)?;
                let domain = self.place_domain(place);
                Ok(Value { node: self.truths(TruthOp::Serves { event, group }, domain), place })
            }
            Relation::HasStatus { student, status, on } => {
                let (student, on, place) = self.student_and_day((student, on.as_ref()), scope)?;
                let domain = self.place_domain(place);
                Ok(Value { node: self.truths(TruthOp::HasStatus { student, status: status.0, on }, domain), place })
            }
            Relation::HasRequest { student, request } => {
                let place = self.place_of(student, scope)?;
                let (student, domain) = (self.rows(place), self.place_domain(place));
                Ok(Value { node: self.truths(TruthOp::HasRequest { student, request: request.0 }, domain), place })
            }
            Relation::HasMeasure { student, measure, programme, on } => self.has_measure((student, *measure, programme.as_ref()), on.as_ref(), scope),
        }
    }

    /// The words of a student and a class of units, over the nearest place that leads to both.
    fn facts(&mut self, student: PlaceId, class: Value) -> Result<Value, Unplanned> {
        let row = self.row_value(student);
        let (student, class, place) = self.together(row, class)?;
        let domain = self.place_domain(place);
        Ok(Value { node: self.node(Op::Words(WordOp::Facts { student, class }), domain), place })
    }

    fn words_at(&mut self, word: Value, place: PlaceId) -> Result<super::super::program::NodeId, Unplanned> {
        if word.place == place {
            return Ok(word.node);
        }
        let Op::Words(WordOp::Facts { student, class }) = self.program.nodes[word.node.0 as usize].op else {
            return Err(Unplanned("facts that stand apart"));
        };
        let (student, class) = (Value { node: student, place: word.place }, Value { node: class, place: word.place });
        let (student, class, domain) = (self.at(student, place), self.at(class, place), self.place_domain(place));
        Ok(self.node(Op::Words(WordOp::Facts { student, class }), domain))
    }

    fn studied(&mut self, student: PlaceId, class: Value, relation: StudyRelation) -> Result<Value, Unplanned> {
        let word = self.facts(student, class)?;
        let (sure, possible) = facts::relation(relation);
        let domain = self.place_domain(word.place);
        Ok(Value { node: self.truths(TruthOp::Fact { word: word.node, sure, possible }, domain), ..word })
    }

    fn studied_before(
        &mut self,
        (student, class): (PlaceId, Value),
        relation: StudyRelation,
        (before, scope): (&Expression, &Scope<'_>),
    ) -> Result<Value, Unplanned> {
        if !matches!(relation, StudyRelation::Acquired | StudyRelation::Tolerated) {
            return Err(Unplanned("`exempted from … before`"));
        }
        let (row, day) = (self.row_value(student), self.value(before, scope)?);
        let place = self.common(row.place, class.place)?;
        let place = self.common(place, day.place)?;
        let (student, class, before) = (self.at(row, place), self.at(class, place), self.at(day, place));
        let domain = self.place_domain(place);
        Ok(Value { node: self.truths(TruthOp::StudiedBefore { relation, student, class, before }, domain), place })
    }

    fn student_and_day(
        &mut self,
        (student, on): (&Expression, Option<&Expression>),
        scope: &Scope<'_>,
    ) -> Result<(super::super::program::NodeId, super::super::program::NodeId, PlaceId), Unplanned> {
        let student = self.place_of(student, scope)?;
        let row = Value { node: self.rows(student), place: student };
        let day = match on {
            Some(on) => self.value(on, scope)?,
            None => self.constant_cell(self.world.today),
        };
        self.together(row, day)
    }

    fn has_measure(
        &mut self,
        (student, measure, programme): (&Expression, i32, Option<&Expression>),
        on: Option<&Expression>,
        scope: &Scope<'_>,
    ) -> Result<Value, Unplanned> {
        let (student, on, mut place) = self.student_and_day((student, on), scope)?;
        let (mut student, mut on) = (Value { node: student, place }, Value { node: on, place });
        let mut asked = None;
        if let Some(programme) = programme {
            let programme = self.place_of(programme, scope)?;
            let row = self.row_value(programme);
            place = self.common(place, row.place)?;
            asked = Some(self.at(row, place));
        }
        student = Value { node: self.at(student, place), place };
        on = Value { node: self.at(on, place), place };
        let domain = self.place_domain(place);
        let op = TruthOp::HasMeasure { student: student.node, measure, programme: asked, on: on.node };
        Ok(Value { node: self.truths(op, domain), place })
    }

    /// `prior exempted`: where a unit that the edge names may be in the state, the other evaluator says which.
    pub(super) fn prior(&mut self, asked: &[PriorState], when: PriorWhen, scope: &Scope<'_>) -> Result<Value, Unplanned> {
        let here = scope.edges.ok_or(Unplanned("`prior` outside a sequentiality"))?;
        let (place, domain) = (here.ground, self.place_domain(here.ground));
        let parts = self.parts_of_state(asked, when);
        let found = self.truths(TruthOp::Prior(EdgesAsked { edges: here.set, parts, only: Some(here.kind) }), domain);
        let unknown = self.constant_truth(super::super::column::UNKNOWN);
        let unknown = self.at(unknown, place);
        Ok(Value { node: self.and_nodes((found, unknown), domain), place })
    }

    /// Nodes that the words of facts are made of.
    pub(super) fn make_fact_nodes(&mut self) {
        let (entries, exemptions) = (self.table(Subject::Entry), self.table(Subject::Exemption));
        let mut class = |field, table| {
            let place = self.root(table);
            let row = Value { node: self.load(field, place), place };
            self.numbered(row, Subject::Course, CatalogueColumn::Class).node
        };
        let entry_classes = class(fields::entry::COURSE, entries);
        let exemption_classes = class(fields::exemption::COURSE, exemptions);
        let combinations = self.cells(CellOp::Combination, entries);
        let entry_words = self.node(Op::Words(WordOp::OfEntry(combinations)), entries);
        let exemption_words = self.node(Op::Words(WordOp::OfExemption), exemptions);
        self.program.fact_nodes = Some(super::super::FactNodes { combinations, entry_words, entry_classes, exemption_words, exemption_classes });
    }
}
