//! The page of each problem code: `docs/problems/<topic>__<name>.md`, put into the binary when it is built.

/// A code and its page, in the order of codes.
const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// What a code means, in Markdown.
pub(crate) fn page_of(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(known, _)| *known == code).map(|(_, page)| *page)
}

/// Every code.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(code, _)| *code)
}
