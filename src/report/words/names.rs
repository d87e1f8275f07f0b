//! Names of values, for people: those that the engine gives itself, those of the record, and those that an author chose.

use crate::report::words::{Language, Unit, days, quantity};
use crate::vocabulary::Exact;

/// A value that the engine names itself, with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    Happened,
    FirstDay,
    LastDay,
    Value,
    Minimum,
    Maximum,
}

/// `last day 15 October 2023`
pub(crate) fn own(language: Language, own: Own, value: &str) -> String {
    let name = match own {
        Own::Happened => language.pick("happened on", "gebeurd op"),
        Own::FirstDay => language.pick("first day", "eerste dag"),
        Own::LastDay => language.pick("last day", "laatste dag"),
        Own::Value => language.pick("value", "waarde"),
        Own::Minimum => "minimum",
        Own::Maximum => "maximum",
    };
    format!("{name} {value}")
}

/// How far something lies outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outside {
    DaysLate,
    DaysEarly,
    DaysLeft,
    Short,
    Over,
}

/// `1 day late`, `3 credits short`
pub(crate) fn outside(language: Language, outside: Outside, (amount, unit): (Exact, Unit)) -> String {
    let counted =
        || amount.to_integer().map_or_else(|| quantity(language, amount, Unit::None).to_string(), |count| days(language, count).to_string());
    match (language, outside) {
        (Language::English, Outside::DaysLate) => format!("{} late", counted()),
        (Language::Dutch, Outside::DaysLate) => format!("{} te laat", counted()),
        (Language::English, Outside::DaysEarly) => format!("{} early", counted()),
        (Language::Dutch, Outside::DaysEarly) => format!("{} te vroeg", counted()),
        (Language::English, Outside::DaysLeft) => format!("{} left", counted()),
        (Language::Dutch, Outside::DaysLeft) => format!("nog {}", counted()),
        (Language::English, Outside::Short) => format!("{} short", quantity(language, amount, unit)),
        (Language::Dutch, Outside::Short) => format!("{} te weinig", quantity(language, amount, unit)),
        (Language::English, Outside::Over) if unit == Unit::Credits => format!("{} too many", quantity(language, amount, unit)),
        (Language::English, Outside::Over) => format!("{} over", quantity(language, amount, unit)),
        (Language::Dutch, Outside::Over) => format!("{} te veel", quantity(language, amount, unit)),
    }
}

/// Subjects, lists and fields of the record in Dutch; in English they are said as they are written.
const DUTCH: &[(&str, &str)] = &[
    ("about_decision_on", "over de beslissing van"),
    ("academic_year", "academiejaar"),
    ("added_on", "toegevoegd op"),
    ("allocation", "toewijzing"),
    ("announced_on", "aangekondigd op"),
    ("attempts", "examenkansen"),
    ("authority", "instantie"),
    ("awarded_on", "behaald op"),
    ("basis", "grond"),
    ("booked_on", "geboekt op"),
    ("changed_by", "gewijzigd door"),
    ("check", "controle"),
    ("class_group", "klasgroep"),
    ("class_groups", "klasgroepen"),
    ("code", "code"),
    ("cohort", "cohorte"),
    ("comprehensive_test", "bachelorproef"),
    ("compulsory", "verplicht"),
    ("contract", "contract"),
    ("course", "opleidingsonderdeel"),
    ("credit_certificates", "creditbewijzen"),
    ("credit_contract", "creditcontract"),
    ("credits", "studiepunten"),
    ("decided_on", "beslist op"),
    ("decision", "beslissing"),
    ("decisions", "beslissingen"),
    ("deregistered_on", "uitgeschreven op"),
    ("diploma", "diploma"),
    ("diplomas", "diploma's"),
    ("done_credits", "verworven studiepunten"),
    ("dropped_on", "geschrapt op"),
    ("enrolled_on", "ingeschreven op"),
    ("enrolment", "inschrijving"),
    ("enrolments", "inschrijvingen"),
    ("entries", "opgenomen opleidingsonderdelen"),
    ("entry", "opgenomen opleidingsonderdeel"),
    ("event", "reeks"),
    ("events", "reeksen"),
    ("exam_contract", "examencontract"),
    ("exemption", "vrijstelling"),
    ("exemptions", "vrijstellingen"),
    ("filed_on", "ingediend op"),
    ("first_chance_on", "eerste examenkans op"),
    ("first_enrolled_on", "eerst ingeschreven op"),
    ("granted_on", "toegekend op"),
    ("hours", "uren"),
    ("hours_per_month", "uren per maand"),
    ("imposed_on", "opgelegd op"),
    ("institution", "instelling"),
    ("isp", "ISP"),
    ("itinerary", "traject"),
    ("kind", "soort"),
    ("language", "taal"),
    ("learning_account", "leerkrediet"),
    ("level", "niveau"),
    ("lifted_on", "opgeheven op"),
    ("main", "hoofdinschrijving"),
    ("measure", "maatregel"),
    ("measures", "maatregelen"),
    ("name", "naam"),
    ("number", "nummer"),
    ("option", "afstudeerrichting"),
    ("outcome", "uitkomst"),
    ("parent", "omvattende groep"),
    ("pass_mark", "slaagcijfer"),
    ("phase", "fase"),
    ("phases", "fasen"),
    ("postponed_to", "uitgesteld tot"),
    ("previous", "vorig jaar"),
    ("prior", "voorafgaand opleidingsonderdeel"),
    ("programme", "opleiding"),
    ("published_on", "bekendgemaakt op"),
    ("reference", "kenmerk"),
    ("replaces", "vervangt"),
    ("request", "aanvraag"),
    ("requested_courses", "gevraagde opleidingsonderdelen"),
    ("requested_credits", "gevraagde studiepunten"),
    ("requested_on", "aangevraagd op"),
    ("requests", "aanvragen"),
    ("result", "resultaat"),
    ("scale", "schaal"),
    ("scope", "draagwijdte"),
    ("score", "cijfer"),
    ("semester", "semester"),
    ("start_semester", "startsemester"),
    ("starts", "begint in semester"),
    ("state", "toestand"),
    ("status", "statuut"),
    ("statuses", "statuten"),
    ("student", "student"),
    ("submitted_on", "ingediend op"),
    ("subunits", "deelopleidingsonderdelen"),
    ("tolerable", "tolereerbaar"),
    ("tolerance", "tolerantie"),
    ("tolerance_settled_on", "tolerantie vastgelegd op"),
    ("type", "type"),
    ("unit", "opleidingsonderdeel in het programma"),
    ("units", "opleidingsonderdelen in het programma"),
    ("until", "tot en met"),
    ("valid_from", "geldig vanaf"),
    ("valid_until", "geldig tot en met"),
    ("window", "periode"),
];

/// The name of any other value: `enrolment.class_group` is the `class group of the enrolment`. What an author named is said as it is written.
pub(crate) fn name(language: Language, name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        return word(language, name);
    }
    if let Some((what, inside)) = name.strip_suffix(')').and_then(|name| name.split_once('(')) {
        return format!("{} {}", word(language, what), word(language, inside));
    }
    let mut steps = name.rsplit('.');
    let last = steps.next().unwrap_or(name);
    let said = last.split(' ').map(|part| word(language, part)).collect::<Vec<_>>().join(" ");
    steps.fold(said, |said, owner| match language {
        Language::English => format!("{said} of the {}", word(language, owner)),
        Language::Dutch => format!("{said} van {}{}", article(owner), word(language, owner)),
    })
}

fn word(language: Language, written: &str) -> String {
    let dutch = || DUTCH.iter().find(|(name, _)| *name == written).map(|(_, dutch)| (*dutch).to_owned());
    match language {
        Language::English if written == "isp" => "ISP".to_owned(),
        Language::English => written.replace('_', " "),
        Language::Dutch => dutch().unwrap_or_else(|| written.replace('_', " ")),
    }
}

fn article(subject: &str) -> &'static str {
    match subject {
        "isp" | "result" | "course" | "entry" | "unit" | "diploma" => "het ",
        "previous" => "",
        _ => "de ",
    }
}

#[cfg(test)]
mod tests {
    use super::{DUTCH, name};
    use crate::report::words::Language::{Dutch, English};
    use crate::vocabulary::{Field, Subject};

    #[test]
    fn names_are_said_in_words() {
        for (written, english, dutch) in [
            ("enrolment.class_group", "class group of the enrolment", "klasgroep van de inschrijving"),
            ("submitted_on", "submitted on", "ingediend op"),
            ("window(isp)", "window ISP", "periode ISP"),
            ("status scholarship", "status scholarship", "statuut scholarship"),
            ("standard_itinerary", "standard itinerary", "standard itinerary"),
        ] {
            assert_eq!((name(English, written).as_str(), name(Dutch, written).as_str()), (english, dutch));
        }
    }

    #[test]
    fn every_field_of_the_record_has_a_dutch_name() {
        let fields = Subject::ALL.into_iter().flat_map(Field::all_of).map(Field::name);
        let without: Vec<_> = fields.filter(|field| DUTCH.iter().all(|(name, _)| name != field)).collect();
        assert_eq!(without, ["id"], "an id is an id in any language");
    }
}
