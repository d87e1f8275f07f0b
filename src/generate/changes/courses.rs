//! Entries of other course units: of the programme, of another one, or of a kind that a check looks at.

use crate::generate::changes::candidates::Changer;
use crate::generate::changes::{Change, Edit, Sort};
use crate::generate::dossier::{Datum, Row, Way};
use crate::generate::institution::{Offer, Programme};
use crate::generate::random::Random;
use crate::records::CodeId;
use crate::vocabulary::{FieldKind, Subject, fields};

/// Course units that are tried of each origin.
const OF_EACH: usize = 4;

impl Changer<'_> {
    /// The entry, about another course unit.
    pub(super) fn other_courses(&self, way: &Way, entry: &Row, random: &mut Random) -> Vec<Change> {
        let Some(enrolment) = way.first().and_then(|index| self.dossier.rows.get(*index)) else { return Vec::new() };
        let courses = self.courses(enrolment, random);
        let changed = |course: CodeId| {
            let mut other = self.entry(enrolment, course);
            if let Some(kind) = entry.get(fields::entry::KIND) {
                other.set(fields::entry::KIND, kind.clone());
            }
            other.rows.clone_from(&entry.rows);
            Change::new(Sort::Set(fields::entry::COURSE), vec![Edit::Replace(way.clone(), other)])
        };
        courses.into_iter().map(changed).collect()
    }

    /// Another entry in each ISP of the year.
    pub(super) fn more_entries(&self, random: &mut Random) -> Vec<Change> {
        let mut changes = Vec::new();
        for (way, enrolment) in self.current_enrolments() {
            let Some(isp) = enrolment.rows.iter().position(|row| row.subject == Subject::Isp) else { continue };
            let owner: Way = way.iter().copied().chain([isp]).collect();
            for course in self.courses(enrolment, random) {
                let mut entry = self.entry(enrolment, course);
                entry.set(fields::entry::KIND, crate::generate::draw::word(crate::vocabulary::Enumeration::EntryKind, "regular"));
                changes.push(Change::new(Sort::Add(Subject::Entry), vec![Edit::Add(owner.clone(), entry)]));
            }
        }
        changes
    }

    /// Course units that are not in the enrolment yet.
    pub(super) fn courses(&self, enrolment: &Row, random: &mut Random) -> Vec<CodeId> {
        let entries = enrolment.rows_of(Subject::Isp).flat_map(|isp| isp.rows_of(Subject::Entry));
        let taken: Vec<CodeId> = entries.filter_map(|entry| entry.get(fields::entry::COURSE).and_then(Datum::code)).collect();
        let programme = enrolment.get(fields::enrolment::PROGRAMME).and_then(Datum::code).and_then(|code| self.institution.programme(code));
        let own: Vec<CodeId> = programme.iter().flat_map(|programme| &programme.units).map(|unit| unit.course).collect();
        let named = self.reads.codes.iter().filter(|(subject, code)| *subject == Subject::Course && own.contains(code)).map(|(_, code)| *code);
        let anywhere = self.institution.offers.iter().map(|offer| offer.course);
        let mut origins: Vec<Vec<CodeId>> = vec![named.collect(), own.clone(), anywhere.collect()];
        origins.extend(self.marked(programme));
        let mut courses = Vec::new();
        for mut origin in origins {
            origin.retain(|course| !taken.contains(course) && !courses.contains(course));
            random.shuffle(&mut origin);
            courses.extend(origin.into_iter().take(OF_EACH));
        }
        courses
    }

    /// The course units that are alike in a mark of the catalogue that the check looks at.
    fn marked(&self, programme: Option<&Programme>) -> Vec<Vec<CodeId>> {
        let is_mark = |field: &&crate::vocabulary::Field| field.subject == Subject::Course && field.kind() == FieldKind::Boolean;
        let own = |offer: &&Offer| programme.is_none_or(|programme| programme.units.iter().any(|unit| unit.course == offer.course));
        let mut marked = Vec::new();
        for field in self.reads.fields.iter().filter(is_mark) {
            for mark in [0, 1] {
                let alike = |offer: &&Offer| self.institution.setting.catalogue.cell(*field, offer.row) == mark;
                let offers = self.institution.offers.iter().filter(alike);
                marked.push(offers.clone().filter(own).map(|offer| offer.course).collect());
                marked.push(offers.map(|offer| offer.course).collect());
            }
        }
        marked
    }

    /// An entry of a course unit, in an event of the student's class group.
    pub(super) fn entry(&self, enrolment: &Row, course: CodeId) -> Row {
        let offer = self.institution.offer(course);
        let programme = enrolment.get(fields::enrolment::PROGRAMME).and_then(Datum::code).and_then(|code| self.institution.programme(code));
        let unit = programme.and_then(|programme| programme.units.iter().find(|unit| unit.course == course));
        let group = self.group_of(enrolment, fields::enrolment::CLASS_GROUP);
        let serving = offer.and_then(|offer| {
            let chosen = offer.events.iter().filter(|event| event.chosen);
            chosen.clone().find(|event| group.is_some_and(|group| event.serves.contains(&group))).map(|event| (event, None)).or_else(|| {
                let mut elsewhere = chosen.filter_map(|event| event.serves.last().map(|group| (event, Some(*group))));
                elsewhere.next()
            })
        });
        let code = |group: crate::generate::institution::GroupId| self.institution.groups.get(group.0).map(|group| group.code);
        Row::new(Subject::Entry)
            .with(fields::entry::COURSE, Datum::Code(Subject::Course, course))
            .with(fields::entry::SEMESTER, Datum::Semester(unit.map_or(1, |unit| unit.semester)))
            .with_any(fields::entry::CREDITS, offer.map(|offer| Datum::Number(offer.credits)))
            .with_any(fields::entry::EVENT, serving.map(|(event, _)| Datum::Code(Subject::Event, event.code)))
            .with_any(
                fields::entry::CLASS_GROUP,
                serving.and_then(|(_, group)| group).and_then(code).map(|code| Datum::Code(Subject::ClassGroup, code)),
            )
    }
}
