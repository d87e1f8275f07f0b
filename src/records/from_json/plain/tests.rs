//! What plain JSON is, held against the parser behind it.

use crate::records::from_json::plain::PlainJson;
use proptest::prelude::{prop_assert_eq, proptest};
use serde::Deserialize;
use serde_json::Value;

fn plain(text: &str) -> Option<Value> {
    let mut plain = PlainJson::new(text);
    let value = Value::deserialize(&mut plain).ok()?;
    plain.end().ok().map(|()| value)
}

#[test]
fn plain_texts_are_read() {
    for text in [
        r#" {"student" : "r1", "credits":[6, 4.5,-60,0.125, 0], "main":true,"isp":null,"x":[],"y":{},"n":"Één \"jaar\" \u00e9" } "#,
        r#""a text that is longer than eight bytes""#,
        "[[[false]]]",
    ] {
        assert_eq!(plain(text), Some(serde_json::from_str(text).unwrap()), "{text}");
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_parser() {
    for text in [
        "1e3",
        "-0",
        "01",
        "1.",
        "1234567890123456",
        "1.234567890123456",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{\"a\"1}",
        "[1 2]",
        "tru",
        "\"a\tb\"",
        "\"a",
        "1 2",
        "",
    ] {
        assert_eq!(plain(text), None, "{text}");
    }
    assert_eq!(plain(&format!("{}{}", "[".repeat(101), "]".repeat(101))), None);
}

proptest! {
    #[test]
    fn what_is_read_is_what_the_parser_reads(text in "[\\[\\]{}\",:0-9.eE\\- trufalsn\\\\\t\u{7f}é]{0,24}") {
        if let Some(value) = plain(&text) {
            prop_assert_eq!(Some(value), serde_json::from_str(&text).ok());
        }
    }

    #[test]
    fn strings_are_cut_where_they_end(text in "[a-z\"\\\\\u{1}\u{1f} \u{7f}é€]{0,40}") {
        let text = format!("\"{text}\"");
        if let Some(value) = plain(&text) {
            prop_assert_eq!(Some(value), serde_json::from_str(&text).ok());
        } else {
            prop_assert_eq!(None, serde_json::from_str::<Value>(&text).ok());
        }
    }

    #[test]
    fn numbers_are_the_ones_the_parser_reads(text in "-?[0-9]{1,9}(\\.[0-9]{1,7})?") {
        if let Some(value) = plain(&text) {
            prop_assert_eq!(Some(value), serde_json::from_str(&text).ok());
        }
    }
}
