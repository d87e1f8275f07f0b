//! Where every value of a text stands, found in one pass: for a text of which most is looked at, and much of it more than once.

use std::borrow::Cow;
use std::ops::Range;

use crate::records::json::Kind;
use crate::records::json::scan::{kind_of, skip_scalar};

/// A text with the places of its values, those inside a value right behind it. The name of a member is a value before the member's own.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    text: &'t str,
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    start: u32,
    end: u32,
    /// Whether something of a text is written as an escape.
    has_escape: bool,
    /// The number of the next value that is not inside this one.
    after: u32,
}

/// A value of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outlined<'o> {
    outline: &'o Outline<'o>,
    number: u32,
}

/// `"credits": 6` of an object.
#[derive(Debug, Clone)]
pub(crate) struct OutlinedMember<'o> {
    pub(crate) name: Cow<'o, str>,
    pub(crate) key: Range<usize>,
    pub(crate) value: Outlined<'o>,
}

impl<'t> Outline<'t> {
    /// The values of a text, which has been found valid before. Of more than four gigabytes, only those that begin before.
    pub(crate) fn of(text: &'t str) -> Self {
        let (bytes, mut at) = (text.as_bytes(), 0);
        let (mut places, mut open): (Vec<Place>, Vec<usize>) = (Vec::new(), Vec::new());
        while let Some(byte) = bytes.get(at) {
            let (start, mut has_escape) = (at, false);
            at = match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => {
                    at += 1;
                    continue;
                }
                b'}' | b']' => {
                    at += 1;
                    let inside = count(places.len());
                    if let Some(place) = open.pop().and_then(|number| places.get_mut(number)) {
                        (place.end, place.after) = (count(at), inside);
                    }
                    continue;
                }
                b'{' | b'[' => {
                    open.push(places.len());
                    at + 1
                }
                b'"' => skip_text(bytes, at, &mut has_escape),
                _ => skip_scalar(bytes, at),
            };
            places.push(Place { start: count(start), end: count(at), has_escape, after: count(places.len() + 1) });
        }
        Self { text, places }
    }

    /// The first value; nothing of a text without one.
    pub(crate) fn root(&self) -> Option<Outlined<'_>> {
        (!self.places.is_empty()).then_some(Outlined { outline: self, number: 0 })
    }
}

impl<'o> Outlined<'o> {
    fn place(self) -> Place {
        self.outline.places.get(self.number as usize).copied().unwrap_or(Place { start: 0, end: 0, has_escape: false, after: u32::MAX })
    }

    pub(crate) fn range(self) -> Range<usize> {
        let place = self.place();
        place.start as usize..place.end as usize
    }

    /// The value as it is written.
    pub(crate) fn raw(self) -> &'o str {
        self.outline.text.get(self.range()).unwrap_or("")
    }

    pub(crate) fn kind(self) -> Kind {
        kind_of(self.outline.text.as_bytes().get(self.place().start as usize).copied())
    }

    /// The text that a text value stands for; nothing for other kinds.
    pub(crate) fn string(self) -> Option<Cow<'o, str>> {
        if self.place().has_escape {
            return serde_json::from_str(self.raw()).ok().map(Cow::Owned);
        }
        let Range { start, end } = self.range();
        let inside = self.outline.text.get(start + 1..end.saturating_sub(1)).filter(|_| self.kind() == Kind::Text);
        inside.map(Cow::Borrowed)
    }

    /// The members of an object, in their order; none for other kinds.
    pub(crate) fn members(self) -> impl Iterator<Item = OutlinedMember<'o>> {
        let mut values = self.inside(Kind::Object);
        std::iter::from_fn(move || {
            let (key, value) = (values.next()?, values.next()?);
            Some(OutlinedMember { name: key.string()?, key: key.range(), value })
        })
    }

    /// The elements of a list, in their order; none for other kinds.
    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
        self.inside(Kind::List)
    }

    /// The values directly inside a value of some kind.
    fn inside(self, kind: Kind) -> impl Iterator<Item = Self> {
        let end = if self.kind() == kind { self.place().after } else { 0 };
        let mut next = self.number + 1;
        std::iter::from_fn(move || {
            let value = Self { number: next, ..self };
            (next < end).then(|| {
                next = value.place().after;
                value
            })
        })
    }
}

/// The end of the text value that begins here.
fn skip_text(bytes: &[u8], start: usize, has_escape: &mut bool) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => {
                *has_escape = true;
                at += 2;
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Outline, Outlined};
    use crate::records::json::{Kind, Value};
    use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};

    /// Everything that is told of a value, by the outline and by looking at the text from its beginning.
    fn told(outlined: Outlined<'_>, value: Value<'_>) {
        assert_eq!(
            (outlined.range(), outlined.kind(), outlined.raw(), outlined.string()),
            (value.range(), value.kind(), value.raw(), value.string())
        );
        let (members, expected): (Vec<_>, Vec<_>) = (outlined.members().collect(), value.members().collect());
        assert_eq!(members.len(), expected.len());
        for (member, expected) in members.iter().zip(&expected) {
            assert_eq!((&member.name, &member.key), (&expected.name, &expected.key));
            told(member.value, expected.value);
        }
        let (elements, expected): (Vec<_>, Vec<_>) = (outlined.elements().collect(), value.elements().collect());
        assert_eq!(elements.len(), expected.len());
        elements.iter().zip(&expected).for_each(|(element, expected)| told(*element, *expected));
    }

    fn json() -> impl Strategy<Value = String> {
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
            let outline = Outline::of(&text);
            told(outline.root().unwrap(), Value::root(&text));
        }

        #[test]
        fn never_fails(text in any::<String>()) {
            if let Some(root) = Outline::of(&text).root() {
                let _ = root.members().count() + root.elements().count();
            }
        }
    }

    #[test]
    fn nothing_has_no_root() {
        assert!(Outline::of(" \n").root().is_none());
        assert_eq!(Outline::of("{}").root().unwrap().kind(), Kind::Object);
    }
}
