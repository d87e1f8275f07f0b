//! Which word of the language was meant.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::grammar::Rule;

/// Words that are often written as one.
pub(super) const PHRASES: &[&str] = &[
    "in force",
    "at least",
    "at most",
    "more than",
    "less than",
    "no minimum",
    "no maximum",
    "may be",
    "judged from",
    "never waived",
    "needs decision",
    "time zone",
    "one of",
];

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| Rule::all_rules().iter().filter_map(|rule| rule.word()).collect());

static LOOKUP: LazyLock<FxHashSet<&str>> = LazyLock::new(|| WORDS.iter().map(String::as_str).collect());

/// Every word of the language.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(String::as_str).chain(PHRASES.iter().copied())
}

pub(super) fn is_word_of_the_language(word: &str) -> bool {
    LOOKUP.contains(word)
}

/// The candidates that are a slip of the pen away from the word, the nearest first; never the word itself.
pub(super) fn nearest<'w>(word: &str, candidates: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    let lowered = word.to_lowercase();
    let allowed = match lowered.chars().count() {
        0..=1 => 0,
        2..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    let mut found: Vec<(usize, &str)> = candidates
        .filter(|candidate| *candidate != word && candidate.len().abs_diff(lowered.len()) <= allowed)
        .map(|candidate| (strsim::osa_distance(&lowered, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, candidate)| candidate).collect()
}
