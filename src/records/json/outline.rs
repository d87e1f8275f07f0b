//! Where every value of a text stands, found in one pass: for a text of which most is looked at, and much of it more than once.

use std::borrow::Cow;
use std::ops::Range;

use crate::records::json::letters::{beginning, short_text};
use crate::records::json::outlining::{OF_NESTED, places};
use crate::records::json::scan::{kind_of, skip_value, string_of};
use crate::records::json::{Beginning, Kind, end_of_plain, special_bytes};
use crate::records::packed::Packed;

/// A text with the places of its values, as `places` lays them down.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    text: &'t str,
    places: Vec<u32>,
}

/// A value of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outlined<'o> {
    outline: &'o Outline<'o>,
    /// Of its place.
    index: u32,
}

/// `"credits": 6` of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutlinedMember<'o> {
    pub(crate) key: Outlined<'o>,
    pub(crate) value: Outlined<'o>,
}

impl<'o> OutlinedMember<'o> {
    /// The name; as it is written where its escapes stand for no text.
    pub(crate) fn name(self) -> Cow<'o, str> {
        self.key.string().unwrap_or_else(|| Cow::Borrowed(self.key.raw().trim_matches('"')))
    }
}

impl<'t> Outline<'t> {
    /// The values of a text; nothing where it is not JSON.
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        Some(Self { text, places: places(text)? })
    }

    /// So many values at most.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The value that is the whole text.
    pub(crate) fn root(&self) -> Outlined<'_> {
        Outlined { outline: self, index: 0 }
    }
}

impl<'o> Outlined<'o> {
    #[inline]
    fn number(self, index: u32) -> u32 {
        self.outline.places.get(index as usize).copied().unwrap_or(u32::MAX)
    }

    #[inline]
    fn start(self) -> usize {
        self.number(self.index) as usize
    }

    #[inline]
    fn bytes(self) -> &'o [u8] {
        self.outline.text.as_bytes()
    }

    /// Whether other values may stand inside it.
    #[inline]
    fn is_nested(self) -> bool {
        matches!(self.bytes().get(self.start()), Some(b'{' | b'['))
    }

    pub(crate) fn range(self) -> Range<usize> {
        let start = self.start();
        if self.is_nested() { start..self.number(self.index.saturating_add(1)) as usize } else { start..skip_value(self.bytes(), start) }
    }

    /// The value as it is written.
    pub(crate) fn raw(self) -> &'o str {
        self.outline.text.get(self.range()).unwrap_or("")
    }

    #[inline]
    pub(crate) fn kind(self) -> Kind {
        kind_of(self.bytes().get(self.start()).copied())
    }

    /// The text that a text value stands for; nothing for other kinds.
    pub(crate) fn string(self) -> Option<Cow<'o, str>> {
        match self.plain() {
            Some(inside) => self.outline.text.get(inside).map(Cow::Borrowed),
            None => string_of(self.raw()),
        }
    }

    /// Where the text of a text value stands that is written without escapes; nothing for others.
    #[inline]
    fn plain(self) -> Option<Range<usize>> {
        let (bytes, start) = (self.bytes(), self.start());
        if bytes.get(start) != Some(&b'"') {
            return None;
        }
        let end = end_of_plain(bytes, start + 1, special_bytes)?;
        (bytes.get(end) == Some(&b'"')).then_some(start + 1..end)
    }

    /// The text that a short text value stands for, where that is quickly told.
    #[inline]
    pub(crate) fn packed(self) -> Option<Packed> {
        let (bytes, start) = (self.bytes(), self.start());
        if bytes.get(start) == Some(&b'"') { short_text(bytes, start) } else { None }
    }

    /// How a name begins, where that is quickly told.
    #[inline]
    pub(crate) fn beginning(self) -> Option<Beginning> {
        beginning(self.bytes(), self.start())
    }

    /// Whether it is a text value that stands for a text.
    #[inline]
    pub(crate) fn is(self, text: &str) -> bool {
        let quoted = self.bytes().get(self.start()..).unwrap_or(&[]);
        match quoted.get(1..).and_then(|inside| inside.split_at_checked(text.len())) {
            Some((inside, [b'"', ..])) if quoted.first() == Some(&b'"') && inside == text.as_bytes() => true,
            _ => self.is_escaped(text),
        }
    }

    /// The same of one that is written with escapes.
    fn is_escaped(self, text: &str) -> bool {
        self.plain().is_none() && self.string().is_some_and(|own| own == text)
    }

    /// The members of an object, in their order; none for other kinds.
    pub(crate) fn members(self) -> impl Iterator<Item = OutlinedMember<'o>> {
        let Range { start: mut next, end } = self.inside(Kind::Object);
        std::iter::from_fn(move || {
            let (key, value) = (Self { index: next, ..self }, Self { index: next.saturating_add(1), ..self });
            (value.index < end).then(|| {
                next = value.after();
                OutlinedMember { key, value }
            })
        })
    }

    /// The elements of a list, in their order; none for other kinds.
    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
        let Range { start: mut next, end } = self.inside(Kind::List);
        std::iter::from_fn(move || {
            let value = Self { index: next, ..self };
            (next < end).then(|| {
                next = value.after();
                value
            })
        })
    }

    /// The places of what is inside a value of some kind.
    fn inside(self, kind: Kind) -> Range<u32> {
        if self.kind() == kind { self.index.saturating_add(OF_NESTED)..self.after() } else { 0..0 }
    }

    /// The index of what follows.
    #[inline]
    fn after(self) -> u32 {
        let next = self.index.saturating_add(1);
        // INVARIANT: it lies behind this one, whatever stands there, so that every walk ends.
        if self.is_nested() { self.number(next.saturating_add(1)).max(next) } else { next }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Outline, Outlined};
    use crate::records::json::{Kind, Value, beginning_of};
    use crate::records::packed::Packed;
    use proptest::prelude::{Strategy, prop, prop_oneof, proptest};

    /// Everything that is told of a value, by the outline and by looking at the text from its beginning.
    fn told(outlined: Outlined<'_>, value: Value<'_>) {
        assert_eq!(
            (outlined.range(), outlined.kind(), outlined.raw(), outlined.string()),
            (value.range(), value.kind(), value.raw(), value.string())
        );
        if let Some(packed) = outlined.packed() {
            assert_eq!(Some(packed), value.string().and_then(|text| Packed::new(&text)));
        }
        let (members, expected): (Vec<_>, Vec<_>) = (outlined.members().collect(), value.members().collect());
        assert_eq!(members.len(), expected.len());
        for (member, expected) in members.iter().zip(&expected) {
            assert_eq!((&member.name(), &member.key.range()), (&expected.name, &expected.key));
            assert!(member.key.is(&expected.name) && !member.key.is("no such name"));
            assert!(member.key.beginning().is_none_or(|beginning| beginning == beginning_of(&expected.name)));
            told(member.value, expected.value);
        }
        let (elements, expected): (Vec<_>, Vec<_>) = (outlined.elements().collect(), value.elements().collect());
        assert_eq!(elements.len(), expected.len());
        elements.iter().zip(&expected).for_each(|(element, expected)| told(*element, *expected));
    }

    /// Texts that are JSON.
    pub(in crate::records::json) fn json() -> impl Strategy<Value = String> {
        let space = "[ \n\t]{0,2}";
        let text = "\"([a-c{}\\[\\],: é]|\\\\[\"\\\\n]|\\\\u00e9){0,4}\"";
        let leaf = prop_oneof!["null|true|false", "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?(e[0-9])?", text];
        let value = leaf.prop_recursive(4, 40, 5, move |inside| {
            let list = prop::collection::vec((space, inside.clone(), space), 0..5);
            let list = list.prop_map(|parts| parts.iter().map(|(a, value, b)| format!("{a}{value}{b}")).collect::<Vec<_>>().join(","));
            let object = prop::collection::vec((space, text, inside, space), 0..5);
            let object =
                object.prop_map(|parts| parts.iter().map(|(a, key, value, b)| format!("{a}{key}{b}:{a}{value}")).collect::<Vec<_>>().join(","));
            prop_oneof![list.prop_map(|list| format!("[{list}]")), object.prop_map(|object| format!("{{{object}}}"))]
        });
        (space, value, space).prop_map(|(before, value, after)| format!("{before}{value}{after}"))
    }

    proptest! {
        #[test]
        fn tells_what_looking_at_the_text_tells(text in json()) {
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
            let outline = Outline::of(&text).unwrap();
            told(outline.root(), Value::root(&text));
        }
    }

    #[test]
    fn nothing_has_no_outline() {
        assert!(Outline::of(" \n").is_none());
        assert_eq!(Outline::of("{}").unwrap().root().kind(), Kind::Object);
    }
}
