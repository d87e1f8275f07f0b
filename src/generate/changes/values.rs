//! The other values that a field may have.

use crate::generate::changes::candidates::Changer;
use crate::generate::changes::{Change, Edit, Sort};
use crate::generate::dossier::{Datum, Row, Way};
use crate::generate::draw::word;
use crate::generate::institution::GroupId;
use crate::generate::random::Random;
use crate::vocabulary::{Cell, Enumeration, Field, FieldKind, SCALE, Subject, fields};

/// Days in a year, roughly: certificates and diplomas age by years.
const YEAR: i32 = 366;
/// Codes that are tried in place of another.
const CODES: usize = 4;

impl Changer<'_> {
    /// The changes to one field of one row.
    pub(super) fn of_field(&self, way: &Way, field: Field, random: &mut Random) -> Vec<Change> {
        let Some(row) = self.dossier.at(way) else { return Vec::new() };
        if field == fields::entry::COURSE {
            return self.other_courses(way, row, random);
        }
        let mut changes: Vec<Change> = self.values(field, row, random).into_iter().map(|value| change(way, field, value)).collect();
        if field == fields::enrolment::CLASS_GROUP {
            let kept = self.kept_groups(way, row);
            let again: Vec<Change> = changes.iter().map(|one| Change::new(one.sort, kept.iter().chain(&one.edits).cloned().collect())).collect();
            changes.extend(again);
        }
        changes
    }

    /// The class group of the enrolment, said of each entry, so that the enrolment's own can change alone.
    fn kept_groups(&self, way: &Way, enrolment: &Row) -> Vec<Edit> {
        let Some(group) = enrolment.get(fields::enrolment::CLASS_GROUP) else { return Vec::new() };
        let entries = self.dossier.ways_to(Subject::Entry).into_iter().filter(|entry| entry.starts_with(way));
        let unsaid = |entry: &Way| self.dossier.at(entry).is_some_and(|row| row.get(fields::entry::CLASS_GROUP).is_none());
        entries.filter(unsaid).map(|entry| Edit::Set(entry, fields::entry::CLASS_GROUP, group.clone())).collect()
    }

    /// Other values; nothing for none.
    pub(super) fn values(&self, field: Field, row: &Row, random: &mut Random) -> Vec<Option<Datum>> {
        let current = row.get(field);
        let mut values: Vec<Option<Datum>> = match field.kind() {
            FieldKind::Boolean => vec![Some(Datum::Boolean(true)), Some(Datum::Boolean(false))],
            FieldKind::Integer | FieldKind::Decimal | FieldKind::Credits | FieldKind::Score => self.numbers(current),
            FieldKind::Day | FieldKind::EventDay => self.days(current),
            FieldKind::AcademicYear => self.years(current),
            FieldKind::Semester => (1..=3).map(|number| Some(Datum::Semester(number))).collect(),
            FieldKind::Text => self.texts(field, row),
            FieldKind::Enumeration(enumeration) => enumeration.values().iter().map(|value| Some(word(enumeration, value))).collect(),
            FieldKind::Reference(subject) => self.references(subject, row, random),
        };
        values.push(None);
        values.retain(|value| value.as_ref() != current);
        values
    }

    fn numbers(&self, current: Option<&Datum>) -> Vec<Option<Datum>> {
        let Some(number) = current.and_then(Datum::number) else {
            return [1, 12].into_iter().map(|whole| Some(Datum::Number(whole * SCALE))).collect();
        };
        let steps = [SCALE, -SCALE, SCALE / 2, -SCALE / 2];
        let others = steps.into_iter().chain(self.pivots.differences.iter().copied());
        others.filter_map(|step| number.checked_add(step)).map(|number| Some(Datum::Number(number))).collect()
    }

    fn days(&self, current: Option<&Datum>) -> Vec<Option<Datum>> {
        let at = |day: i32| match current {
            Some(Datum::Instant(_, minute)) => Datum::Instant(day, *minute),
            _ => Datum::Day(day),
        };
        let pivots = self.pivots.days.iter().chain(&self.reads.days);
        let near = pivots.flat_map(|day| [day - 1, *day, day + 1]);
        let own = current.and_then(Datum::day);
        let moved =
            own.into_iter().flat_map(|day| [1, -1, 7, -7, 30].into_iter().chain((1..7).map(|years| -years * YEAR)).map(move |step| day + step));
        let today = own.is_none().then_some(self.institution.today);
        near.chain(moved).chain(today).map(|day| Some(at(day))).collect()
    }

    fn years(&self, current: Option<&Datum>) -> Vec<Option<Datum>> {
        let own = if let Some(Datum::Year(year)) = current { *year } else { self.institution.setting.year };
        [own - 1, own, own + 1].into_iter().map(|year| Some(Datum::Year(year))).collect()
    }

    fn texts(&self, field: Field, row: &Row) -> Vec<Option<Datum>> {
        if field == fields::enrolment::OPTION {
            let programme = row.get(fields::enrolment::PROGRAMME).and_then(Datum::code).and_then(|code| self.institution.programme(code));
            let options = programme.into_iter().flat_map(|programme| &programme.options);
            return options.map(|option| Some(Datum::Text(option.clone().into()))).collect();
        }
        let declared = [fields::status::STATUS, fields::request::KIND, fields::measure::SCOPE];
        let words = self.reads.words.iter().filter(|_| declared.contains(&field));
        words.map(|word| Some(Datum::Text(word.clone().into()))).collect()
    }

    fn references(&self, subject: Subject, row: &Row, random: &mut Random) -> Vec<Option<Datum>> {
        let named = self.reads.codes.iter().filter(|(of, _)| *of == subject).map(|(_, code)| *code);
        let mut codes: Vec<crate::records::CodeId> = named.collect();
        if subject == Subject::Programme {
            codes.extend(self.institution.programmes.iter().map(|programme| programme.code));
        } else if subject == Subject::ClassGroup {
            codes.extend(self.institution.groups.iter().map(|group| group.code));
        } else if subject == Subject::Event {
            codes.extend(self.events_of(row));
        } else {
            codes.extend(self.institution.offers.iter().map(|offer| offer.course));
        }
        random.shuffle(&mut codes);
        codes.into_iter().take(CODES).map(|code| Some(Datum::Code(subject, code))).collect()
    }

    /// The events of the course unit that an entry is about.
    fn events_of(&self, row: &Row) -> impl Iterator<Item = crate::records::CodeId> {
        let offer = row.get(fields::entry::COURSE).and_then(Datum::code).and_then(|course| self.institution.offer(course));
        offer.into_iter().flat_map(|offer| offer.events.iter().map(|event| event.code))
    }

    /// The class group that a row names, as the institution knows it.
    pub(super) fn group_of(&self, row: &Row, field: Field) -> Option<GroupId> {
        let code = row.get(field).and_then(Datum::code)?;
        self.institution.groups.iter().position(|group| group.code == code).map(GroupId)
    }
}

/// A value set or taken away, with the values that it can't be without.
fn change(way: &Way, field: Field, value: Option<Datum>) -> Change {
    let Some(value) = value else { return Change::new(Sort::Clear(field), vec![Edit::Clear(way.clone(), field)]) };
    let mut edits = Vec::new();
    if let (Datum::Word(enumeration, index), true) = (&value, field == fields::result::OUTCOME) {
        edits.extend(of_outcome(way, enumeration.value(*index).unwrap_or("")));
    }
    edits.push(Edit::Set(way.clone(), field, value));
    Change::new(Sort::Set(field), edits)
}

/// The mark and the choice that belong to an outcome.
fn of_outcome(way: &Way, outcome: &str) -> Vec<Edit> {
    let score = |whole: Cell| Edit::Set(way.clone(), fields::result::SCORE, Datum::Number(whole * SCALE));
    let no_choice = Edit::Clear(way.clone(), fields::result::TOLERANCE);
    match outcome {
        "passed" => vec![score(12), no_choice],
        "failed" => vec![score(6), no_choice],
        "tolerated" => vec![score(8), Edit::Set(way.clone(), fields::result::TOLERANCE, word(Enumeration::Tolerance, "chosen"))],
        _ => vec![Edit::Clear(way.clone(), fields::result::SCORE), no_choice],
    }
}
