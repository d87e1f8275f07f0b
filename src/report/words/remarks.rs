//! What is said beside the nodes of an explanation.

use crate::report::words::Language;

/// Something worth saying about a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Remark {
    Applies,
    GivesWayTo(String),
    TriedBothWays,
    Given,
    SeenBefore,
    Fits,
    DoesNotFit,
}

/// The words for it.
pub(crate) fn remark(language: Language, remark: &Remark) -> String {
    let (english, dutch) = match remark {
        Remark::Applies => ("applies", "geldt"),
        Remark::GivesWayTo(label) => return language.pick(format!("gives way to `{label}`"), format!("wijkt voor `{label}`")),
        Remark::TriedBothWays => ("not known, so tried both ways", "niet bekend, dus op beide manieren geprobeerd"),
        Remark::Given => ("given by the example", "gegeven door het voorbeeld"),
        Remark::SeenBefore => ("computed above", "hierboven berekend"),
        Remark::Fits => ("is about this and valid", "gaat hierover en is geldig"),
        Remark::DoesNotFit => ("is about something else, or not valid", "gaat over iets anders, of is niet geldig"),
    };
    language.pick(english, dutch).to_owned()
}
