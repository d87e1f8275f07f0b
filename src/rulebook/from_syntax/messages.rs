//! The author's words: every language once and all of them, and every `{place}` something that can be put into a text.

use crate::rulebook::from_syntax::checks::Reading;
use crate::rulebook::from_syntax::compiler::Compiler;
use crate::rulebook::from_syntax::did_you_mean::did_you_mean_or_list;
use crate::rulebook::from_syntax::scope::Scope;
use crate::rulebook::from_syntax::typer::{Hint, Typer};
use crate::rulebook::problems::MessageProblem;
use crate::rulebook::{Expression, Template, TemplatePart, Texts, Type};
use crate::source::Span;
use crate::syntax::ast::{self, CheckKind, ClauseKind, InLanguage, Word};
use crate::syntax::expression as written;

/// Values that a finding has beside the fields of its subject.
pub(super) fn named_values(kind: CheckKind) -> &'static [&'static str] {
    match kind {
        CheckKind::Bound => &["value", "minimum", "maximum", "limit", "short", "over", "exception"],
        CheckKind::Deadline => &["event", "first_day", "last_day", "days_late", "days_early", "days_left", "exception"],
        CheckKind::Rule => &["failing", "exception"],
        CheckKind::Sequentiality => &["prior", "exception"],
    }
}

/// The names that are values of a finding only where the subject has no field of that name.
pub(super) const NAMED_ANYWHERE: [&str; 1] = ["course"];

impl Compiler<'_> {
    /// Message, consequence and remedy.
    pub(super) fn texts_of(&mut self, reading: &Reading<'_>) -> [Texts; 3] {
        ["message", "consequence", "remedy"].map(|clause| {
            let texts: Vec<&InLanguage> = reading.clauses.texts.iter().filter_map(|written| text_of(&written.kind, clause)).collect();
            self.texts(reading, clause, &texts)
        })
    }

    fn texts(&mut self, reading: &Reading<'_>, clause: &'static str, written: &[&InLanguage]) -> Texts {
        let mut texts = Texts::default();
        for text in written {
            let language = &text.language.value;
            if texts.get(language).is_some() {
                let at = text.language.span;
                self.report(at, MessageProblem::LanguageTwice { clause, language: language.clone(), at });
                continue;
            }
            self.language_declared(&text.language);
            let template = self.template(reading, &text.text);
            texts.in_languages.push((language.clone(), template));
        }
        if let Some(first) = written.first() {
            self.all_languages(clause, &texts, first.text.span);
        }
        texts
    }

    fn all_languages(&mut self, clause: &'static str, texts: &Texts, at: Span) {
        let missing: Vec<&str> = self.regulation.languages.iter().map(String::as_str).filter(|language| texts.get(language).is_none()).collect();
        let languages = missing.join(", ");
        if missing.is_empty() {
            return;
        }
        if clause == "message" {
            self.report(at, MessageProblem::MissingLanguage { languages, at });
        } else {
            self.report(at, MessageProblem::Untranslated { clause, languages, at });
        }
    }

    fn language_declared(&mut self, language: &Word) {
        if !self.regulation.languages.contains(&language.value) {
            let (languages, at) = (self.regulation.languages.join(", "), language.span);
            self.report(at, MessageProblem::UndeclaredLanguage { language: language.value.clone(), languages, at });
        }
    }

    /// The summaries of headings: declared languages, each once.
    pub(super) fn summaries(&mut self, sections: &[&ast::Section]) {
        for section in sections {
            for (index, summary) in section.summaries.iter().enumerate() {
                self.language_declared(&summary.language);
                if section.summaries.iter().take(index).any(|earlier| earlier.language.value == summary.language.value) {
                    let (language, at) = (summary.language.value.clone(), summary.language.span);
                    self.report(at, MessageProblem::LanguageTwice { clause: "summary", language, at });
                }
            }
        }
    }

    fn template(&mut self, reading: &Reading<'_>, text: &Word) -> Template {
        let mut parts = Vec::new();
        for piece in pieces(&text.value) {
            match piece {
                Piece::Text(text) => parts.push(TemplatePart::Text(text)),
                Piece::Place(name) => {
                    let at = self.place_in(text.span, &name);
                    parts.extend(self.template_place(reading, &name, at));
                }
                Piece::Open => self.report(text.span, MessageProblem::OpenPlace { at: text.span }),
            }
        }
        Template { parts }
    }

    /// Where `{name}` stands in the text as it is written; the whole text where adjacent strings hide it.
    fn place_in(&self, text: Span, name: &str) -> Span {
        let found = self.sources.slice(text).find(&format!("{{{name}}}"));
        found.map_or(text, |offset| {
            let start = text.start as usize + offset + 1;
            Span::new(text.source, start, start + name.len())
        })
    }

    fn template_place(&mut self, reading: &Reading<'_>, name: &str, at: Span) -> Option<TemplatePart> {
        if named_values(reading.kind).contains(&name) {
            return Some(TemplatePart::Named(name.to_owned()));
        }
        match self.value_named(&reading.scope(), name, at) {
            Some(value) if is_speakable(value.kind_of_value) => Some(TemplatePart::Value(value)),
            Some(value) => {
                let found = value.kind_of_value.to_string();
                self.report(at, MessageProblem::UnspeakablePlace { name: name.to_owned(), found, at });
                None
            }
            None if NAMED_ANYWHERE.contains(&name) => Some(TemplatePart::Named(name.to_owned())),
            None => {
                let names: Vec<&str> = named_values(reading.kind).to_vec();
                let help = did_you_mean_or_list(name, "beside the fields of its subject a finding has", &names);
                self.report(at, MessageProblem::UnknownPlace { name: name.to_owned(), at, help });
                None
            }
        }
    }

    /// The value of a dotted name over a subject; nothing, without a problem, where there is none.
    pub(super) fn value_named(&mut self, scope: &Scope, name: &str, at: Span) -> Option<Expression> {
        let mut words = name.split('.');
        let first = words.next().filter(|word| is_word(word))?.to_owned();
        let first = written::Expression::new(written::ExpressionKind::Name(first), at);
        let path = words.try_fold(first, |of, word| {
            let name = Word::new(word.to_owned(), at);
            is_word(word).then(|| written::Expression::new(written::ExpressionKind::Path { of, name }, at))
        })?;
        let mut aside = crate::problems::Problems::default();
        std::mem::swap(self.problems, &mut aside);
        let value = Typer::new(self, scope.clone()).expression(&path, Hint::Nothing);
        std::mem::swap(self.problems, &mut aside);
        value
    }
}

fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a text can hold such a value.
pub(super) fn is_speakable(kind: Type) -> bool {
    let coded = |subject| crate::rulebook::from_syntax::names::is_coded(subject);
    match kind {
        Type::Boolean | Type::Period | Type::List(_) => false,
        Type::Reference(subject) => coded(subject),
        _ => true,
    }
}

fn text_of<'a>(kind: &'a ClauseKind, clause: &str) -> Option<&'a InLanguage> {
    match (kind, clause) {
        (ClauseKind::Message(text), "message") | (ClauseKind::Consequence(text), "consequence") | (ClauseKind::Remedy(text), "remedy") => Some(text),
        _ => None,
    }
}

/// A stretch of a text.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    /// `{days_late}`
    Place(String),
    /// `{` that is never closed
    Open,
}

/// The pieces of a text; `{{` and `}}` are braces.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        plain.push_str(before);
        let doubled = brace.starts_with("{{") || brace.starts_with("}}");
        if doubled || brace.starts_with('}') {
            plain.push_str(&brace[..1]);
            rest = &brace[if doubled { 2 } else { 1 }..];
            continue;
        }
        let Some((name, after)) = brace[1..].split_once('}') else {
            pieces.push(Piece::Open);
            rest = "";
            break;
        };
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        pieces.push(Piece::Place(name.trim().to_owned()));
        rest = after;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn a_text_falls_into_words_and_places() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let place = |name: &str| Piece::Place(name.to_owned());
        assert_eq!(pieces("{days_late} days late"), [place("days_late"), text(" days late")]);
        assert_eq!(pieces("{{not a place}}"), [text("{not a place}")]);
        assert_eq!(pieces("a {b}{c}"), [text("a "), place("b"), place("c")]);
        assert_eq!(pieces("open {"), [Piece::Open, text("open ")]);
        assert_eq!(pieces(""), []);
    }
}
