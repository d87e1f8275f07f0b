//! Drawing a student: a profile, a way through the programme, and the dossier that a record office would have of it. What the rules make of it is not
//! known here.

mod choice;
mod path;
mod person;
mod profile;
mod registration;
mod results;
mod standing;

use crate::generate::dossier::{Datum, Row};
use crate::generate::institution::Institution;
use crate::generate::random::Random;
use crate::vocabulary::{Enumeration, Subject, fields};
use path::{Chosen, Path, YearPlan};
use registration::Registrar;
use standing::Standing;

pub(crate) use profile::{History, Manner, Plainness, Profile, Spread};

/// A word of an enumeration as a value.
pub(crate) fn word(enumeration: Enumeration, word: &str) -> Datum {
    Datum::Word(enumeration, enumeration.index_of(word).unwrap_or(0))
}

/// A dossier of such a student.
pub(crate) fn dossier(institution: &Institution<'_>, (profile, number): (&Profile, String), random: &mut Random) -> Row {
    // INVARIANT: profiles are drawn from the institution's programmes.
    let programme = &institution.programmes[profile.programme];
    let levels = person::levels(programme, profile, random);
    let plans = plans(institution, (profile, person::highest(&levels)), random);
    let first_year = plans.first().map_or(institution.setting.year, |plan| plan.year);
    let mut student =
        Row::new(Subject::Student).with(fields::student::STUDENT, Datum::Text(number.into())).with(fields::student::COHORT, Datum::Year(first_year));
    student.rows.extend(person::statuses(institution, (profile, first_year), random));
    student.rows.extend(person::diplomas(&levels, first_year));
    let registrar = Registrar { institution, profile, programme };
    student.rows.extend(plans.iter().map(|plan| registrar.enrolment(plan, random)));
    let requests: Vec<Row> = student.rows_of(Subject::Enrolment).filter_map(|enrolment| person::itinerary_request(institution, enrolment)).collect();
    student.rows.extend(requests);
    student.rows.extend(person::exemptions(institution, programme, &plans, random));
    student.rows.extend(person::account(institution, programme, &plans));
    student
}

/// The years of a student. Who has finished by the year that is generated for began later.
fn plans(institution: &Institution<'_>, (profile, level): (&Profile, i32), random: &mut Random) -> Vec<YearPlan> {
    let programme = &institution.programmes[profile.programme];
    let mut plans = Vec::new();
    for years_back in (0..=profile.years_back).rev() {
        let shorter = Profile { years_back, ..profile.clone() };
        let standing = Standing::new(institution, programme, level);
        plans = Path { institution, profile: &shorter, standing }.walk(random);
        if plans.last().is_some_and(|plan| plan.year == institution.setting.year) {
            break;
        }
    }
    plans
}

impl Chosen {
    fn is_passed(&self) -> bool {
        self.result.is_some_and(|result| result.outcome == results::Outcome::Passed)
    }
}
