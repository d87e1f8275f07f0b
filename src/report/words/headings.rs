//! Headings of tables and what the last line counts.

use crate::report::words::{Language, grouped};
use crate::rulebook::Severity;

/// A thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Dossiers,
    Verdicts,
    Findings,
    SetAside,
    Students,
    Examples,
    Failures,
}

/// `1 dossier`, `67 dossiers`
pub(crate) fn counted(language: Language, count: u64, what: Counted) -> String {
    let (one, many) = match (language, what) {
        (Language::English, Counted::Dossiers) => ("dossier", "dossiers"),
        (Language::Dutch, Counted::Dossiers) => ("dossier", "dossiers"),
        (Language::English, Counted::Verdicts) => ("verdict", "verdicts"),
        (Language::Dutch, Counted::Verdicts) => ("oordeel", "oordelen"),
        (Language::English, Counted::Findings) => ("finding", "findings"),
        (Language::Dutch, Counted::Findings) => ("bevinding", "bevindingen"),
        (Language::English, Counted::SetAside) => ("record set aside", "records set aside"),
        (Language::Dutch, Counted::SetAside) => ("dossier opzijgezet", "dossiers opzijgezet"),
        (Language::English, Counted::Students) => ("student", "students"),
        (Language::Dutch, Counted::Students) => ("student", "studenten"),
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
