//! The text as words, numbers, strings, signs and comments, each with its place. The cutter needs them to see where items begin, the formatter to lay
//! them out anew; what they mean is left to the grammar.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `enrolled_credits`, `require`
    Word,
    /// `BM201`, `October`
    Code,
    /// `29.5`, `2023-10-15`, `2023-2024`, `2023-10-28T10:00`
    Number,
    /// `"text"`
    Text,
    /// A quotation mark without its partner on the line, up to where the string should have ended.
    UnclosedText,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `(`, `[`
    OpenBracket,
    /// `)`, `]`
    CloseBracket,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `.`
    Dot,
    /// `|`
    Bar,
    /// `+ - * / = < <= > >= %`, and those of other languages: `== != <> && ||`
    Sign,
    /// `# …`
    Comment,
    /// Anything else.
    Other,
}

/// A token and its place in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Nothing but layout stands before it on its line.
    pub(crate) begins_line: bool,
}

impl Token {
    pub(crate) fn text(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// All tokens of a text, comments among them.
pub(crate) fn scan(text: &str) -> Vec<Token> {
    let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at, begins_line: true, tokens: Vec::with_capacity(text.len() / 5) };
    while scanner.skip_layout() {
        scanner.token();
    }
    scanner.tokens
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    begins_line: bool,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(b'\n')
    }

    /// Goes on to the next token; false at the end of the text.
    fn skip_layout(&mut self) -> bool {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => self.begins_line = true,
                b' ' | b'\t' | b'\r' => {}
                _ => return true,
            }
            self.at += 1;
        }
        false
    }

    fn token(&mut self) {
        let start = self.at;
        let kind = match self.byte(0) {
            b'#' => self.comment(),
            b'"' => self.string(),
            b'{' => self.single(TokenKind::OpenBrace),
            b'}' => self.single(TokenKind::CloseBrace),
            b'(' | b'[' => self.single(TokenKind::OpenBracket),
            b')' | b']' => self.single(TokenKind::CloseBracket),
            b',' => self.single(TokenKind::Comma),
            b':' => self.single(TokenKind::Colon),
            b'.' => self.single(TokenKind::Dot),
            b'|' => self.single(TokenKind::Bar),
            b'a'..=b'z' | b'_' => self.word(),
            b'A'..=b'Z' => self.code(),
            b'0'..=b'9' => self.number(),
            _ => self.sign(),
        };
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.tokens.push(Token { kind, start: clamp(start), end: clamp(self.at), begins_line: self.begins_line });
        self.begins_line = false;
    }

    fn single(&mut self, kind: TokenKind) -> TokenKind {
        self.at += 1;
        kind
    }

    fn comment(&mut self) -> TokenKind {
        while self.byte(0) != b'\n' {
            self.at += 1;
        }
        TokenKind::Comment
    }

    fn string(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        loop {
            match self.byte(0) {
                b'\n' => return self.unclosed(start),
                b'"' => return self.single(TokenKind::Text),
                b'\\' if self.byte(1) != b'\n' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    /// The string is taken to end before a brace or a bar that ends the line, so that the rest of the file keeps its shape.
    fn unclosed(&mut self, start: usize) -> TokenKind {
        let line = self.text.get(start..self.at).unwrap_or("").trim_end();
        let kept = line.strip_suffix(['{', '}', '|']).map_or(line, str::trim_end);
        self.at = start + kept.len().max(1);
        TokenKind::UnclosedText
    }

    fn word(&mut self) -> TokenKind {
        while is_word_byte(self.byte(0)) {
            self.at += 1;
        }
        TokenKind::Word
    }

    fn code(&mut self) -> TokenKind {
        loop {
            let (byte, next) = (self.byte(0), self.byte(1));
            let joined = byte == b'-' && next.is_ascii_alphanumeric() || byte == b'.' && (next.is_ascii_digit() || next.is_ascii_uppercase());
            if !is_word_byte(byte) && !joined {
                return TokenKind::Code;
            }
            self.at += 1;
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        loop {
            let (byte, next) = (self.byte(0), self.byte(1));
            let joined = match byte {
                b'.' => next.is_ascii_digit(),
                b'-' => next.is_ascii_digit() && matches!(self.at - start, 4 | 7),
                b':' => next.is_ascii_digit() && self.at - start >= 13,
                _ => is_word_byte(byte),
            };
            if !joined {
                return TokenKind::Number;
            }
            self.at += 1;
        }
    }

    fn sign(&mut self) -> TokenKind {
        let rest = self.text.get(self.at..).unwrap_or("");
        let double = ["<=", ">=", "==", "!=", "<>", "&&"].iter().any(|sign| rest.starts_with(sign));
        let is_sign = double || rest.starts_with(['+', '-', '*', '/', '=', '<', '>', '%', '!', '&']);
        let length = if double { 2 } else { rest.chars().next().map_or(1, char::len_utf8) };
        self.at += length;
        if is_sign { TokenKind::Sign } else { TokenKind::Other }
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
