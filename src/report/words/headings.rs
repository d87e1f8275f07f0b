//! Headings of tables and what the last line counts.

use crate::report::words::{Language, grouped, verdict_word};
use crate::rulebook::Severity;
use crate::verdicts::{Tally, VerdictKind};

/// A thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Dossiers,
    Verdicts,
    Findings,
    SetAside,
    Examples,
    Failures,
}

/// `1 dossier`, `67 dossiers`
pub(crate) fn counted(language: Language, count: u64, what: Counted) -> String {
    let (one, many) = match (language, what) {
        (Language::English | Language::Dutch, Counted::Dossiers) => ("dossier", "dossiers"),
        (Language::English, Counted::Verdicts) => ("verdict", "verdicts"),
        (Language::Dutch, Counted::Verdicts) => ("oordeel", "oordelen"),
        (Language::English, Counted::Findings) => ("finding", "findings"),
        (Language::Dutch, Counted::Findings) => ("bevinding", "bevindingen"),
        (Language::English, Counted::SetAside) => ("record set aside", "records set aside"),
        (Language::Dutch, Counted::SetAside) => ("dossier opzijgezet", "dossiers opzijgezet"),
        (Language::English, Counted::Examples) => ("example", "examples"),
        (Language::Dutch, Counted::Examples) => ("voorbeeld", "voorbeelden"),
        (Language::English, Counted::Failures) => ("failure", "failures"),
        (Language::Dutch, Counted::Failures) => ("fout", "fouten"),
    };
    format!("{} {}", grouped(language, count), if count == 1 { one } else { many })
}

/// The heading of a column of the table by check.
pub(crate) fn column(language: Language, index: usize) -> &'static str {
    const COLUMNS: [(&str, &str); 7] = [
        ("check", "controle"),
        ("violated", "geschonden"),
        ("waived", "toegestaan"),
        ("needs decision", "beslissing nodig"),
        ("missing data", "gegevens ontbreken"),
        ("conflict", "tegenspraak"),
        ("students", "studenten"),
    ];
    let (english, dutch) = COLUMNS.get(index).copied().unwrap_or_default();
    language.pick(english, dutch)
}

/// The word before a finding: `error`, `fout`
pub(crate) fn heading(language: Language, severity: Severity) -> &'static str {
    match severity {
        Severity::Advice => language.pick("advice", "advies"),
        Severity::Warning => language.pick("warning", "waarschuwing"),
        Severity::Error => language.pick("error", "fout"),
    }
}

/// A line below a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Values,
    Exception,
    Consequence,
    Mending,
    Article,
    Rule,
    Record,
}

/// The word that such a line begins with.
pub(crate) fn part(language: Language, part: Part) -> &'static str {
    match part {
        Part::Values => language.pick("values", "waarden"),
        Part::Exception => language.pick("exception", "uitzondering"),
        Part::Consequence => language.pick("consequence", "gevolg"),
        Part::Mending => language.pick("to mend it", "herstel"),
        Part::Article => language.pick("article", "artikel"),
        Part::Rule => language.pick("rule", "regel"),
        Part::Record => language.pick("record", "dossier"),
    }
}

/// `finding 3 of 96`
pub(crate) fn which_of(language: Language, number: usize, total: usize) -> String {
    match language {
        Language::English => format!("finding {number} of {total}"),
        Language::Dutch => format!("bevinding {number} van {total}"),
    }
}

/// How to see what was not drawn.
pub(crate) fn how_to_see_the_rest(language: Language, [drawn, total]: [usize; 2], [student, check]: [&str; 2]) -> String {
    let total = grouped(language, u64::try_from(total).unwrap_or(u64::MAX));
    match language {
        Language::English => format!(
            "{drawn} of {total} findings are drawn above. `--format concise` lists them all, `--student {student}` draws one student's, `--check {check}` \
             looks at one check, and `ispect explain {student}` shows why."
        ),
        Language::Dutch => format!(
            "{drawn} van {total} bevindingen staan hierboven. `--format concise` noemt ze allemaal, `--student {student}` toont die van één student, \
             `--check {check}` kijkt naar één controle, en `ispect explain {student}` toont waarom."
        ),
    }
}

/// Above the examples of a check.
pub(crate) fn held_by(language: Language, count: usize) -> String {
    let examples = counted(language, u64::try_from(count).unwrap_or(u64::MAX), Counted::Examples);
    match language {
        Language::English => format!("held by {examples}:"),
        Language::Dutch => format!("vastgelegd door {examples}:"),
    }
}

/// `132 verdicts: 40 satisfied, 1 violated, 91 not applicable`
pub(crate) fn verdicts_counted(language: Language, tally: Tally) -> String {
    let kinds = VerdictKind::ALL.into_iter().filter(|kind| tally.get(*kind) > 0);
    let parts: Vec<String> = kinds.map(|kind| format!("{} {}", grouped(language, tally.get(kind)), verdict_word(language, kind))).collect();
    let total = counted(language, tally.total(), Counted::Verdicts);
    if parts.is_empty() { total } else { format!("{total}: {}", parts.join(", ")) }
}
