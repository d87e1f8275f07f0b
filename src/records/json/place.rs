//! The place of a value, by its path: `/enrolments/1/isp/entries/3/credits`.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};

use crate::records::json::{Kind, Value};

/// The bytes of the value at a path, or of the nearest value around it that is there.
pub(crate) fn json_place(text: &str, path: &str) -> Range<usize> {
    nearest(text, path).range()
}

/// Whether the object at a path has a member of a name.
pub(crate) fn json_has(text: &str, path: &str, name: &str) -> bool {
    may_have(text, name) && has_member(text, path, name)
}

/// Whether a member of a name may stand anywhere in a text, which is quickly told. One that is written without escapes stands there letter by letter.
fn may_have(text: &str, name: &str) -> bool {
    memmem::find(text.as_bytes(), name.as_bytes()).is_some() || memchr(b'\\', text.as_bytes()).is_some()
}

fn has_member(text: &str, path: &str, name: &str) -> bool {
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
    use super::{has_member, json_has, json_place, second_key_place};
    use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, prop_oneof, proptest};

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

    #[test]
    fn names_of_members() {
        let text = r#"{"a":[{"on":1,"b":"at"},{"at":{"\u006fn":2}},{"x":"on","o\n":3}]}"#;
        let expected = [("/a/0", "on", true), ("/a/0", "at", false), ("/a/1", "at", true), ("/a/1", "on", false), ("/a/1/at", "on", true)];
        for (path, name, has) in expected.into_iter().chain([("/a/2", "on", false), ("/a/2", "o\n", true), ("/a/0", "off", false)]) {
            assert_eq!(json_has(text, path, name), has, "{path} {name}");
        }
    }

    /// Records in which few names stand often: in objects more than once, in texts, and written as escapes.
    fn record() -> impl Strategy<Value = String> {
        let plain = prop_oneof![Just(r#""on""#), Just(r#""at""#), Just(r#""a""#), Just(r#""no""#), Just(r#""upon""#), Just(r#""""#)];
        let text = prop_oneof![9 => plain, 1 => prop_oneof![Just(r#""\u006fn""#), Just(r#""\"on\"""#), Just(r#""\\""#), Just(r#""a\u0074""#)]];
        let leaf = prop_oneof![text.clone().prop_map(str::to_owned), Just("1".to_owned()), Just("null".to_owned())];
        leaf.prop_recursive(4, 24, 4, move |inside| {
            let list = prop::collection::vec(inside.clone(), 0..4).prop_map(|elements| format!("[{}]", elements.join(",")));
            let member = (text.clone(), " ?", inside).prop_map(|(name, space, value)| format!("{name}{space}:{space}{value}"));
            prop_oneof![list, prop::collection::vec(member, 0..4).prop_map(|members| format!("{{{}}}", members.join(",")))]
        })
    }

    proptest! {
        #[test]
        fn a_name_is_told_as_by_reading(record in record(), path in "(/(a|on|at|0|1)){0,3}", name in "on|at|a|\"on\"|\\\\|") {
            prop_assert_eq!(json_has(&record, &path, &name), has_member(&record, &path, &name));
        }

        #[test]
        fn a_name_is_told_as_by_reading_what_is_no_json(text in "[\\[\\]{}\",:0a\\\\ é]{0,40}", path in "(/[a0]){0,3}", name in "[a\"\\\\é]{0,2}") {
            prop_assert_eq!(json_has(&text, &path, &name), has_member(&text, &path, &name));
        }

        #[test]
        fn never_fails(text in "[\\[\\]{}\",:0-9a\\\\ é-]{0,60}", path in "(/[a0-9]){0,4}") {
            let place = json_place(&text, &path);
            assert!(place.start <= place.end && place.end <= text.len() && text.get(place).is_some());
            let _ = second_key_place(&text, &path, "a");
        }
    }
}
