//! The letters of plain JSON, in front of the well-kept parser: what exports write is read fast, and given up on at the least surprise. Whatever is given up on
//! is read again by that parser, which alone says what is wrong; so here are no messages, no places and no doubts.
//!
//! INVARIANT: a text that is read to its end is JSON, and its values are the ones the other parser hands over; property tests hold the two together.

#[cfg(test)]
mod tests;

use crate::records::json::{end_of_plain, quotes, special_bytes};
use crate::records::packed::Packed;

/// Not plain, or not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotPlain;

/// A text that is read from its beginning to its end.
#[derive(Debug)]
pub(super) struct PlainJson<'t> {
    text: &'t str,
    /// INVARIANT: not beyond the end of the text, and between two characters of it.
    at: usize,
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

/// A number without an exponent: its digits, and how many of them stand after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) digits: i64,
    pub(super) decimals: usize,
}

/// Some bytes of a text that were read before, to be compared at once where they may stand again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    length: usize,
    /// The first sixteen bytes, and those after them; zeros behind the end.
    bytes: [u128; 2],
    masks: [u128; 2],
}

impl Stretch {
    /// The longest that is kept.
    const LONGEST: usize = 32;
    /// What stands nowhere.
    pub(super) const NOWHERE: Self = Self { length: 0, bytes: [1, 0], masks: [0, 0] };
}

/// The deepest nesting.
const DEEPEST: u8 = 100;
/// Digits of a number that the parser's float tells apart from all others of so many digits.
const MOST_DIGITS: usize = 15;

impl<'t> PlainJson<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let special = memchr::memchr(b'\\', text.as_bytes()).is_some() || text.bytes().fold(u8::MAX, u8::min) < b' ';
        Self { text, at: 0, ends: if special { Ends::Special } else { Ends::Quote } }
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

    /// The next byte that is no white space.
    #[inline]
    pub(super) fn skip_space(&mut self) -> Option<u8> {
        match self.peek() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.skip_more_space(),
        }
    }

    fn skip_more_space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> Result<(), NotPlain> {
        if self.skip_space() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(NotPlain)
        }
    }

    /// The next sixteen bytes, the first of them lowest; zeros behind the end of the text.
    #[inline]
    fn sixteen(&self, at: usize) -> u128 {
        let rest = self.text.as_bytes().get(at..).unwrap_or(&[]);
        rest.first_chunk().map_or_else(|| few_bytes(rest), |sixteen| u128::from_le_bytes(*sixteen))
    }

    /// What stands between two members or two elements; whether there was a comma, else the closing bracket.
    #[inline]
    pub(super) fn goes_on(&mut self, closing: u8) -> Result<bool, NotPlain> {
        let byte = self.skip_space();
        self.at += 1;
        match byte {
            Some(b',') => Ok(true),
            Some(byte) if byte == closing => Ok(false),
            _ => Err(NotPlain),
        }
    }

    /// Whether a list or an object ends where it has begun.
    #[inline]
    pub(super) fn is_empty(&mut self, closing: u8) -> bool {
        let empty = self.skip_space() == Some(closing);
        self.at += usize::from(empty);
        empty
    }

    /// Whether an object ends right here, which is read then.
    #[inline]
    pub(super) fn closes(&mut self) -> bool {
        let closes = self.peek() == Some(b'}');
        self.at += usize::from(closes);
        closes
    }

    /// Whether a stretch stands here, which is read then.
    #[inline]
    pub(super) fn passes(&mut self, stretch: &Stretch) -> bool {
        if self.sixteen(self.at) & stretch.masks[0] != stretch.bytes[0] {
            return false;
        }
        if stretch.length > 16 && self.sixteen(self.at + 16) & stretch.masks[1] != stretch.bytes[1] {
            return false;
        }
        self.at += stretch.length;
        true
    }

    /// Where the text is read at the moment.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// What was read since a place; nothing where that is long.
    pub(super) fn since(&self, place: usize) -> Option<Stretch> {
        let length = self.at.checked_sub(place).filter(|length| (1..=Stretch::LONGEST).contains(length))?;
        let masks = [length.min(16), length.saturating_sub(16)].map(first_bytes);
        Some(Stretch { length, bytes: [self.sixteen(place) & masks[0], self.sixteen(place + 16) & masks[1]], masks })
    }

    /// The name of a member, which stands here, and its colon.
    pub(super) fn name(&mut self) -> Result<&'t str, NotPlain> {
        if self.skip_space() != Some(b'"') {
            return Err(NotPlain);
        }
        let name = self.string()?.ok_or(NotPlain)?;
        self.take(b':').map(|()| name)
    }

    /// `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), NotPlain> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        if !rest.starts_with(word.as_bytes()) {
            return Err(NotPlain);
        }
        self.at += word.len();
        Ok(())
    }

    /// The text between the quote here and the next one, if it is a short one without anything special; it is not read past.
    #[inline]
    pub(super) fn short_string(&self) -> Option<Packed> {
        if self.ends == Ends::Special {
            return None;
        }
        let sixteen = self.sixteen(self.at + 1);
        #[allow(clippy::cast_possible_truncation, reason = "the two halves are taken apart")]
        let (first, last) = (quotes(sixteen as u64), quotes((sixteen >> 64) as u64));
        let length = if first != 0 { first.trailing_zeros() / 8 } else { 8 + last.trailing_zeros() / 8 };
        Packed::beginning(sixteen, u8::try_from(length).ok()?)
    }

    /// Read past a text of so many bytes and its quotes.
    #[inline]
    pub(super) fn pass_string(&mut self, length: usize) {
        self.at += length + 2;
    }

    /// The text between the quote here and the next one; nothing, and still here, where a backslash stands between them.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Option<&'t str>, NotPlain> {
        let start = self.at + 1;
        let special = |eight| if self.ends == Ends::Quote { quotes(eight) } else { special_bytes(eight) };
        let end = end_of_plain(self.text.as_bytes(), start, special).ok_or(NotPlain)?;
        self.string_up_to(start, end)
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
    pub(super) fn escaped_string(&mut self) -> Result<String, NotPlain> {
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
    fn digits(&mut self, number: &mut i64) -> usize {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            *number = number.wrapping_mul(10).wrapping_add(i64::from(byte - b'0'));
            self.at += 1;
        }
        self.at - start
    }

    #[inline]
    pub(super) fn number(&mut self) -> Result<Decimal, NotPlain> {
        match self.small_number() {
            Some(digits) => Ok(Decimal { digits: digits.into(), decimals: 0 }),
            None => self.any_number(),
        }
    }

    /// A whole number of few digits, as most are; nothing, and still here, where it is something else.
    #[inline]
    pub(super) fn small_number(&mut self) -> Option<i32> {
        let bytes = *self.text.as_bytes().get(self.at..)?.first_chunk::<4>()?;
        let digit = |byte: u8| byte.wrapping_sub(b'0');
        let ends = |byte: u8| matches!(byte, b',' | b'}' | b']');
        let [first, second, third, fourth] = bytes;
        let (number, length) = match [first, second, third].map(digit) {
            [ones @ 0..=9, ..] if ends(second) => (i32::from(ones), 1),
            [tens @ 1..=9, ones @ 0..=9, _] if ends(third) => (i32::from(tens) * 10 + i32::from(ones), 2),
            [hundreds @ 1..=9, tens @ 0..=9, ones @ 0..=9] if ends(fourth) => (i32::from(hundreds) * 100 + i32::from(tens) * 10 + i32::from(ones), 3),
            _ => return None,
        };
        self.at += length;
        Some(number)
    }

    fn any_number(&mut self) -> Result<Decimal, NotPlain> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let leading_zero = self.peek() == Some(b'0');
        let mut digits = 0;
        let whole = self.digits(&mut digits);
        let mut decimals = 0;
        if self.peek() == Some(b'.') {
            self.at += 1;
            decimals = self.digits(&mut digits);
            if decimals == 0 {
                return Err(NotPlain);
            }
        }
        let zero = (leading_zero && whole > 1) || (negative && digits == 0);
        if whole == 0 || whole + decimals > MOST_DIGITS || zero || matches!(self.peek(), Some(b'e' | b'E')) {
            return Err(NotPlain);
        }
        Ok(Decimal { digits: if negative { -digits } else { digits }, decimals })
    }

    /// Read past a value.
    pub(super) fn ignore(&mut self) -> Result<(), NotPlain> {
        self.ignore_at(0)
    }

    fn ignore_at(&mut self, depth: u8) -> Result<(), NotPlain> {
        match self.skip_space() {
            Some(b'"') => match self.string()? {
                Some(_) => Ok(()),
                None => self.escaped_string().map(|_| ()),
            },
            Some(b'-' | b'0'..=b'9') => self.number().map(|_| ()),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'[') => self.ignore_all((b']', depth), |_| Ok(())),
            Some(b'{') => self.ignore_all((b'}', depth), |plain| plain.name().map(|_| ())),
            _ => Err(NotPlain),
        }
    }

    fn ignore_all(&mut self, (closing, depth): (u8, u8), before: impl Fn(&mut Self) -> Result<(), NotPlain>) -> Result<(), NotPlain> {
        if depth == DEEPEST {
            return Err(NotPlain);
        }
        self.at += 1;
        if self.is_empty(closing) {
            return Ok(());
        }
        loop {
            before(self)?;
            self.ignore_at(depth + 1)?;
            if !self.goes_on(closing)? {
                return Ok(());
            }
        }
    }
}

/// What keeps the first so many of sixteen bytes.
fn first_bytes(number: usize) -> u128 {
    match number {
        0 => 0,
        _ => u128::MAX >> (128 - 8 * number.min(16)),
    }
}

/// Fewer than sixteen bytes, as the first of sixteen.
#[cold]
fn few_bytes(bytes: &[u8]) -> u128 {
    bytes.iter().take(16).rev().fold(0, |number, byte| number << 8 | u128::from(*byte))
}
