//! What plain JSON is, held against the parser behind it.

use crate::records::from_json::plain::{Decimal, PlainJson, Stretch};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use serde_json::Value;

/// Whether a text is plain from its beginning to its end.
fn is_plain(text: &str) -> bool {
    let mut plain = PlainJson::new(text);
    plain.ignore().is_ok() && plain.end().is_ok()
}

fn string(text: &str) -> Option<String> {
    let mut plain = PlainJson::new(text);
    let string = match plain.string().ok()? {
        Some(string) => string.to_owned(),
        None => plain.escaped_string().ok()?,
    };
    plain.end().ok().map(|()| string)
}

fn number(text: &str) -> Option<Decimal> {
    let mut plain = PlainJson::new(text);
    let number = plain.number().ok()?;
    plain.end().ok().map(|()| number)
}

#[test]
fn plain_texts_are_read() {
    for text in [
        r#" {"student" : "r1", "credits":[6, 4.5,-60,0.125, 0], "main":true,"isp":null,"x":[],"y":{},"n":"Één \"jaar\" \u00e9" } "#,
        r#""a text that is longer than eight bytes""#,
        "[[[false]]]",
    ] {
        assert!(is_plain(text), "{text}");
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
        "[1}",
        "tru",
        "\"a\tb\"",
        "\"a",
        "1 2",
        "",
    ] {
        assert!(!is_plain(text), "{text}");
    }
    assert!(!is_plain(&format!("{}{}", "[".repeat(101), "]".repeat(101))));
}

proptest! {
    #[test]
    fn what_is_read_is_json(text in "[\\[\\]{}\",:0-9.eE\\- trufalsn\\\\\t\u{7f}é]{0,24}") {
        prop_assert!(!is_plain(&text) || serde_json::from_str::<Value>(&text).is_ok());
    }

    #[test]
    fn a_stretch_is_passed_where_it_stands_again(read in "[a-zé]{0,40}", before in 0_usize..20, text in "[a-zé]{0,40}") {
        let mut plain = PlainJson::new(&read);
        let start = before.min(read.len());
        plain.at = read.len();
        if let Some(stretch) = plain.since(start) {
            let stretch_text = &read.as_bytes()[start..];
            for text in [text, read.clone(), read[read.ceil_char_boundary(start)..].to_owned()] {
                let mut plain = PlainJson::new(&text);
                prop_assert_eq!(plain.passes(&stretch), text.as_bytes().starts_with(stretch_text));
                prop_assert!(plain.at == 0 || plain.at == stretch_text.len());
            }
        }
        prop_assert!(!plain.passes(&Stretch::NOWHERE));
    }

    #[test]
    fn strings_are_cut_where_they_end(text in "[a-z\"\\\\\u{1}\u{1f} \u{7f}é€]{0,40}") {
        let text = format!("\"{text}\"");
        prop_assert_eq!(string(&text), serde_json::from_str::<String>(&text).ok());
    }

    #[test]
    fn numbers_are_the_ones_that_are_written(text in "-?[0-9]{1,9}(\\.[0-9]{1,7})?") {
        if let Some(Decimal { digits, decimals }) = number(&text) {
            let (whole, after) = text.split_once('.').unwrap_or((&text, ""));
            prop_assert_eq!(decimals, after.len());
            prop_assert_eq!(digits, format!("{whole}{after}").parse::<i64>().unwrap());
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
        }
    }
}
