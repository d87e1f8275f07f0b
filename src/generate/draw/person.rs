//! What a student brings along: diplomas, statuses, exemptions and the learning account.

use std::borrow::Cow;

use crate::generate::dossier::{Datum, Row};
use crate::generate::draw::path::{Chosen, Kind, YearPlan};
use crate::generate::draw::profile::{Plainness, Profile};
use crate::generate::draw::standing::level;
use crate::generate::draw::word;
use crate::generate::institution::{Institution, Programme};
use crate::generate::random::Random;
use crate::vocabulary::{Cell, Enumeration, SCALE, Subject, dates, fields};

/// The credits that everybody's learning account begins with.
const INITIAL_CREDITS: Cell = 140 * SCALE;
/// The first credits that are acquired are returned twice.
const BONUS_CREDITS: Cell = 60 * SCALE;

/// The levels of the diplomas that a student holds, the highest last.
pub(super) fn levels(programme: &Programme, profile: &Profile, random: &mut Random) -> Vec<&'static str> {
    let kind = programme.kind.and_then(|kind| Enumeration::ProgrammeType.value(kind));
    let builds_on_another = matches!(kind, Some("master" | "bridge" | "preparatory" | "postgraduate" | "continuing"));
    if builds_on_another || (profile.plainness == Plainness::Lively && random.percent(4)) { vec!["secondary", "bachelor"] } else { vec!["secondary"] }
}

/// The highest of them, as its index.
pub(super) fn highest(levels: &[&str]) -> i32 {
    levels.last().map_or(0, |last| level(last))
}

/// A day such as 30 June of a calendar year.
fn day(year: i32, (month, day): (u32, u32)) -> i32 {
    chrono::NaiveDate::from_ymd_opt(year, month, day).and_then(dates::cell_of_date).unwrap_or(0)
}

pub(super) fn diplomas(levels: &[&str], first_year: i32) -> Vec<Row> {
    let awarded = |level: &str| if level == "secondary" { (6, 30) } else { (7, 5) };
    let years_before = i32::try_from(levels.len()).unwrap_or(1);
    let years = (1..).map(|index| first_year - (years_before - index) * 3);
    let diploma = |(level, year): (&&str, i32)| {
        Row::new(Subject::Diploma)
            .with(fields::diploma::LEVEL, word(Enumeration::DiplomaLevel, level))
            .with(fields::diploma::AWARDED_ON, Datum::Day(day(year, awarded(level))))
    };
    levels.iter().zip(years).map(diploma).collect()
}

/// Who is new, who works, who is helped: words that records usually have.
pub(super) fn statuses(institution: &Institution<'_>, (profile, first_year): (&Profile, i32), random: &mut Random) -> Vec<Row> {
    let year = institution.setting.year;
    let of = |name: &'static str, (from, until): (i32, Option<i32>)| {
        Row::new(Subject::Status)
            .with(fields::status::STATUS, Datum::Text(Cow::Borrowed(name)))
            .with(fields::status::VALID_FROM, Datum::Day(from))
            .with_any(fields::status::VALID_UNTIL, until.map(Datum::Day))
    };
    let programme = &institution.programmes[profile.programme];
    let kind = programme.kind.and_then(|kind| Enumeration::ProgrammeType.value(kind));
    let mut statuses = Vec::new();
    if profile.contract == "diploma" && matches!(kind, Some("bachelor_professional" | "bachelor_academic")) {
        let days = institution.days(first_year);
        statuses.push(of("first_time", (days.first, (first_year < year).then_some(days.last))));
    }
    let from = institution.days(year).first;
    if random.percent(6) {
        let hours = random.between(80, 160) * SCALE;
        statuses.push(of("working_student", (from, None)).with(fields::status::HOURS_PER_MONTH, Datum::Number(hours)));
    }
    match random.weighted(&[74, 19, 7]) {
        1 => statuses.push(of("scholarship", (from, None))),
        2 => statuses.push(of("almost_scholarship", (from, None))),
        _ => {}
    }
    let others = [("disability", 4), ("top_athlete", 1), ("entrepreneur", 1)];
    statuses.extend(others.into_iter().filter(|(_, chance)| random.percent(*chance)).map(|(name, _)| of(name, (from, None))));
    statuses
}

/// The request behind an individual itinerary, where the rules know of such a request.
pub(super) fn itinerary_request(institution: &Institution<'_>, enrolment: &Row) -> Option<Row> {
    let kind = institution.itinerary_request.clone()?;
    let individual = enrolment.get(fields::enrolment::ITINERARY) == Some(&word(Enumeration::Itinerary, "individual"));
    let year = enrolment.get(fields::enrolment::ACADEMIC_YEAR).filter(|_| individual)?;
    let filed = enrolment.get(fields::enrolment::ENROLLED_ON).and_then(Datum::day).filter(|day| *day <= institution.today)?;
    let request = Row::new(Subject::Request)
        .with(fields::request::KIND, Datum::Text(kind.into()))
        .with(fields::request::ACADEMIC_YEAR, year.clone())
        .with(fields::request::FILED_ON, Datum::Day(filed));
    Some(request)
}

/// The exemptions behind the exempted units, and the certificates behind those.
pub(super) fn exemptions(institution: &Institution<'_>, programme: &Programme, plans: &[YearPlan], random: &mut Random) -> Vec<Row> {
    let mut rows = Vec::new();
    for (plan, chosen) in
        plans.iter().flat_map(|plan| plan.chosen.iter().map(move |chosen| (plan, chosen))).filter(|(_, chosen)| chosen.kind == Kind::Exempted)
    {
        let days = institution.days(plan.year);
        let unit = &programme.units[chosen.unit];
        let course = Datum::Code(Subject::Course, unit.course);
        let basis = ["credit_certificate", "diploma", "pcl", "pel"][random.weighted(&[60, 25, 8, 7])];
        let requested = days.first - random.between(3, 20);
        let exemption = Row::new(Subject::Exemption)
            .with(fields::exemption::COURSE, course.clone())
            .with(fields::exemption::CREDITS, Datum::Number(unit.credits))
            .with(fields::exemption::BASIS, word(Enumeration::ExemptionBasis, basis))
            .with(fields::exemption::REQUESTED_ON, Datum::Day(requested))
            .with(fields::exemption::GRANTED_ON, Datum::Day(requested + random.between(4, 16)));
        rows.push(exemption);
        if basis == "credit_certificate" {
            let certificate = Row::new(Subject::CreditCertificate)
                .with(fields::credit_certificate::COURSE, course)
                .with(fields::credit_certificate::CREDITS, Datum::Number(unit.credits))
                .with(fields::credit_certificate::INSTITUTION, Datum::Text(Cow::Borrowed("another institution")))
                .with(fields::credit_certificate::AWARDED_ON, Datum::Day(day(plan.year - random.between(0, 2), (7, 5))));
            rows.push(certificate);
        }
    }
    rows
}

/// Credits are deployed when enrolling and returned when acquired.
pub(super) fn account(institution: &Institution<'_>, programme: &Programme, plans: &[YearPlan]) -> Vec<Row> {
    let entry = |day: i32, kind: &str, credits: Cell| {
        Row::new(Subject::AccountEntry)
            .with(fields::account_entry::BOOKED_ON, Datum::Day(day))
            .with(fields::account_entry::KIND, word(Enumeration::AccountKind, kind))
            .with(fields::account_entry::CREDITS, Datum::Number(credits))
    };
    let start = plans.first().map_or(institution.today, |plan| institution.days(plan.year).first - 4);
    let mut entries = vec![entry(start, "initial", INITIAL_CREDITS)];
    let mut bonus = BONUS_CREDITS;
    for plan in plans {
        let days = institution.days(plan.year);
        let sum = |counts: &dyn Fn(&Chosen) -> bool| -> Cell {
            plan.chosen.iter().filter(|chosen| counts(chosen)).map(|chosen| programme.units[chosen.unit].credits).sum()
        };
        entries.push(entry(days.first, "deployed", -sum(&|chosen| chosen.kind != Kind::Exempted)));
        let returned = sum(&|chosen| chosen.is_passed());
        if days.last <= institution.today && returned > 0 {
            entries.push(entry(days.last, "returned", returned));
            let extra = returned.min(bonus);
            bonus -= extra;
            if extra > 0 {
                entries.push(entry(days.last, "bonus", extra));
            }
        }
    }
    entries
}
