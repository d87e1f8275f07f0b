//! A reader of plain JSON, in front of the well-kept parser: it reads what exports write, fast, and gives up on the least surprise. Whatever it gives
//! up on is read again by that parser, which alone says what is wrong; so this one has no messages, no places and no doubts.
//!
//! INVARIANT: a text it accepts is JSON, and its values are the ones the other parser would hand over; a property test holds the two together.

#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Not plain, not JSON, or not what the visitor wants.
#[derive(Debug)]
pub(super) struct NotPlain;

impl fmt::Display for NotPlain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not plain JSON")
    }
}

impl std::error::Error for NotPlain {}

impl Error for NotPlain {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A text that is read from its beginning to its end.
#[derive(Debug)]
pub(super) struct PlainJson<'t> {
    text: &'t str,
    at: usize,
    depth: u8,
    /// Which byte ends the plain stretch of a string.
    ends: Ends,
}

/// What strings have to be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// The text has no backslash and no control character anywhere.
    Quote,
    Special,
}

/// The deepest nesting.
const DEEPEST: u8 = 100;
/// Digits of a number that a float tells apart from all others of so many digits.
const MOST_DIGITS: usize = 15;

impl<'t> PlainJson<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let special = memchr::memchr(b'\\', text.as_bytes()).is_some() || text.bytes().fold(u8::MAX, u8::min) < b' ';
        Self { text, at: 0, depth: 0, ends: if special { Ends::Special } else { Ends::Quote } }
    }

    /// Nothing but white space is left.
    pub(super) fn end(&mut self) -> Result<(), NotPlain> {
        self.skip_space();
        if self.at == self.text.len() { Ok(()) } else { Err(NotPlain) }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                byte => return byte,
            }
        }
    }

    #[inline]
    fn take(&mut self, byte: u8) -> Result<(), NotPlain> {
        if self.skip_space() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(NotPlain)
        }
    }

    fn word(&mut self, word: &str) -> Result<(), NotPlain> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        if !rest.starts_with(word.as_bytes()) {
            return Err(NotPlain);
        }
        self.at += word.len();
        Ok(())
    }

    /// The text between the quote here and the next one; nothing, and still here, where a backslash stands between them.
    #[inline]
    fn string(&mut self) -> Result<Option<&'t str>, NotPlain> {
        let start = self.at + 1;
        let mut at = start;
        while let Some(eight) = self.text.as_bytes().get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let eight = u64::from_le_bytes(*eight);
            let special = if self.ends == Ends::Quote { zero_bytes(eight ^ QUOTES) } else { special_bytes(eight) };
            if special != 0 {
                at += special.trailing_zeros() as usize / 8;
                return self.string_up_to(start, at);
            }
            at += 8;
        }
        let rest = self.text.as_bytes().get(at..).unwrap_or(&[]);
        let length = rest.iter().position(|byte| is_special(*byte)).ok_or(NotPlain)?;
        self.string_up_to(start, at + length)
    }

    #[inline]
    fn string_up_to(&mut self, start: usize, end: usize) -> Result<Option<&'t str>, NotPlain> {
        match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end + 1;
                self.text.get(start..end).map(Some).ok_or(NotPlain)
            }
            Some(b'\\') => Ok(None),
            _ => Err(NotPlain),
        }
    }

    /// The text that stands here with its escapes.
    #[cold]
    fn escaped_string(&mut self) -> Result<String, NotPlain> {
        let rest = self.text.get(self.at..).ok_or(NotPlain)?;
        let mut escaped = false;
        let closing = rest.bytes().skip(1).position(|byte| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        });
        let raw = rest.get(..closing.ok_or(NotPlain)? + 2).ok_or(NotPlain)?;
        self.at += raw.len();
        serde_json::from_str(raw).map_err(|_| NotPlain)
    }

    #[inline]
    fn digits(&mut self, number: &mut u64) -> usize {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            *number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            self.at += 1;
        }
        self.at - start
    }

    #[inline]
    fn number<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, NotPlain> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let leading_zero = self.peek() == Some(b'0');
        let mut number = 0;
        let whole = self.digits(&mut number);
        if whole == 0 || whole > MOST_DIGITS || (leading_zero && whole > 1) || (negative && number == 0) {
            return Err(NotPlain);
        }
        match self.peek() {
            Some(b'.') => self.decimal((number, whole), visitor, if negative { -1.0 } else { 1.0 }),
            Some(b'e' | b'E') => Err(NotPlain),
            _ if negative => visitor.visit_i64(-number.cast_signed()),
            _ => visitor.visit_u64(number),
        }
    }

    #[inline]
    fn decimal<V: Visitor<'t>>(&mut self, (mut number, whole): (u64, usize), visitor: V, sign: f64) -> Result<V::Value, NotPlain> {
        self.at += 1;
        let decimals = self.digits(&mut number);
        if decimals == 0 || whole + decimals > MOST_DIGITS || matches!(self.peek(), Some(b'e' | b'E')) {
            return Err(NotPlain);
        }
        // Both sides are exact, so the quotient is the float nearest to the number.
        #[allow(clippy::cast_precision_loss, reason = "at most fifteen digits")]
        let quotient = number as f64 / POWERS_OF_TEN.get(decimals).copied().ok_or(NotPlain)?;
        visitor.visit_f64(sign * quotient)
    }
}

const POWERS_OF_TEN: [f64; MOST_DIGITS + 1] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// What ends the plain stretch of a text: its quote, a backslash, or a control character, which JSON does not allow.
fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < b' '
}

/// The high bit of each byte that is special; bits above the first of them may be set too.
#[inline]
fn special_bytes(eight: u64) -> u64 {
    let control = eight.wrapping_sub(ONES * 0x20) & !eight & HIGH;
    zero_bytes(eight ^ QUOTES) | zero_bytes(eight ^ (ONES * 0x5c)) | control
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
const QUOTES: u64 = ONES * 0x22;

/// The same for bytes that are zero.
#[inline]
fn zero_bytes(eight: u64) -> u64 {
    eight.wrapping_sub(ONES) & !eight & HIGH
}

impl<'de> Deserializer<'de> for &mut PlainJson<'de> {
    type Error = NotPlain;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        match self.skip_space() {
            Some(b'"') => match self.string()? {
                Some(text) => visitor.visit_borrowed_str(text),
                None => visitor.visit_string(self.escaped_string()?),
            },
            Some(b'-' | b'0'..=b'9') => self.number(visitor),
            Some(b'{') => self.nested(|plain| visitor.visit_map(Members { plain, before: Before::Nothing })),
            Some(b'[') => self.nested(|plain| visitor.visit_seq(Elements { plain, before: Before::Nothing })),
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            Some(b'n') => self.word("null").and_then(|()| visitor.visit_unit()),
            _ => Err(NotPlain),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl PlainJson<'_> {
    /// Read what stands in brackets or braces, both included.
    #[inline]
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, NotPlain>) -> Result<T, NotPlain> {
        if self.depth == DEEPEST {
            return Err(NotPlain);
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }
}

/// Whether a comma is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Something,
}

/// The members of an object. INVARIANT: a visitor that succeeds has read up to the end, so the brace is behind.
struct Members<'p, 't> {
    plain: &'p mut PlainJson<'t>,
    before: Before,
}

impl<'t> MapAccess<'t> for Members<'_, 't> {
    type Error = NotPlain;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, NotPlain> {
        if self.plain.skip_space() == Some(b'}') {
            self.plain.at += 1;
            return Ok(None);
        }
        if self.before == Before::Something {
            self.plain.take(b',')?;
        }
        self.before = Before::Something;
        if self.plain.skip_space() != Some(b'"') {
            return Err(NotPlain);
        }
        seed.deserialize(Name { plain: &mut *self.plain }).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, NotPlain> {
        self.plain.take(b':')?;
        seed.deserialize(&mut *self.plain)
    }
}

/// The name of a member, which stands here. Whoever asks for a newtype asks whether it is the name of that newtype, and is told so by a unit: to compare it where
/// it stands is faster than to look for its end.
struct Name<'p, 't> {
    plain: &'p mut PlainJson<'t>,
}

impl<'de> Deserializer<'de> for Name<'_, 'de> {
    type Error = NotPlain;

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, NotPlain> {
        let rest = self.plain.text.as_bytes().get(self.plain.at + 1..).unwrap_or(&[]);
        if rest.get(name.len()) == Some(&b'"') && rest.starts_with(name.as_bytes()) {
            self.plain.at += name.len() + 2;
            return visitor.visit_unit();
        }
        self.deserialize_any(visitor)
    }

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotPlain> {
        visitor.visit_borrowed_str(self.plain.string()?.ok_or(NotPlain)?)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The elements of a list. INVARIANT: as for [`Members`].
struct Elements<'p, 't> {
    plain: &'p mut PlainJson<'t>,
    before: Before,
}

impl<'t> SeqAccess<'t> for Elements<'_, 't> {
    type Error = NotPlain;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, NotPlain> {
        if self.plain.skip_space() == Some(b']') {
            self.plain.at += 1;
            return Ok(None);
        }
        if self.before == Before::Something {
            self.plain.take(b',')?;
        }
        self.before = Before::Something;
        seed.deserialize(&mut *self.plain).map(Some)
    }
}
