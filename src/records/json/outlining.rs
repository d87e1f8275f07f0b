//! The one pass over a text that finds its values, and gives up on the first letter that is not JSON. What is wrong there is left to the parser, which has
//! the words for it.

use crate::records::json::{end_of_plain, special_bytes};

/// Where the values of a text begin, those inside a value right behind it; nothing where it is not JSON. The name of a member is a value before the member's
/// own. A list and an object have two numbers more: where they end, and the index of what follows them. Of more than four gigabytes, only values that begin
/// before are right.
pub(super) fn places(text: &str) -> Option<Vec<u32>> {
    let bytes = text.as_bytes();
    let mut outlining = Outlining { places: Vec::with_capacity(bytes.len() / BYTES_A_VALUE), around: Around::NOTHING, outer: Vec::new() };
    let (mut at, mut is_name) = (0, false);
    loop {
        at = skip_space(bytes, at);
        outlining.places.push(count(at));
        match bytes.get(at)? {
            b'"' => {
                at = end_of_string(bytes, at)?;
                if is_name {
                    (at, is_name) = (behind_colon(bytes, at)?, false);
                    continue;
                }
            }
            _ if is_name => return None,
            opening @ (b'[' | b'{') => {
                let closing = if *opening == b'[' { b']' } else { b'}' };
                outlining.open(closing);
                at = skip_space(bytes, at + 1);
                if bytes.get(at) != Some(&closing) {
                    is_name = closing == b'}';
                    continue;
                }
            }
            _ => at = end_of_scalar(bytes, at)?,
        }
        match outlining.behind(bytes, at)? {
            Behind::Comma(end) => (at, is_name) = (end, outlining.around.closing == b'}'),
            Behind::Nothing(end) => return if end == bytes.len() { Some(outlining.places) } else { None },
        }
    }
}

/// How many numbers a list or an object has.
pub(super) const OF_NESTED: u32 = 3;

/// About as few bytes as a value and what stands around it take in a dense text. Room that is not needed is never touched.
const BYTES_A_VALUE: usize = 6;

/// What was found so far.
struct Outlining {
    places: Vec<u32>,
    /// The list or the object in which the text is being read.
    around: Around,
    /// Those around it.
    outer: Vec<Around>,
}

/// A list or an object that has begun: the index of its place, and what closes it.
#[derive(Clone, Copy)]
struct Around {
    index: usize,
    closing: u8,
}

impl Around {
    /// Around the first value.
    const NOTHING: Self = Self { index: 0, closing: 0 };
}

/// What stands behind a value and all that ends with it.
enum Behind {
    Comma(usize),
    /// Nothing is open any more.
    Nothing(usize),
}

impl Outlining {
    /// The value that was found last is a list or an object.
    #[inline]
    fn open(&mut self, closing: u8) {
        self.outer.push(self.around);
        self.around = Around { index: self.places.len() - 1, closing };
        self.places.extend([0; 2]);
    }

    #[inline]
    fn behind(&mut self, bytes: &[u8], from: usize) -> Option<Behind> {
        let mut at = skip_space(bytes, from);
        while self.around.closing != 0 {
            match bytes.get(at)? {
                b',' => return Some(Behind::Comma(at + 1)),
                byte if *byte == self.around.closing => self.close(at + 1),
                _ => return None,
            }
            at = skip_space(bytes, at + 1);
        }
        Some(Behind::Nothing(at))
    }

    /// The list or the object in which the text was being read ends.
    #[inline]
    fn close(&mut self, end: usize) {
        let (index, after) = (self.around.index, count(self.places.len()));
        if let Some([_, own_end, own_after]) = self.places.get_mut(index..index + OF_NESTED as usize) {
            (*own_end, *own_after) = (count(end), after);
        }
        self.around = self.outer.pop().unwrap_or(Around::NOTHING);
    }
}

/// The next byte that is no white space.
#[inline]
fn skip_space(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Where the colon behind a name ends.
#[inline]
fn behind_colon(bytes: &[u8], from: usize) -> Option<usize> {
    let at = skip_space(bytes, from);
    (bytes.get(at) == Some(&b':')).then_some(at + 1)
}

/// The end of the text value that begins here.
#[inline]
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let end = end_of_plain(bytes, start + 1, special_bytes)?;
    if bytes.get(end) == Some(&b'"') { Some(end + 1) } else { end_of_escaped(bytes, end) }
}

/// The end of a text value of which the first escape stands here. Which characters two of them make together is left to whoever wants the text.
#[cold]
fn end_of_escaped(bytes: &[u8], first: usize) -> Option<usize> {
    let mut at = first;
    while bytes.get(at)? == &b'\\' {
        let length = match bytes.get(at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'u' if bytes.get(at + 2..at + 6)?.iter().all(u8::is_ascii_hexdigit) => 6,
            _ => return None,
        };
        at = end_of_plain(bytes, at + length, special_bytes)?;
    }
    (bytes.get(at) == Some(&b'"')).then_some(at + 1)
}

/// The end of the number or the word that begins here.
fn end_of_scalar(bytes: &[u8], start: usize) -> Option<usize> {
    let word = |word: &[u8]| bytes.get(start..)?.starts_with(word).then_some(start + word.len());
    match bytes.get(start)? {
        b'-' | b'0'..=b'9' => end_of_number(bytes, start),
        b't' => word(b"true"),
        b'f' => word(b"false"),
        b'n' => word(b"null"),
        _ => None,
    }
}

fn end_of_number(bytes: &[u8], start: usize) -> Option<usize> {
    let whole = start + usize::from(bytes.get(start) == Some(&b'-'));
    let mut end = end_of_digits(bytes, whole)?;
    if bytes.get(whole) == Some(&b'0') && end > whole + 1 {
        return None;
    }
    if bytes.get(end) == Some(&b'.') {
        end = end_of_digits(bytes, end + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let signed = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
        end = end_of_digits(bytes, end + 1 + usize::from(signed))?;
    }
    Some(end)
}

/// The end of the digits that begin here, of which there must be one.
#[inline]
fn end_of_digits(bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    while let Some(b'0'..=b'9') = bytes.get(end) {
        end += 1;
    }
    (end > start).then_some(end)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::places;
    use crate::records::json::syntax_fault;
    use proptest::prelude::{Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
    use proptest::sample::Index;

    /// Whether both passes over a text are of one mind.
    fn agree(text: &str) {
        assert_eq!(places(text).is_some(), syntax_fault(text).is_none(), "{text}");
    }

    #[test]
    fn what_is_json_and_what_is_nearly() {
        let numbers =
            ["0", "-0", "10", "01", "-01", "1.", ".5", "-.5", "-", "+1", "1.0e", "1e+", "1E-07", "1e5", "0.0", "00", "1e999999", "- 1", "0x1", "1 2"];
        let texts =
            [r#""\ud800""#, r#""\ud800\udc00""#, r#""\u12g4""#, r#""\u12""#, r#""\x""#, r#""\"#, r#""\""#, "\"\t\"", "\"\u{7f}é\"", "\"", "'a'"];
        let lists = [
            "[]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[",
            "]",
            "[]]",
            "[1}",
            "{}",
            "{]",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r"{a:1}",
            r#"{"a" :1 "b":2}"#,
        ];
        let words = ["true", "tru", "truee", "null", "nul", "NULL", "false,", "", " ", "\u{feff}{}", "{}\u{a0}", "{}\n", "// a\n1", "\u{0}"];
        numbers.iter().chain(&texts).chain(&lists).chain(&words).for_each(|text| agree(text));
        for text in numbers.iter().chain(&texts).chain(&words) {
            agree(&format!("[{text}]"));
            agree(&format!("{{\"a\":{text},\"b\":0}}"));
        }
        for depth in [126, 127, 128, 129, 1000] {
            agree(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
            agree(&format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)));
            agree(&"[".repeat(depth));
        }
    }

    /// What JSON is made of, and what it is not made of.
    fn pieces() -> impl Strategy<Value = Vec<String>> {
        let piece = prop_oneof![
            4 => "[\\[\\]{}:,]",
            2 => "\"([a-z \\té€]|\\\\[\"\\\\/bfnrtux]|\\\\u[0-9a-fA-Fg]{3,4}|\\\\ud[89a-f][0-9]{2}){0,9}\"",
            2 => "[-+]?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,2})?",
            1 => "true|false|null|nul|[ \\t\\r\\n]|\"|\\\\|\u{1}|é",
        ];
        prop::collection::vec(piece, 0..12)
    }

    proptest! {
        #[test]
        fn any_text(text in any::<String>()) {
            prop_assert_eq!(places(&text).is_some(), syntax_fault(&text).is_none());
        }

        #[test]
        fn any_pieces(pieces in pieces()) {
            let text = pieces.concat();
            prop_assert_eq!(places(&text).is_some(), syntax_fault(&text).is_none());
        }

        #[test]
        fn a_text_with_a_letter_changed(text in super::super::outline::tests::json(), at in any::<Index>(), letter in "[\\[\\]{}:,\"\\\\0-9a-u.e+\\- \\n\u{1}é]?", length in 0_usize..3) {
            let letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len() + 1);
            let after = letters.iter().skip(at + length);
            let changed: String = letters.iter().take(at).copied().chain(letter.chars()).chain(after.copied()).collect();
            prop_assert_eq!(places(&changed).is_some(), syntax_fault(&changed).is_none());
            prop_assert_eq!(places(&text).is_some(), syntax_fault(&text).is_none());
        }
    }
}
