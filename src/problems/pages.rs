//! The page of each problem code: `docs/problems/<topic>__<name>.md`, put into the binary when it is built.

/// A code and its page, in the order of codes.
const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// What a code means, in Markdown.
pub(crate) fn page_of(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == code).map(|(_, page)| *page)
}

/// The code that looks most like a word, if one does.
pub(crate) fn nearest_code(word: &str) -> Option<&'static str> {
    let scored = PAGES.iter().map(|(code, _)| (strsim::jaro_winkler(code, word), *code));
    scored.filter(|(score, _)| *score > 0.8).max_by(|(left, _), (right, _)| left.total_cmp(right)).map(|(_, code)| code)
}
