//! Where values begin and end.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::IgnoredAny;

/// A value of a JSON text, by the place where it begins; where it ends is looked for when somebody asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'t> {
    text: &'t str,
    start: usize,
}

/// What kind of value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean(bool),
    Number,
    Text,
    List,
    Object,
}

/// `"credits": 6` of an object.
#[derive(Debug, Clone)]
pub(crate) struct Member<'t> {
    pub(crate) name: Cow<'t, str>,
    pub(crate) key: Range<usize>,
    pub(crate) value: Value<'t>,
}

impl<'t> Value<'t> {
    /// The first value of a text.
    pub(crate) fn root(text: &'t str) -> Self {
        Self::at(text, 0)
    }

    fn at(text: &'t str, from: usize) -> Self {
        let start = skip_space(text.as_bytes(), from);
        Self { text, start }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end()
    }

    fn end(self) -> usize {
        skip_value(self.text.as_bytes(), self.start)
    }

    /// The value as it is written.
    pub(crate) fn raw(self) -> &'t str {
        self.text.get(self.range()).unwrap_or("")
    }

    pub(crate) fn kind(self) -> Kind {
        kind_of(self.text.as_bytes().get(self.start).copied())
    }

    /// The text that a text value stands for; nothing for other kinds.
    pub(crate) fn string(self) -> Option<Cow<'t, str>> {
        string_of(self.raw())
    }

    /// The members of an object, in their order; none for other kinds.
    pub(crate) fn members(self) -> impl Iterator<Item = Member<'t>> {
        let mut before = self.opening(Kind::Object);
        std::iter::from_fn(move || {
            let bytes = self.text.as_bytes();
            let start = before?.after(bytes);
            before = None;
            if bytes.get(start) != Some(&b'"') {
                return None;
            }
            let end = skip_string(bytes, start);
            let value = Value { text: self.text, start: skip_separators(bytes, end) };
            before = Some(Before::Value(value.start));
            Some(Member { name: string_of(self.text.get(start..end)?)?, key: start..end, value })
        })
    }

    /// The elements of a list, in their order; none for other kinds.
    pub(crate) fn elements(self) -> impl Iterator<Item = Value<'t>> {
        let mut before = self.opening(Kind::List);
        std::iter::from_fn(move || {
            let bytes = self.text.as_bytes();
            let start = before?.after(bytes);
            before = match bytes.get(start) {
                None | Some(b']' | b'}') => None,
                Some(_) => Some(Before::Value(start)),
            };
            before.map(|_| Value { text: self.text, start })
        })
    }

    fn opening(self, kind: Kind) -> Option<Before> {
        (self.kind() == kind).then_some(Before::Bracket(self.start))
    }
}

/// What stands before the next member or element. A value is only passed over once the next one is asked for.
#[derive(Debug, Clone, Copy)]
enum Before {
    Bracket(usize),
    Value(usize),
}

impl Before {
    /// Where the next member or element begins, or the closing bracket.
    fn after(self, bytes: &[u8]) -> usize {
        let end = match self {
            Self::Bracket(start) => start + 1,
            Self::Value(start) => skip_value(bytes, start),
        };
        skip_separators(bytes, end)
    }
}

/// The kind of the value that begins so.
pub(super) fn kind_of(first: Option<u8>) -> Kind {
    match first {
        Some(b'{') => Kind::Object,
        Some(b'[') => Kind::List,
        Some(b'"') => Kind::Text,
        Some(b't') => Kind::Boolean(true),
        Some(b'f') => Kind::Boolean(false),
        Some(b'-' | b'0'..=b'9') => Kind::Number,
        _ => Kind::Null,
    }
}

/// The text that a value stands for as it is written; nothing for other kinds.
pub(super) fn string_of(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') { serde_json::from_str(raw).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(inner)) }
}

/// What keeps a text from being JSON, and the character at which that shows: the last one where the text ends too early.
pub(crate) fn syntax_fault(text: &str) -> Option<(String, Range<usize>)> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let shown = if error.is_eof() { text.trim_end().len().saturating_sub(1) } else { line_start + error.column().saturating_sub(1) };
    let at = (0..=shown.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Some((in_plain_words(&error.to_string()), at..at + length))
}

/// Whether a text is the beginning of a longer one.
pub(crate) fn is_unfinished(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
}

/// What a parser says, for people who have never written one.
pub(crate) fn in_plain_words(said: &str) -> String {
    let reason = said.rsplit_once(" at line ").map_or(said, |(reason, _)| reason);
    let plain = match reason {
        "EOF while parsing a value" => "it ends where a value should stand",
        "expected value" => "a value should stand here",
        "expected ident" => "`true`, `false` or `null` is misspelt",
        "key must be a string" => "the name of a field should stand here, in quotes",
        "trailing comma" => "a comma too many",
        "trailing characters" => "something follows the end",
        "invalid escape" => "no such escape; a backslash is written `\\\\`",
        "invalid number" => "not a number as JSON writes them",
        "number out of range" => "the number is out of range",
        "recursion limit exceeded" => "it is nested too deeply",
        "control character (\\u0000-\\u001F) found while parsing a string" => "a tab or a line break inside a text",
        _ => return reason.strip_prefix("EOF while parsing ").map_or_else(|| reason.to_owned(), |inside| format!("it ends inside {inside}")),
    };
    plain.to_owned()
}

fn skip_space(bytes: &[u8], from: usize) -> usize {
    skip_while(bytes, from, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

fn skip_separators(bytes: &[u8], from: usize) -> usize {
    skip_while(bytes, from, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':'))
}

fn skip_while(bytes: &[u8], from: usize, skipped: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or(&[]);
    from + rest.iter().take_while(|byte| skipped(**byte)).count()
}

/// The end of the text value that begins here.
fn skip_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of the value that begins here.
pub(super) fn skip_value(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start) {
        Some(b'"') => skip_string(bytes, start),
        Some(b'{' | b'[') => skip_nested(bytes, start),
        _ => skip_scalar(bytes, start),
    }
}

/// The end of the number or the word that begins here.
fn skip_scalar(bytes: &[u8], start: usize) -> usize {
    skip_while(bytes, start, |byte| !matches!(byte, b',' | b'}' | b']' | b':' | b' ' | b'\t' | b'\n' | b'\r'))
}

fn skip_nested(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = skip_string(bytes, at);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}
