//! The changes that what a check looks at suggests for a dossier, in an order that tries every sort of change before any sort twice.

use std::collections::BTreeMap;

use crate::generate::changes::days::Pivots;
use crate::generate::changes::{Change, Edit, Sort, Sorts};
use crate::generate::dossier::{Datum, Row, Way};
use crate::generate::institution::Institution;
use crate::generate::random::Random;
use crate::generate::reads::Reads;
use crate::verdicts::Judgement;
use crate::vocabulary::{Field, Subject, fields};

/// Rows of earlier years that are tried, beside all of the year.
const EARLIER_ROWS: usize = 8;
/// Pairs of values that are tried.
const PAIRS: usize = 32;

/// What tells whose dossier and which year it is: with another one it is another thing and not a changed one.
const IDENTITY: [Field; 2] = [fields::student::STUDENT, fields::enrolment::ACADEMIC_YEAR];

/// Makes changes to one dossier for one check.
pub(crate) struct Changer<'c> {
    pub(super) institution: &'c Institution<'c>,
    pub(super) reads: &'c Reads,
    pub(super) dossier: &'c Row,
    /// What the check says of the dossier as it is.
    pub(super) pivots: Pivots,
    sorts: Sorts<'c>,
}

impl<'c> Changer<'c> {
    pub(crate) fn new(institution: &'c Institution<'c>, reads: &'c Reads, of: (&'c Row, &[Judgement]), sorts: Sorts<'c>) -> Self {
        Self { institution, reads, dossier: of.0, pivots: Pivots::of(of.1), sorts }
    }

    /// All changes of these sorts, sort by sort in turn.
    pub(crate) fn changes(&self, random: &mut Random) -> Vec<Change> {
        let mut by_sort: BTreeMap<Sort, Vec<Change>> = BTreeMap::new();
        for change in self.all(random) {
            by_sort.entry(change.sort).or_default().push(change);
        }
        for changes in by_sort.values_mut() {
            random.shuffle(changes);
        }
        let mut sorts: Vec<Sort> = by_sort.keys().copied().collect();
        random.shuffle(&mut sorts);
        let (first, rest): (Vec<Sort>, Vec<Sort>) = sorts.into_iter().partition(|sort| self.sorts.named().contains(sort));
        let mut changes = in_turn(&first, &mut by_sort);
        changes.extend(in_turn(&rest, &mut by_sort));
        changes.retain(|change| self.sorts.has(change.sort));
        changes
    }

    fn all(&self, random: &mut Random) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut by_row: Vec<Vec<Change>> = Vec::new();
        let subjects: Vec<Subject> = Subject::ALL.into_iter().filter(|subject| !subject.is_of_catalogue()).collect();
        for subject in subjects {
            let is_changed = |field: &Field| field.subject == subject && !IDENTITY.contains(field) && self.sorts.has_field(*field);
            let read: Vec<Field> = self.reads.fields.iter().copied().filter(is_changed).collect();
            for way in if read.is_empty() { Vec::new() } else { self.ways(subject, random) } {
                let of_row: Vec<Change> = read.iter().flat_map(|field| self.of_field(&way, *field, random)).collect();
                changes.extend(of_row.iter().cloned());
                by_row.push(of_row);
            }
            let is_counted = self.reads.rows.contains(&subject);
            if is_counted && (self.sorts.has(Sort::Remove(subject)) || self.sorts.has(Sort::RemoveMany(subject))) {
                changes.extend(self.removals(subject, random));
            }
            if is_counted && self.sorts.has(Sort::Add(subject)) {
                changes.extend(self.additions(subject, random));
            }
        }
        changes.extend(self.missing_results(random));
        changes.extend(self.failures(random));
        changes.extend(pairs(&by_row, random));
        changes
    }

    /// The rows of a subject: all of the year, and some of the years before.
    fn ways(&self, subject: Subject, random: &mut Random) -> Vec<Way> {
        let (mut current, mut earlier): (Vec<Way>, Vec<Way>) = self.dossier.ways_to(subject).into_iter().partition(|way| self.is_current(way));
        random.shuffle(&mut earlier);
        current.extend(earlier.into_iter().take(EARLIER_ROWS));
        current
    }

    /// Whether a row does not stand in an enrolment of another year.
    pub(super) fn is_current(&self, way: &[usize]) -> bool {
        let outermost = way.first().and_then(|index| self.dossier.rows.get(*index));
        let enrolment = outermost.filter(|row| row.subject == Subject::Enrolment);
        enrolment.is_none_or(|row| row.get(fields::enrolment::ACADEMIC_YEAR) == Some(&Datum::Year(self.institution.setting.year)))
    }

    /// The enrolments of the year.
    pub(super) fn current_enrolments(&self) -> impl Iterator<Item = (Way, &'c Row)> {
        let ways = self.dossier.ways_to(Subject::Enrolment).into_iter().filter(|way| self.is_current(way));
        ways.filter_map(|way| self.dossier.at(&way).map(|row| (way, row)))
    }

    /// The entries of the year.
    pub(super) fn current_entries(&self) -> Vec<Way> {
        self.dossier.ways_to(Subject::Entry).into_iter().filter(|way| self.is_current(way)).collect()
    }

    fn removals(&self, subject: Subject, random: &mut Random) -> Vec<Change> {
        let stays = |way: &Way| subject == Subject::Enrolment && self.is_current(way);
        let ways: Vec<Way> = self.ways(subject, random).into_iter().filter(|way| !stays(way)).collect();
        let mut changes: Vec<Change> = ways.iter().map(|way| Change::new(Sort::Remove(subject), vec![Edit::Remove(way.clone())])).collect();
        if subject == Subject::Entry {
            let mut entries = self.current_entries();
            random.shuffle(&mut entries);
            for count in 2..entries.len() {
                let mut some: Vec<Way> = entries.iter().take(count).cloned().collect();
                some.sort_unstable_by(|one, other| other.cmp(one));
                changes.push(Change::new(Sort::RemoveMany(subject), some.into_iter().map(Edit::Remove).collect()));
            }
        }
        changes
    }

    /// A value in a result where there is no result yet.
    fn missing_results(&self, random: &mut Random) -> Vec<Change> {
        let without = |way: &Way| self.dossier.at(way).is_some_and(|entry| entry.rows_of(Subject::Result).next().is_none());
        let ways: Vec<Way> = self.current_entries().into_iter().filter(without).collect();
        let read = self.reads.fields.iter().copied().filter(|field| field.subject == Subject::Result && self.sorts.has(Sort::Set(*field)));
        let read: Vec<Field> = read.collect();
        let mut changes = Vec::new();
        for way in ways {
            for field in &read {
                let result = Row::new(Subject::Result);
                for value in self.values(*field, &result, random).into_iter().flatten() {
                    let result = Row::new(Subject::Result).with(*field, value);
                    changes.push(Change::new(Sort::Set(*field), vec![Edit::Add(way.clone(), result)]));
                }
            }
        }
        changes
    }

    /// More and more of the year's units failed.
    fn failures(&self, random: &mut Random) -> Vec<Change> {
        let field = fields::result::OUTCOME;
        if !self.reads.fields.contains(&field) || !self.sorts.has(Sort::SetInMany(field)) {
            return Vec::new();
        }
        let mut results: Vec<Way> = self.dossier.ways_to(Subject::Result).into_iter().filter(|way| self.is_current(way)).collect();
        random.shuffle(&mut results);
        let fail = |way: &Way| values_of_failure().map(|(field, value)| Edit::Set(way.clone(), field, value));
        (2..=results.len()).map(|count| Change::new(Sort::SetInMany(field), results.iter().take(count).flat_map(fail).collect())).collect()
    }
}

/// A failed examination.
fn values_of_failure() -> [(Field, Datum); 2] {
    let outcome = crate::generate::draw::word(crate::vocabulary::Enumeration::Outcome, "failed");
    [(fields::result::OUTCOME, outcome), (fields::result::SCORE, Datum::Number(6 * crate::vocabulary::SCALE))]
}

/// Two values of one row at once.
fn pairs(by_row: &[Vec<Change>], random: &mut Random) -> Vec<Change> {
    let several: Vec<&Vec<Change>> = by_row.iter().filter(|changes| changes.len() > 1).collect();
    let mut pairs = Vec::new();
    for _ in 0..PAIRS {
        let Some(changes) = random.pick(&several) else { break };
        let (Some(one), Some(other)) = (random.pick(changes), random.pick(changes)) else { break };
        if let (Sort::Set(left) | Sort::Clear(left), Sort::Set(right) | Sort::Clear(right)) = (one.sort, other.sort)
            && left < right
        {
            pairs.push(Change::new(Sort::SetBoth(left, right), one.edits.iter().chain(&other.edits).cloned().collect()));
        }
    }
    pairs
}

/// The first change of every sort, then the second of every sort, and so on.
fn in_turn(sorts: &[Sort], by_sort: &mut BTreeMap<Sort, Vec<Change>>) -> Vec<Change> {
    let mut queues: Vec<std::vec::IntoIter<Change>> = sorts.iter().filter_map(|sort| by_sort.remove(sort)).map(Vec::into_iter).collect();
    let mut changes = Vec::new();
    loop {
        let before = changes.len();
        changes.extend(queues.iter_mut().filter_map(Iterator::next));
        if changes.len() == before {
            return changes;
        }
    }
}
