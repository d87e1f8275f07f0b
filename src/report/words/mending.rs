//! What would mend a finding, where the author wrote no remedy.

use crate::report::words::verdicts::named_roles;
use crate::report::words::{Language, joined};

/// What can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mending {
    /// Do it before the last day, which is still to come.
    DoItBy(String),
    /// It is too late; only a decision helps.
    TooLate,
    /// So much more is needed: `1 credit`
    Add(String),
    /// So much less is needed.
    TakeOff(String),
    /// The prior units first.
    PriorsFirst { course: String, priors: Vec<String> },
    /// Give the record what it lacks.
    Give(Vec<String>),
    /// Record what the roles decide.
    RecordDecision { roles: Vec<String>, check: String },
    /// Settle which exception goes first.
    SettleExceptions(Vec<String>),
    /// Withdraw one of two decisions.
    WithdrawDecision,
    /// Nothing but what the rule says.
    Comply,
    /// No decision can lift it.
    ComplyOnly,
}

/// The sentence for it.
pub(crate) fn mend(language: Language, mending: &Mending) -> String {
    match (language, mending) {
        (Language::English, Mending::DoItBy(day)) => format!("do it by {day}"),
        (Language::Dutch, Mending::DoItBy(day)) => format!("doe het ten laatste op {day}"),
        (Language::English, Mending::TooLate) => "the term has passed; a decision recorded for this check can lift it".to_owned(),
        (Language::Dutch, Mending::TooLate) => "de termijn is voorbij; een geregistreerde beslissing over deze controle kan dit opheffen".to_owned(),
        (Language::English, Mending::Add(amount)) => format!("add {amount}"),
        (Language::Dutch, Mending::Add(amount)) => format!("voeg {amount} toe"),
        (Language::English, Mending::TakeOff(amount)) => format!("take {amount} off"),
        (Language::Dutch, Mending::TakeOff(amount)) => format!("haal {amount} weg"),
        (Language::English, Mending::PriorsFirst { course, priors }) => {
            format!("do {} first, or take {course} out of the ISP", joined(language, priors))
        }
        (Language::Dutch, Mending::PriorsFirst { course, priors }) => {
            format!("doe eerst {}, of haal {course} uit het ISP", joined(language, priors))
        }
        (Language::English, Mending::Give(fields)) => format!("give {} in the record or the catalogue", joined(language, fields)),
        (Language::Dutch, Mending::Give(fields)) => format!("geef {} in het dossier of de catalogus", joined(language, fields)),
        (Language::English, Mending::RecordDecision { roles, check }) => {
            format!("record the decision of {} under `decisions`, with check `{check}`", named_roles(language, roles))
        }
        (Language::Dutch, Mending::RecordDecision { roles, check }) => {
            format!("registreer de beslissing van {} onder `decisions`, met check `{check}`", named_roles(language, roles))
        }
        (Language::English, Mending::SettleExceptions(labels)) => format!("settle it in the rule: `except {}`", labels.join(" over ")),
        (Language::Dutch, Mending::SettleExceptions(labels)) => format!("leg het vast in de regel: `except {}`", labels.join(" over ")),
        (Language::English, Mending::WithdrawDecision) => "withdraw one of the two decisions, or correct its day".to_owned(),
        (Language::Dutch, Mending::WithdrawDecision) => "trek een van beide beslissingen in, of verbeter de datum".to_owned(),
        (Language::English, Mending::Comply) => "change what is marked in the record, or record a decision for this check".to_owned(),
        (Language::Dutch, Mending::Comply) => "wijzig wat in het dossier aangeduid is, of registreer een beslissing over deze controle".to_owned(),
        (Language::English, Mending::ComplyOnly) => "change what is marked in the record; no decision lifts this check".to_owned(),
        (Language::Dutch, Mending::ComplyOnly) => "wijzig wat in het dossier aangeduid is; geen beslissing heft deze controle op".to_owned(),
    }
}
