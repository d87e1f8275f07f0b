//! Enrolments and their ISPs: when the student registered, sent and was answered, in which class group, in which events.

use crate::generate::dossier::{Datum, Row};
use crate::generate::draw::path::{Chosen, Kind, YearPlan};
use crate::generate::draw::profile::{Plainness, Profile, Registration};
use crate::generate::draw::word;
use crate::generate::institution::{Event, GroupId, Institution, Programme, Term, Unit};
use crate::generate::random::Random;
use crate::vocabulary::{Enumeration, Subject, fields};

/// Within so many days those who are late send their ISP.
const LATE_DAYS: i32 = 6;

/// Makes the enrolments of one student.
#[derive(Clone, Copy)]
pub(super) struct Registrar<'i> {
    pub(super) institution: &'i Institution<'i>,
    pub(super) profile: &'i Profile,
    pub(super) programme: &'i Programme,
}

/// The days of one enrolment.
#[derive(Debug, Clone, Copy)]
struct Moments {
    enrolled: i32,
    sent: i32,
    decided: i32,
}

impl Registrar<'_> {
    pub(super) fn enrolment(self, plan: &YearPlan, random: &mut Random) -> Row {
        let current = plan.year == self.institution.setting.year;
        let registration = if current { self.profile.registration } else { Registration::InTime };
        let moments = self.moments(plan.year, registration, random);
        let group = self.group(plan, random);
        let row = Row::new(Subject::Enrolment)
            .with(fields::enrolment::ACADEMIC_YEAR, Datum::Year(plan.year))
            .with(fields::enrolment::PROGRAMME, Datum::Code(Subject::Programme, self.programme.code))
            .with(fields::enrolment::CONTRACT, word(Enumeration::Contract, self.profile.contract))
            .with(fields::enrolment::PHASE, Datum::Number(plan.phase * crate::vocabulary::SCALE))
            .with_any(fields::enrolment::OPTION, self.option(plan))
            .with_any(fields::enrolment::ITINERARY, self.itinerary(plan, random))
            .with_any(fields::enrolment::START_SEMESTER, (registration == Registration::Halfway).then_some(Datum::Semester(2)))
            .with_any(fields::enrolment::CLASS_GROUP, group.map(|group| self.group_code(group)))
            .with(fields::enrolment::ENROLLED_ON, Datum::Day(moments.enrolled));
        if registration == Registration::Left {
            let gone = Datum::Day(moments.enrolled + random.between(1, 10));
            return row.with(fields::enrolment::DEREGISTERED_ON, gone);
        }
        let mut row = row;
        row.rows.push(self.isp(plan, (moments, group), random));
        row
    }

    /// The option shows once the student takes units of it.
    fn option(self, plan: &YearPlan) -> Option<Datum> {
        let option = self.profile.option?;
        let units = &self.programme.units;
        let phase_has_it = units.iter().any(|unit| unit.phase == plan.phase && unit.option == Some(option));
        let name = self.programme.options.get(option).filter(|_| phase_has_it)?;
        Some(Datum::Text(name.clone().into()))
    }

    fn itinerary(self, plan: &YearPlan, random: &mut Random) -> Option<Datum> {
        let said = random.percent(85);
        let of = |name| Some(word(Enumeration::Itinerary, name));
        match self.profile.is_for_a_diploma() {
            true if !plan.is_usual => of("individual"),
            true if said => of("model"),
            _ => None,
        }
    }

    fn moments(self, year: i32, registration: Registration, random: &mut Random) -> Moments {
        let days = self.institution.days(year);
        let [whole, halfway] = days.terms;
        let (from, to, term) = match registration {
            Registration::InTime => (whole.opens - 60, whole.closes - 12, whole),
            Registration::Late => (whole.closes + 1, whole.closes + 30, whole),
            Registration::Halfway => (days.halfway - 25, days.halfway + 3, halfway),
            Registration::Left => (whole.opens - 20, whole.closes - 14, whole),
        };
        let enrolled = random.between(from, to.max(from)).min(self.institution.today);
        let sent = match registration {
            Registration::Late => enrolled + random.between(0, LATE_DAYS),
            Registration::InTime | Registration::Halfway | Registration::Left => sent_in(term, enrolled, random),
        };
        let decided_by = if registration == Registration::Late { sent + 20 } else { term.decided_by };
        Moments { enrolled, sent, decided: random.between((sent + 2).min(decided_by), decided_by) }
    }

    fn group(self, plan: &YearPlan, random: &mut Random) -> Option<GroupId> {
        let group = |id: &GroupId| self.institution.groups.get(id.0);
        let own = self.programme.groups.iter().filter(|id| group(id).is_some_and(|group| group.phase == Some(plan.phase)));
        let own: Vec<GroupId> = own.copied().collect();
        let among = if own.is_empty() { &self.programme.groups } else { &own };
        random.pick(among).copied()
    }

    fn group_code(self, group: GroupId) -> Datum {
        // INVARIANT: group ids are made by the institution.
        Datum::Code(Subject::ClassGroup, self.institution.groups[group.0].code)
    }

    /// The ISP as it stands on the day of the check.
    fn isp(self, plan: &YearPlan, (moments, group): (Moments, Option<GroupId>), random: &mut Random) -> Row {
        let today = self.institution.today;
        let state = match moments {
            Moments { decided, .. } if decided <= today => "approved",
            Moments { sent, .. } if sent <= today => "submitted",
            Moments { .. } => "draft",
        };
        let minute = u16::try_from(random.between(8 * 60, 23 * 60)).unwrap_or(0);
        let sent = (moments.sent <= today).then_some(Datum::Instant(moments.sent, minute));
        let decided = (moments.decided <= today).then_some(Datum::Instant(moments.decided, 9 * 60 + minute % 480));
        let mut isp = Row::new(Subject::Isp)
            .with(fields::isp::STATE, word(Enumeration::IspState, state))
            .with_any(fields::isp::SUBMITTED_ON, sent)
            .with_any(fields::isp::DECIDED_ON, decided);
        let current = plan.year == self.institution.setting.year;
        for chosen in &plan.chosen {
            let mut entry = self.entry(chosen);
            if current {
                self.place(&mut entry, (chosen, group), random);
                self.change(&mut entry, (plan, chosen, moments), random);
            }
            isp.rows.push(entry);
        }
        isp
    }

    fn entry(self, chosen: &Chosen) -> Row {
        let unit = &self.programme.units[chosen.unit];
        let kind = match chosen.kind {
            Kind::Regular => "regular",
            Kind::Retake => "retake",
            Kind::Exempted => "exempted",
        };
        let mut entry = Row::new(Subject::Entry)
            .with(fields::entry::COURSE, Datum::Code(Subject::Course, unit.course))
            .with(fields::entry::SEMESTER, Datum::Semester(chosen.semester))
            .with(fields::entry::CREDITS, Datum::Number(unit.credits))
            .with(fields::entry::KIND, word(Enumeration::EntryKind, kind));
        entry.rows.extend(chosen.result.map(super::results::Result::row));
        entry
    }

    /// An event of the class group; of another group of the programme where none serves the student's own.
    fn place(self, entry: &mut Row, (chosen, group): (&Chosen, Option<GroupId>), random: &mut Random) {
        let unit = &self.programme.units[chosen.unit];
        if chosen.kind == Kind::Exempted || self.profile.is_for_examinations() || !unit.has_choice() {
            return;
        }
        let serving = |event: &&Event| group.is_some_and(|group| event.serves.contains(&group));
        let own: Vec<&Event> = unit.events.iter().filter(serving).collect();
        if let Some(event) = random.pick(&own) {
            entry.set(fields::entry::EVENT, Datum::Code(Subject::Event, event.code));
        } else if let Some((event, other)) = self.elsewhere(unit, random) {
            entry.set(fields::entry::EVENT, Datum::Code(Subject::Event, event));
            entry.set(fields::entry::CLASS_GROUP, self.group_code(other));
        }
    }

    fn elsewhere(self, unit: &Unit, random: &mut Random) -> Option<(crate::records::CodeId, GroupId)> {
        let covers = |group: &GroupId| self.institution.groups.get(group.0).is_some_and(|group| group.covers);
        let served: Vec<(crate::records::CodeId, GroupId)> =
            unit.events.iter().flat_map(|event| event.serves.iter().filter(|group| !covers(group)).map(|group| (event.code, *group))).collect();
        random.pick(&served).copied()
    }

    /// Units of the second semester that came in its window, and what the institution itself put right.
    fn change(self, entry: &mut Row, (plan, chosen, moments): (&YearPlan, &Chosen, Moments), random: &mut Random) {
        let term = self.institution.days(plan.year).terms[1];
        let today = self.institution.today;
        if self.profile.plainness > Plainness::Lively || !random.percent(4) {
            return;
        }
        let (day, by) = if chosen.semester > 1 && moments.sent < term.opens {
            (random.between(term.opens, term.closes), "student")
        } else {
            (moments.sent + random.between(2, 30), "institution")
        };
        if day <= today {
            entry.set(fields::entry::ADDED_ON, Datum::Day(day));
            entry.set(fields::entry::CHANGED_BY, word(Enumeration::ChangedBy, by));
        }
    }
}

fn sent_in(term: Term, enrolled: i32, random: &mut Random) -> i32 {
    let from = (enrolled + 1).clamp(term.opens, term.closes);
    // Most are sent in the last days.
    from + random.between(0, term.closes - from).max(random.between(0, term.closes - from))
}
