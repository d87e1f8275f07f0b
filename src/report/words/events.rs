//! What happens on each event day of the record, as the first half of a sentence.

use std::borrow::Cow;

use crate::report::words::Language;
use crate::vocabulary::Field;
use crate::vocabulary::fields::{entry, exemption, isp, request, result};

/// How an event is said when it happened, and when it did not: `the ISP was sent` / `the ISP has not been sent`.
pub(crate) struct Event {
    pub(crate) happened: Cow<'static, str>,
    pub(crate) missing: Cow<'static, str>,
}

/// The words of an event; the field's own name where the engine has none.
pub(crate) fn event(language: Language, field: Option<Field>, name: &str) -> Event {
    let words = field.and_then(|field| known(language, field));
    words.map_or_else(
        || Event {
            happened: format!("`{name}` is").into(),
            missing: language.pick(format!("`{name}` has not happened"), format!("`{name}` is niet gebeurd")).into(),
        },
        |(happened, missing)| Event { happened: happened.into(), missing: missing.into() },
    )
}

fn known(language: Language, field: Field) -> Option<(&'static str, &'static str)> {
    let in_english_and_dutch = if field == isp::SUBMITTED_ON {
        (("the ISP was sent on", "the ISP has not been sent"), ("het ISP is verstuurd op", "het ISP is niet verstuurd"))
    } else if field == isp::DECIDED_ON {
        (("the ISP was decided on", "the ISP has not been decided on"), ("over het ISP is beslist op", "over het ISP is niet beslist"))
    } else if field == entry::ADDED_ON {
        (("the unit was added on", "the unit has not been added"), ("het onderdeel is toegevoegd op", "het onderdeel is niet toegevoegd"))
    } else if field == entry::DROPPED_ON {
        (("the unit was dropped on", "the unit has not been dropped"), ("het onderdeel is geschrapt op", "het onderdeel is niet geschrapt"))
    } else if field == exemption::REQUESTED_ON {
        (
            ("the exemption was requested on", "the exemption has not been requested"),
            ("de vrijstelling is aangevraagd op", "de vrijstelling is niet aangevraagd"),
        )
    } else if field == exemption::GRANTED_ON {
        (
            ("the exemption was granted on", "the exemption has not been granted"),
            ("de vrijstelling is verleend op", "de vrijstelling is niet verleend"),
        )
    } else if field == request::FILED_ON {
        (("the request was filed on", "the request has not been filed"), ("de aanvraag is ingediend op", "de aanvraag is niet ingediend"))
    } else if field == request::DECIDED_ON {
        (
            ("the request was decided on", "the request has not been decided on"),
            ("over de aanvraag is beslist op", "over de aanvraag is niet beslist"),
        )
    } else if field == result::DECIDED_ON {
        (
            ("the result was decided on", "the result has not been decided on"),
            ("over het resultaat is beslist op", "over het resultaat is niet beslist"),
        )
    } else if field == result::PUBLISHED_ON {
        (
            ("the result was published on", "the result has not been published"),
            ("het resultaat is bekendgemaakt op", "het resultaat is niet bekendgemaakt"),
        )
    } else {
        return None;
    };
    Some(language.pick(in_english_and_dutch.0, in_english_and_dutch.1))
}
