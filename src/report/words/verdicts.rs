//! Sentences that say a verdict, or put it around another sentence.

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::report::words::{Language, date, joined};
use crate::rulebook::PriorPart;
use crate::syntax::ast::{PriorState, PriorWhen};
use crate::verdicts::{Unknown, VerdictKind};

/// `violated`, `needs decision`; `geschonden`, `beslissing nodig`
pub(crate) fn verdict_word(language: Language, kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Satisfied => language.pick("satisfied", "voldaan"),
        VerdictKind::Violated => language.pick("violated", "geschonden"),
        VerdictKind::NotApplicable => language.pick("not applicable", "niet van toepassing"),
        VerdictKind::Excepted => language.pick("excepted", "uitgezonderd"),
        VerdictKind::Waived => language.pick("waived", "toegestaan"),
        VerdictKind::NeedsDecision => language.pick("needs decision", "beslissing nodig"),
        VerdictKind::NotYetDue => language.pick("not yet due", "nog niet vereist"),
        VerdictKind::MissingData => language.pick("missing data", "ontbrekende gegevens"),
        VerdictKind::Conflict => language.pick("conflict", "tegenspraak"),
    }
}

/// The requirement as the rule says it, with the elements for which it fails.
pub(crate) fn does_not_hold<S: Borrow<str>>(language: Language, requirement: &str, failing: &[S]) -> String {
    let failing = joined(language, failing);
    match (language, &*failing) {
        (Language::English, "") => ["this does not hold: ", requirement].concat(),
        (Language::Dutch, "") => ["dit klopt niet: ", requirement].concat(),
        (Language::English, failing) => ["for ", failing, " this does not hold: ", requirement].concat(),
        (Language::Dutch, failing) => ["voor ", failing, " klopt dit niet: ", requirement].concat(),
    }
}

pub(crate) fn holds(language: Language, requirement: &str) -> String {
    match language {
        Language::English => ["this holds: ", requirement].concat(),
        Language::Dutch => ["dit klopt: ", requirement].concat(),
    }
}

/// `BM201 is taken up, but BM102 is not completed or tolerated in an earlier semester: BM201 strictly after BM102`; the state is nothing where a line
/// asks for several.
pub(crate) fn lacks_priors(language: Language, course: &str, (priors, state): (&[&str], Option<&str>), edge: &str) -> String {
    if priors.is_empty() {
        return match language {
            Language::English => [course, " is taken up, but this is not met: ", edge].concat(),
            Language::Dutch => [course, " is opgenomen, maar hieraan is niet voldaan: ", edge].concat(),
        };
    }
    let (be, priors) = (be(language, priors), &*joined(language, priors));
    match (language, state) {
        (Language::English, Some(state)) => [course, " is taken up, but ", priors, " ", be, " not ", state, ": ", edge].concat(),
        (Language::Dutch, Some(state)) => [course, " is opgenomen, maar ", priors, " ", be, " niet ", state, ": ", edge].concat(),
        (Language::English, None) => [course, " is taken up while ", priors, " ", be, " not in the state asked for: ", edge].concat(),
        (Language::Dutch, None) => [course, " is opgenomen terwijl ", priors, " niet in de gevraagde toestand ", be, ": ", edge].concat(),
    }
}

/// `is` of one thing, `are` of several.
fn be<S>(language: Language, things: &[S]) -> &'static str {
    if things.len() == 1 { language.pick("is", "is") } else { language.pick("are", "zijn") }
}

/// `the study programme committee`, `“de opleidingscommissie”`: an author names a role in one language, and in Dutch an article can't be guessed.
pub(super) fn named_roles(language: Language, roles: &[String]) -> String {
    match language {
        Language::English => format!("the {}", joined(language, roles)),
        Language::Dutch => joined(language, &roles.iter().map(|role| format!("“{role}”")).collect::<Vec<_>>()).into_owned(),
    }
}

/// `the study programme committee must decide: …`
pub(crate) fn somebody_decides(language: Language, roles: &[String], why: Option<&str>) -> String {
    let roles = named_roles(language, roles);
    let decides = match language {
        Language::English => format!("a decision by {roles} is needed"),
        Language::Dutch => format!("een beslissing door {roles} is nodig"),
    };
    why.map_or(decides.clone(), |why| format!("{decides}: {why}"))
}

/// `…; allowed by the study programme committee on 2 October 2023`
pub(crate) fn allowed_by(language: Language, why: &str, (authority, on): (Option<&str>, Option<NaiveDate>)) -> String {
    let decision = decision(language, language.pick("allowed", "toegestaan"), authority, on);
    if why.is_empty() { decision } else { format!("{why}; {decision}") }
}

/// `refused by the study programme committee on 2 October 2023: …`
pub(crate) fn refused_by(language: Language, why: &str, (authority, on): (Option<&str>, Option<NaiveDate>)) -> String {
    let decision = decision(language, language.pick("refused", "geweigerd"), authority, on);
    if why.is_empty() { decision } else { format!("{why}; {decision}") }
}

fn decision(language: Language, what: &str, authority: Option<&str>, on: Option<NaiveDate>) -> String {
    let by = authority.map(|authority| match language {
        Language::English => format!(" by the {authority}"),
        Language::Dutch => format!(" door “{authority}”"),
    });
    let on = on.map(|on| format!(" {} {}", language.pick("on", "op"), date(language, on)));
    format!("{what}{}{}", by.unwrap_or_default(), on.unwrap_or_default())
}

/// `this cannot be judged: …`
pub(crate) fn cannot_be_judged(language: Language, reasons: &[String]) -> String {
    let sentence = language.pick("this cannot be judged", "dit kan niet beoordeeld worden");
    if reasons.is_empty() { sentence.to_owned() } else { format!("{sentence}: {}", joined(language, reasons)) }
}

/// Why something is unknown; `place` is the field or the stretch of the rule that it is about.
pub(crate) fn unknown_because(language: Language, unknown: Unknown, place: &str) -> String {
    match unknown {
        Unknown::Missing(_) => language.pick(format!("`{place}` is missing"), format!("`{place}` ontbreekt")),
        Unknown::ListMissing(..) => language.pick(format!("the list `{place}` is missing"), format!("de lijst `{place}` ontbreekt")),
        Unknown::DivisionByZero(_) => language.pick(format!("`{place}` divides by zero"), format!("`{place}` deelt door nul")),
        Unknown::BeyondCalendars(_) => {
            language.pick(format!("no calendar says when `{place}` is"), format!("geen kalender zegt wanneer `{place}` valt"))
        }
        Unknown::Tie(_) => language.pick(format!("`{place}` is a tie"), format!("`{place}` is niet eenduidig")),
        Unknown::Nothing(_) => language.pick(format!("`{place}` has nothing to choose from"), format!("`{place}` heeft niets om uit te kiezen")),
        Unknown::TooLarge(_) => language.pick(format!("`{place}` is too large to be exact"), format!("`{place}` is te groot om exact te zijn")),
        Unknown::NoSuchDay(_) => language.pick(format!("`{place}` is a day that does not exist"), format!("`{place}` is een dag die niet bestaat")),
        Unknown::TooDeep(_) => language.pick(
            format!("`{place}` stands on more definitions than can be followed"),
            format!("`{place}` steunt op meer definities dan te volgen is"),
        ),
        Unknown::PartlyServed(_) => language.pick(
            format!("`{place}`: the event serves only some of the groups that make up the class group"),
            format!("`{place}`: de reeks is er maar voor een deel van de groepen van de klasgroep"),
        ),
    }
}

pub(crate) fn lifted_by(language: Language, label: &str) -> String {
    language.pick(format!("lifted by the exception `{label}`"), format!("opgeheven door de uitzondering `{label}`"))
}

pub(crate) fn not_about(language: Language, subject: &str) -> String {
    language.pick(format!("the check is not about this {subject}"), format!("de controle gaat niet over deze {subject}"))
}

pub(crate) fn contradictory_exceptions(language: Language, labels: &[String]) -> String {
    let labels = joined(language, labels);
    match language {
        Language::English => format!("the exceptions {labels} contradict each other"),
        Language::Dutch => format!("de uitzonderingen {labels} spreken elkaar tegen"),
    }
}

pub(crate) fn contradictory_decisions(language: Language) -> String {
    language.pick("decisions of the same day both grant and refuse this", "beslissingen van dezelfde dag staan dit toe en weigeren het").to_owned()
}

/// `completed or tolerated in an earlier semester`; several parts are alternatives.
pub(crate) fn prior_state(language: Language, parts: &[PriorPart]) -> String {
    let or = language.pick(" or ", " of ");
    let mut said = String::with_capacity(64);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            said.push_str(or);
        }
        for (index, state) in part.states.iter().enumerate() {
            said.extend([if index > 0 { or } else { "" }, state_word(language, *state)]);
        }
        said.extend([" ", when_words(language, part.when)]);
    }
    said
}

fn state_word(language: Language, state: PriorState) -> &'static str {
    match state {
        PriorState::Completed => language.pick("completed", "voltooid"),
        PriorState::Tolerated => language.pick("tolerated", "getolereerd"),
        PriorState::Exempted => language.pick("exempted", "vrijgesteld"),
        PriorState::Scheduled => language.pick("taken up", "opgenomen"),
    }
}

fn when_words(language: Language, when: PriorWhen) -> &'static str {
    match when {
        PriorWhen::EarlierSemester => language.pick("in an earlier semester", "in een vroeger semester"),
        PriorWhen::EarlierYear => language.pick("in an earlier year", "in een vroeger jaar"),
        PriorWhen::SameOrEarlierSemester => language.pick("in the same or an earlier semester", "in hetzelfde of een vroeger semester"),
        PriorWhen::SameRegistration => language.pick("in the same registration", "in dezelfde registratie"),
        PriorWhen::AnyTime => language.pick("at any time", "op enig moment"),
    }
}
