//! How the letters of a file are written: UTF-8, or Windows-1252 where its first letter beyond ASCII is no UTF-8. A file that is both is neither.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// What the letters beyond ASCII have shown so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// There was none.
    #[default]
    Ascii,
    Utf8,
    Windows1252,
}

impl Encoding {
    /// The text of some bytes; nothing where they are not in the encoding of the file.
    pub(super) fn decode<'b>(&mut self, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
        match std::str::from_utf8(bytes) {
            Ok(text) if text.is_ascii() => Some(text.into()),
            Ok(_) if *self == Self::Windows1252 => None,
            Ok(text) => {
                *self = Self::Utf8;
                Some(text.into())
            }
            Err(_) if *self == Self::Utf8 || bytes.iter().any(|byte| UNUSED.contains(byte)) => None,
            Err(_) => {
                *self = Self::Windows1252;
                Some(WINDOWS_1252.decode_without_bom_handling(bytes).0)
            }
        }
    }
}

/// Bytes that stand for no letter in Windows-1252.
const UNUSED: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

#[cfg(test)]
mod tests {
    use super::Encoding;

    #[test]
    fn a_file_has_one_encoding() {
        let mut encoding = Encoding::default();
        assert_eq!(encoding.decode(b"a").as_deref(), Some("a"));
        assert_eq!(encoding.decode(b"caf\xe9 \x80\x8d"), None);
        assert_eq!(encoding.decode(b"caf\xe9 \x80").as_deref(), Some("café €"));
        assert_eq!(encoding.decode("café".as_bytes()), None);
        let mut encoding = Encoding::default();
        assert_eq!(encoding.decode("café".as_bytes()).as_deref(), Some("café"));
        assert_eq!(encoding.decode(b"caf\xe9"), None);
    }
}
