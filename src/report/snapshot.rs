//! The findings of a world as text that people review and keep beside it, and what differs between two such texts, finding by finding.
//!
//! A block is a finding: who, which check, which verdict, and below it the sentence. Places and values are left out, so that a rule that moves in its
//! file changes nothing here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::report::concise::whom;
use crate::report::finding::Finding;
use crate::report::run::Run;
use crate::report::shown::academic_year;
use crate::report::words;

/// What a difference of the heading is about.
const HEADING: &str = "the day and the counts";

/// The text for a run; `set_aside` are the records that could not be read, a line each.
pub(crate) fn snapshot(run: &Run<'_>, set_aside: &[String]) -> String {
    let mut blocks: Vec<String> = run.findings.iter().map(|finding| block(run, finding)).collect();
    blocks.extend(set_aside.iter().cloned());
    text(&heading(run), &blocks)
}

/// The day and the year, which a reader must know, and what was counted.
fn heading(run: &Run<'_>) -> String {
    let language = run.reader();
    let dossiers = words::counted(language, run.counts.dossiers, words::Counted::Dossiers);
    let counts = words::verdicts_counted(language, run.counts.verdicts);
    format!("as of {}, academic year {}\n{dossiers}; {counts}", run.as_of, academic_year(run.year))
}

fn text(heading: &str, blocks: &[String]) -> String {
    let mut text = format!("{heading}\n");
    for block in blocks {
        let _ = write!(text, "\n{block}\n");
    }
    text
}

/// `r0745103, isp_sent: violated (error), isp 2023-2024 PB-BM`
fn block(run: &Run<'_>, finding: &Finding<'_>) -> String {
    let language = run.reader();
    let subject = &finding.subject;
    let year = subject.academic_year.map(|year| academic_year(year).to_string());
    let about = [Some(subject.kind.word()), year.as_deref(), subject.programme.as_deref(), subject.entry.as_deref()];
    let about: Vec<&str> = about.into_iter().flatten().collect();
    let who = finding.student.as_deref().map_or_else(|| whom(finding), str::to_owned);
    let verdict = words::verdict_word(language, finding.verdict);
    let severity = words::heading(language, finding.severity);
    let exception = finding.exception.as_ref().map(|label| format!(", {label}")).unwrap_or_default();
    let check = run.check_name(finding.check);
    format!("{who}, {check}: {verdict} ({severity}{exception}), {}\n    {}", about.join(" "), run.message(finding))
}

/// A finding that is in one text and not, or not so, in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Who and which check, or the day and the counts.
    pub(crate) about: String,
    /// The blocks that were expected and are not found.
    pub(crate) expected: Vec<String>,
    /// The blocks that are found and were not expected.
    pub(crate) found: Vec<String>,
}

impl Difference {
    /// The name of the check.
    pub(crate) fn check(&self) -> Option<&str> {
        self.about.rsplit(", ").next()
    }
}

/// What differs, in the order of who and check.
pub(crate) fn differences(expected: &str, found: &str) -> Vec<Difference> {
    let (expected, found) = (Blocks::of(expected), Blocks::of(found));
    let names: BTreeSet<&str> = expected.by_name.keys().chain(found.by_name.keys()).copied().collect();
    let differing = names.into_iter().filter_map(|name| {
        let (expected, found) = (expected.named(name), found.named(name));
        let without = |these: &[&str], those: &[&str]| these.iter().filter(|block| !those.contains(block)).map(|block| (*block).to_owned()).collect();
        let difference = Difference { about: name.to_owned(), expected: without(expected, found), found: without(found, expected) };
        (difference.expected != difference.found || expected.len() != found.len()).then_some(difference)
    });
    let heading = Difference { about: HEADING.to_owned(), expected: vec![expected.heading.to_owned()], found: vec![found.heading.to_owned()] };
    differing.chain(Some(heading).filter(|heading| heading.expected != heading.found)).collect()
}

/// The expected text with some of the differences taken.
pub(crate) fn taken(expected: &str, found: &str, taken: &BTreeSet<String>) -> String {
    let (old, new) = (Blocks::of(expected), Blocks::of(found));
    let names: BTreeSet<&str> = old.by_name.keys().chain(new.by_name.keys()).copied().collect();
    let chosen = names.into_iter().flat_map(|name| if taken.contains(name) { new.named(name) } else { old.named(name) });
    let mut blocks: Vec<String> = chosen.map(|block| (*block).to_owned()).collect();
    let place = |block: &String| new.order.get(block.as_str()).or(old.order.get(block.as_str())).copied();
    blocks.sort_by_key(|block| (place(block), block.clone()));
    text(if taken.contains(HEADING) { new.heading } else { old.heading }, &blocks)
}

/// A text in its blocks, by who and check.
struct Blocks<'t> {
    heading: &'t str,
    by_name: BTreeMap<&'t str, Vec<&'t str>>,
    order: BTreeMap<&'t str, usize>,
}

impl<'t> Blocks<'t> {
    fn of(text: &'t str) -> Self {
        let mut parts = text.split("\n\n").map(|part| part.trim_matches('\n')).filter(|part| !part.is_empty());
        let heading = parts.next().unwrap_or("");
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut order = BTreeMap::new();
        for (index, part) in parts.enumerate() {
            let name = part.split(": ").next().unwrap_or(part);
            by_name.entry(name).or_default().push(part);
            order.entry(part).or_insert(index);
        }
        Self { heading, by_name, order }
    }

    fn named(&self, name: &str) -> &[&'t str] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{differences, taken};

    const OLD: &str = "as of 2023-12-01\n\nr1, size: violated\n    26\n\nr2, size: violated\n    12\n\nr2, sent: violated\n    late\n";
    const NEW: &str = "as of 2023-12-01\n\nr1, size: violated\n    26\n\nr2, size: violated\n    13\n\nr3, size: violated\n    14\n";

    #[test]
    fn a_difference_is_told_finding_by_finding() {
        let about: Vec<String> = differences(OLD, NEW).into_iter().map(|difference| difference.about).collect();
        assert_eq!(about, ["r2, sent", "r2, size", "r3, size"]);
        assert!(differences(OLD, OLD).is_empty());
    }

    #[test]
    fn one_difference_can_be_taken_without_the_others() {
        let some = taken(OLD, NEW, &BTreeSet::from(["r2, size".to_owned()]));
        let left: Vec<String> = differences(&some, NEW).into_iter().map(|difference| difference.about).collect();
        assert_eq!(left, ["r2, sent", "r3, size"]);
        let all = differences(OLD, NEW).into_iter().map(|difference| difference.about).collect();
        assert_eq!(taken(OLD, NEW, &all), NEW);
        assert_eq!(taken(OLD, NEW, &BTreeSet::new()), OLD);
    }
}
