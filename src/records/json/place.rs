//! The place of a value, by its path: `/enrolments/1/isp/entries/3/credits`.

use std::borrow::Cow;
use std::ops::Range;

use crate::records::json::{Kind, Value};

/// The bytes of the value at a path, or of the nearest value around it that is there.
pub(crate) fn json_place(text: &str, path: &str) -> Range<usize> {
    nearest(text, path).range()
}

/// Whether the object at a path has a member of a name.
pub(crate) fn json_has(text: &str, path: &str, name: &str) -> bool {
    nearest(text, path).members().any(|member| member.name == name)
}

fn nearest<'t>(text: &'t str, path: &str) -> Value<'t> {
    let mut here = Value::root(text);
    for step in path.split('/').filter(|step| !step.is_empty()) {
        let Some(value) = child(here, step) else { break };
        here = value;
    }
    here
}

/// The bytes of a key that stands for the second time in the object at a path.
pub(crate) fn second_key_place(text: &str, path: &str, key: &str) -> Range<usize> {
    let here = nearest(text, path);
    let second = here.members().filter(|member| member.name == key).nth(1);
    second.map_or(here.range(), |member| member.key)
}

fn child<'t>(value: Value<'t>, step: &str) -> Option<Value<'t>> {
    let name = if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) };
    match step.parse::<usize>() {
        Ok(index) if value.kind() == Kind::List => value.elements().nth(index),
        _ => value.members().find(|member| member.name == name).map(|member| member.value),
    }
}

#[cfg(test)]
mod tests {
    use super::{json_place, second_key_place};
    use proptest::prelude::proptest;

    #[test]
    fn places_of_values() {
        let text = r#" {"student":"r\"1","enrolments":[{}, {"isp" : {"entries":[{"credits":6},{"credits": 5.0001 }]}}],"x":null}"#;
        for (path, expected) in [
            ("/student", r#""r\"1""#),
            ("/enrolments/0", "{}"),
            ("/enrolments/1/isp/entries/1/credits", "5.0001"),
            ("/enrolments/1/isp/entries/1/semester", r#"{"credits": 5.0001 }"#),
            ("/enrolments/7/isp", r#"[{}, {"isp" : {"entries":[{"credits":6},{"credits": 5.0001 }]}}]"#),
            ("/x", "null"),
        ] {
            assert_eq!(&text[json_place(text, path)], expected, "{path}");
        }
    }

    #[test]
    fn the_second_of_two_keys() {
        let text = r#"{"a":{"b":1,"b":2}}"#;
        assert_eq!(second_key_place(text, "/a", "b"), 12..15);
    }

    proptest! {
        #[test]
        fn never_fails(text in "[\\[\\]{}\",:0-9a\\\\ é-]{0,60}", path in "(/[a0-9]){0,4}") {
            let place = json_place(&text, &path);
            assert!(place.start <= place.end && place.end <= text.len() && text.get(place).is_some());
            let _ = second_key_place(&text, &path, "a");
        }
    }
}
