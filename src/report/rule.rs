//! A check in words: its headings, its clauses as they are written, its exceptions, and the examples that hold it.

use std::fmt::Write as _;

use crate::report::words::{self, Language, Part};
use crate::rulebook::{ArticleId, Check, CheckId, Rulebook};
use crate::source::{Sources, one_line};

/// All that is to be said of a check.
pub(crate) fn rule(rulebook: &Rulebook, sources: &Sources, check: CheckId, language: Language) -> String {
    let named = rulebook.check(check);
    let mut text = String::new();
    let _ = writeln!(text, "{}", one_line(sources.slice(named.head)).trim_end_matches('{').trim());
    for heading in headings(rulebook, named.article) {
        let _ = writeln!(text, "  {heading}");
    }
    for summary in summaries(rulebook, named.article, language) {
        let _ = writeln!(text, "  {summary}");
    }
    let place = sources.lines_of(named.span).map(|(start, _)| format!("{}:{}", sources.name(named.span.source), start.line));
    let _ = writeln!(text, "  {}: {}", words::part(language, Part::Rule), place.unwrap_or_default());
    if !named.formerly.is_empty() {
        let _ = writeln!(text, "  formerly {}", named.formerly.join(", "));
    }
    let _ = writeln!(text, "\n{}", dedented(sources.slice(named.span), column(sources, named)));
    let examples = examples(rulebook, check);
    if !examples.is_empty() {
        let _ = writeln!(text, "\n{}", words::held_by(language, examples.len()));
        for example in examples {
            let _ = writeln!(text, "  {example}");
        }
    }
    text
}

/// The headings that a check stands under, outermost first.
fn headings(rulebook: &Rulebook, article: ArticleId) -> Vec<String> {
    let mut found = Vec::new();
    let mut next = Some(article);
    while let Some(id) = next {
        let article = rulebook.article(id);
        if !article.number.is_empty() {
            let title = article.title.as_ref().map(|title| format!(" “{title}”")).unwrap_or_default();
            found.push(format!("{}{title}", article.number));
        }
        next = article.parent;
    }
    found.reverse();
    found
}

/// What the nearest heading with a summary says, and where the official text is.
fn summaries(rulebook: &Rulebook, article: ArticleId, language: Language) -> Vec<String> {
    let mut next = Some(article);
    while let Some(id) = next {
        let article = rulebook.article(id);
        let summary = article.summaries.iter().find(|(known, _)| known == language.code()).or(article.summaries.first());
        if let Some((_, summary)) = summary {
            return std::iter::once(summary.clone()).chain(article.source.clone()).collect();
        }
        next = article.parent;
    }
    Vec::new()
}

fn column(sources: &Sources, check: &Check) -> usize {
    sources.lines_of(check.span).map_or(0, |(start, _)| start.column as usize - 1)
}

/// A stretch of text without the space that its first line has before it.
fn dedented(text: &str, column: usize) -> String {
    let cut = |line: &str| {
        let space = line.len() - line.trim_start_matches(' ').len();
        line.get(space.min(column)..).unwrap_or(line).to_owned()
    };
    text.lines().map(cut).collect::<Vec<_>>().join("\n")
}

/// The titles of the examples that expect something of the check.
fn examples(rulebook: &Rulebook, check: CheckId) -> Vec<&str> {
    let about = rulebook.examples.iter().filter(|example| example.expectations.iter().any(|expectation| expectation.check == check));
    about.map(|example| example.title.as_str()).collect()
}
