//! How each item is written, for those who have got one wrong.

/// The form of an item that begins with a word.
pub(super) fn form_of(first_word: &str) -> Option<&'static str> {
    FORMS.iter().find(|(words, _)| words.contains(&first_word)).map(|(_, form)| *form)
}

/// The form of an edge.
pub(super) const EDGE: &str = "an edge is written `BM201 strictly after BM102`; the others are `flexibly after`, `together with`, `after 60 credits acquired`, \
     `for holders of a bachelor diploma`, `with permission of \"role\"` and `requires` a condition";

const FORMS: &[(&[&str], &str)] = &[
    (&["due"], "a deadline is due `on or before` a day, `before` it, `from` one day `to` another, or `within` a period `after` a day"),
    (&["done"], "it is written `done submitted_on`, perhaps with `if any` after it"),
    (&["message"], "it is written `message en \"…\"`"),
    (&["consequence"], "it is written `consequence en \"…\"`"),
    (&["remedy"], "it is written `remedy en \"…\"`"),
    (&["summary"], "it is written `summary en \"…\"`"),
    (&["except"], "it is written `except label when condition`, perhaps with another requirement in braces after it"),
    (&["needs"], "it is written `needs decision by \"role\" when condition`"),
    (&["may"], "it is written `may be allowed by \"role\"`, perhaps with `when condition` after it"),
    (&["for"], "it is written `for entry`, perhaps with `where condition` after it"),
    (&["severity"], "it is written `severity error`, `severity warning` or `severity advice`"),
    (&["in"], "it is written `in force from 2023-2024`, perhaps with `until 2025-2026` after it"),
    (&["cohorts"], "it is written `cohorts from 2023-2024`, perhaps with `until 2025-2026` after it"),
    (&["judged"], "it is written `judged from` and a day"),
    (&["value"], "it is written `value` and an amount"),
    (&["between"], "it is written `between 27 credits and 72 credits`"),
    (&["prior"], "it is written `prior completed or tolerated in an earlier semester`"),
    (&["define"], "it is written `define name of subject: type = value`"),
    (&["article"], "it is written `article \"1.5\" \"title\"`, the number in quotes"),
    (&["chapter"], "it is written `chapter \"2\" \"title\"`, the number in quotes"),
    (&["rule", "bound", "deadline", "sequentiality"], "a check has a name of small letters, digits and `_`, and its clauses in braces"),
    (&["calendar"], "it is written `calendar 2023-2024 { … }`"),
    (&["programme"], "it is written `programme PB-BM \"name\" { … }`"),
    (&["regulation"], "it is written `regulation EER \"title\" { … }`"),
    (&["example"], "it is written `example \"what it shows\" { … }`"),
    (&["examples"], "it is written `examples name_of_check { … }`"),
    (&["rounding"], "it is written `rounding half up to whole` or `rounding up to 0.5`"),
    (&["months"], "it is written `months round down`, `months round up` or `months refuse`"),
    (&["languages"], "it is written `languages en, nl`"),
    (&["issued"], "it is written `issued by \"…\"`"),
    (&["time"], "it is written `time zone \"Europe/Brussels\"`"),
    (&["year"], "it is written `year from 18 September 2023 to 15 September 2024`"),
    (&["semester"], "it is written `semester 1 from 18 September 2023 to 4 February 2024`"),
    (&["window"], "it is written `window isp, semester 1 from` one day `to` another, perhaps with `decided on or before` a third"),
    (&["holiday"], "it is written `holiday 1 November 2023 \"All Saints\"` or `holiday from` one day `to` another"),
    (&["day"], "it is written `day results_final 13 September 2024`"),
    (&["working"], "it is written `working week Monday to Friday`"),
    (&["given"], "it is written `given enrolment { phase: 1, contract: diploma }`"),
    (&["checked"], "it is written `checked on 15 October 2023`"),
    (&["expect"], "it is written `expect name_of_check violated`, with `for BM201` before the verdict and `with days_late 1` after it where needed"),
];
