//! The words of the record's closed lists, for people.

use crate::report::words::Language;
use crate::vocabulary::Enumeration;

/// `exam contract for a diploma` of `exam_diploma`.
pub(crate) fn term(language: Language, list: Enumeration, index: i32) -> &'static str {
    let words = words_of(list);
    usize::try_from(index).ok().and_then(|index| words.get(index)).map_or("", |(english, dutch)| language.pick(*english, *dutch))
}

/// In the order of [`Enumeration::values`].
fn words_of(list: Enumeration) -> &'static [(&'static str, &'static str)] {
    match list {
        Enumeration::Contract => &[
            ("diploma contract", "diplomacontract"),
            ("credit contract", "creditcontract"),
            ("exam contract for a diploma", "examencontract voor een diploma"),
            ("exam contract for credits", "examencontract voor credits"),
            ("exchange", "uitwisseling"),
        ],
        Enumeration::Itinerary => &[("model", "modeltraject"), ("individual", "individueel")],
        Enumeration::IspState => &[
            ("none", "geen"),
            ("draft", "ontwerp"),
            ("submitted", "ingediend"),
            ("returned", "teruggestuurd"),
            ("approved", "goedgekeurd"),
            ("rejected", "afgekeurd"),
        ],
        Enumeration::EntryKind => &[
            ("regular", "gewoon"),
            ("retake", "hernomen"),
            ("exempted", "vrijgesteld"),
            ("partly exempted", "deels vrijgesteld"),
            ("external", "extern"),
        ],
        Enumeration::ChangedBy => &[("the student", "de student"), ("the institution", "de instelling")],
        Enumeration::Outcome => &[
            ("passed", "geslaagd"),
            ("failed", "niet geslaagd"),
            ("tolerated", "getolereerd"),
            ("absent", "afwezig"),
            ("excused", "gewettigd afwezig"),
            ("pending", "nog niet bekend"),
        ],
        Enumeration::Tolerance => &[("chosen", "gekozen"), ("automatic", "automatisch"), ("refused", "geweigerd")],
        Enumeration::DiplomaLevel => &[
            ("secondary education", "secundair onderwijs"),
            ("graduate", "graduaat"),
            ("bachelor", "bachelor"),
            ("master", "master"),
            ("second cycle", "tweede cyclus"),
            ("doctor", "doctor"),
        ],
        Enumeration::ExemptionBasis => &[
            ("credit certificate", "creditbewijs"),
            ("diploma", "diploma"),
            ("previously acquired competences", "eerder verworven competenties"),
            ("previously acquired qualifications", "eerder verworven kwalificaties"),
            ("another ground", "een andere grond"),
        ],
        Enumeration::RequestOutcome => &[("granted", "ingewilligd"), ("refused", "geweigerd"), ("withdrawn", "ingetrokken")],
        Enumeration::DecisionOutcome => &[("granted", "toegestaan"), ("refused", "geweigerd")],
        Enumeration::MeasureKind => &[("binding condition", "bindende voorwaarde"), ("refusal", "weigering"), ("advice", "advies")],
        Enumeration::AccountKind => &[
            ("initial", "beginkrediet"),
            ("deployed", "ingezet"),
            ("returned", "teruggekregen"),
            ("bonus", "bonus"),
            ("refund", "teruggave"),
            ("adjustment", "correctie"),
        ],
        Enumeration::ProgrammeType => &[
            ("professional bachelor", "professionele bachelor"),
            ("academic bachelor", "academische bachelor"),
            ("master", "master"),
            ("bridge programme", "schakelprogramma"),
            ("preparatory programme", "voorbereidingsprogramma"),
            ("postgraduate", "postgraduaat"),
            ("continuing education", "permanente vorming"),
            ("graduate programme", "graduaat"),
        ],
        Enumeration::Allocation => &[("by class group", "per klasgroep"), ("automatic", "automatisch"), ("individual", "individueel")],
    }
}

#[cfg(test)]
mod tests {
    use super::words_of;
    use crate::vocabulary::Enumeration;

    #[test]
    fn every_word_of_a_list_is_said() {
        for list in Enumeration::ALL {
            assert_eq!(words_of(list).len(), list.values().len(), "{}", list.name());
        }
    }
}
