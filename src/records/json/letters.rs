//! The letters that end the plain stretch of a text value, searched for eight bytes at a time.

use crate::records::packed::Packed;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
const QUOTES: u64 = ONES * 0x22;
const BACKSLASHES: u64 = ONES * 0x5c;

/// Where the plain stretch that begins here ends, by what is special of eight bytes; nothing where the text ends before.
#[inline]
pub(in crate::records) fn end_of_plain(bytes: &[u8], start: usize, special: impl Fn(u64) -> u64) -> Option<usize> {
    let mut at = start;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let special = special(u64::from_le_bytes(*eight));
        if special != 0 {
            return Some(at + special.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    end_in_rest(bytes, at)
}

/// The same in fewer than eight bytes.
#[cold]
fn end_in_rest(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes.get(at..)?.iter().position(|byte| is_special(*byte))?;
    Some(at + length)
}

/// How a text value begins: its first eight letters, or all of them and its quote.
pub(in crate::records) type Beginning = u64;

/// How the text value that stands here begins; nothing where an escape may be among those letters, or where the text ends before. Equal texts begin alike.
#[inline]
pub(super) fn beginning(bytes: &[u8], start: usize) -> Option<Beginning> {
    let eight = u64::from_le_bytes(*bytes.get(start + 1..)?.first_chunk()?);
    (zero_bytes(eight ^ BACKSLASHES) == 0).then_some(up_to_quote(eight))
}

/// The same of a text without its quotes.
pub(in crate::records) fn beginning_of(text: &str) -> Beginning {
    let letters = text.bytes().chain([b'"']).take(8);
    letters.enumerate().fold(0, |beginning, (at, byte)| beginning | u64::from(byte) << (8 * at))
}

#[inline]
fn up_to_quote(eight: u64) -> u64 {
    let quote = quotes(eight);
    eight & (quote ^ quote.wrapping_sub(1))
}

/// The text that the text value here stands for, if it is a short one without escapes, and the text goes on behind it.
#[inline]
pub(super) fn short_text(bytes: &[u8], start: usize) -> Option<Packed> {
    let sixteen = u128::from_le_bytes(*bytes.get(start + 1..)?.first_chunk()?);
    #[allow(clippy::cast_possible_truncation, reason = "the two halves are taken apart")]
    let (first, last) = (special_bytes(sixteen as u64), special_bytes((sixteen >> 64) as u64));
    let length = if first != 0 { first.trailing_zeros() / 8 } else { 8 + last.trailing_zeros() / 8 };
    let text = Packed::beginning(sixteen, u8::try_from(length).ok()?)?;
    (bytes.get(start + 1 + text.len()) == Some(&b'"')).then_some(text)
}

/// What ends the plain stretch of a text: its quote, a backslash, or a control character, which JSON does not allow.
fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < b' '
}

/// The high bit of each byte that is special; bits above the first of them may be set too.
#[inline]
pub(in crate::records) fn special_bytes(eight: u64) -> u64 {
    let control = eight.wrapping_sub(ONES * 0x20) & !eight & HIGH;
    quotes(eight) | zero_bytes(eight ^ BACKSLASHES) | control
}

/// The same for quotes alone.
#[inline]
pub(in crate::records) fn quotes(eight: u64) -> u64 {
    zero_bytes(eight ^ QUOTES)
}

/// The same for bytes that are zero.
#[inline]
fn zero_bytes(eight: u64) -> u64 {
    eight.wrapping_sub(ONES) & !eight & HIGH
}

#[cfg(test)]
mod tests {
    use super::{beginning, beginning_of, end_of_plain, is_special, short_text, special_bytes};
    use crate::records::packed::Packed;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn the_first_special_letter_is_found(text in "[a-cé\"\\\\\n\u{1f} \u{7f}]{0,30}", start in 0_usize..30) {
            let expected = text.bytes().enumerate().skip(start).find(|(_, byte)| is_special(*byte)).map(|(at, _)| at);
            prop_assert_eq!(end_of_plain(text.as_bytes(), start, special_bytes), expected);
        }

        #[test]
        fn a_plain_text_is_told_by_its_beginning_and_by_its_letters(text in "[a-cé€ ]{0,20}", rest in "[a-c\",:]{0,20}") {
            let written = format!("\"{text}\"{rest}");
            let (own, packed) = (beginning(written.as_bytes(), 0), short_text(written.as_bytes(), 0));
            prop_assert_eq!(own, (written.len() > 8).then(|| beginning_of(&text)));
            prop_assert_eq!(packed, Packed::new(&text).filter(|_| written.len() > 16 && text.len() < 16));
        }

        #[test]
        fn an_escaped_text_is_no_other(text in "[a-c]{0,10}", escaped in "[a-c]{0,3}\\\\[nu\"\\\\][a-c0]{0,12}", rest in "[a-c\",:]{0,20}") {
            let name = format!("{text}{escaped}");
            let written = format!("\"{name}\"{rest}");
            prop_assert_eq!(short_text(written.as_bytes(), 0), None);
            prop_assert!(beginning(written.as_bytes(), 0).is_none_or(|own| own == beginning_of(&name)));
        }
    }
}
