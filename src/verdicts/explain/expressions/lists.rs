//! What is made of a list: sums, counts, extremes, the first and the last, and quantifiers.

use rustc_hash::FxHashSet;

use crate::rulebook::{Expression, ListForm};
use crate::source::Span;
use crate::syntax::expression::{Aggregate, Extreme, Quantifier};
use crate::verdicts::explain::evaluator::Evaluator;
use crate::verdicts::explain::expressions::arithmetic::{TOO_LARGE, further};
use crate::verdicts::explain::value::{all_of, any_of, counted, has_code};
use crate::verdicts::explain::{Known, Reasons, Recorder, Step, Value};
use crate::verdicts::{NamedValue, SubjectRow, Unknown, World};
use crate::vocabulary::{Exact, List};

/// Which end of a list, in the order of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verdicts::explain) enum End {
    First,
    Last,
}

impl<'a, R: Recorder> Evaluator<'a, R> {
    /// Whether the rows of a list are all that there is to know.
    pub(in crate::verdicts::explain) fn all_known(&self, list: List, owner: u32) -> Known<()> {
        self.world.gap(list, owner).map_or(Ok(()), |gap| Err(Reasons::one(gap)))
    }

    /// The list that an expression is; nothing where it is of none.
    pub(in crate::verdicts::explain) fn list(&mut self, list: &'a Expression) -> Known<Option<(List, u32)>> {
        Ok(if let Value::List(list, owner) = self.value(list)? { Some((list, owner)) } else { None })
    }

    /// Something done for an element, in its own node of the trace.
    pub(in crate::verdicts::explain) fn element<T>(&mut self, form: &'a ListForm, element: SubjectRow, act: impl FnOnce(&mut Self) -> T) -> T
    where
        T: ElementResult,
    {
        self.recorder.enter(Step::Element(element), None);
        let result = self.bound(form.element, element, act);
        self.recorder.leave(|| result.as_named());
        result
    }

    /// Take the values of the elements for which the condition holds; without a value, the elements themselves. False where there is no list.
    fn each_selected(&mut self, form: &'a ListForm, value: Option<&'a Expression>, mut take: impl FnMut(Value)) -> Known<bool> {
        let Some((list, owner)) = self.list(&form.list)? else { return Ok(false) };
        let mut reasons = self.all_known(list, owner).err().unwrap_or_default();
        for row in self.world.elements(list, owner) {
            let element = SubjectRow { subject: list.element(), row };
            match self.element(form, element, |evaluator| evaluator.selected_value(form, element, value)) {
                Ok(value) => value.into_iter().for_each(&mut take),
                Err(more) => reasons.add(more),
            }
        }
        reasons.unless_any(true)
    }

    fn selected_value(&mut self, form: &'a ListForm, element: SubjectRow, value: Option<&'a Expression>) -> Known<Option<Value>> {
        if let Some(condition) = &form.condition
            && !self.truth(condition)?
        {
            return Ok(None);
        }
        let value = value.map_or(Ok(Value::Row(element)), |value| self.value(value))?;
        Ok(Some(value).filter(|value| value.is_there()))
    }

    pub(in crate::verdicts::explain) fn aggregate(
        &mut self,
        (aggregate, span): (Aggregate, Span),
        form: &'a ListForm,
        value: Option<&'a Expression>,
    ) -> Known<Value> {
        let world = self.world;
        let nothing = || Reasons::one(Unknown::Nothing(span));
        let (mut count, mut total, mut best, mut distinct) = (0, Some(Exact::ZERO), None, FxHashSet::default());
        let take = |value: Value| match aggregate {
            Aggregate::Sum => total = total.and_then(|total| value.number().map_or(Some(total), |number| total.checked_add(number))),
            Aggregate::Count => count += 1,
            Aggregate::CountDistinct => {
                distinct.insert(identity(value, world));
            }
            Aggregate::Highest => best = Some(best.map_or(value, |best| further(Extreme::Max, best, value))),
            Aggregate::Lowest => best = Some(best.map_or(value, |best| further(Extreme::Min, best, value))),
        };
        if !self.each_selected(form, value, take)? {
            return Ok(Value::None);
        }
        match aggregate {
            Aggregate::Sum => total.map(Value::Number).ok_or_else(|| TOO_LARGE.at(span)),
            Aggregate::Count => Ok(Value::Number(counted(count))),
            Aggregate::CountDistinct => Ok(Value::Number(counted(distinct.len()))),
            Aggregate::Highest | Aggregate::Lowest => best.ok_or_else(nothing),
        }
    }

    /// `first e in LIST by E`: none of nothing; a tie is unknown.
    pub(in crate::verdicts::explain) fn pick(&mut self, (end, span): (End, Span), form: &'a ListForm, by: &'a Expression) -> Known<Value> {
        let Some((list, owner)) = self.list(&form.list)? else { return Ok(Value::None) };
        let (mut keyed, mut reasons) = (Vec::new(), self.all_known(list, owner).err().unwrap_or_default());
        for row in self.world.elements(list, owner) {
            let element = SubjectRow { subject: list.element(), row };
            match self.element(form, element, |evaluator| evaluator.selected_value(form, element, Some(by))) {
                Ok(key) => keyed.extend(key.map(|key| (key, element))),
                Err(more) => reasons.add(more),
            }
        }
        reasons.unless_any(())?;
        picked(end, &keyed).ok_or_else(|| Reasons::one(Unknown::Tie(span)))
    }

    pub(in crate::verdicts::explain) fn quantified(&mut self, quantifier: Quantifier, form: &'a ListForm, satisfies: &'a Expression) -> Known<bool> {
        let Some((list, owner)) = self.list(&form.list)? else { return Ok(false) };
        let gap = self.all_known(list, owner).map(|()| false);
        let rows = self.world.elements(list, owner).map(|row| SubjectRow { subject: list.element(), row });
        if self.settling.is_some() && self.is_outside_lists() && quantifier != Quantifier::Some {
            let (settling, truth) = self.all_settling(quantifier, (form, satisfies), rows);
            self.settling.get_or_insert_default().push((satisfies, settling));
            return Ok(any_of([truth, gap])? == (quantifier == Quantifier::Some));
        }
        let decisive = rows.map(|element| self.element(form, element, |evaluator| evaluator.decides(quantifier, form, satisfies)));
        let any = if R::LISTENS { any_of(decisive.collect::<Vec<_>>().into_iter().chain([gap])) } else { any_of(decisive.chain([gap])) }?;
        Ok(any == (quantifier == Quantifier::Some))
    }

    /// All elements that settle a quantifier, and whether there is one.
    fn all_settling(
        &mut self,
        quantifier: Quantifier,
        (form, satisfies): (&'a ListForm, &'a Expression),
        rows: impl Iterator<Item = SubjectRow>,
    ) -> (Vec<SubjectRow>, Known<bool>) {
        let (mut settling, mut reasons) = (Vec::new(), Reasons::default());
        for element in rows {
            match self.element(form, element, |evaluator| evaluator.decides(quantifier, form, satisfies)) {
                Ok(true) => settling.push(element),
                Ok(false) => {}
                Err(more) => reasons.add(more),
            }
        }
        let truth = if settling.is_empty() { reasons.unless_any(false) } else { Ok(true) };
        (settling, truth)
    }

    /// Whether the element that is bound settles a quantifier: one that fails an *every*, one that is found by a *some* or a *no*.
    pub(in crate::verdicts::explain) fn decides(&mut self, quantifier: Quantifier, form: &'a ListForm, satisfies: &'a Expression) -> Known<bool> {
        let meant = form.condition.as_ref().map_or(Ok(true), |condition| self.truth(condition));
        if meant == Ok(false) {
            return meant;
        }
        let holds = self.truth(satisfies);
        let decisive = if quantifier == Quantifier::Every { holds.map(|holds| !holds) } else { holds };
        all_of([meant, decisive])
    }
}

/// What a trace shows beside an element.
pub(in crate::verdicts::explain) trait ElementResult {
    fn as_named(&self) -> NamedValue;
}

impl ElementResult for Known<bool> {
    fn as_named(&self) -> NamedValue {
        self.as_ref().map_or(NamedValue::Unknown, |truth| NamedValue::Boolean(*truth))
    }
}

impl ElementResult for Known<Option<Value>> {
    fn as_named(&self) -> NamedValue {
        self.as_ref().map_or(NamedValue::Unknown, |value| NamedValue::Boolean(value.is_some()))
    }
}

/// The value with a catalogue's row replaced by its code, which is the same in every year.
fn identity(value: Value, world: World<'_>) -> Value {
    let coded = value.row().filter(|row| has_code(row.subject));
    coded.map_or(value, |row| Value::Row(SubjectRow { row: world.code(row.subject, row.row).0, ..row }))
}

/// The element at an end, none of nothing; nothing where two are equally far.
fn picked(end: End, keyed: &[(Value, SubjectRow)]) -> Option<Value> {
    let extreme = if end == End::First { Extreme::Min } else { Extreme::Max };
    let Some(best) = keyed.iter().map(|(key, _)| *key).reduce(|best, key| further(extreme, best, key)) else { return Some(Value::None) };
    let mut at_end = keyed.iter().filter(|(key, _)| *key == best);
    match (at_end.next(), at_end.next()) {
        (Some((_, row)), None) => Some(Value::Row(*row)),
        _ => None,
    }
}
