//! What a dossier says beyond what the twelve rules look at: enough for the shipped regulations to find little missing.

use std::fmt::Write as _;

use crate::generator::{Dossier, Outcome, Programme, YEAR};

/// How much a dossier says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What the twelve rules look at.
    Twelve,
    Whole,
}

impl Detail {
    /// The state of an ISP that was sent.
    pub(crate) fn state_of_sent(self) -> &'static str {
        match self {
            Self::Twelve => r#""state":"submitted""#,
            Self::Whole => r#""state":"approved","decided_at":"2024-11-08T09:00:00+01:00""#,
        }
    }
}

impl Dossier {
    /// Diplomas, statuses and exemptions.
    pub(crate) fn write_besides(&self, programme: &Programme, first: i32, text: &mut String) {
        let _ = write!(text, r#""diplomas":[{{"level":"secondary","name":"Secondary education","awarded_on":"{first}-06-30"}}],"#);
        if first == YEAR {
            let _ = write!(text, r#""statuses":[{{"status":"first_time","valid_from":"{first}-09-16"}}],"#);
        }
        let lines = self.lines.iter().filter(|line| line.exempted).map(|line| (line.unit, YEAR));
        let rows = self.rows.iter().filter(|row| row.outcome == Outcome::Exempted).map(|row| (row.unit, row.year));
        let exemptions = rows.chain(lines).map(|(unit, year)| {
            let unit = &programme.units[unit];
            format!(r#"{{"course":"{}","basis":"diploma","granted_on":"{year}-09-20","credits":{}}}"#, unit.code, unit.credits)
        });
        let _ = write!(text, r#""exemptions":[{}],"#, exemptions.collect::<Vec<_>>().join(","));
    }
}
