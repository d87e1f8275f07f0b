//! All that a report is made from: the findings in their order, what was counted, and what was read.

use std::ops::Deref;
use std::time::Duration;

use chrono::NaiveDate;

use crate::report::words::{self, Counted, Language};
use crate::report::{Finding, Languages};
use crate::rulebook::{CheckId, Rulebook, Severity};
use crate::source::Sources;
use crate::verdicts::{Tally, VerdictKind};

/// What is checked and by what: all that the line of one finding looks up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) rulebook: &'a Rulebook,
    pub(crate) sources: &'a Sources,
    /// The names of the files of dossiers, in the order in which they were given.
    pub(crate) files: &'a [String],
    pub(crate) languages: &'a Languages,
    /// The first calendar year of the academic year that was checked.
    pub(crate) year: i32,
    pub(crate) as_of: NaiveDate,
}

/// A run that has ended.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    pub(crate) about: About<'a>,
    /// Sorted by student, check and subject; only the first where these are drawn, and none where a format made lines of them.
    pub(crate) findings: Vec<Finding<'static>>,
    pub(crate) counts: Counts,
    pub(crate) elapsed: Duration,
    pub(crate) fingerprints: Fingerprints,
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) dossiers: u64,
    pub(crate) verdicts: Tally,
    pub(crate) set_aside: u64,
    /// How severe the severest violation or needed decision is.
    pub(crate) worst: Option<Severity>,
}

impl Counts {
    fn findings(&self) -> u64 {
        VerdictKind::ALL.into_iter().filter(|kind| kind.is_finding()).map(|kind| self.verdicts.get(kind)).sum()
    }

    /// While more are counted: `93,200 dossiers (64,100/s), 51,000 findings, 12 records set aside`
    pub(crate) fn so_far(&self, language: Language, elapsed: Duration) -> String {
        let count = |number, what| words::counted(language, number, what);
        let millis = elapsed.as_millis().max(1);
        let a_second = u64::try_from(u128::from(self.dossiers) * 1000 / millis).unwrap_or(u64::MAX);
        let dossiers = count(self.dossiers, Counted::Dossiers);
        let (findings, set_aside) = (count(self.findings(), Counted::Findings), count(self.set_aside, Counted::SetAside));
        format!("{dossiers} ({}/s), {findings}, {set_aside}", words::grouped(language, a_second))
    }
}

/// SHA-256 of what was read, in hexadecimals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fingerprints {
    pub(crate) regulations: String,
    pub(crate) catalogue: String,
    pub(crate) records: String,
}

impl<'a> Deref for Run<'a> {
    type Target = About<'a>;

    fn deref(&self) -> &About<'a> {
        &self.about
    }
}

impl About<'_> {
    pub(crate) fn reader(&self) -> Language {
        self.languages.reader
    }

    pub(crate) fn check_name(&self, check: CheckId) -> &str {
        &self.rulebook.check(check).name
    }

    /// The numbers of the headings that the check stands under, outermost first, and the citation where there is one.
    pub(crate) fn article_path<'f>(&'f self, finding: &'f Finding<'_>) -> Vec<&'f str> {
        let mut path: Vec<&str> = finding.citation.as_deref().into_iter().collect();
        let mut next = Some(self.rulebook.check(finding.check).article);
        while let Some(id) = next {
            let article = self.rulebook.article(id);
            if !article.number.is_empty() {
                path.push(article.number.as_str());
            }
            next = article.parent;
        }
        path.reverse();
        path
    }

    /// Where the regulation says it: the citation, or the innermost heading with its title: `ISP, step 3 “Sending the ISP”`
    pub(crate) fn cited(&self, finding: &Finding<'_>) -> String {
        if let Some(citation) = &finding.citation {
            return citation.to_string();
        }
        let article = self.rulebook.article(self.rulebook.check(finding.check).article);
        article.title.as_ref().map_or_else(|| article.number.clone(), |title| format!("{} “{title}”", article.number))
    }

    /// The message in the reader's language.
    pub(crate) fn message<'f>(&self, finding: &'f Finding<'_>) -> &'f str {
        finding.messages.get(self.languages.reader_index()).map_or("", AsRef::as_ref)
    }

    pub(crate) fn file(&self, number: u32) -> &str {
        self.files.get(number as usize).map_or("", String::as_str)
    }
}

impl Run<'_> {
    /// Whether a violation or a needed decision weighs at least this much.
    pub(crate) fn has_findings_at(&self, severity: Severity) -> bool {
        self.counts.worst.is_some_and(|worst| worst >= severity)
    }

    /// Whether something could not be judged, or was set aside.
    pub(crate) fn is_incomplete(&self) -> bool {
        let verdicts = &self.counts.verdicts;
        self.counts.set_aside > 0 || verdicts.get(VerdictKind::MissingData) > 0 || verdicts.get(VerdictKind::Conflict) > 0
    }

    /// `67 dossiers, 3,412 verdicts, 96 findings in 0.12 s; 2 records set aside`
    pub(crate) fn last_line(&self) -> String {
        let language = self.reader();
        let count = |number, what| words::counted(language, number, what);
        let parts = [
            count(self.counts.dossiers, Counted::Dossiers),
            count(self.counts.verdicts.total(), Counted::Verdicts),
            count(self.counts.findings(), Counted::Findings),
        ];
        let millis = self.elapsed.as_millis();
        let point = language.pick('.', ',');
        let seconds = format!("{}{point}{:02} s", millis / 1000, millis % 1000 / 10);
        let set_aside = count(self.counts.set_aside, Counted::SetAside);
        format!("{} {} {seconds}; {set_aside}", parts.join(", "), language.pick("in", "in"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_while_a_cohort_is_checked() {
        let mut verdicts = Tally::default();
        verdicts.add(VerdictKind::Satisfied, 1_000_000);
        verdicts.add(VerdictKind::Violated, 51_000);
        let counts = Counts { dossiers: 93_200, verdicts, set_aside: 1, worst: None };
        let so_far = |language| counts.so_far(language, Duration::from_millis(1_500));
        assert_eq!(so_far(Language::English), "93,200 dossiers (62,133/s), 51,000 findings, 1 record set aside");
        assert_eq!(so_far(Language::Dutch), "93.200 dossiers (62.133/s), 51.000 bevindingen, 1 dossier opzijgezet");
        assert_eq!(Counts::default().so_far(Language::English, Duration::ZERO), "0 dossiers (0/s), 0 findings, 0 records set aside");
    }
}
