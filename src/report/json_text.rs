//! JSON written straight into bytes, laid out as `serde_json` lays it out: a finding has some fifty names and values, most of which are plain and known
//! here, and going through a serializer for each costs more than all the rest of its line.

use std::fmt::Display;
use std::io::Write as _;

use serde::Serialize;

/// How objects and lists are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    OneLine,
    /// A member a line, indented by two spaces for each object or list around it; around the whole there are so many.
    Indented(usize),
}

/// The name of a field as each layout writes it; made by `name!`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    /// With the comma before it: `,"student":`
    pub(super) on_one_line: &'static str,
    /// `"student": `
    pub(super) indented: &'static str,
}

/// A name that is known here and needs no escape.
macro_rules! name {
    ($name:literal) => {
        $crate::report::json_text::Name { on_one_line: concat!(",\"", $name, "\":"), indented: concat!("\"", $name, "\": ") }
    };
}

pub(super) use name;

/// JSON in the making.
#[derive(Debug)]
pub(super) struct JsonText<'o> {
    bytes: &'o mut Vec<u8>,
    indented: bool,
    /// The objects and lists around what is written next.
    depth: usize,
    /// Whether nothing stands yet in the innermost of them.
    empty: bool,
}

impl<'o> JsonText<'o> {
    /// JSON after what the bytes hold.
    pub(super) fn new(bytes: &'o mut Vec<u8>, layout: Layout) -> Self {
        let (indented, depth) = if let Layout::Indented(around) = layout { (true, around) } else { (false, 0) };
        Self { bytes, indented, depth, empty: true }
    }

    /// An object of the fields that are written inside.
    pub(super) fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        self.nested(*b"{}", inside);
    }

    /// A list of the elements that are written inside.
    pub(super) fn list(&mut self, inside: impl FnOnce(&mut Self)) {
        self.nested(*b"[]", inside);
    }

    fn nested(&mut self, [open, close]: [u8; 2], inside: impl FnOnce(&mut Self)) {
        self.bytes.push(open);
        self.depth += 1;
        self.empty = true;
        inside(self);
        self.depth -= 1;
        if !self.empty && self.indented {
            self.begin_line();
        }
        self.empty = false;
        self.bytes.push(close);
    }

    /// The name of a field of a format, which needs no escape; its value comes next.
    #[inline]
    pub(super) fn field(&mut self, name: Name) -> &mut Self {
        if self.indented {
            self.separate();
            self.bytes.extend_from_slice(name.indented.as_bytes());
        } else {
            // Most fields follow another, and their comma comes with the name.
            let from = usize::from(self.empty);
            self.bytes.extend_from_slice(name.on_one_line.as_bytes().get(from..).unwrap_or_default());
            self.empty = false;
        }
        self
    }

    /// A name of any kind; its value comes next.
    pub(super) fn named(&mut self, name: &str) -> &mut Self {
        self.separate();
        self.text(name);
        self.bytes.extend_from_slice(if self.indented { b": " } else { b":" });
        self
    }

    /// The next element of a list.
    pub(super) fn element(&mut self) -> &mut Self {
        self.separate();
        self
    }

    fn separate(&mut self) {
        if !self.empty {
            self.bytes.push(b',');
        }
        self.empty = false;
        if self.indented {
            self.begin_line();
        }
    }

    fn begin_line(&mut self) {
        self.bytes.push(b'\n');
        (0..self.depth).for_each(|_| self.bytes.extend_from_slice(b"  "));
    }

    /// A text.
    pub(super) fn text(&mut self, text: &str) {
        if is_plain(text) { self.quoted(text) } else { self.value(text) }
    }

    /// A word of a closed list, which needs no escape.
    pub(super) fn word(&mut self, word: &'static str) {
        self.quoted(word);
    }

    /// A text, or null.
    pub(super) fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.bytes.extend_from_slice(b"null"),
        }
    }

    /// A list of texts.
    pub(super) fn texts<S: AsRef<str>>(&mut self, texts: &[S]) {
        self.list(|list| texts.iter().for_each(|text| list.element().text(text.as_ref())));
    }

    /// `"2023-2024"` of its first year
    pub(super) fn academic_year(&mut self, first: Option<i32>) {
        let Some(first) = first else { return self.optional(None) };
        self.bytes.push(b'"');
        self.number(first);
        self.bytes.push(b'-');
        self.number(first + 1);
        self.bytes.push(b'"');
    }

    pub(super) fn number(&mut self, number: impl itoa::Integer) {
        self.bytes.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    /// A text as it is shown, which needs no escape: a day.
    pub(super) fn shown(&mut self, shown: impl Display) {
        // Writing to memory cannot fail, here and below.
        let _ = write!(self.bytes, "\"{shown}\"");
    }

    /// A text as it is shown, or null.
    pub(super) fn optional_shown(&mut self, shown: Option<impl Display>) {
        match shown {
            Some(shown) => self.shown(shown),
            None => self.optional(None),
        }
    }

    /// A number with decimals, a truth or null.
    pub(super) fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        let _ = serde_json::to_writer(&mut *self.bytes, value);
    }

    fn quoted(&mut self, text: &str) {
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'"');
    }
}

/// Whether a text is written as it is: no byte of it is below a space, a quotation mark or a backslash. Most texts are short, so eight bytes are looked at
/// together, and the last eight of a text again where some stand alone.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk::<WORD>() else {
        return bytes.iter().all(|byte| *byte >= b' ' && *byte != b'"' && *byte != b'\\');
    };
    let mut found = escaped(u64::from_ne_bytes(*last));
    for word in bytes.as_chunks::<WORD>().0 {
        found |= escaped(u64::from_ne_bytes(*word));
    }
    found == 0
}

/// The bytes that are looked at together.
const WORD: usize = size_of::<u64>();

/// A highest bit where one of eight bytes needs an escape. Taking off what a byte must not be borrows from its highest bit if it is below, and only then, as
/// far as no byte before it has borrowed; of those one needs an escape already.
fn escaped(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(EACH * u64::from(limit)) & !bytes;
    let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\')) & (EACH << 7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};
    use serde_json::Value;

    use super::{JsonText, Layout};

    fn written(json: &mut JsonText<'_>, value: &Value) {
        match value {
            Value::Object(members) => json.object(|object| members.iter().for_each(|(name, value)| written(object.named(name), value))),
            Value::Array(elements) => json.list(|list| elements.iter().for_each(|element| written(list.element(), element))),
            Value::String(text) => json.text(text),
            Value::Null => json.optional(None),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => json.number(whole),
                None => json.value(number),
            },
            Value::Bool(_) => json.value(value),
        }
    }

    #[test]
    fn fields_are_separated_in_both_layouts() {
        let fields = |layout| {
            let mut bytes = Vec::new();
            JsonText::new(&mut bytes, layout).object(|object| {
                object.field(name!("year")).academic_year(Some(2023));
                object.field(name!("none")).academic_year(None);
                object.named("a_exact").shown("1/3");
            });
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(fields(Layout::OneLine), r#"{"year":"2023-2024","none":null,"a_exact":"1/3"}"#);
        assert_eq!(fields(Layout::Indented(1)), "{\n    \"year\": \"2023-2024\",\n    \"none\": null,\n    \"a_exact\": \"1/3\"\n  }");
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let text = "[a-zé\"\\\\\u{0}-\u{20}\u{7f}]{0,19}";
        let leaf =
            prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), any::<i64>().prop_map(Value::from), text.prop_map(Value::from)];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(text, inner, 0..5).prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_same_as_the_library(value in any_value()) {
            let mut bytes = Vec::new();
            written(&mut JsonText::new(&mut bytes, Layout::OneLine), &value);
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), serde_json::to_string(&value).unwrap());
            let mut bytes = Vec::new();
            written(&mut JsonText::new(&mut bytes, Layout::Indented(0)), &value);
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), serde_json::to_string_pretty(&value).unwrap());
        }
    }
}
